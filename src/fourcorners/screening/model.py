"""What is compared: who is screened, and an entry of a list; as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fourcorners.kit.canonical import canonical_json, sha256_hex

__all__ = ["Entry", "Kind", "ListedName", "Strength", "Subject"]


class Kind(StrEnum):
    """A person, an entity, or what a list does not tell (`either`)."""

    PERSON = "person"
    ENTITY = "entity"
    EITHER = "either"


class Strength(StrEnum):
    """What a list says of a name: the name itself, another one, or one that identifies badly."""

    NAME = "name"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is screened. `id` is the caller's; countries are ISO 3166-1 alpha-2, capitals."""

    id: str
    kind: Kind
    names: tuple[str, ...]
    birth_date: date | None = None
    countries: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Everything but the id as plain values."""
        return {
            "kind": self.kind.value,
            "names": list(self.names),
            "birth_date": None if self.birth_date is None else self.birth_date.isoformat(),
            "countries": list(self.countries),
        }


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry."""

    text: str
    strength: Strength = Strength.NAME


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list. `birth_dates` are `1960`, `1960-05` or `1960-05-12`; `topics` are the list's own words."""

    id: str
    kind: Kind
    names: tuple[ListedName, ...]
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source_url: str = ""

    def to_dict(self) -> dict[str, object]:
        """As plain values; `from_dict` takes them back."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "names": [[name.text, name.strength.value] for name in self.names],
            "birth_dates": list(self.birth_dates),
            "countries": list(self.countries),
            "topics": list(self.topics),
            "source_url": self.source_url,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Entry":
        """From `to_dict`."""
        return cls(
            id=plain["id"],
            kind=Kind(plain["kind"]),
            names=tuple(ListedName(text, Strength(strength)) for text, strength in plain["names"]),
            birth_dates=tuple(plain["birth_dates"]),
            countries=tuple(plain["countries"]),
            topics=tuple(plain["topics"]),
            source_url=plain["source_url"],
        )

    def fingerprint(self) -> str:
        """SHA-256 over everything it says: another one means that the list changed its mind."""
        return sha256_hex(canonical_json(self.to_dict()))
