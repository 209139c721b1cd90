"""One document is in the picture, not several."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.outline import has_card_format, has_usual_format

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "one_document"
VERSION = 4
REASONS = ("two_documents", "not_assessed_no_outline")


def check(frame: DocumentFrame, _: Limits) -> Finding:
    """Looks for outlines beside the document's that have a portrait of their own, and for cards.

    One that the first look shows is refused, as is one of a document's format, or one that the document lies on or
    against, whose format cannot be told; other formats are doubts (a newspaper). What the first look shows without a
    portrait is refused if it has a card's format, as the back of one, or else a doubt. The opposite page of a booklet
    is no other document.
    """
    if frame.outline is None or frame.quad is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_outline")
    beside, counted = frame.documents_beside, frame.outline.other_documents
    size = frame.picture.width, frame.picture.height
    seen: list[Evidence] = [quad(frame.quad, "document"), *(quad(place, "another document") for place in beside)]
    told = (("count", str(max(counted, len(beside)))), ("with a portrait", str(len(beside))))
    seen.append(Fact("further documents", told))
    told_apart = any(has_usual_format(place, size) or frame.outline.touches(place) for place in beside)
    is_card = any(has_card_format(place, size) for place in frame.outline.beside)
    if (beside and (counted or told_apart)) or (counted and is_card):
        return fail(NAME, VERSION, REASONS[0], seen)
    return unsure(NAME, VERSION, REASONS[0], seen) if beside or counted else ok(NAME, VERSION, seen)
