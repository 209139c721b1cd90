"""The paper was issued within the months that the rules allow, and not in the future (POA2)."""

from datetime import date

from fourcorners.checks.address.calendar_months import months_later
from fourcorners.checks.address.evidence import field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_recent"
VERSION = 1
REASONS = ("poa_no_date", "poa_too_old", "poa_date_in_future", "not_assessed_file", "not_assessed_not_required")


def check(case: Submission, limits: Limits) -> Finding:
    """A date read with little confidence that would fail is left to a person. A lease is judged by its end instead."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    kind, rules = reading.kind.name, case.rules
    if kind == "rental_agreement" and rules.lease_left is not None:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    read = reading.issue_date
    if read is None:
        return fail(NAME, VERSION, "poa_no_date", [Fact("issue_date", (), "not found")])
    issued, months = date.fromisoformat(read.value), rules.months_for(kind)
    oldest = months_later(case.today, -months)
    values = (("issued", read.value), ("oldest", oldest.isoformat()), ("submitted", case.today.isoformat()))
    evidence: list[Evidence] = [
        field_mark(paper, "issue_date", read),
        Fact("issue_date", values, f"{rules.name}: {months} months"),
    ]
    reason = "poa_too_old" if issued < oldest else "poa_date_in_future" if issued > case.today else None
    if reason is None:
        return ok(NAME, VERSION, evidence)
    certain = read.confidence >= limits["confidence_min"]
    return (fail if certain else unsure)(NAME, VERSION, reason, evidence)
