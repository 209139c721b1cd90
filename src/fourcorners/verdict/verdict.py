"""The verdict: the decision on a case with everything needed to agree with it, to dispute it, and to replay it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_version
from fourcorners.checks.run import Progress, run_checks
from fourcorners.checks.subject import Case
from fourcorners.verdict.catalogue import catalogue_version
from fourcorners.verdict.decide import Because, Decision, Policy, decide, default_policy
from fourcorners.verdict.judged import Judged, json_of
from fourcorners.verdict.read import read_out
from fourcorners.vision.faces import embedder
from fourcorners.vision.networks.weights import cards

__all__ = ["Verdict", "judge_case", "versions"]


@dataclass(frozen=True)
class Verdict(Judged):
    """What was decided and why.

    `because` explains each reason, the gravest first. `read` is what the document says, by source; `pictures` names the
    files by their SHA-256. Nothing in it depends on the clock or the machine: the same case gives the same bytes.
    `case` holds the pictures for the report; it is no part of the JSON.
    """

    decision: Decision
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]
    read: Mapping[str, object]
    claims: Mapping[str, str]
    today: str
    versions: Mapping[str, object]
    pictures: Mapping[str, Mapping[str, object]]
    case: Case = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, object]:
        """The verdict as plain JSON values."""
        return {
            "verdict": self.decision.value,
            "reasons": list(self.reasons),
            "because": [b.to_dict() for b in self.because],
            "redo": list(self.redo),
            "findings": [f.to_dict() for f in self.findings],
            "read": self.read,
            "claims": dict(self.claims),
            "today": self.today,
            "versions": self.versions,
            "pictures": self.pictures,
        }

    def to_json(self, indent: int | None = None) -> str:
        """Canonical JSON: the same case gives the same bytes."""
        return json_of(self.to_dict(), indent)

    def to_html(self, locale: str = "en") -> str:
        """One self-contained page that explains the verdict. Raises LocaleUnknown."""
        from fourcorners.verdict.report import render

        return render(self, locale)


def judge_case(
    case: Case,
    *,
    only: Collection[str] = (),
    policy: Policy | None = None,
    threads: int = 2,
    progress: Progress | None = None,
) -> Verdict:
    """Make the checks (all, or those named in `only`) and decide. Raises CheckUnknown."""
    rules = policy or default_policy()
    findings = run_checks(case, only, threads, progress)
    given = {*case.given, *(["claims"] if case.claims.given else [])}
    decision, because = decide(findings, given, rules)
    return Verdict(
        decision=decision,
        because=because,
        findings=findings,
        read=read_out(case),
        claims=case.claims.given,
        today=case.today.isoformat(),
        versions=versions(rules),
        pictures=_pictures(case),
        case=case,
    )


def versions(policy: Policy) -> Mapping[str, object]:
    """Of everything that can change a verdict: code, limits, policy, catalogue, embedder, SHA-256 of each network."""
    return {
        "fourcorners": version("fourcorners"),
        "limits": limits_version(),
        "policy": policy.version,
        "catalogue": catalogue_version(),
        "embedder": " ".join(filter(None, (embedder().name, embedder().sha256))),
        "weights": {name: card.sha256 for name, card in cards().items()},
    }


def _pictures(case: Case) -> Mapping[str, Mapping[str, object]]:
    pictures: dict[str, Mapping[str, object]] = {}
    for subject, frame in case.frames.items():
        p = frame.picture
        size = {"format": p.format, "width": p.width, "height": p.height, "size_bytes": p.size_bytes}
        pictures[subject] = {"sha256": p.sha256, **size}
    for subject, refusal in case.refused.items():
        pictures[subject] = {"refused": refusal.code}
    return pictures
