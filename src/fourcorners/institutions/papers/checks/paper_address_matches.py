"""The registered address is that of the paper, part by part (INS10)."""

from dataclasses import replace

from fourcorners.checks.finding import Fact, Finding, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.formats.addresses import address_parts, addresses_agree
from fourcorners.institutions.papers.case import Compared, PaperCase, conclude
from fourcorners.institutions.papers.seen import find_address_seen

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_address_matches"
VERSION = 2
REASONS = (
    "paper_address_differs",
    "not_assessed_file",
    "not_assessed_not_required",
    "not_assessed_no_claims",
    "not_assessed_no_data",
)


def check(case: PaperCase, limits: Limits) -> Finding:
    """Number, street, postcode and city are equal; each part that is not is told. Not every certificate has one."""
    if cause := case.cause("registered_address"):
        return not_assessed(NAME, VERSION, cause)
    claimed, country = case.claims.registered_address, case.claims.country
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    found = case.reading.fields.get("registered_address")
    agreement = addresses_agree(claimed, found.value if found else None, country)
    if found is None:
        found, agreement = case.seen(find_address_seen(claimed, case.lines), found, agreement)
    compared = Compared("registered_address", claimed, found, agreement)
    finding = conclude((NAME, VERSION, REASONS[0]), case, [compared], limits, case.rules.needed)
    if found is None or agreement.outcome == "same":
        return finding
    parts = [
        Fact(part.name, (("claimed", part.first), ("paper", part.second)), part.agreement.note)
        for part in address_parts(claimed, found.value, country)
        if part.agreement.outcome != "same"
    ]
    return replace(finding, evidence=(*finding.evidence, *parts))
