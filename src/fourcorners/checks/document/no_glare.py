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
    """The largest share of one region that is lost. Where no region was found all of the page counts as one."""
    if frame.outline is None and not data_regions(frame):
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    page = frame.page
    height, width = page.pixels.shape[:2]
    everywhere = Region("text", np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5)
    glare = find_glare(page.pixels)
    regions = data_regions(frame) or (everywhere,)
    lost = [(lost_share(glare, _with_surround(r, limits["growth"])), r) for r in regions]
    raw = max(share for share, _ in lost)
    worst = sorted((x for x in lost if not limits.scale().passes(x[0])), key=lambda x: -x[0])[: limits["shown_most"]]
    seen = [quad(page.to_photo(r.quad), f"{r.kind}: {share:.0%}") for share, r in worst]
    seen += [quad(page.to_photo(place), "reflection") for place in glare.places[: limits["shown_most"]] if worst]
    return judge(NAME, VERSION, raw, limits.scale(), "glare", seen)


def _with_surround(region: Region, growth: float) -> Quad:
    """A line with room at all sides: what a reflection has wiped out was not found, but its neighbours were."""
    if region.kind == "portrait":
        return region.quad
    a, b, c, d = region.quad
    down = (d - a) * growth
    across = (b - a) / max(region.width_px, 1e-6) * region.height_px * growth
    return np.array([a - down - across, b - down + across, c + down + across, d + down - across])
