"""The paper can be read (POA6)."""

import numpy as np

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, judge, not_assessed
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_legible"
VERSION = 1
REASONS = ("poa_illegible", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """The confidence of reading, at its lower quartile, on the fullest page; few lines in a picture count less."""
    if case.paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    lines = max((page.lines for page in case.paper.pages), key=len)
    enough = min(1.0, len(lines) / limits["lines_enough_in_file" if case.paper.has_text else "lines_enough"])
    read = float(np.percentile([line.confidence for line in lines], 25)) if lines else 0.0
    fact = Fact("text", (("lines", str(len(lines))),), "in the file" if case.paper.has_text else "read off the picture")
    return judge(NAME, VERSION, read * enough, limits.scale(), REASONS[0], [fact])
