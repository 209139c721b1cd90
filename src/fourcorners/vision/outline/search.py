"""Where to look: the whole photo first, then nearer at what was found, and at parts of the photo when in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from fourcorners.kit.geometry import Points, Quad, polygon_area, quad_iou
from fourcorners.vision.outline.beyond import has_usual_format
from fourcorners.vision.outline.cut_sides import shown_by
from fourcorners.vision.outline.network import CELL_PX, Maps, run_network
from fourcorners.vision.outline.sides import Candidate, candidates
from fourcorners.vision.outline.views import WINDOW_PX, View, brightening, look
from fourcorners.vision.picture import Pixels

__all__ = ["CONFIDENCE_CUT_MIN", "CONFIDENCE_MIN", "Sight", "search"]

CONFIDENCE_MIN = 0.65
"""Below this an outline is none. On photos of the tuning templates the least sure outline of a document has 0.72."""
CONFIDENCE_CUT_MIN = 0.45
"""The same where the photo's edge cuts sides off: what lies beyond it is marked weakly. Then a corner must be clear."""
LOOK_CONFIDENCE_MIN = 0.3
"""Below this a look has shown nothing that a nearer one would be worth."""
SURE = 0.8
PART_CONFIDENCE_MIN, PART_GAIN_MIN = 0.85, 0.2
"""Set on drawn photos: at 0.75 parts of empty tables pass for documents (6 of 40 for 2), at 0.9 fewer are found."""
PART_SHARE = 0.6
WHOLE_MARGIN = 12 / 232
"""Room around the whole photo, as in training: corners may lie outside it."""
NEAR_MARGIN = 0.17
NEAR_LOOKS_MAX = 3
CONFIDENCE_LOSS_MAX = 0.15
SETTLED_IOU = 0.93
NEARLY_AS_SURE = 0.75
OTHER_AREA_SHARE_MIN, OTHER_DOCUMENT_MIN, OTHER_CONFIDENCE_MIN = 0.25, 0.3, 0.4
"""Tried on drawn photos: 115 of 150 second documents are seen; the rest is for the second look."""

STRIP_SHARE_MIN = 0.6
"""Beside a document there is room for another where a strip is as wide as this share of the root of its area."""
BESIDE_CONFIDENCE_MIN, OVERLAP_MAX = 0.5, 0.2
"""Only what has a portrait of its own counts. On photos of the tuning templates 0.6 and 0.15 find two second documents
of 150 fewer, and these find none in 480 photos of one document."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A document as seen in a view, others that the first look shows, and what may be others beside it, in photo px."""

    view: View
    maps: Maps
    best: Candidate
    others: tuple[Quad, ...] = ()
    beside: tuple[Quad, ...] = ()


def search(levels: Sequence[Pixels]) -> Sight | None:
    """The document of a photo, from as near as it fits the window; None when nothing looks like one."""
    gain = brightening(levels)
    found = _surest(levels, gain)
    if found is None or found.others or found.best.confidence < CONFIDENCE_MIN:
        return found
    return replace(found, beside=_beside(levels, found, gain))


def _surest(levels: Sequence[Pixels], gain: float) -> Sight | None:
    """What the whole photo shows or, in doubt, a part of it.

    A document in a part counts only if a nearer look, which sees past the part's edges, shows it too and holds it:
    perhaps only the part cuts it off.
    """
    height, width = levels[0].shape[:2]
    whole = View.around(np.zeros(2), np.array([width, height], dtype=np.float64), WHOLE_MARGIN)
    found = _look_and_near(levels, whole, gain)
    if found is not None and found.best.confidence >= SURE:
        return found
    looks = ((view, _look_and_near(levels, view, gain)) for view in _parts(width, height))
    parts = [s for view, s in looks if s is not None and s.view is not view and not s.best.runs_out]
    if found is not None:
        parts = [sight for sight in parts if not _is_picture_on(found, sight, (width, height))]
    surest = max(parts, key=lambda sight: sight.best.confidence, default=None)
    enough = PART_CONFIDENCE_MIN if found is None else max(PART_CONFIDENCE_MIN, found.best.confidence + PART_GAIN_MIN)
    return surest if surest is not None and surest.best.confidence >= enough else found


def _is_picture_on(found: Sight, sight: Sight, size: tuple[int, int]) -> bool:
    """Whether `sight` lies within what was found and has no document's format: the frame of a portrait, say."""
    quad = sight.view.to_photo(sight.best.quad)
    outer = found.view.to_photo(found.best.quad)
    return not has_usual_format(quad, size) and all(_holds(outer, corner) for corner in quad)


def _look_and_near(levels: Sequence[Pixels], view: View, gain: float) -> Sight | None:
    """Look, then again with the window drawn around what was found, until that stays where it is."""
    sight = _look(levels, view, gain)
    if sight is None:
        return None
    first = sight
    for _ in range(NEAR_LOOKS_MAX):
        quad = sight.view.to_photo(sight.best.quad)
        nearer = _look(levels, View.around(quad.min(axis=0), quad.max(axis=0), NEAR_MARGIN), gain)
        if nearer is None or nearer.best.confidence < sight.best.confidence - CONFIDENCE_LOSS_MAX:
            break
        sight = nearer
        if quad_iou(sight.view.to_photo(sight.best.quad), quad) > SETTLED_IOU:
            break
    return replace(sight, others=_others(first, first.view.to_window(sight.view.to_photo(sight.best.quad))))


def _others(sight: Sight, quad: Quad) -> tuple[Quad, ...]:
    """Further documents that a look shows beside the one at `quad`, in its window px; those are in photo px."""
    cells = (quad + 0.5) / CELL_PX - 0.5
    taken = np.zeros(sight.maps.document.shape, np.uint8)
    cv2.fillConvexPoly(taken, np.round(cells).astype(np.int32), 1)
    free = cv2.dilate(taken, np.ones((3, 3), np.uint8)) == 0
    rest = replace(sight.maps, document=sight.maps.document * free, side=sight.maps.side * free)
    area = OTHER_AREA_SHARE_MIN * polygon_area(cells)
    found = candidates(rest, document_min=OTHER_DOCUMENT_MIN)
    sure = [c for c in found if c.confidence >= OTHER_CONFIDENCE_MIN and c.area > area]
    return tuple(sight.view.to_photo(c.quad) for c in sure)


def _beside(levels: Sequence[Pixels], sight: Sight, gain: float) -> tuple[Quad, ...]:
    """What a look at the largest free strip beside the document shows, where there is room for another."""
    height, width = levels[0].shape[:2]
    quad = sight.view.to_photo(sight.best.quad)
    (left, top), (right, bottom) = np.clip([quad.min(axis=0), quad.max(axis=0)], 0, [width, height])
    strips = [(0, 0, left, height), (right, 0, width, height), (0, 0, width, top), (0, bottom, width, height)]
    x0, y0, x1, y1 = max(strips, key=lambda s: min(s[2] - s[0], s[3] - s[1]))
    if min(x1 - x0, y1 - y0) < STRIP_SHARE_MIN * np.sqrt(polygon_area(quad)):
        return ()
    view = View.around(np.array([x0, y0]), np.array([x1, y1]), WHOLE_MARGIN)
    area = OTHER_AREA_SHARE_MIN * polygon_area(quad)
    found = []
    for other in candidates(run_network(look(levels, view, gain))):
        place = view.to_photo(other.quad)
        apart = quad_iou(place, quad) < OVERLAP_MAX and not _holds(quad, place.mean(axis=0))
        if apart and other.confidence >= BESIDE_CONFIDENCE_MIN and polygon_area(place) > area:
            found.append(place)
    return tuple(found)


def _holds(quad: Quad, point: Points) -> bool:
    return cv2.pointPolygonTest(quad.astype(np.float32), (float(point[0]), float(point[1])), False) >= 0


def _look(levels: Sequence[Pixels], view: View, gain: float) -> Sight | None:
    """The largest of the documents in a view that are nearly as sure as the surest."""
    maps = run_network(look(levels, view, gain))
    height, width = levels[0].shape[:2]
    found = candidates(maps, shown_by(view, (width, height)))
    surest = max((c.confidence for c in found), default=0.0)
    if surest < LOOK_CONFIDENCE_MIN:
        return None
    best = max((c for c in found if c.confidence >= NEARLY_AS_SURE * surest), key=lambda c: c.area)
    return Sight(view, maps, best)


def _parts(width: int, height: int) -> Iterator[View]:
    """Overlapping squares that cover the photo, for documents too small to stand out in the whole."""
    side = PART_SHARE * max(width, height)
    for y in _starts(height, side):
        for x in _starts(width, side):
            yield View((x, y), side / WINDOW_PX)


def _starts(length: float, side: float) -> tuple[float, ...]:
    middle = (length - side) / 2
    return (middle,) if length <= side else (0.0, middle, length - side)
