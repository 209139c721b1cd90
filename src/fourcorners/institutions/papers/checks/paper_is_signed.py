"""A chart, register, letter, resolution, agreement or deed is signed (INS7)."""

from dataclasses import replace

from fourcorners.checks.finding import Fact, Finding, Outcome, judge, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.institutions.papers.case import PaperCase

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_is_signed"
VERSION = 1
REASONS = ("paper_not_signed", "not_assessed_file", "not_assessed_not_required")


def check(case: PaperCase, limits: Limits) -> Finding:
    """By pen, or in the file. Fails only where every page was looked at and one asks for a signature; else a person."""
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    signature = case.reading.signature
    if signature is None or not case.rules.signed:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    if signature.in_file:
        return ok(NAME, VERSION, [Fact("signature", (("document", "signed in the file"),), "not verified")])
    pen = signature.pen
    paper = case.reading.paper
    number = paper.page_number(pen.page - 1) if pen is not None and paper is not None else None
    marks = [] if pen is None else [replace(quad(pen.quad, "signature"), page=number)]
    finding = judge(NAME, VERSION, 0.0 if pen is None else pen.length, limits.scale(), REASONS[0], marks)
    if finding.outcome is Outcome.FAIL and (signature.typed or not signature.asked or not signature.whole):
        note = (
            f"says: {signature.typed.text[:80]}"
            if signature.typed
            else "not every page was read"
            if not signature.whole
            else "no page asks for a signature"
        )
        return unsure(NAME, VERSION, REASONS[0], [Fact("signature", (), note)])
    return finding
