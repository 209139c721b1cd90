"""One document is in the picture, not several."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "one_document"
VERSION = 2
REASONS = ("two_documents", "not_assessed_no_outline")


def check(frame: DocumentFrame, _: Limits) -> Finding:
    """Counts the outlines beside the document's, and in a second look what has a portrait of its own."""
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    beside = frame.documents_beside
    others = frame.outline.other_documents + len(beside)
    seen: list[Evidence] = [quad(frame.quad, "document"), *(quad(place, "another document") for place in beside)]
    seen.append(Fact("further documents", (("count", str(others)),)))
    return fail(NAME, VERSION, REASONS[0], seen) if others else ok(NAME, VERSION, seen)
