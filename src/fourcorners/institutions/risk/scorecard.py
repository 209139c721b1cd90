"""The scorecard: answers in, points out, each with why and by what source. Pure: the same answers, the same card."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Line", "Risk", "answers_of", "factors", "score"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one factor adds: the answer that counted, its points, why, and who says that it matters."""

    factor: str
    title: str
    answer: str
    value: str
    points: int
    why: str
    source: str
    level_at_least: str = ""

    def to_dict(self) -> dict[str, object]:
        """As plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Risk:
    """The card. `threshold` names the share from which owners count, `level` is low, medium or high."""

    lines: tuple[Line, ...]
    total: int
    level: str
    diligence: str
    threshold: str
    four_eyes: bool
    review_after_months: int
    version: str

    def to_dict(self) -> dict[str, object]:
        """As plain values, as `assessing.assess` takes it."""
        plain: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"lines": [line.to_dict() for line in self.lines]}


def score(given: Mapping[str, tuple[str, str]]) -> Risk:
    """Score answers: factor to (answer, what it was said of). A factor that is not answered counts as unknown.

    Where a factor knows no such answer, or none that is unknown, its riskiest counts: nothing is safe by omission.
    """
    lines = tuple(_line(factor, *given.get(factor, ("unknown", ""))) for factor in factors())
    total = sum(line.points for line in lines)
    order = list(_card()["levels"])
    reached = [level for level, least in _card()["levels"].items() if total >= least]
    forced = [line.level_at_least for line in lines if line.level_at_least]
    level = max([*reached, *forced], key=order.index)
    least = max(total, _card()["levels"][level])  # whoever is high by one answer alone is high throughout
    threshold = [name for name, points in _card()["thresholds"].items() if least >= points][-1]
    rules = load_toml("fourcorners.institutions", "renewal.toml")["levels"][level]
    return Risk(
        lines,
        total,
        level,
        _card()["diligence"][level],
        threshold,
        bool(rules["four_eyes"]),
        int(rules["review_after_months"]),
        str(_card()["version"]),
    )


def factors() -> tuple[str, ...]:
    """Every factor, in the order of the card."""
    return tuple(_card()["factors"])


@cache
def answers_of(factor: str) -> tuple[str, ...]:
    """The answers that a factor knows, the least risky first."""
    return tuple(entry["answer"] for entry in _card()["factors"][factor]["answers"])


def _line(factor: str, answer: str, value: str) -> Line:
    table = _card()["factors"][factor]
    known = {entry["answer"]: entry for entry in table["answers"]}
    entry = known.get(answer) or known.get("unknown") or table["answers"][-1]
    return Line(
        factor,
        table["title"],
        entry["answer"],
        value,
        entry["points"],
        entry["why"],
        table["source"],
        entry.get("level", ""),
    )


def _card() -> dict[str, Any]:
    return load_toml("fourcorners.institutions.risk", "scorecard.toml")
