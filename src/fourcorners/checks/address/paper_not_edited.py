"""Nothing in the file shows that the paper was changed after it was issued (POA6)."""

from fourcorners.checks.address.evidence import line_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.vision.papers.edits import find_edits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_not_edited"
VERSION = 1
REASONS = ("poa_edited", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """Adds up weights (data) of the signs; each is told with its place. It accuses nobody: a person looks."""
    paper = case.paper
    if paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    weights = limits["weights"]
    signs = find_edits(paper, limits["editors"])
    strongest = {sign.kind: weights[sign.kind] for sign in signs}
    marks = [line_mark(paper, s.box, s.kind.replace("_", " "), s.page) for s in signs if s.box is not None]
    facts = [Fact("sign of an edit", ((s.kind, s.note),)) for s in signs]
    shown = limits["marks_max"]
    return judge(NAME, VERSION, sum(strongest.values()), limits.scale(), REASONS[0], [*marks[:shown], *facts[:shown]])
