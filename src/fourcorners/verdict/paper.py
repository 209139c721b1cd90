"""The verdict on one paper that proves an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from fourcorners.checks.address import CHECKS
from fourcorners.checks.address.rules import rules_version
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_version
from fourcorners.checks.run import run_group
from fourcorners.verdict.catalogue import catalogue_version
from fourcorners.verdict.decide import Because, Decision, decide, paper_policy

__all__ = ["PaperVerdict", "judge_paper"]


@dataclass(frozen=True)
class PaperVerdict:
    """What was decided about a paper and why; `because` explains each reason, the gravest first."""

    decision: Decision
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]
    rules: str
    versions: Mapping[str, str]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons, the gravest first, each once."""
        return tuple(dict.fromkeys(b.code for b in self.because))


def judge_paper(case: Submission) -> PaperVerdict:
    """Make all checks of a paper and decide."""
    findings = tuple(run_group("address", CHECKS, case, None, "paper"))
    decision, because = decide(findings, {"paper"}, paper_policy())
    versions = {
        "fourcorners": version("fourcorners"),
        "limits": limits_version(),
        "rules": rules_version(),
        "catalogue": catalogue_version(),
    }
    return PaperVerdict(decision, because, findings, case.rules.name, versions)
