"""The document has not expired on the day of the case, and is valid for as long as its country asks for (IDP4)."""

from fourcorners.checks.comparison import credible
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits, Scale
from fourcorners.checks.period import period
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "in_date"
VERSION = 1
REASONS = ("document_expired", "expiry_unreadable", "not_assessed_no_document")


def check(case: Case, limits: Limits) -> Finding:
    """Whole days from today to the expiry date, on which a document is still good; of a month, to its first day."""
    if not case.sides:
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    reading = case.reading
    entries = credible(reading.fields.get("expiry_date", ()), limits["confidence_min"])
    if not entries:
        if case.mrz and case.mrz[1].mrz and case.mrz[1].mrz.expiry_date and case.mrz[1].mrz.expiry_date.unlimited:
            return ok(NAME, VERSION, [Fact("expiry_date", (), "valid without end")]).about(case.mrz[0])
        if reading.kind in limits["may_never_expire"]:
            return ok(NAME, VERSION, [Fact("expiry_date", (), "this kind may be valid without end")])
        return unsure(NAME, VERSION, "expiry_unreadable")
    entry = entries[0]
    days = [(day - case.today).days for day in period(entry.value)]
    needed = int(limits["remaining_days_min"].get(reading.country, limits["remaining_days_min"]["default"]))
    scale = Scale("days", needed, needed, needed - limits["score_span_days"], needed + limits["score_span_days"])
    values = (*((e.source, e.value) for e in reading.fields["expiry_date"]), ("today", case.today.isoformat()))
    seen = [Fact("expiry_date", values)]
    finding = judge(NAME, VERSION, days[0], scale, "document_expired", seen)
    if finding.reason and (entry.confidence < limits["confidence_min"] or scale.passes(days[1])):
        finding = unsure(NAME, VERSION, "expiry_unreadable", seen)
    return finding.about(case.side_of(entry))
