"""The holder has reached the minimum age of the issuing country on the day of the case (IND3)."""

from dataclasses import replace
from datetime import date

from fourcorners.checks.comparison import credible
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed, unsure
from fourcorners.checks.limits import Limits
from fourcorners.checks.period import period
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "age_on", "check"]

NAME = "old_enough"
VERSION = 1
REASONS = ("underage", "age_uncertain", "not_assessed_no_birth_date")


def check(case: Case, limits: Limits) -> Finding:
    """A date that was not read for sure, or that two sources give differently, never makes anybody underage."""
    entries = credible(case.reading.fields.get("birth_date", ()), limits["confidence_min"])
    if not entries:
        return not_assessed(NAME, VERSION, "not_assessed_no_birth_date")
    scale = limits.scale()
    years = float(limits["countries"].get(case.reading.country, scale.pass_at))
    scale = replace(scale, pass_at=years, fail_at=years)
    seen = [Fact("birth_date", tuple((e.source, e.value) for e in entries))]
    born = [day for e in entries for day in period(e.value)]
    finding = judge(NAME, VERSION, age_on(case.today, max(born)), scale, "underage", seen)
    certain = (
        scale.fails(age_on(case.today, min(born)))
        and entries[0].confidence >= limits["confidence_min"]
        and len({e.value for e in entries}) == 1
    )
    if finding.reason and not certain:
        return unsure(NAME, VERSION, "age_uncertain", seen)
    return finding.about(case.side_of(entries[0]))


def age_on(today: date, birth: date) -> int:
    """Completed years, negative before birth. A birthday on 29 February counts from 1 March in other years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
