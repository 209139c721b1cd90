"""A lease runs long enough after submission (POA2)."""

from datetime import date

from fourcorners.checks.address.calendar_months import months_later
from fourcorners.checks.address.evidence import field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.papers.folding import folded, holds

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "lease_runs"
VERSION = 1
REASONS = ("poa_lease_short", "not_assessed_file", "not_assessed_not_required")


def check(case: Submission, limits: Limits) -> Finding:
    """A lease without an end is fine if it says that it has none (words are data); else a person looks."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    left = case.rules.lease_left
    if reading.kind.name != "rental_agreement" or left is None:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    earliest = months_later(case.today, left)
    if reading.lease_end is None:
        text = "".join(folded(line.text) for line in paper.lines)
        open_ended = [word for word in limits["open_ended"] if holds(text, word)]
        fact = Fact("lease_end", (("earliest", earliest.isoformat()),), ", ".join(open_ended) or "not found")
        return ok(NAME, VERSION, [fact]) if open_ended else unsure(NAME, VERSION, REASONS[0], [fact])
    end = date.fromisoformat(reading.lease_end.value)
    values = (("ends", end.isoformat()), ("earliest", earliest.isoformat()))
    evidence: list[Evidence] = [field_mark(paper, "lease_end", reading.lease_end), Fact("lease_end", values)]
    return ok(NAME, VERSION, evidence) if end >= earliest else fail(NAME, VERSION, REASONS[0], evidence)
