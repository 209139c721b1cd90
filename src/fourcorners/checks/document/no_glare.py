"""No reflection washes out the portrait or what is printed."""

import numpy as np

from fourcorners.checks.finding import Finding, judge, not_assessed, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.glare import find_glare, lost_share
from fourcorners.vision.legibility.regions import Region, data_regions

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "no_glare"
VERSION = 1
REASONS = ("glare", "not_assessed_no_document")


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """The largest share of one place that is lost. Where no data were found all of the page counts as one place."""
    places = _places(frame, limits["growth"])
    page = frame.page
    if not places and frame.outline is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    if not places:
        height, width = page.pixels.shape[:2]
        places = [("page", np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5)]
    glare = find_glare(page.pixels)
    lost = [(lost_share(glare, where), name, where) for name, where in places]
    raw = max(share for share, _, _ in lost)
    worst = sorted((x for x in lost if not limits.scale().passes(x[0])), key=lambda x: -x[0])[: limits["shown_most"]]
    seen = [quad(page.to_photo(where), f"{name}: {share:.0%} lost") for share, name, where in worst]
    if worst:
        seen += [quad(page.to_photo(place), "reflection") for place in glare.places[: limits["shown_most"]]]
    return judge(NAME, VERSION, raw, limits.scale(), "glare", seen)


def _places(frame: DocumentFrame, growth: float) -> list[tuple[str, Quad]]:
    """The face, for the ground behind it may well be white; and lines with room about them.

    The room is for lines that a reflection has wiped out: they were not found, but their neighbours were.
    """
    lines = [("print", _grown(r, growth)) for r in data_regions(frame) if r.kind != "portrait"]
    if frame.portrait is None:
        return lines
    (left, top), (right, bottom) = frame.portrait.box
    return [("face", np.array([[left, top], [right, top], [right, bottom], [left, bottom]])), *lines]


def _grown(line: Region, growth: float) -> Quad:
    a, b, c, d = line.quad
    down = (d - a) * growth
    across = (b - a) / max(line.width_px, 1e-6) * line.height_px * growth
    return np.array([a - down - across, b - down + across, c + down + across, d + down - across])
