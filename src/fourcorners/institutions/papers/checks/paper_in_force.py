"""A licence has not expired (INS10)."""

from datetime import date

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.institutions.papers.case import PaperCase

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_in_force"
VERSION = 1
REASONS = ("paper_expired", "not_assessed_file", "not_assessed_not_required")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Where a paper tells its end. A licence without one runs on; other papers have none."""
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    read = case.reading.fields.get("expiry_date")
    if read is None or not case.rules.expires:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    end = date.fromisoformat(read.value)
    values = (("ends", read.value), ("submitted", case.day.isoformat()))
    evidence: list[Evidence] = [case.mark("expiry_date", read), Fact("expiry_date", values)]
    if end >= case.day:
        return ok(NAME, VERSION, evidence)
    certain = read.confidence >= limits["confidence_min"]
    return (fail if certain else unsure)(NAME, VERSION, REASONS[0], evidence)
