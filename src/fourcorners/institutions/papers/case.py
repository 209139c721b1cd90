"""A paper beside what was entered: what the checks of this package are made on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from fourcorners.checks.finding import Fact, Finding, Mark, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import Agreement
from fourcorners.vision.papers import PaperField, PaperLine

from .claims import PaperClaims
from .limits import PaperRules, rules_of
from .reading import Reading

__all__ = ["Compared", "PaperCase", "conclude"]


@dataclass(frozen=True, eq=False, kw_only=True)
class PaperCase:
    """A reading, the claims, the kind of paper that was asked for, and the day on which it was handed in."""

    reading: Reading
    claims: PaperClaims
    kind: str
    day: date

    @cached_property
    def rules(self) -> PaperRules:
        """What is asked of that kind."""
        return rules_of(self.kind)

    def mark(self, name: str, found: PaperField) -> Mark:
        """Where a field stands."""
        paper = self.reading.paper
        assert paper is not None  # noqa: S101 - a field was read from it
        place = quad(paper.pages[found.page].place(found.box), name)
        return replace(place, page=paper.page_number(found.page))

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """The lines of the paper; none of a file that was refused."""
        return () if self.reading.paper is None else self.reading.paper.lines

    def seen(
        self, field: PaperField | None, found: PaperField | None, agreement: Agreement
    ) -> tuple[PaperField | None, Agreement]:
        """What a second look saw, if anything; else what was `found` before, with its agreement."""
        return (found, agreement) if field is None else (field, Agreement("same", ("unlabelled",)))

    def cause(self, field: str = "") -> str:
        """Why a check cannot be made: no file, or a question that does not arise for this kind; "" if it can."""
        if self.reading.paper is None:
            return "not_assessed_file"
        return "not_assessed_not_required" if field and field not in self.rules.compare else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of the paper beside what was entered. `found` is None where it was not read."""

    name: str
    claimed: str
    found: PaperField | None
    agreement: Agreement

    def outcome(self, case: PaperCase, limits: Limits, *, needed: bool) -> str:
        """pass, unsure or fail: a difference is certain where it is read with confidence, and is no misread letter."""
        if self.found is None:
            return "unsure" if needed else "pass"
        if self.agreement.holds:
            return "pass" if set(limits["doubtful"]).isdisjoint(self.agreement.reasons) else "unsure"
        paper = case.reading.paper
        printed = paper is not None and paper.has_text
        slip = not printed and not set(limits["misreading_hints"]).isdisjoint(self.agreement.reasons)
        return "fail" if self.found.confidence >= limits["confidence_min"] and not slip else "unsure"

    def evidence(self, case: PaperCase) -> list[Mark | Fact]:
        """The place on the paper, and both values side by side."""
        values = (("claimed", self.claimed), *((("paper", self.found.value),) if self.found else ()))
        fact = Fact(self.name, values, self.agreement.note if self.found else "not read")
        return [*([case.mark(self.name, self.found)] if self.found else []), fact]


def conclude(
    check: tuple[str, int, str],
    case: PaperCase,
    compared: Sequence[Compared],
    limits: Limits,
    needed: Sequence[str] = (),
) -> Finding:
    """One finding of several comparisons; `check` is name, version and reason. The worst counts."""
    name, version, reason = check
    if not compared:
        return not_assessed(name, version, "not_assessed_no_claims")
    if all(c.found is None and c.name not in needed for c in compared):
        evidence = [piece for c in compared for piece in c.evidence(case)]
        usual = any(c.name in case.rules.usual for c in compared)
        return not_assessed(name, version, "not_assessed_no_data" if usual else "not_assessed_not_required", evidence)
    outcomes = {c.outcome(case, limits, needed=c.name in needed) for c in compared}
    evidence = [piece for c in compared for piece in c.evidence(case)]
    if "fail" in outcomes:
        return fail(name, version, reason, evidence)
    return unsure(name, version, reason, evidence) if "unsure" in outcomes else ok(name, version, evidence)
