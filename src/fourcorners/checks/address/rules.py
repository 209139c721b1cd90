"""The rules of a jurisdiction: which papers it takes from whom, and how old they may be (POA1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Rules", "all_rules", "rules_for", "rules_version"]


@dataclass(frozen=True, slots=True)
class Rules:
    """A row of rules.toml, which explains the fields."""

    jurisdiction: str
    applicant: str
    months: int
    kinds: tuple[str, ...]
    source: str
    lease_left: int | None = None
    kind_months: Mapping[str, int] = field(default_factory=dict)
    only_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identity_after: str | None = None
    supplement: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`US-individual`."""
        return f"{self.jurisdiction}-{self.applicant}"

    def months_for(self, kind: str) -> int:
        """How many calendar months old a paper of this kind may be."""
        return self.kind_months.get(kind, self.months)


def rules_for(country: str | None, applicant: str) -> Rules:
    """The row for a country (ISO alpha-2, None where it is not known) and `individual` or `institution`."""
    groups = load_toml("fourcorners.checks.address", "rules.toml")["groups"]
    group = next((name for name, members in groups.items() if country in members), None)
    rows = all_rules()
    return next(rows[key, applicant] for key in (country, group, "DEFAULT") if (key, applicant) in rows)


@cache
def all_rules() -> Mapping[tuple[str | None, str], Rules]:
    """All rows by jurisdiction and applicant."""
    rows = load_toml("fourcorners.checks.address", "rules.toml")["rows"]
    return {(row["jurisdiction"], row["applicant"]): _rules(row) for row in rows}


def rules_version() -> str:
    """The version of rules.toml: it goes into every verdict."""
    return str(load_toml("fourcorners.checks.address", "rules.toml")["version"])


def _rules(row: Mapping[str, Any]) -> Rules:
    return Rules(
        **{
            **row,
            "kinds": tuple(row["kinds"]),
            "supplement": tuple(row.get("supplement", ())),
            "signed": tuple(row.get("signed", ())),
        }
    )
