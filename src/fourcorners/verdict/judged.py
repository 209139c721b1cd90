"""What every verdict can say of itself, whatever was judged."""

import json
from collections.abc import Mapping

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.verdict.decide import Because, Decision

__all__ = ["Judged", "json_of"]


class Judged:
    """A decision with what explains it."""

    decision: Decision
    because: tuple[Because, ...]
    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes of the reasons, the gravest first, each once."""
        return tuple(dict.fromkeys(b.code for b in self.because))

    @property
    def redo(self) -> tuple[str, ...]:
        """What is handed in again when the decision is to resubmit, each once."""
        if self.decision is not Decision.RESUBMIT:
            return ()
        return tuple(dict.fromkeys(b.redo for b in self.because if b.redo and b.effect.value == self.decision.value))

    @property
    def passed(self) -> int:
        """How many checks passed."""
        return sum(f.outcome is Outcome.PASS for f in self.findings)

    @property
    def made(self) -> int:
        """How many checks could be made: the others are neither passed nor failed."""
        return sum(f.outcome is not Outcome.NOT_ASSESSED for f in self.findings)


def json_of(told: Mapping[str, object], indent: int | None) -> str:
    """Canonical JSON: sorted keys, numbers rounded, no clock. The same case gives the same bytes."""
    separators = (",", ":") if indent is None else None
    return json.dumps(told, sort_keys=True, ensure_ascii=False, indent=indent, separators=separators)
