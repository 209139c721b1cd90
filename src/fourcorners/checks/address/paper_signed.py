"""A contract that must be signed bears a signature, by pen or in the file (POA2: of institutions)."""

from dataclasses import replace

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, Outcome, judge, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.signed import longest_stroke, signed_in_file

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_signed"
VERSION = 1
REASONS = ("poa_not_signed", "not_assessed_file", "not_assessed_not_required")


def check(case: Submission, limits: Limits) -> Finding:
    """Fails where a page asks for a signature and none is on it; where no page asks, or not all were read, unsure."""
    reading = case.reading
    if reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    if reading.kind.name not in case.rules.signed:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    papers = [part.paper for part in case.files if part.paper is not None]
    if signed_in_file(papers):
        return ok(NAME, VERSION, [Fact("signature", (("document", "signed in the file"),))])
    stroke = longest_stroke(papers, limits["print_confidence_min"])
    marks = [] if stroke is None else [replace(quad(stroke.quad, "signature"), page=stroke.page)]
    finding = judge(NAME, VERSION, 0.0 if stroke is None else stroke.length, limits.scale(), REASONS[0], marks)
    text = "".join(folded(line.text) for paper in papers for line in paper.lines)
    asked = any(holds(text, word) for word in limits["label_words"])
    whole = all(paper.pdf is None or paper.pdf.pages == len(paper.pages) for paper in papers)
    if finding.outcome is Outcome.FAIL and not (asked and whole):
        note = "no page asks for a signature" if whole else "not every page was read"
        return unsure(NAME, VERSION, REASONS[0], [Fact("signature", (), note)])
    return finding
