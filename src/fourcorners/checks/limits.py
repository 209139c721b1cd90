"""Thresholds as data: each group's `limits.toml`, per check and, where it differs, per kind of document."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["GROUPS", "Limits", "Scale", "limits_for", "limits_version"]

GROUPS = ("document", "selfie", "match", "case", "address")


@dataclass(frozen=True, slots=True)
class Scale:
    """Two thresholds and two ends of one measured value.

    `pass_at` and beyond passes, `fail_at` and beyond fails, between them is unsure; the good side is that of `best`.
    The score runs linearly through (worst, 0), (fail_at, 40), (pass_at, 60), (best, 100).
    """

    unit: str
    pass_at: float
    fail_at: float
    worst: float
    best: float

    @property
    def _sign(self) -> float:
        return 1.0 if self.best > self.worst else -1.0

    def passes(self, raw: float) -> bool:
        """Is `raw` on the good side of `pass_at`, or on it? NaN is not."""
        return self._sign * (raw - self.pass_at) >= 0

    def fails(self, raw: float) -> bool:
        """Is `raw` on the bad side of `fail_at`?"""
        return not self.passes(raw) and not self._sign * (raw - self.fail_at) > 0

    def margin(self, raw: float) -> float:
        """Distance from `raw` to `pass_at`, positive on the good side."""
        return self._sign * (raw - self.pass_at)

    def score(self, raw: float) -> float:
        """`raw` on 0..100, higher is better."""
        s = self._sign
        knots = [(s * self.worst, 0.0), (s * self.fail_at, 40.0), (s * self.pass_at, 60.0), (s * self.best, 100.0)]
        x = s * raw
        if not x > knots[0][0]:
            return 0.0
        for (x0, y0), (x1, y1) in pairwise(knots):
            if x < x1:
                return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        return 100.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one check: its scales by name, and plain values by key."""

    values: Mapping[str, Any]

    def scale(self, name: str = "scale") -> Scale:
        """The scale called `name`."""
        return Scale(**self.values[name])

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - whatever the TOML holds
        return self.values[key]


def limits_version() -> str:
    """Versions of the shipped limits, all groups: it goes into every verdict."""
    return " ".join(f"{group}-{_table(group)['version']}" for group in GROUPS)


def limits_for(group: str, check: str, kind: str | None = None) -> Limits:
    """Limits of `check` in `group` (one of GROUPS), with what `kind` of document overrides.

    A check without limits gets an empty `Limits`.
    """
    entry = _table(group).get(check, {})
    overrides = entry.get("kinds", {}).get(kind, {}) if kind else {}
    return Limits({**{k: v for k, v in entry.items() if k != "kinds"}, **overrides})


def _table(group: str) -> dict[str, Any]:
    return load_toml(f"fourcorners.checks.{group}", "limits.toml")
