"""The check digits of the machine-readable zone agree with what they cover (ICAO Doc 9303-3, 4.9)."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "mrz_valid"
VERSION = 1
REASONS = ("mrz_invalid", "not_assessed_no_mrz")


def check(case: Case, limits: Limits) -> Finding:
    """A disagreeing digit is a fail only where the reading is certain: otherwise we may have misread it."""
    side, reading = case.mrz or ("case", None)
    required = case.reading.kind in limits["required_on"]
    if reading is None or reading.mrz is None or not (required or reading.sure or reading.check_digits_agree):
        return not_assessed(NAME, VERSION, "not_assessed_no_mrz")
    seen: list[Evidence] = [
        Fact(c.field, (("printed", c.printed), ("computed", c.computed)), "agrees" if c.agrees else "differs")
        for c in reading.mrz.checks
    ]
    seen += [quad(line) for line in reading.line_quads]
    if reading.check_digits_agree:
        return ok(NAME, VERSION, seen).about(side)
    return (fail if reading.sure else unsure)(NAME, VERSION, "mrz_invalid", seen).about(side)
