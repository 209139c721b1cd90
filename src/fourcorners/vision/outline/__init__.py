"""Where the document lies in a photo."""

import numpy as np

from fourcorners.kit.geometry import Quad, quad_iou
from fourcorners.vision.outline.network import CELL_PX, Maps, run_network
from fourcorners.vision.outline.outline import Outline
from fourcorners.vision.outline.refine import refine
from fourcorners.vision.outline.sides import Candidate, candidates
from fourcorners.vision.outline.views import View, look, pyramid
from fourcorners.vision.picture import Pixels

__all__ = ["Outline", "find_outline"]

CONFIDENCE_MIN = 0.5
WHOLE_MARGIN = 12 / 232
"""Room around the whole photo, as in training: corners may lie outside it."""
NEAR_MARGIN = 0.17
NEAR_LOOKS_MAX = 3
CONFIDENCE_LOSS_MAX = 0.15
NEARLY_AS_SURE = 0.75
SETTLED_IOU = 0.93
SIDES_SHARE_MIN = 0.3
CORNERS_MIN = 3
EDGE_SHARE = 0.01
"""A side nearer to the photo's edge than this share of its longer side may be that edge."""
OTHER_AREA_SHARE_MIN = 0.25
CORNER_MIN = 0.3
UNCERTAINTY_WINDOW_PX = 1.0


def find_outline(pixels: Pixels) -> Outline | None:
    """The outline of the document in an RGB photo (h, w, 3), or None when no document's edges are in sight.

    None is also the answer for a flat scan that the document fills from edge to edge, unless its own round corners
    show. The largest document is the one; a card on a sheet of paper is the card.
    """
    height, width = pixels.shape[:2]
    levels = pyramid(pixels)
    view = View.around(np.zeros(2), np.array([width, height], dtype=np.float64), WHOLE_MARGIN)
    maps = run_network(look(levels, view))
    found = candidates(maps)
    best = _main(found)
    if best is None:
        return None
    sure = [c for c in found if c is not best and c.confidence >= CONFIDENCE_MIN]
    others = sum(c.area > OTHER_AREA_SHARE_MIN * best.area for c in sure)
    for _ in range(NEAR_LOOKS_MAX):
        quad = view.to_photo(best.quad)
        near = View.around(quad.min(axis=0), quad.max(axis=0), NEAR_MARGIN)
        near_maps = run_network(look(levels, near))
        closer = _main(candidates(near_maps))
        if closer is None or closer.confidence < best.confidence - CONFIDENCE_LOSS_MAX:
            break
        best, view, maps = closer, near, near_maps
        if quad_iou(view.to_photo(best.quad), quad) > SETTLED_IOU:
            break
    quad = view.to_photo(best.quad)
    a, b, c, d = _corners_seen(maps, best.quad, view, width, height)
    in_sight = a + b + c + d >= CORNERS_MIN or _share_inside(quad, width, height) > SIDES_SHARE_MIN
    if best.confidence < CONFIDENCE_MIN or not in_sight:
        return None
    quad = refine(levels, quad, best.side_seen, UNCERTAINTY_WINDOW_PX * view.step)
    return Outline(quad, best.confidence, (a, b, c, d), others)


def _main(found: list[Candidate]) -> Candidate | None:
    """The largest of those that are nearly as sure as the surest."""
    surest = max((c.confidence for c in found), default=0.0)
    if surest < CONFIDENCE_MIN / 2:
        return None
    return max((c for c in found if c.confidence >= NEARLY_AS_SURE * surest), key=lambda c: c.area)


def _corners_seen(maps: Maps, quad: Quad, view: View, width: int, height: int) -> list[bool]:
    """Which corners lie in the photo and were marked by the network within two cells."""
    seen = []
    for corner, place in zip((quad + 0.5) / CELL_PX - 0.5, view.to_photo(quad), strict=True):
        x, y = np.round(corner).astype(int)
        spot = maps.corner[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3]
        inside = -0.5 <= place[0] <= width - 0.5 and -0.5 <= place[1] <= height - 0.5
        seen.append(bool(inside and spot.size and spot.max() > CORNER_MIN))
    return seen


def _share_inside(quad: Quad, width: int, height: int) -> float:
    """The share of the quad's sides that runs within the photo, clear of its edge."""
    t = (np.arange(50) + 0.5)[:, None, None] / 50
    points = quad * (1 - t) + np.roll(quad, -1, axis=0) * t
    edge = EDGE_SHARE * max(width, height)
    inside = (points > edge) & (points < np.array([width, height]) - 1 - edge)
    return float(inside.all(axis=2).mean())
