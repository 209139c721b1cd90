"""What besides the name speaks for or against: birth dates and countries, each as a code and what it adds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.screening.model import Kind, Subject

__all__ = ["Point", "adds_of", "best_birth_date", "country_point", "points_of"]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that speaks for (more than 0) or against (less). `about` is `birth_date`, `country` or `alias`."""

    about: str
    code: str
    adds: float
    mine: str = ""
    theirs: str = ""

    def to_dict(self) -> dict[str, object]:
        """As plain values."""
        return {"about": self.about, "code": self.code, "adds": self.adds, "mine": self.mine, "theirs": self.theirs}


def best_birth_date(mine: date | None, theirs: Collection[str]) -> Point:
    """The listed birth date that agrees best (lists often name several): `1960`, `1960-05`, `1960-05-12`."""
    if mine is None or not theirs:
        return Point("birth_date", "unknown", 0.0, "" if mine is None else mine.isoformat(), "; ".join(theirs))
    found = [_birth_point(mine, listed) for listed in theirs]
    return max(found, key=lambda point: point.adds)


def adds_of(mine: Subject, births: str, countries: str) -> float:
    """What birth date and country add, of an entry whose listed ones are joined by semicolons: the points' sum."""
    return _birth_adds(mine.birth_date, births) + _country_adds(mine.countries, countries)


def points_of(mine: Subject, births: Collection[str], countries: Collection[str]) -> tuple[Point, ...]:
    """What speaks for and against besides the name; entities have no birth date."""
    country = country_point(mine.countries, countries)
    return (best_birth_date(mine.birth_date, births), country) if mine.kind is Kind.PERSON else (country,)


def country_point(mine: Collection[str], theirs: Collection[str]) -> Point:
    """Whether they share a country."""
    said = ", ".join(mine), ", ".join(theirs)
    if not mine or not theirs:
        return Point("country", "unknown", 0.0, *said)
    code = "shared" if set(mine) & set(theirs) else "different"
    return Point("country", code, float(_worth("country")[code]), *said)


def _birth_adds(mine: date | None, births: str) -> float:
    if mine is None or not births:
        return 0.0
    return max(_birth_point(mine, listed).adds for listed in births.split(";"))


@lru_cache(maxsize=4096)
def _country_adds(mine: tuple[str, ...], countries: str) -> float:
    return country_point(mine, countries.split(";") if countries else ()).adds


def _birth_point(mine: date, listed: str) -> Point:
    code = _relation(mine, listed)
    adds = 0.0 if code == "unknown" else float(_worth("birth_date")[code])
    return Point("birth_date", code, adds, mine.isoformat(), listed)


def _relation(mine: date, listed: str) -> str:
    parts = [int(part) for part in listed.split("-") if part.isdigit()]
    if not parts:
        return "unknown"
    year, rest = parts[0], parts[1:]
    if year == mine.year:
        return _in_one_year(mine, rest)
    if len(rest) == 2 and _digits_apart(mine.isoformat(), f"{year:04}-{rest[0]:02}-{rest[1]:02}") == 1:
        return "one_digit"
    is_beside = abs(year - mine.year) == 1 and rest in ([], [mine.month], [mine.month, mine.day])
    return "year_beside" if is_beside else "different"


def _in_one_year(mine: date, rest: list[int]) -> str:
    if not rest or rest == [mine.month]:
        return "same_year"
    if rest == [mine.month, mine.day]:
        return "same_day"
    if rest == [mine.day, mine.month]:
        return "transposed"
    one_digit = len(rest) == 2 and _digits_apart(f"{mine:%m-%d}", f"{rest[0]:02}-{rest[1]:02}") == 1
    return "one_digit" if one_digit else "year_only"


def _digits_apart(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=False))


@cache
def _worth(what: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_toml("fourcorners.screening", "screening.toml")[what]
    return table
