"""What a topic of the evaluation is: which files, what is measured on one of them, what that adds up to."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fourcorners.kit.stats import wilson_interval

__all__ = ["Item", "Measure", "Row", "Topic", "TopicResult", "read_csv", "read_jsonl", "share"]

Item = Mapping[str, Any]
"""One labelled example: a row of a labels file."""

Row = Mapping[str, Any]
"""What was measured on one example: plain JSON values. Key `error` holds a refusal's code."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. A share carries its counts and 95 % interval (Wilson); another value its unit."""

    name: str
    value: float
    unit: str = "share"
    successes: int | None = None
    trials: int | None = None
    interval: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name,
            "value": round(self.value, 5),
            "unit": self.unit,
            "successes": self.successes,
            "trials": self.trials,
            "interval": None if self.interval is None else [round(v, 4) for v in self.interval],
        }


@dataclass(frozen=True, slots=True)
class TopicResult:
    """`wrong` names the examples that a person should look at, one sentence each."""

    topic: str
    about: str
    size: int
    measures: tuple[Measure, ...]
    wrong: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "topic": self.topic,
            "about": self.about,
            "size": self.size,
            "measures": [m.to_dict() for m in self.measures],
            "wrong": list(self.wrong),
        }


class Topic(Protocol):
    """A module of `topics/`."""

    NAME: str
    ABOUT: str
    LABELS: tuple[str, ...]

    def items(self, root: Path) -> list[Item]:
        """The labelled examples under `root` (it holds `images/` and `labels/`)."""

    def measure(self, root: Path, item: Item) -> Row:
        """Measure one example; runs in a worker process."""

    def summarise(self, items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
        """Figures over all examples, and a sentence for each one that went wrong."""


def share(name: str, successes: int, trials: int) -> Measure:
    """A proportion with its 95 % interval."""
    return Measure(
        name, successes / trials if trials else 0.0, "share", successes, trials, wilson_interval(successes, trials)
    )


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
