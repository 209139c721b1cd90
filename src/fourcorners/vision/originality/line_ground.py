"""Lines of print without the ground that lies about them: who sets a line anew covers what was printed under it.

Documents are printed on fine patterns, and paper has a grain; both go on under the print. A line that was set in an
editor stands on a patch of one tone, or on what was grown from around, and has less of them than what lies above, below
and beside it. Both are looked at between the letters, coarse and fine, in short stretches, for a caption may stand in
the same line. Nothing follows where the ground has no pattern, and a document may have a blank field by design: hence
how many lines lack their ground counts as well (see the check). (The idea is ours; what is measured is a band-pass
residual, averaged where nothing is printed: normalised convolution, Knutsson and Westin 1993.)
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels

__all__ = ["lacking_ground"]

Plane = NDArray[np.float32]
Columns = NDArray[np.int64]

LINE_PX, ABOUT_PX, LENGTH_PX = 20, 16, 180
"""A line as it is looked at: its height, how much about it is looked at, and how much of its length at most."""

TILE_PX = LINE_PX + 2 * ABOUT_PX

STRETCH_PX = 60

SMALLEST_PX, SHORTEST = 16.0, 1.2
"""Lowest line on the page, and the shortest in its own heights: between smaller letters no ground is left."""

HEART_PX, APART_PX = 3, 4
"""Boxes stand off the letters: so much of a line is left out above and below. What lies about it begins so far off."""

INK = (0.04, 0.96)
"""Of a line's pixels: one of both is the ink, whichever is further from the middle."""

CONTRAST_LEAST = 15.0
"""Grey levels between ink and ground."""

HALF_INK, SOME_INK = 0.45, 0.15
"""Of the way from ground to ink: nearer is ground, by its median; further on is left out, and what touches it."""

FINE_PX, COARSE_PX = 3, 9

FREE_LEAST = 0.3
"""Share of the coarse square about a pixel on which nothing is printed."""

PIXELS_LEAST = 60

QUIETEST = 0.15
"""Grey levels that are added to a residual: below, all is alike."""

ROWS = (
    slice(ABOUT_PX + HEART_PX, ABOUT_PX + LINE_PX - HEART_PX),
    slice(1, ABOUT_PX - APART_PX),
    slice(ABOUT_PX + LINE_PX + APART_PX, TILE_PX - 1),
)
"""Of a tile: those of the line, above it and below it."""

AROUND = np.ones((3, 3), np.uint8)


def lacking_ground(page: Pixels, lines: Sequence[Quad]) -> list[float | None]:
    """How much less pattern lies under each of `lines` (4, 2) of a page (h, w, 3) than about it, as a logarithm.

    Above 0 there is less; 0.7 is half as much. None where nothing can be told.
    """
    return [_lacking(page, line) for line in lines]


def _lacking(page: Pixels, line: Quad) -> float | None:
    tile = _laid(page, line)
    free = None if tile is None else _free(tile)
    return None if tile is None or free is None else _lack(_sums(tile, free))


def _laid(page: Pixels, line: Quad) -> Pixels | None:
    """A line and what is about it in grey, upright and LINE_PX high; None for what is too small."""
    along, down = line[1] - line[0], line[3] - line[0]
    length, height = math.hypot(*along), math.hypot(*down)
    if height < SMALLEST_PX or length < SHORTEST * height:
        return None
    scale = height / LINE_PX
    width = int(min(length / scale, LENGTH_PX) + 2 * ABOUT_PX)
    right, below = along / length * scale, down / height * scale
    start = line.sum(axis=0) / 4 - right * width / 2 - below * TILE_PX / 2
    corners = start + np.array([[0, 0], right * width, right * width + below * TILE_PX, below * TILE_PX])
    low = np.maximum(corners.min(axis=0).astype(int) - 1, 0)
    high = np.minimum(corners.max(axis=0).astype(int) + 2, page.shape[1::-1])
    if (high - low < max(4.0, scale)).any():
        return None
    part = cv2.cvtColor(page[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY)
    whole = int(scale)
    if whole > 1:  # by whole numbers it is far faster, and what is left of the scale is small
        size = part.shape[1] // whole, part.shape[0] // whole
        part = cv2.resize(part[: size[1] * whole, : size[0] * whole], size, interpolation=cv2.INTER_AREA)
    onto = np.column_stack([right, below, start - low + 0.5]) / max(whole, 1)
    onto[:, 2] -= 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    tile = cv2.warpAffine(part, onto, (width, TILE_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(tile, np.uint8)


def _free(tile: Pixels) -> Pixels | None:
    """1 where nothing is printed as dark, or as light, as the line, and 0 elsewhere; None where nothing stands out."""
    counts = np.bincount(tile[ROWS[0], ABOUT_PX:-ABOUT_PX].ravel(), minlength=256).cumsum()
    low, middle, high = (np.searchsorted(counts, (INK[0], 0.5, INK[1]) * counts[-1:])).tolist()
    dark = middle - low >= high - middle
    ink = low if dark else high
    if abs(middle - ink) < CONTRAST_LEAST:
        return None
    between = int(counts[int(middle + HALF_INK * (ink - middle))])  # so many are darker
    level = int(np.searchsorted(counts, (between + counts[-1]) / 2 if dark else between / 2))
    limit = level + SOME_INK * (ink - level)
    way = cv2.THRESH_BINARY if dark else cv2.THRESH_BINARY_INV
    return np.asarray(cv2.erode(cv2.threshold(tile, limit, 1, way)[1], AROUND), np.uint8)


def _sums(tile: Pixels, free: Pixels) -> Plane:
    """Running sums along the rows of the line, above and below (3) of how many pixels are free, and of the logarithms
    of their coarse and fine residuals (3): (3, 3, width + 1).
    """
    seen, shown = free.astype(np.float32), tile.astype(np.float32)
    means = []
    for side in (FINE_PX, COARSE_PX):
        near = cv2.boxFilter(seen, -1, (side, side))
        means.append(cv2.divide(cv2.boxFilter(shown * seen, -1, (side, side)), near + 1e-3))
    seen *= near >= FREE_LEAST
    residuals = cv2.absdiff(means[0], means[1]), cv2.absdiff(shown, means[0])
    layers = [seen, *(cv2.log(part + QUIETEST) * seen for part in residuals)]
    sums = np.zeros((len(ROWS), len(layers), tile.shape[1] + 1), np.float32)
    for n, rows in enumerate(ROWS):
        for m, layer in enumerate(layers):
            np.cumsum(cv2.reduce(layer[rows], 0, cv2.REDUCE_SUM)[0], out=sums[n, m, 1:])
    return sums


def _lack(sums: Plane) -> float | None:
    """The most that a stretch of a line lacks."""
    width = sums.shape[2] - 1
    first, last = ABOUT_PX, width - ABOUT_PX
    starts = np.array([first])
    if last - first > 1.3 * STRETCH_PX:
        starts = np.append(np.arange(first, last - STRETCH_PX, STRETCH_PX // 2), last - STRETCH_PX)
    stops = starts + STRETCH_PX if len(starts) > 1 else np.array([last])
    under, *about = _means(sums, starts, stops)  # each (2, stretches)
    ends = _means(sums[:1], np.array([1, last + APART_PX]), np.array([first - APART_PX, width - 1]))[0]
    quieter = np.fmin(*about)
    beside = np.fmax(ends[:, :1], ends[:, 1:])  # what covers a line may go on at one end of it
    lacks = (np.fmin(quieter, beside) - under).min(axis=0)
    lacks = lacks[~np.isnan(quieter[0]) & ~np.isnan(under[0])]
    return float(lacks.max()) if len(lacks) else None


def _means(sums: Plane, starts: Columns, stops: Columns) -> Plane:
    """Mean coarse and fine residual (rows, 2, stretches); NaN where too little is free."""
    within = sums[:, :, stops] - sums[:, :, starts]
    return np.where(within[:, :1] >= PIXELS_LEAST, within[:, 1:] / np.maximum(within[:, :1], 1), np.float32(np.nan))
