"""One document is in the picture, not several."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "one_document"
VERSION = 2
REASONS = ("two_documents", "not_assessed_no_outline")


def check(frame: DocumentFrame, _: Limits) -> Finding:
    """Counts the outlines beside the document's; what a second look adds, with a portrait of its own, is a doubt."""
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    beside = frame.documents_beside
    counted = frame.outline.other_documents
    seen: list[Evidence] = [quad(frame.quad, "document"), *(quad(place, "another document") for place in beside)]
    seen.append(Fact("further documents", (("count", str(counted + len(beside))),)))
    if counted:
        return fail(NAME, VERSION, REASONS[0], seen)
    return unsure(NAME, VERSION, REASONS[0], seen) if beside else ok(NAME, VERSION, seen)
