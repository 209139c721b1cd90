"""The address on the paper is the one that the applicant gave (POA3)."""

from fourcorners.checks.address.evidence import field_fact, field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Evidence, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.addresses import addresses_agree

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_address_agrees"
VERSION = 1
REASONS = ("poa_address", "not_assessed_file", "not_assessed_no_claims")


def check(case: Submission, limits: Limits) -> Finding:
    """Number, street, postcode and city must be equal; the note names the parts that are not."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    claimed = case.claims.address
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    if reading.address is None:
        return unsure(NAME, VERSION, REASONS[0], [field_fact("address", claimed, None, "not read")])
    agreement = addresses_agree(claimed, reading.address.value, case.claims.country_code)
    note = ", ".join((agreement.outcome, *agreement.reasons))
    fact = field_fact("address", claimed, reading.address.value, note)
    evidence: list[Evidence] = [field_mark(paper, "address", reading.address), fact]
    if agreement.holds and set(limits["doubtful"]).isdisjoint(agreement.reasons):
        return ok(NAME, VERSION, evidence)
    slip = not paper.has_text and not set(limits["misreading_hints"]).isdisjoint(agreement.reasons)
    certain = reading.address.confidence >= limits["confidence_min"] and not agreement.holds and not slip
    return (fail if certain else unsure)(NAME, VERSION, REASONS[0], evidence)
