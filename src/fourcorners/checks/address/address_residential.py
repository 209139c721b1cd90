"""Somebody can live at the address: it is no post box (POA3); and a person's paper is not made out to a company."""

from fourcorners.checks.address.evidence import field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.addresses import city_lines, is_post_box, parse_address, street_in
from fourcorners.vision.papers.companies import has_suffix

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "address_residential"
VERSION = 2
REASONS = ("poa_not_residential", "not_assessed_file", "not_assessed_no_data")


def check(case: Submission, limits: Limits) -> Finding:
    """A post box and no street, on the paper or in the claim, fails.

    An individual's paper with a company's name is for a person to judge.
    """
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    claimed = case.claims.address or ""
    if reading.address is None and not claimed:
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    shown = [line.text for line in (reading.address.lines if reading.address else ())]
    boxes = [box for written in (shown, claimed.splitlines()) for box in _boxes_alone(written)]
    marks = [field_mark(paper, "address", reading.address)] if reading.address else []
    if boxes:
        return fail(NAME, VERSION, REASONS[0], [*marks, Fact("address", (("post box", boxes[0]),))])
    companies = [line.text for line in (reading.name.lines if reading.name else ()) if has_suffix(line.text)]
    if case.claims.applicant == "individual" and companies:
        return unsure(NAME, VERSION, REASONS[0], [*marks, Fact("name", (("paper", companies[0]),), "a company's name")])
    return ok(NAME, VERSION, marks)


def _boxes_alone(lines: list[str]) -> list[str]:
    """Post boxes beside which no street stands; where no postman comes to the house, an address tells both."""
    pieces = [piece.strip() for line in lines for piece in line.split(",")]
    boxes = [piece for piece in pieces if is_post_box(piece)]
    house = any(street_in(p) and parse_address(p).house_number for p in pieces if p not in boxes and not _is_city(p))
    return [] if house else boxes


def _is_city(piece: str) -> bool:
    return any(True for _ in city_lines(piece))
