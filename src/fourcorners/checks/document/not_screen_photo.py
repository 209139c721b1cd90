"""The photo shows the document itself, not a display that shows it (IDP2)."""

from fourcorners.checks.finding import Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.moire import turning_hue

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_screen_photo"
VERSION = 1
REASONS = ("screen_photo", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Share of the picture over which colours turn as they do when a display's pixels alias in a camera's."""
    found = turning_hue(frame.picture.pixels)
    if found is None:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    suspect = not limits.scale().passes(found.share)
    seen = [quad(place, "stripes of a display") for place in found.places[: limits["shown_most"]]] if suspect else []
    return judge(NAME, VERSION, found.share, limits.scale(), "screen_photo", seen)
