"""No finger and no object lies over the document."""

from fourcorners.checks.finding import Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.cover import find_cover
from fourcorners.vision.legibility.regions import data_regions

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_covered"
VERSION = 1
REASONS = ("covered", "not_assessed_no_document", "not_assessed_no_outline")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Share of the page under things that cross its edge. (A corner that cannot be seen is `corners_visible`'s.)"""
    if frame.quad is None:
        cause = "not_assessed_no_outline" if data_regions(frame) else "not_assessed_no_document"
        return not_assessed(NAME, VERSION, cause)
    cover = find_cover(frame.picture.pixels, frame.quad)
    hidden = not limits.scale().passes(cover.share)
    seen = [quad(place, "in the way") for place in cover.places[: limits["shown_most"]] if hidden]
    return judge(NAME, VERSION, cover.share, limits.scale(), "covered", seen)
