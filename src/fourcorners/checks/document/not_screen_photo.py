"""The photo shows the document itself, not a display that shows it (IDP2)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.moire import TurningHue, turning_hue
from fourcorners.vision.originality.recapture import Recapture

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_screen_photo"
VERSION = 2
REASONS = ("screen_photo", "not_assessed_too_small")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Share of the picture over which colours turn as a display's do, and of the page that a network takes for one.

    Each sees displays that the other misses: the worse of the two decides. A page shown small has no texture.
    """
    page = frame.page.quad
    large = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1).max() >= limits["page_side_px_min"]
    hue = turning_hue(frame.picture.pixels, frame.levels)
    texture = frame.recapture if large else None
    findings = [
        *([] if hue is None else [_by_hue(hue, limits)]),
        *([] if texture is None else [_by_texture(texture, limits)]),
    ]
    if not findings:
        return not_assessed(NAME, VERSION, "not_assessed_too_small")
    return min(findings, key=lambda f: 100.0 if f.score is None else f.score)


def _by_hue(found: TurningHue, limits: Limits) -> Finding:
    suspect = not limits.scale().passes(found.share)
    seen = [quad(place, "stripes of a display") for place in found.places[: limits["shown_most"]]] if suspect else []
    return judge(NAME, VERSION, found.share, limits.scale(), "screen_photo", seen)


def _by_texture(found: Recapture, limits: Limits) -> Finding:
    scale = limits.scale("texture")
    seen: list[Evidence] = []
    if not scale.passes(found.display_share):
        seen = [quad(place, "texture of a display") for place in found.likeliest(found.display)[: limits["shown_most"]]]
        seen.append(Fact("windows like a display", (("share", f"{found.display_share:.0%}"),)))
    return judge(NAME, VERSION, found.display_share, scale, "screen_photo", seen)
