"""The paper is of the kind that was asked for (INS4)."""

from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.institutions.papers.case import PaperCase
from fourcorners.institutions.papers.kinds import speaks_for
from fourcorners.vision.papers import PaperField

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_kind_expected"
VERSION = 2
REASONS = ("paper_wrong_kind", "not_assessed_file")


def check(case: PaperCase, limits: Limits) -> Finding:
    """The words that decided the kind are the evidence; a kind that is not sure, or not known, is for a person."""
    reading = case.reading
    if reading.paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    kind = reading.kind
    words = [case.mark(said, PaperField(said, 1.0, (line,))) for said, line in kind.words]
    fact = Fact("kind", (("expected", case.kind), ("paper", kind.name)), reading.form)
    sure = kind.confidence >= limits["confidence_min"] and kind.name != "other"
    if not sure and (heard := speaks_for(reading.paper.lines, reading.paper.pages[0].size[1], case.kind)):
        words = [case.mark(said, PaperField(said, 1.0, (line,))) for said, line in heard]
        return ok(NAME, VERSION, [*words, Fact("kind", (("expected", case.kind),), "few words, and none louder")])
    if not sure:
        return unsure(NAME, VERSION, REASONS[0], [*words, fact])
    if kind.name == case.kind:
        return ok(NAME, VERSION, [*words, fact])
    return fail(NAME, VERSION, REASONS[0], [*words, fact])
