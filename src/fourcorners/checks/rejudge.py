"""Judge a stored finding again under other thresholds, without the picture: what was measured does not change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fourcorners.checks.finding import Finding, Outcome, Spread, judge
from fourcorners.checks.limits import Scale, limits_for
from fourcorners.checks.registry import REGISTRY
from fourcorners.kit.data import load_toml

__all__ = ["Thresholds", "can_rejudge", "rejudge", "scale_of"]

SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The two thresholds of a scale; None: as shipped."""

    pass_at: float | None = None
    fail_at: float | None = None

    def over(self, scale: Scale) -> Scale:
        """The scale with these thresholds. Its ends stay."""
        return replace(
            scale,
            pass_at=scale.pass_at if self.pass_at is None else self.pass_at,
            fail_at=scale.fail_at if self.fail_at is None else self.fail_at,
        )


def can_rejudge(group: str, check: str) -> bool:
    """Does the outcome of this check follow from one measured value and one scale? (rejudge.toml)"""
    return check in _table().get(group, {})


def scale_of(group: str, check: str, kind: str | None = None) -> Scale:
    """The shipped scale of such a check, for a `kind` of document. Raises KeyError for any other check."""
    _ = _table()[group][check]
    return limits_for(group, check, kind).scale(SCALE)


def rejudge(finding: Finding, group: str, thresholds: Thresholds, kind: str | None = None) -> Finding:
    """The finding that the check would have given under these thresholds.

    What measured nothing, or was made by another version of the check, stays as it is.
    """
    entry = _table()[group][finding.check]
    version = next(m.VERSION for m in REGISTRY[group] if finding.check == m.NAME)
    if finding.raw is None or finding.version != version:
        return finding
    scale = thresholds.over(scale_of(group, finding.check, kind))
    again = judge(finding.check, finding.version, finding.raw, scale, entry["fail"], finding.evidence)
    if again.outcome is Outcome.FAIL and entry.get("never_fails"):
        again = replace(again, outcome=Outcome.UNSURE)
    reason = None if again.outcome is Outcome.PASS else _reason(finding, again.outcome, entry)
    evidence = tuple(
        replace(e, pass_at=scale.pass_at, fail_at=scale.fail_at) if isinstance(e, Spread) else e
        for e in finding.evidence
    )
    return replace(again, reason=reason, evidence=evidence, subject=finding.subject)


def _reason(finding: Finding, outcome: Outcome, entry: Mapping[str, str]) -> str:
    """The check's own reason where it had one for the same outcome: some choose it by what they saw."""
    return finding.reason if finding.reason and finding.outcome is outcome else entry[outcome.value]


def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return load_toml("fourcorners.checks", "rejudge.toml")
