"""The kinds of institution, as data: what each is and what it needs, by variant and by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Kind", "Needs", "kinds", "needs", "sla_days", "text_of"]

PRIVATE = ("private_company", "private_financial_institution", "fund_private", "family_office")
"""Kinds that a listed institution cannot be (INS8)."""


class Kind(StrEnum):
    """What an institution applies as."""

    PRIVATE_COMPANY = "private_company"
    PRIVATE_FINANCIAL_INSTITUTION = "private_financial_institution"
    FUND_PRIVATE = "fund_private"
    FUND_PUBLIC = "fund_public"
    LISTED_COMPANY = "listed_company"
    GOVERNMENT_OWNED = "government_owned"
    FAMILY_OFFICE = "family_office"
    NON_PROFIT = "non_profit"
    TRUST = "trust"

    @property
    def is_private(self) -> bool:
        """Is it a kind that excludes being listed?"""
        return self.value in PRIVATE


@dataclass(frozen=True, slots=True)
class Description:
    """What a kind is, for the picker (INS1)."""

    kind: Kind
    name: str
    definition: str
    variants: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What an application must hold: roles that somebody must have, papers, questionnaires, answers, steps."""

    people: tuple[str, ...]
    people_if_any: tuple[str, ...]
    papers: tuple[str, ...]
    questionnaires: tuple[str, ...]
    answers: tuple[str, ...]
    attestations: tuple[str, ...]
    steps: tuple[str, ...]
    """What a country asks for besides."""
    graph: bool
    """Is a graph of owners needed?"""


@cache
def kinds() -> Mapping[Kind, Description]:
    """Every kind with its words, in the order of the picker."""
    table = _table()["kinds"]
    return MappingProxyType(
        {
            Kind(key): Description(
                Kind(key), entry["name"], entry["definition"], tuple(entry.get("variants", ())), entry["source"]
            )
            for key, entry in table.items()
        }
    )


def needs(kind: Kind, *, variant: str = "", country: str = "") -> Needs:
    """What a kind needs in a country (ISO 3166-1 alpha-2). A variant that the kind has not changes nothing."""
    entry = _table()["kinds"][kind.value]
    changes = [_table()["variants"].get(variant, {})] if variant in entry.get("variants", ()) else []
    changes.append(_table()["jurisdictions"].get(country.upper(), {}))

    def listed(key: str) -> tuple[str, ...]:
        dropped = {item for change in changes for item in change.get(f"{key}_dropped", ())}
        wanted = [*entry.get(key, ()), *(item for change in changes for item in change.get(key, ()))]
        return tuple(dict.fromkeys(item for item in wanted if item not in dropped))

    people_dropped = {item for change in changes for item in change.get("people_dropped", ())}
    return Needs(
        people=listed("people"),
        people_if_any=tuple(role for role in entry.get("people_if_any", ()) if role not in people_dropped),
        papers=listed("papers"),
        questionnaires=listed("questionnaires"),
        answers=listed("answers"),
        attestations=tuple(_table()["attestations"]),
        steps=listed("steps"),
        graph=all(change.get("graph", True) for change in changes) and entry["graph"],
    )


def text_of(group: str, item: str) -> str:
    """The words for a role, paper or attestation (`roles`, `papers`, `attestations`), in English."""
    text: str = _table()[group][item]
    return text


@dataclass(frozen=True, slots=True)
class LocalPaper:
    """How a paper is called in a country, and the law that has it."""

    name: str
    source: str


def local_papers(country: str) -> Mapping[str, LocalPaper]:
    """The papers that have a name of their own in a country (ISO 3166-1 alpha-2), by paper; none of one not known."""
    named = _table()["jurisdictions"].get(country.upper(), {}).get("names", {})
    return MappingProxyType({paper: LocalPaper(name, source) for paper, (name, source) in named.items()})


def named_countries() -> tuple[str, ...]:
    """The countries whose papers we can name."""
    return tuple(country for country, entry in _table()["jurisdictions"].items() if "names" in entry)


def limit(name: str) -> int:
    """A number of the table."""
    value: int = _table()[name]
    return value


def sla_days() -> tuple[int, int]:
    """In how many working days an application is decided, at least and at most; shown to the applicant."""
    least, most = _table()["sla_days"]
    return least, most


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.institutions", "kinds.toml")
