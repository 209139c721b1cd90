"""What is printed and what the machine-readable zone says is the same."""

from fourcorners.checks.comparison import compare_sources, conclude
from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "print_agrees"
VERSION = 1
REASONS = ("print_disagrees", "not_assessed_one_source")


def check(case: Case, limits: Limits) -> Finding:
    """Names, dates, number, sex and states, after case, diacritics, transliteration and truncation are evened out."""
    compared = compare_sources(case.reading, "print", ("mrz",), limits)
    if not compared:
        return not_assessed(NAME, VERSION, "not_assessed_one_source")
    return conclude(NAME, VERSION, "print_disagrees", compared, limits)
