"""Somebody can live at the address: it is no post box (POA3); and a person's paper is not made out to a company."""

from fourcorners.checks.address.evidence import field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.addresses import is_post_box
from fourcorners.vision.papers.blocks import has_suffix

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "address_residential"
VERSION = 1
REASONS = ("poa_not_residential", "not_assessed_file", "not_assessed_no_data")


def check(case: Submission, limits: Limits) -> Finding:
    """A post box on the paper or in the claim fails; an individual's paper with a company's name is for a person."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    claimed = case.claims.address or ""
    if reading.address is None and not claimed:
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    written = [*(line.text for line in (reading.address.lines if reading.address else ())), *claimed.splitlines()]
    boxes = [line for line in written if is_post_box(line)]
    marks = [field_mark(paper, "address", reading.address)] if reading.address else []
    if boxes:
        return fail(NAME, VERSION, REASONS[0], [*marks, Fact("address", (("post box", boxes[0]),))])
    companies = [line.text for line in (reading.name.lines if reading.name else ()) if has_suffix(line.text)]
    if case.claims.applicant == "individual" and companies:
        return unsure(NAME, VERSION, REASONS[0], [*marks, Fact("name", (("paper", companies[0]),), "a company's name")])
    return ok(NAME, VERSION, marks)
