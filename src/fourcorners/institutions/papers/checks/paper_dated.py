"""The paper bears a date, and one that is recent enough where its kind asks for that (INS7)."""

from datetime import date

from fourcorners.checks.address.calendar_months import months_later
from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.institutions.papers.case import PaperCase

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_dated"
VERSION = 1
REASONS = (
    "paper_undated",
    "paper_too_old",
    "paper_dated_in_future",
    "not_assessed_file",
    "not_assessed_not_required",
)


def check(case: PaperCase, limits: Limits) -> Finding:
    """The day of issue or signature. A day that has not come fails whatever the kind."""
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    rules, read = case.rules, case.reading.fields.get("issue_date")
    if read is None:
        if not rules.dated:
            return not_assessed(NAME, VERSION, "not_assessed_not_required")
        return unsure(NAME, VERSION, "paper_undated", [Fact("issue_date", (), "not read")])
    day = date.fromisoformat(read.value)
    oldest = None if rules.months is None else months_later(case.day, -rules.months)
    values = [("dated", read.value), *([("oldest", oldest.isoformat())] if oldest else [])]
    fact = Fact("issue_date", (*values, ("submitted", case.day.isoformat())))
    evidence: list[Evidence] = [case.mark("issue_date", read), fact]
    reason = "paper_dated_in_future" if day > case.day else "paper_too_old" if oldest and day < oldest else None
    if reason is None:
        return ok(NAME, VERSION, evidence)
    certain = read.confidence >= limits["confidence_min"]
    return (fail if certain else unsure)(NAME, VERSION, reason, evidence)
