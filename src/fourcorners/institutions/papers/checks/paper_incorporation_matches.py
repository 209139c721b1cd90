"""The institution was incorporated on the day entered."""

from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import dates_agree
from fourcorners.institutions.papers.case import Compared, PaperCase, conclude

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_incorporation_matches"
VERSION = 1
REASONS = (
    "paper_incorporation_differs",
    "not_assessed_file",
    "not_assessed_not_required",
    "not_assessed_no_claims",
    "not_assessed_no_data",
)


def check(case: PaperCase, limits: Limits) -> Finding:
    """Compared where the paper tells the day."""
    if cause := case.cause("incorporation_date"):
        return not_assessed(NAME, VERSION, cause)
    claimed = case.claims.incorporation_date
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    found = case.reading.fields.get("incorporation_date")
    compared = Compared(
        "incorporation_date", claimed.isoformat(), found, dates_agree(claimed, found.value if found else None)
    )
    return conclude((NAME, VERSION, REASONS[0]), case, [compared], limits, case.rules.needed)
