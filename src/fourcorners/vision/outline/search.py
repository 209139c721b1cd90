"""Where to look: the whole photo first, then nearer at what was found, and at parts of the photo when in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.kit.geometry import quad_iou
from fourcorners.vision.outline.network import Maps, run_network
from fourcorners.vision.outline.sides import Candidate, candidates
from fourcorners.vision.outline.views import WINDOW_PX, View, brightening, look
from fourcorners.vision.picture import Pixels

__all__ = ["CONFIDENCE_MIN", "Sight", "search"]

CONFIDENCE_MIN = 0.6
"""Below this an outline is none."""
SURE = 0.8
PART_CONFIDENCE_MIN, PART_GAIN_MIN = 0.85, 0.15
"""Set on drawn photos: at 0.75 parts of empty tables pass for documents (6 of 40 for 2), at 0.9 fewer are found."""
PART_SHARE = 0.6
WHOLE_MARGIN = 12 / 232
"""Room around the whole photo, as in training: corners may lie outside it."""
NEAR_MARGIN = 0.17
NEAR_LOOKS_MAX = 3
CONFIDENCE_LOSS_MAX = 0.15
SETTLED_IOU = 0.93
NEARLY_AS_SURE = 0.75
OTHER_AREA_SHARE_MIN = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A document as seen in a view, and how many others there are."""

    view: View
    maps: Maps
    best: Candidate
    others: int


def search(levels: Sequence[Pixels]) -> Sight | None:
    """The document of a photo, from as near as it fits the window; None when nothing looks like one."""
    height, width = levels[0].shape[:2]
    gain = brightening(levels)
    whole = View.around(np.zeros(2), np.array([width, height], dtype=np.float64), WHOLE_MARGIN)
    found = _look_and_near(levels, whole, gain)
    if found is not None and found.best.confidence >= SURE:
        return found
    parts = [sight for view in _parts(width, height) if (sight := _look_and_near(levels, view, gain)) is not None]
    surest = max(parts, key=lambda sight: sight.best.confidence, default=None)
    enough = PART_CONFIDENCE_MIN if found is None else max(PART_CONFIDENCE_MIN, found.best.confidence + PART_GAIN_MIN)
    return surest if surest is not None and surest.best.confidence >= enough else found


def _look_and_near(levels: Sequence[Pixels], view: View, gain: float) -> Sight | None:
    """Look, then again with the window drawn around what was found, until that stays where it is."""
    sight = _look(levels, view, gain)
    if sight is None:
        return None
    for _ in range(NEAR_LOOKS_MAX):
        quad = sight.view.to_photo(sight.best.quad)
        nearer = _look(levels, View.around(quad.min(axis=0), quad.max(axis=0), NEAR_MARGIN), gain)
        if nearer is None or nearer.best.confidence < sight.best.confidence - CONFIDENCE_LOSS_MAX:
            break
        sight = replace(nearer, others=max(sight.others, nearer.others))
        if quad_iou(sight.view.to_photo(sight.best.quad), quad) > SETTLED_IOU:
            break
    return sight


def _look(levels: Sequence[Pixels], view: View, gain: float) -> Sight | None:
    """The largest of the documents in a view that are nearly as sure as the surest."""
    maps = run_network(look(levels, view, gain))
    found = candidates(maps)
    surest = max((c.confidence for c in found), default=0.0)
    if surest < CONFIDENCE_MIN / 2:
        return None
    best = max((c for c in found if c.confidence >= NEARLY_AS_SURE * surest), key=lambda c: c.area)
    rivals = [c for c in found if c is not best and c.confidence >= CONFIDENCE_MIN]
    return Sight(view, maps, best, sum(c.area > OTHER_AREA_SHARE_MIN * best.area for c in rivals))


def _parts(width: int, height: int) -> Iterator[View]:
    """Overlapping squares that cover the photo, for documents too small to stand out in the whole."""
    side = PART_SHARE * max(width, height)
    for y in _starts(height, side):
        for x in _starts(width, side):
            yield View((x, y), side / WINDOW_PX)


def _starts(length: float, side: float) -> tuple[float, ...]:
    middle = (length - side) / 2
    return (middle,) if length <= side else (0.0, middle, length - side)
