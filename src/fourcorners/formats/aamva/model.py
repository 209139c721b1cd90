"""What the barcode or the magnetic stripe on the back of a card says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from fourcorners.kit.data import load_toml

__all__ = ["Aamva", "Issuer", "Problem", "find_issuer"]


class Problem(NamedTuple):
    """Something wrong with the data, as a stable code, and the element, subfile, track or number that it concerns.

    Of the envelope: `header_missing`, `header_damaged`, `separators_damaged`, `text_without_element`,
    `track_unreadable`; `subfile_offset_wrong` and `subfile_length_wrong` (genuine cards of some jurisdictions have
    these). Of what it says: `issuer_unknown`, `country_contradicts_issuer`, `field_missing`, `date_unreadable`,
    `date_order_unusual`, `name_order_assumed` (a full name without separators).
    """

    code: str
    element: str = ""


class Issuer(NamedTuple):
    """Whom an issuer identification number belongs to."""

    jurisdiction: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Aamva:
    """A card's data. `version` is the standard's (1 for 2000 to 10 for 2020, newer are read too), None if unknown.

    `issuer` is the issuer identification number as printed, "" without one; `jurisdiction` the two letters that it
    belongs to, None for one that AAMVA has not assigned. `document_type` is "DL", "ID" or as printed. `elements` holds
    every element as printed by its three letters; `fields` what they mean under the standard field names, dates as
    YYYY-MM-DD, sex "M", "F" or "X", only those that are there. `truncated` names the fields that the card says it cut.
    """

    version: int | None
    issuer: str
    jurisdiction: str | None
    document_type: str
    fields: Mapping[str, str]
    elements: Mapping[str, str]
    truncated: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_issuer(number: str) -> Issuer | None:
    """The holder of an issuer identification number (six digits), if AAMVA has assigned it."""
    return _issuers().get(number)


@cache
def _issuers() -> Mapping[str, Issuer]:
    table = load_toml("fourcorners.formats.aamva", "issuers.toml")
    return MappingProxyType({number: Issuer(*row) for number, row in table.items()})
