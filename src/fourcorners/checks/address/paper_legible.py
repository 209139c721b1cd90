"""The paper can be read (POA6)."""

import numpy as np

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, fail, judge, not_assessed
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_legible"
VERSION = 2
REASONS = ("poa_illegible", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """The confidence of reading, at its lower quartile, on the fullest page; few lines in a picture count less.

    A page of which many lines could not be read at all is in a script that is not read, or far too blurred.
    """
    if case.paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    page = max(case.paper.pages, key=lambda page: len(page.lines))
    lines = page.lines
    enough = min(1.0, len(lines) / limits["lines_enough_in_file" if case.paper.has_text else "lines_enough"])
    read = float(np.percentile([line.confidence for line in lines], 25)) if lines else 0.0
    fact = Fact("text", (("lines", str(len(lines))),), "in the file" if case.paper.has_text else "read off the picture")
    if page.unread >= limits["unread_share_max"]:
        script = Fact("script", (("lines not read", f"{page.unread:.0%}"),), "not read off pictures: the PDF can be")
        return fail(NAME, VERSION, REASONS[0], [fact, script])
    return judge(NAME, VERSION, read * enough, limits.scale(), REASONS[0], [fact])
