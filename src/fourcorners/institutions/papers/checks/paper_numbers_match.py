"""Registration number, tax number and LEI are those entered, and their check digits agree (INS11)."""

from fourcorners.checks.finding import Fact, Finding, not_assessed, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import numbers_agree
from fourcorners.institutions.fields import field_problem
from fourcorners.institutions.papers.case import Compared, PaperCase, conclude
from fourcorners.institutions.papers.numbers import registration_numbers_agree
from fourcorners.institutions.papers.seen import find_number_seen

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_numbers_match"
VERSION = 2
REASONS = (
    "paper_number_differs",
    "paper_number_invalid",
    "not_assessed_file",
    "not_assessed_not_required",
    "not_assessed_no_claims",
    "not_assessed_no_data",
)
NUMBERS = ("registration_number", "tax_number", "lei")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Each number that was entered and stands on the paper, with a label or without.

    One that cannot be right by its check digits is doubted.
    """
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    asked = [name for name in NUMBERS if name in case.rules.compare]
    if not asked:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    compared = []
    for name in asked:
        claimed, found = getattr(case.claims, name), case.reading.fields.get(name)
        if claimed is not None and (found is not None or name == "registration_number"):
            agree = registration_numbers_agree if name == "registration_number" else numbers_agree
            agreement = agree(claimed, found.value if found else None)
            if found is None:
                seen = find_number_seen(claimed, case.lines, case.reading.rows)
                found, agreement = case.seen(seen, found, agreement)
            compared.append(Compared(name, claimed, found, agreement))
    finding = conclude((NAME, VERSION, REASONS[0]), case, compared, limits, case.rules.needed)
    if finding.reason != REASONS[0] and (wrong := _invalid(case, [name for name in asked if name != "tax_number"])):
        return unsure(NAME, VERSION, "paper_number_invalid", [*finding.evidence, *wrong])
    return finding


def _invalid(case: PaperCase, names: list[str]) -> list[Fact]:
    """Numbers of the paper that the rules of the country rule out. (A country's tax offices give out several sorts.)"""
    country, wrong = case.claims.country or "", []
    for name in names:
        found = case.reading.fields.get(name)
        problem = field_problem(name, found.value, country=country) if found and country else ""
        if found and problem:
            wrong.append(Fact(name, (("paper", found.value),), problem))
    return wrong
