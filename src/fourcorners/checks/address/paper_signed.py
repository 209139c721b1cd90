"""A contract that must be signed bears a signature, by pen or in the file (POA2: of institutions)."""

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, Mark, Outcome, judge, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.legibility.signature import find_stroke
from fourcorners.vision.papers import Paper
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.line import quad_of

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
    if any(paper.pdf is not None and paper.pdf.signatures for paper in papers):
        return ok(NAME, VERSION, [Fact("signature", (("document", "signed in the file"),))])
    longest, mark = _longest(papers, limits["print_confidence_min"])
    finding = judge(NAME, VERSION, longest, limits.scale(), REASONS[0], [mark] if mark else [])
    text = "".join(folded(line.text) for paper in papers for line in paper.lines)
    asked = any(holds(text, word) for word in limits["label_words"])
    whole = all(paper.pdf is None or paper.pdf.pages == len(paper.pages) for paper in papers)
    if finding.outcome is Outcome.FAIL and not (asked and whole):
        note = "no page asks for a signature" if whole else "not every page was read"
        return unsure(NAME, VERSION, REASONS[0], [Fact("signature", (), note)])
    return finding


def _longest(papers: list[Paper], sure: float) -> tuple[float, Mark | None]:
    """Length of the longest stroke of a pen on any page, and where it is; `sure` is the confidence of print."""
    best: tuple[float, Mark | None] = (0.0, None)
    number = 0
    for paper in papers:
        for page in paper.pages:
            number += 1
            # A signature read as letters is read with little confidence, and is not print.
            printed = [quad_of(line.box) for line in page.lines if line.confidence >= sure]
            stroke = find_stroke(paper.page_pixels(page), [], printed)
            if stroke is not None and stroke.length > best[0]:
                left, top = stroke.quad.min(axis=0)
                right, bottom = stroke.quad.max(axis=0)
                corners = page.place((float(left), float(top), float(right), float(bottom)))
                points = tuple((float(x), float(y)) for x, y in corners)
                best = (stroke.length, Mark("quad", points, "signature", number))
    return best
