"""What the barcode says and what is printed, or stands in the machine-readable zone, is the same."""

from fourcorners.checks.comparison import compare_sources, conclude
from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "barcode_agrees"
VERSION = 1
REASONS = ("barcode_disagrees", "not_assessed_not_required", "not_assessed_one_source")


def check(case: Case, limits: Limits) -> Finding:
    """A forger who prints a new front often leaves the old barcode on the back."""
    if not any(entry.source == "barcode" for entries in case.reading.fields.values() for entry in entries):
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    compared = compare_sources(case.reading, "barcode", ("mrz", "print"), limits)
    if not compared:
        return not_assessed(NAME, VERSION, "not_assessed_one_source")
    return conclude(NAME, VERSION, "barcode_disagrees", compared, limits)
