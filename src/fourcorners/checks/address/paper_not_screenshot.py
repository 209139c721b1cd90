"""The file is a photo or a PDF, not a screenshot (POA6)."""

from dataclasses import replace

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.document import not_screenshot
from fourcorners.checks.finding import Finding, not_assessed, ok
from fourcorners.checks.limits import Limits, limits_for
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_not_screenshot"
VERSION = 1
REASONS = ("poa_screenshot", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """As for documents: a screen's size and bars, a file without a camera, what the metadata say.

    Letters on a plain ground say nothing here: every bill that was made a picture has them.
    """
    if case.paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    if case.paper.picture is None:
        return ok(NAME, VERSION)
    frame = DocumentFrame(case.paper.picture, case.today)
    found = not_screenshot.check(frame, limits_for("document", not_screenshot.NAME, "paper"))
    return replace(found, check=NAME, version=VERSION, reason=found.reason and REASONS[0])
