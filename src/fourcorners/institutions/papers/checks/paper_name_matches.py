"""The paper is that of the institution: its legal name is the one entered, by the rules of company names."""

from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import companies_agree
from fourcorners.institutions.papers.case import Compared, PaperCase, conclude
from fourcorners.institutions.papers.names import names_a_body
from fourcorners.institutions.papers.seen import find_name_seen
from fourcorners.vision.papers.folding import folded

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_name_matches"
VERSION = 2
REASONS = ("paper_name_differs", "not_assessed_file", "not_assessed_not_required", "not_assessed_no_claims")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Legal forms count, however they are written: a GmbH is no AG. A name that was not read is for a person.

    Unless it stands there after all, where no label or sentence that we know says that it is the paper's.
    """
    if cause := case.cause("legal_name"):
        return not_assessed(NAME, VERSION, cause)
    claimed = case.claims.legal_name
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    found = case.reading.fields.get("legal_name")
    agreement = companies_agree(claimed, found.value if found else None)
    if found is None or _is_piece(found.value, claimed) or not (agreement.holds or names_a_body(found.value)):
        found, agreement = case.seen(find_name_seen(claimed, case.lines, case.reading.rows), found, agreement)
    compared = [Compared("legal_name", claimed, found, agreement)]
    return conclude((NAME, VERSION, REASONS[0]), case, compared, limits, case.rules.needed)


def _is_piece(found: str, claimed: str) -> bool:
    """Is one a part of the other: was a name cut off, or read with words before it?"""
    return folded(found) != folded(claimed) and (folded(found) in folded(claimed) or folded(claimed) in folded(found))
