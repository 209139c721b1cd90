"""Where the document lies in a photo."""

from collections.abc import Sequence

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.outline.beyond import doubtful_sides, extended, has_card_format, has_usual_format
from fourcorners.vision.outline.corners import corners_whole
from fourcorners.vision.outline.cut import CLEAR_ENOUGH, CLEAR_MIN, clear_corner, corners_marked
from fourcorners.vision.outline.inner import past_inner_line
from fourcorners.vision.outline.outline import Outline
from fourcorners.vision.outline.refine import refine
from fourcorners.vision.outline.search import CONFIDENCE_CUT_MIN, CONFIDENCE_MIN, search
from fourcorners.vision.outline.sheet import within_sheet
from fourcorners.vision.outline.strip import past_strip
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import pyramid

__all__ = ["Outline", "find_outline", "has_card_format", "has_usual_format"]

SIDES_SHARE_MIN = 0.3
CORNERS_MIN = 3
EDGE_SHARE = 0.01
"""A side nearer to the photo's edge than this share of its longer side may be that edge."""
WHOLE_MIN = 0.05
"""Set on drawn photos of the tuning templates: below are 47 of 48 covered corners, 49 of 56 that were punched or cut
off, and a corner of 3 of the 293 photos that hide none."""
SIDE_SHARED = 0.12
"""Of a side's length: on drawn photos pages opposite end within 0.04 of the document's side, other documents 0.17."""
UNCERTAINTY_WINDOW_PX = 1.0
EDGE_WINDOW_PX = 1.25


def find_outline(pixels: Pixels, levels: Sequence[Pixels] = ()) -> Outline | None:
    """The outline of the document in an RGB photo (h, w, 3), or None when no document's edges are in sight.

    None is also the answer for a flat scan that the document fills from edge to edge, unless its own round corners
    show. The largest document is the one; a card on a sheet of paper is the card.
    `levels` is the photo's pyramid, if it is at hand.
    """
    height, width = pixels.shape[:2]
    levels = levels or pyramid(pixels)
    sight = search(levels)
    if sight is None or sight.best.confidence < CONFIDENCE_CUT_MIN:
        return None
    quad = sight.view.to_photo(sight.best.quad)
    seen = sight.maps, sight.best.quad, sight.view, (width, height)
    marked = corners_marked(*seen)
    if sum(marked) < CORNERS_MIN and _share_inside(quad, width, height) < SIDES_SHARE_MIN:
        return None
    doubt = doubtful_sides(quad, sight.best.side_seen, (width, height), EDGE_WINDOW_PX * sight.view.step)
    is_sure = sight.best.confidence >= CONFIDENCE_MIN
    clear_min = CLEAR_ENOUGH if is_sure else CLEAR_MIN
    if not (is_sure and all(sight.best.side_seen)) and not (any(doubt) and clear_corner(*seen, clear_min)):
        return None
    quad = refine(levels, quad, [not d for d in doubt], UNCERTAINTY_WINDOW_PX * sight.view.step)
    if sum(doubt) == 1:
        quad = extended(quad, doubt.index(True), (width, height))
    elif not any(doubt):
        quad = _settled(levels, quad, UNCERTAINTY_WINDOW_PX * sight.view.step, sight.best.confidence)
    inside = np.all((quad > -0.5) & (quad < np.array([width, height]) - 0.5), axis=1)
    whole = corners_whole(levels, quad)
    a, b, c, d = (bool(inside[i]) and whole[i] > WHOLE_MIN for i in range(4))
    others = sum(not _is_opposite_page(quad, other) for other in sight.others)
    return Outline(quad, sight.best.confidence, (a, b, c, d), others, whole, (*sight.others, *sight.beside))


def _settled(levels: Sequence[Pixels], quad: Quad, uncertainty_px: float, confidence: float) -> Quad:
    """A quad within the photo, or with the true side instead of one that is none: cut off, inner, or a sheet's."""
    cut_off = past_strip(levels, quad)
    if cut_off is not None:
        return cut_off
    return within_sheet(levels, past_inner_line(levels, quad, uncertainty_px, confidence), uncertainty_px)


def _is_opposite_page(quad: Quad, other: Quad) -> bool:
    """Whether two quads share a side, within SIDE_SHARED of its length: the pages of an open booklet."""
    for i in range(4):
        ends = quad[i], quad[(i + 1) % 4]
        near = SIDE_SHARED * float(np.linalg.norm(ends[0] - ends[1]))
        if all(np.linalg.norm(other - end, axis=1).min() < near for end in ends):
            return True
    return False


def _share_inside(quad: Quad, width: int, height: int) -> float:
    """The share of the quad's sides that runs within the photo, clear of its edge."""
    t = (np.arange(50) + 0.5)[:, None, None] / 50
    points = quad * (1 - t) + np.roll(quad, -1, axis=0) * t
    edge = EDGE_SHARE * max(width, height)
    inside = (points > edge) & (points < np.array([width, height]) - 1 - edge)
    return float(inside.all(axis=2).mean())
