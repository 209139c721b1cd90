"""What a decision rests on, small enough to keep thousands of: the findings without their evidence, and what was given.

From it the decision follows again, under the same policy or another; see `decide_again`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import group_of
from fourcorners.checks.rejudge import Thresholds, rejudge
from fourcorners.verdict.decide import GRAVEST_FIRST, SLOTS, Because, Decision, Policy, decide, decide_paper

__all__ = ["Basis", "basis_of", "decide_again", "rejudged"]

PAPER = ("paper", *SLOTS)


@dataclass(frozen=True, slots=True)
class Basis:
    """`kind` and `country` are what the document was read as; `given` names what was handed in."""

    kind: str | None
    country: str | None
    given: frozenset[str]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON: a finding is its check, version, subject, outcome, reason and measured value."""
        rows = [[f.check, f.version, f.subject, f.outcome.value, f.reason, f.raw] for f in self.findings]
        return {"kind": self.kind, "country": self.country, "given": sorted(self.given), "findings": rows}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Basis":
        """What `to_dict` gave."""
        findings = tuple(
            Finding(check, version, Outcome(outcome), reason, raw, subject=subject)
            for check, version, subject, outcome, reason, raw in plain["findings"]
        )
        return cls(plain["kind"], plain["country"], frozenset(plain["given"]), findings)


def basis_of(verdict: Mapping[str, Any]) -> Basis:
    """The basis of a verdict in its JSON form (`Verdict.to_dict`, or a case's with findings on more than pictures)."""
    findings = tuple(Finding.from_dict(f) for f in verdict["findings"])
    given = {*verdict.get("pictures", {}), *(["claims"] if verdict.get("claims") else [])}
    given |= {slot for f in findings if (slot := _slot(f.subject)) in (*PAPER, "live")}
    document = verdict.get("read", {}).get("document", {})
    return Basis(document.get("kind"), document.get("country"), frozenset(given), findings)


def rejudged(basis: Basis, thresholds: Mapping[tuple[str, str], Thresholds]) -> tuple[Finding, ...]:
    """The findings under other thresholds, which are given by group and check."""
    if not thresholds:
        return basis.findings
    found = []
    for finding in basis.findings:
        group = group_of(finding.check, finding.subject)
        own = thresholds.get((group, finding.check))
        found.append(finding if own is None else rejudge(finding, group, own, basis.kind))
    return tuple(found)


def decide_again(
    basis: Basis, policy: Policy, thresholds: Mapping[tuple[str, str], Thresholds]
) -> tuple[Decision, tuple[Because, ...]]:
    """The decision on a whole case: on its document and faces, and on its proof of address if there is one."""
    findings = rejudged(basis, thresholds)
    paper = [f for f in findings if _slot(f.subject) in PAPER]
    rest = [f for f in findings if _slot(f.subject) not in PAPER]
    because = list(decide(rest, basis.given.difference(PAPER), policy)[1])
    if paper:
        because += decide_paper(paper, replace(policy, needs=dict.fromkeys(policy.needs, "")))[1]
    because.sort(key=lambda b: GRAVEST_FIRST.index(b.effect))
    return (Decision(because[0].effect.value) if because else Decision.APPROVE), tuple(because)


def _slot(subject: str) -> str:
    return subject.rstrip("_0123456789")
