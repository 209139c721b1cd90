"""Lines of print whose strokes have sharper edges than all others of their kind: they were not seen through that lens.

Paper, lens and sensor blur all lines of a document that are alike, the same height and as dark, by nearly the same
amount. What was set into the photo in an editor, or cut from a sharper one, was not blurred by them. The width of an
edge is the contrast of ink and ground over the steepest slope. Softer lines prove nothing (worn print, a lens that is
sharper elsewhere), and where a photo was scaled down afterwards all edges are alike again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels

__all__ = ["sharper_strokes"]

LENGTH_MOST = 4.0
"""Of a line, in its heights, about its middle."""

SMALLEST_PX, NARROWEST_PX = 16, 10
"""Height of a line, in lower ones strokes are no wider than their edges; and of the part of a photo that shows it."""

SOFTEN_PX, SOFTEN_SIDE = 0.8, (5, 5)
"""Noise and compression make slopes of their own."""

INK = (0.04, 0.96)
CONTRAST_LEAST = 15.0
STEEP_SHARE = 0.97
SOBEL = 8.0
"""How much OpenCV's gradient is steeper than the slope, in grey levels a pixel."""

THINNED = 2
"""Every so many rows' slopes are counted."""

HEIGHTS_APART, CONTRASTS_APART = 1.25, 1.25
"""Lines of one kind: how far their heights, and how dark they are beside their ground, may be apart, as factors."""

KIN_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The width of a line's edges (px), its ink beside the ground (share of the ground), and its height (px)."""

    width: float
    contrast: float
    height: float

    def is_like(self, other: "_Strokes") -> bool:
        pairs = ((self.height, other.height, HEIGHTS_APART), (self.contrast, other.contrast, CONTRASTS_APART))
        return self.contrast * other.contrast > 0 and all(
            max(abs(a), abs(b)) <= most * min(abs(a), abs(b)) for a, b, most in pairs
        )


def sharper_strokes(photo: Pixels, lines: Sequence[Quad]) -> list[float | None]:
    """How much narrower the edges of each of `lines` (4, 2) of a photo (h, w, 3) are than the narrowest of its kind.

    As a logarithm, 0.1 is a tenth; None where there are no others of its kind.
    """
    found = [_strokes(photo, line) for line in lines]
    told: list[float | None] = []
    for n, own in enumerate(found):
        kin = [] if own is None else [s for m, s in enumerate(found) if s is not None and m != n and own.is_like(s)]
        told.append(math.log(min(s.width for s in kin) / own.width) if own and len(kin) >= KIN_LEAST else None)
    return told


def _strokes(photo: Pixels, line: Quad) -> _Strokes | None:
    along, down = line[1] - line[0], line[3] - line[0]
    length, height = math.hypot(*along), math.hypot(*down)
    if height < SMALLEST_PX or length < height:
        return None
    cut = along * (1 - min(1.0, LENGTH_MOST * height / length)) / 2
    part = line + np.array([cut, -cut, -cut, cut])
    low = np.maximum(part.min(axis=0).astype(int), 0)
    high = np.minimum(part.max(axis=0).astype(int) + 1, photo.shape[1::-1])
    if (high - low < NARROWEST_PX).any():
        return None
    grey = cv2.cvtColor(photo[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY)
    grey = np.asarray(cv2.GaussianBlur(grey, SOFTEN_SIDE, SOFTEN_PX), np.uint8)
    dark, middle, light = _quantiles(grey, (INK[0], 0.5, INK[1]))
    ink = dark if middle - dark >= light - middle else light
    if abs(middle - ink) < CONTRAST_LEAST:
        return None
    across, upright = (np.abs(slope[::THINNED]) for slope in cv2.spatialGradient(grey))
    steepest = _quantiles(np.maximum(across, upright), (STEEP_SHARE,))[0] / SOBEL
    return _Strokes(abs(middle - ink) / max(steepest, 0.1), (ink - middle) / max(middle, 1.0), height)


def _quantiles(values: NDArray[Any], shares: Sequence[float]) -> list[float]:
    """Of whole numbers from 0 on: the least that such shares of them do not exceed."""
    counts = np.bincount(values.ravel()).cumsum()
    return [float(value) for value in np.searchsorted(counts, np.array(shares) * counts[-1])]
