"""What a check says: one finding, with the evidence that a person needs to agree or disagree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from fourcorners.checks.limits import Scale

__all__ = [
    "Evidence",
    "Fact",
    "Finding",
    "Mark",
    "Outcome",
    "Spread",
    "box",
    "evidence_from",
    "fail",
    "judge",
    "not_assessed",
    "ok",
    "quad",
    "unsure",
]


class Outcome(StrEnum):
    """`NOT_ASSESSED` never counts as a pass: its reason says why the check could not be made."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNSURE = "unsure"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the picture: `points` are `[x, y]` in pixels of the upright, full-size picture.

    `page`, from 1, says on which page where there may be several.
    """

    shape: Literal["quad", "box", "point", "line"]
    points: tuple[tuple[float, float], ...]
    label: str = ""
    page: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        place = {} if self.page is None else {"page": self.page}
        return {"shape": self.shape, "points": [list(p) for p in self.points], "label": self.label, **place}


@dataclass(frozen=True, slots=True)
class Fact:
    """Values side by side, as (source, value): what the MRZ says beside what was claimed."""

    name: str
    values: tuple[tuple[str, str], ...]
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"fact": self.name, "values": dict(self.values), "note": self.note}


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a measured value lies among those of two groups, each given as (label, mean, standard deviation)."""

    name: str
    value: float
    groups: tuple[tuple[str, float, float], ...]
    pass_at: float
    fail_at: float

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        groups = [{"group": label, "mean": mean, "deviation": deviation} for label, mean, deviation in self.groups]
        cuts = {"pass_at": self.pass_at, "fail_at": self.fail_at}
        return {"spread": self.name, "value": _rounded(self.value), "groups": groups, **cuts}


Evidence = Mark | Fact | Spread


def evidence_from(given: Mapping[str, Any]) -> Evidence:
    """A piece of evidence from its JSON form. Raises KeyError, TypeError for what is no such form."""
    if "shape" in given:
        points = tuple((float(x), float(y)) for x, y in given["points"])
        return Mark(given["shape"], points, given["label"], given.get("page"))
    if "fact" in given:
        return Fact(given["fact"], tuple(given["values"].items()), given["note"])
    groups = tuple((g["group"], g["mean"], g["deviation"]) for g in given["groups"])
    return Spread(given["spread"], given["value"], groups, given["pass_at"], given["fail_at"])


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check on one subject.

    `subject` is the picture it is about (`front`, `back`, `selfie`) or `case`; the runner fills it in. `reason` is a
    code of the catalogue (`None` on a pass). `raw` is the measured value in `unit`; `margin` is its distance to
    `threshold`, positive on the good side; `score` puts it on 0..100, higher is better.
    """

    check: str
    version: int
    outcome: Outcome
    reason: str | None = None
    raw: float | None = None
    unit: str | None = None
    threshold: float | None = None
    margin: float | None = None
    score: float | None = None
    evidence: tuple[Evidence, ...] = ()
    subject: str = ""

    def about(self, subject: str) -> "Finding":
        """The same finding, said of `subject`."""
        return replace(self, subject=subject)

    def to_dict(self) -> dict[str, object]:
        """The JSON form; numbers rounded to six significant digits so that the bytes are stable."""
        return {
            "check": self.check,
            "version": self.version,
            "subject": self.subject,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "raw": _rounded(self.raw),
            "unit": self.unit,
            "threshold": _rounded(self.threshold),
            "margin": _rounded(self.margin),
            "score": None if self.score is None else round(self.score, 1),
            "evidence": [e.to_dict() for e in self.evidence],
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Finding":
        """A finding from its JSON form, which it gives back byte for byte. Raises KeyError, TypeError, ValueError."""
        return cls(
            check=given["check"],
            version=given["version"],
            outcome=Outcome(given["outcome"]),
            reason=given["reason"],
            raw=given["raw"],
            unit=given["unit"],
            threshold=given["threshold"],
            margin=given["margin"],
            score=given["score"],
            evidence=tuple(evidence_from(e) for e in given["evidence"]),
            subject=given["subject"],
        )


def judge(
    check: str, version: int, raw: float, scale: Scale, reason: str, evidence: Iterable[Evidence] = ()
) -> Finding:
    """A finding from a measured value: pass, fail or (between the two thresholds of `scale`) unsure."""
    raw = float(raw)  # a NumPy scalar would not go into JSON
    outcome = Outcome.PASS if scale.passes(raw) else Outcome.FAIL if scale.fails(raw) else Outcome.UNSURE
    return Finding(
        check,
        version,
        outcome,
        None if outcome is Outcome.PASS else reason,
        raw,
        scale.unit,
        scale.pass_at,
        scale.margin(raw),
        scale.score(raw),
        tuple(evidence),
    )


def ok(check: str, version: int, evidence: Iterable[Evidence] = ()) -> Finding:
    """A pass of a check that measures nothing, such as a comparison."""
    return Finding(check, version, Outcome.PASS, evidence=tuple(evidence))


def fail(check: str, version: int, reason: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """A fail of a check that measures nothing."""
    return Finding(check, version, Outcome.FAIL, reason, evidence=tuple(evidence))


def unsure(check: str, version: int, reason: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """Neither: a person should look, or the applicant should try again."""
    return Finding(check, version, Outcome.UNSURE, reason, evidence=tuple(evidence))


def not_assessed(check: str, version: int, cause: str, evidence: Iterable[Evidence] = ()) -> Finding:
    """The check could not be made; `cause` is a code of the catalogue."""
    return Finding(check, version, Outcome.NOT_ASSESSED, cause, evidence=tuple(evidence))


def quad(points: ArrayLike, label: str = "") -> Mark:
    """A quadrilateral (4, 2) as evidence."""
    return Mark("quad", _points(points), label)


def box(points: ArrayLike, label: str = "") -> Mark:
    """An upright box given by two corners (2, 2) or four (4, 2), as evidence."""
    corners = np.asarray(points, dtype=np.float64)
    return Mark("box", _points([corners.min(axis=0), corners.max(axis=0)]), label)


def _points(points: ArrayLike | Sequence[ArrayLike]) -> tuple[tuple[float, float], ...]:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in np.asarray(points, dtype=np.float64))


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
