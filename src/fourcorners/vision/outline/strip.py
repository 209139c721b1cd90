"""A side near the photo's edge that is only a line within the document: of the strip past it the end is cut off.

A band, the frame of a portrait or the ground of a machine-readable zone stands in for the side that is out of sight.
The two sides beside it tell: they go on past it as far as the photo does.
"""

from collections.abc import Sequence

import numpy as np

from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.outline.beyond import placed_at, ratio_of
from fourcorners.vision.outline.inner import FORMATS, edge_beyond
from fourcorners.vision.picture import Pixels

__all__ = ["past_strip"]

LONGER_MIN, LONGER_MAX = 1.06, 1.45
"""How much longer the sides beside it are in the format that ends beyond the photo."""
GOES_ON_MIN = 0.33
"""On photos of the tuning templates both ends of the nine sides that were such lines have 0.38 and more, as far as they
are in sight; of 314 others, on 225 photos of whole documents, one has 0.24 and all else less than 0.22."""
NEAR, FAR = 0.008, 0.09
"""Where the sides beside it are looked at past the corner, in their lengths, as far as the photo goes."""
NEAR_MIN_PX, EDGE_PX, LENGTH_MIN_PX = 4.0, 3.0, 4.0
"""So far from the corner and from the photo's edge at least, and only where so much is left between."""


def past_strip(levels: Sequence[Pixels], quad: Quad) -> Quad | None:
    """Where one side is such a line, the quad with that side where a usual format ends, else None."""
    height, width = levels[0].shape[:2]
    best, surest = None, GOES_ON_MIN
    for side in range(4):
        moved = _beyond(quad, side, (width, height))
        if moved is None:
            continue
        goes_on = _goes_on(levels, quad, side)
        if goes_on >= surest:
            best, surest = moved, goes_on
    return best


def _beyond(quad: Quad, side: int, size: tuple[int, int]) -> Quad | None:
    """The quad with `side` at the end of the nearest format of which the middle of that side is out of the photo."""
    now = ratio_of(np.roll(quad, -side, axis=0), size)
    for ratio in FORMATS:
        if LONGER_MIN < ratio / now < LONGER_MAX:
            moved = placed_at(quad, side, size, ratio)
            middle = moved[[side, (side + 1) % 4]].mean(axis=0)
            if ((middle < -0.5) | (middle > np.array(size) - 0.5)).any():
                return moved
    return None


def _goes_on(levels: Sequence[Pixels], quad: Quad, side: int) -> float:
    """How strongly, -1..1, the sides beside `side` go on past it: the weaker one of those that are in sight there."""
    strengths = []
    for corner, away in ((quad[side], quad[side - 1]), (quad[(side + 1) % 4], quad[(side + 2) % 4])):
        way = corner - away
        length = max(float(np.linalg.norm(way)), 1e-9)
        near = max(NEAR * length, NEAR_MIN_PX)
        far = min(FAR * length, _to_edge(levels[0], corner, way / length) - EDGE_PX)
        if far - near >= LENGTH_MIN_PX:
            strengths.append(edge_beyond(levels, corner, way, near / length, far / length))
    return min(strengths, default=-1.0)


def _to_edge(pixels: Pixels, point: Points, way: Points) -> float:
    """How far it is from a point to the photo's edge along a unit vector, in px."""
    height, width = pixels.shape[:2]
    far = np.where(way > 0, np.array([width, height]) - 1 - point, point)
    return float((far / np.maximum(abs(way), 1e-9)).min())
