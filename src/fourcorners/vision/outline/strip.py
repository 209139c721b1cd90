"""A side near the photo's edge that is only a line within the document: of the strip past it the end is cut off.

A band, the frame of a portrait or the ground of a machine-readable zone stands in for the side that is out of sight.
The two sides beside it tell: they go on past it as far as the photo does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.outline.beyond import placed_at, ratio_of
from fourcorners.vision.outline.inner import FORMATS, edge_beyond
from fourcorners.vision.picture import Pixels

__all__ = ["past_strip"]

LONGER_MIN, LONGER_MAX = 1.06, 1.45
"""How much longer the sides beside it are in the format that ends beyond the photo."""
GOES_ON_MIN = 0.33
"""On photos of the tuning templates both ends of eight sides that were such lines have 0.38 and more, where they are in
sight; of 314 others, on 225 photos of whole documents, one has 0.24 and all else less than 0.22."""
ROOM_MAX = 1.5
"""The photo's edge is looked at up to so many times as far off as the format ends: what is further away looks short."""
NEAR, FAR = 0.008, 0.09
"""Where the sides beside it are looked at past the corner, in their lengths, as far as the photo goes."""
NEAR_MIN_PX, EDGE_PX, LENGTH_MIN_PX = 4.0, 3.0, 4.0
"""So far from the corner and from the photo's edge at least, and only where so much is left between."""


def past_strip(levels: Sequence[Pixels], quad: Quad) -> Quad | None:
    """Where one side is such a line, the quad with that side where a usual format ends, else None."""
    height, width = levels[0].shape[:2]
    across = ratio_of(quad, (width, height))
    best, surest = None, GOES_ON_MIN
    for side in range(4):
        now = 1 / max(across, 1e-9) if side % 2 else across
        formats = [ratio for ratio in FORMATS if LONGER_MIN < ratio / now < LONGER_MAX]
        ends = _ends(levels[0], quad, side)
        if not formats or min(ends[0].room, ends[1].room) > ROOM_MAX * (formats[-1] / now - 1):
            continue
        goes_on = min((_goes_on(levels, end) for end in ends if end.in_sight), default=-1.0)
        moved = _beyond(quad, side, formats, (width, height)) if goes_on >= surest else None
        if moved is not None:
            best, surest = moved, goes_on
    return best


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """A corner, the `way` that the side beside takes to it, and how far the photo goes on past it, in its lengths."""

    corner: Points
    way: Points
    room: float

    @property
    def span(self) -> tuple[float, float]:
        """From where to where past the corner the way is looked at, in its lengths."""
        pixel = 1 / max(float(np.linalg.norm(self.way)), 1e-9)
        return max(NEAR, NEAR_MIN_PX * pixel), min(FAR, self.room - EDGE_PX * pixel)

    @property
    def in_sight(self) -> bool:
        near, far = self.span
        return (far - near) * float(np.linalg.norm(self.way)) >= LENGTH_MIN_PX


def _ends(pixels: Pixels, quad: Quad, side: int) -> tuple[_End, _End]:
    """Both ends of a side."""
    a, b, c, d = (quad[(side + k) % 4] for k in range(4))
    return _End(a, a - d, _room(pixels, a, a - d)), _End(b, b - c, _room(pixels, b, b - c))


def _room(pixels: Pixels, corner: Points, way: Points) -> float:
    """How many lengths of `way` the photo goes on along it."""
    height, width = pixels.shape[:2]
    far = np.where(way > 0, np.array([width, height]) - 1 - corner, corner)
    return float((far / np.maximum(abs(way), 1e-9)).min())


def _goes_on(levels: Sequence[Pixels], end: _End) -> float:
    """How strong, -1..1, the edge of the side beside is past the corner."""
    return edge_beyond(levels, end.corner, end.way, *end.span)


def _beyond(quad: Quad, side: int, formats: Sequence[float], size: tuple[int, int]) -> Quad | None:
    """The quad with `side` at the end of the first format that puts the middle of that side out of the photo."""
    for ratio in formats:
        moved = placed_at(quad, side, size, ratio)
        middle = moved[[side, (side + 1) % 4]].mean(axis=0)
        if ((middle < -0.5) | (middle > np.array(size) - 0.5)).any():
            return moved
    return None
