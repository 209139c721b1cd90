"""The paper shows a full name, a full address and who issued it (POA5)."""

from fourcorners.checks.address.evidence import field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.addresses import parse_address

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_complete"
VERSION = 1
REASONS = ("poa_incomplete", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """Fails where name or address are not found; unsure where only the issuer or a part of the address is missing."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    found = {name: reading.fields[name] for name in limits["fields"]}
    marks = [field_mark(paper, name, field) for name, field in found.items() if field is not None]
    missing = [name for name, field in found.items() if field is None]
    fact = Fact("fields", tuple((name, "found" if field else "missing") for name, field in found.items()))
    if set(missing) & set(limits["needed"]):
        return fail(NAME, VERSION, REASONS[0], [*marks, fact])
    address = found["address"]
    whole = address is not None and parse_address(address.value, case.claims.country_code).is_whole
    if missing or not whole:
        return unsure(NAME, VERSION, REASONS[0], [*marks, fact])
    return ok(NAME, VERSION, [*marks, fact])
