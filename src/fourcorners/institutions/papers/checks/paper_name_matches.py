"""The paper is that of the institution: its legal name is the one entered, by the rules of company names."""

from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import companies_agree
from fourcorners.institutions.papers.case import Compared, PaperCase, conclude

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_name_matches"
VERSION = 1
REASONS = ("paper_name_differs", "not_assessed_file", "not_assessed_not_required", "not_assessed_no_claims")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Legal forms count, however they are written: a GmbH is no AG. A name that was not read is for a person."""
    if cause := case.cause("legal_name"):
        return not_assessed(NAME, VERSION, cause)
    claimed = case.claims.legal_name
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    found = case.reading.fields.get("legal_name")
    agreement = companies_agree(claimed, found.value if found else None)
    compared = [Compared("legal_name", claimed, found, agreement)]
    return conclude((NAME, VERSION, REASONS[0]), case, compared, limits, case.rules.needed)
