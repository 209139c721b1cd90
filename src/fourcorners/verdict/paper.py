"""The verdict on a paper that proves an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from fourcorners.checks.address import FILE_CHECKS, PAPER_CHECKS, supplement_complete
from fourcorners.checks.address.rules import rules_version
from fourcorners.checks.address.submission import Submission, Supplement
from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_version
from fourcorners.checks.run import run_group
from fourcorners.verdict.catalogue import catalogue_version
from fourcorners.verdict.decide import Because, Decision, decide, decide_paper, paper_policy
from fourcorners.verdict.judged import Judged, json_of
from fourcorners.verdict.paper_read import compared_out, files_out, paper_out
from fourcorners.vision.networks.weights import cards

__all__ = ["PaperVerdict", "judge_paper"]


@dataclass(frozen=True)
class PaperVerdict(Judged):
    """What was decided about a proof of address and why.

    `because` explains each reason, the gravest first. `read` is what the paper says, `compared` sets it beside the
    claims part by part, `files` names the files by their SHA-256. `supplement` tells what the owner's papers say, where
    they were needed. Nothing depends on the clock or the machine: the same case gives the same bytes. `case` holds the
    pages for the report; it is no part of the JSON.
    """

    decision: Decision
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]
    read: Mapping[str, object]
    compared: Mapping[str, object]
    claims: Mapping[str, str]
    rules: str
    today: str
    versions: Mapping[str, object]
    files: tuple[Mapping[str, object], ...]
    supplement: Mapping[str, object] | None
    case: Submission = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, object]:
        """The verdict as plain JSON values."""
        return {
            "verdict": self.decision.value,
            "reasons": list(self.reasons),
            "because": [b.to_dict() for b in self.because],
            "redo": list(self.redo),
            "findings": [f.to_dict() for f in self.findings],
            "read": self.read,
            "compared": self.compared,
            "claims": dict(self.claims),
            "rules": self.rules,
            "today": self.today,
            "versions": self.versions,
            "files": list(self.files),
            "supplement": self.supplement,
        }

    def to_json(self, indent: int | None = None) -> str:
        """Canonical JSON: the same case gives the same bytes."""
        return json_of(self.to_dict(), indent)

    def to_html(self, locale: str = "en") -> str:
        """One self-contained page that explains the verdict. Raises LocaleUnknown."""
        from fourcorners.verdict.report import render_paper

        return render_paper(self, locale)


def judge_paper(case: Submission) -> PaperVerdict:
    """Make all checks of a paper, and of its supplement where the paper alone does not do, and decide."""
    findings = tuple(_findings(replace(case, supplement=None), "paper"))
    decision, because = decide(findings, {"paper"}, paper_policy())
    added = case.supplement
    if added is not None and (decision is not Decision.APPROVE or not case.files):
        own = tuple(f for f in findings if f.check != supplement_complete.NAME)
        more = (*run_group("address", [supplement_complete], case, None, "attestation"), *_supplement_findings(added))
        findings = (*own, *more)
        decision, because = decide_paper(findings, paper_policy())
    return PaperVerdict(
        decision=decision,
        because=because,
        findings=findings,
        read=paper_out(case),
        compared=compared_out(case),
        claims=case.claims.given,
        rules=case.rules.name,
        today=case.today.isoformat(),
        versions=_versions(),
        files=files_out(case),
        supplement=_told(case),
        case=case,
    )


def _findings(case: Submission, slot: str) -> Iterator[Finding]:
    """Those on each file, and those on the paper as a whole; none where no file was handed in."""
    yield from _file_findings(case, slot)
    if case.files:
        yield from run_group("address", PAPER_CHECKS, case, None, slot)


def _file_findings(case: Submission, slot: str) -> Iterator[Finding]:
    """What is found in the second file is said of `paper_2`."""
    for number, part in enumerate(case.files, 1):
        yield from run_group("address", FILE_CHECKS, part, None, slot if number == 1 else f"{slot}_{number}")


def _supplement_findings(added: Supplement) -> Iterator[Finding]:
    """The attestation is no bill: its files are looked at, and its names by `supplement_complete`."""
    yield from _file_findings(added.attestation, "attestation")
    yield from (f for f in _findings(added.paper, "owners_paper") if f.check != supplement_complete.NAME)


def _told(case: Submission) -> Mapping[str, object] | None:
    added = case.supplement
    if added is None:
        return None
    return {
        "relation": added.relation,
        "owner": added.paper.claims.name,
        "attestation": {"files": list(files_out(added.attestation))},
        "paper": {
            "files": list(files_out(added.paper)),
            "read": paper_out(added.paper),
            "compared": compared_out(added.paper),
        },
    }


def _versions() -> Mapping[str, object]:
    """Of everything that can change a verdict: code, limits, rules, policy, catalogue, SHA-256 of each network."""
    return {
        "fourcorners": version("fourcorners"),
        "limits": limits_version(),
        "rules": rules_version(),
        "policy": paper_policy().version,
        "catalogue": catalogue_version(),
        "weights": {name: card.sha256 for name, card in cards().items()},
    }
