"""One document is in the picture, not several."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "one_document"
VERSION = 1
REASONS = ("two_documents", "not_assessed_no_outline")


def check(frame: DocumentFrame, _: Limits) -> Finding:
    """Counts the outlines beside the one that was taken for the document."""
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    others = frame.outline.other_documents
    seen: list[Evidence] = [quad(frame.quad, "document"), Fact("further documents", (("count", str(others)),))]
    return fail(NAME, VERSION, REASONS[0], seen) if others else ok(NAME, VERSION, seen)
