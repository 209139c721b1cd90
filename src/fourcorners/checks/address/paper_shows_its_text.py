"""What the text of a PDF says is what its page shows: an edited PDF may hold one and print the other (POA6)."""

from fourcorners.checks.address.evidence import line_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.papers.shown import compare_shown

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_shows_its_text"
VERSION = 1
REASONS = ("poa_text_differs", "not_assessed_file", "not_assessed_not_required", "not_assessed_no_data")


def check(case: Submission, limits: Limits) -> Finding:
    """Reads the drawn page where name, address and date stand, and compares letter by letter; the worst line counts."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    if not paper.has_text:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    fields = [field for name, field in reading.fields.items() if field is not None and name != "issuer"]
    shown = compare_shown(paper, fields)
    if not shown:
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    scale = limits.scale()
    worst = min(shown, key=lambda s: s.likeness)
    bad = [s for s in shown if not scale.passes(s.likeness)]
    marks = [line_mark(paper, s.line.box, "text", s.line.page) for s in bad]
    facts = [Fact("text", (("file", s.line.text), ("page", s.text)), f"{s.likeness:.0%} alike") for s in bad]
    return judge(NAME, VERSION, worst.likeness, scale, REASONS[0], [*marks, *facts])
