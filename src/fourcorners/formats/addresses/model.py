"""An address in parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourcorners.formats.agreement.model import Agreement

__all__ = ["Address", "AddressPart"]


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says, each part as written; a part that was not found is empty.

    `country` is the ISO 3166-1 alpha-2 code. `units` maps `flat`, `floor`, `stair` to their numbers. `post_box` is the
    text of a post box, which is no place to live. `lines` are all lines as given.
    """

    lines: tuple[str, ...]
    house_number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    post_box: str = ""
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Has it what it takes to find the place: a street or number, and a city or postcode?"""
        return bool(self.street or self.house_number) and bool(self.city or self.postcode)


@dataclass(frozen=True, slots=True)
class AddressPart:
    """One part of two addresses beside each other, as written; `agreement` is `missing` where one side has none."""

    name: str
    first: str
    second: str
    agreement: Agreement
