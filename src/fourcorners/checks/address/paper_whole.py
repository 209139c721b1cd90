"""The whole page is in the picture (POA4)."""

from fourcorners.checks.address.evidence import line_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed, ok, quad
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_whole"
VERSION = 1
REASONS = ("poa_cropped", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """In a photo the corners are inside the picture; where no edge is in sight, the border cuts no line of text."""
    paper = case.paper
    if paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    if paper.picture is None:
        return ok(NAME, VERSION, [Fact("page", (("source", "PDF"),), "a PDF's pages are whole")])
    width, height = paper.picture.width, paper.picture.height
    page = paper.pages[0]
    if paper.outline is not None:
        corners = paper.outline.quad
        inside = min(
            corners[:, 0].min(), corners[:, 1].min(), width - corners[:, 0].max(), height - corners[:, 1].max()
        )
        margin = float(inside) / min(width, height)
        return judge(NAME, VERSION, margin, limits.scale("margin"), REASONS[0], [quad(corners, "edge of the sheet")])
    edge = limits["edge_share"] * page.size[0]
    cut = [o for o in page.lines if o.box[0] < edge or o.box[2] > page.size[0] - edge]
    share = len(cut) / max(1, len(page.lines))
    marks = [line_mark(paper, line.box, "cut by the border") for line in cut[: limits["marks_max"]]]
    return judge(NAME, VERSION, share, limits.scale("cut"), REASONS[0], marks)
