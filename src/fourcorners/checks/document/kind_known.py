"""The document is of a known kind, and of one that is accepted (IDP1)."""

from fourcorners.checks.finding import Fact, Finding, fail, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "kind_known"
VERSION = 1
REASONS = ("unknown_document_kind", "wrong_document_kind")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """The kind that was read, against the list of accepted kinds (data)."""
    reading = frame.reading
    said = (("kind", reading.kind), ("country", reading.country or "unknown"))
    seen = [Fact("kind of document", said, "; ".join(reading.kind_evidence))]
    if reading.kind == "unknown":
        return unsure(NAME, VERSION, "unknown_document_kind", seen)
    return ok(NAME, VERSION, seen) if reading.kind in limits["accepted"] else fail(NAME, VERSION, REASONS[1], seen)
