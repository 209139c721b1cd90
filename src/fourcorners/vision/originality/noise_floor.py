"""Pasted places: a sensor's noise lies over all of a photo, but not over what was put in afterwards.

Print, cloth and wood add to the noise of a sensor and nothing takes from it. So the quietest spots of a photo tell how
loud its noise is at least, and where a good part of a place lies well below that floor it was not seen by this sensor.
Nothing follows where the photo has no noise left (smoothed by the phone, strongly compressed), nor for what is as noisy
as its new surroundings. (Noise by the Laplacian of Immerkaer 1996; local noise as a sign of splicing: Mahdian and Saic
2009. Taking only its absence as a sign is ours: print differs as much as forgery does.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.kit.quantiles import quantile
from fourcorners.vision.picture import Pixels

__all__ = ["Quiet", "find_quiet"]

Plane = NDArray[np.float32]

WINDOW_PX = 4
"""Noise is averaged over squares of this side: they fit between letters."""

TILE_PX, TILES = 48, (12, 9)
"""The whole picture is looked at in at most so many tiles along its longer and shorter side."""

FLOOR_QUANTILE = 0.02
"""Of all squares elsewhere: the quietest spots but for a stray one."""

QUIET = 0.5
"""A square is quiet when it has less than this share of the floor."""

CLIPPED = (5, 250)
"""Darker and brighter values are cut off, noise and all."""

CLEARANCE = 0.5
"""So much of its height about a place belongs to it: what was pasted may be larger than what was found."""

SQUARES_LEAST = 50

_BEND = np.array([1, -2, 1], dtype=np.float32)
"""Along rows and then columns: a Laplacian, _LAPLACIAN_SCALE times as loud as the noise, in whole numbers."""
_LAPLACIAN_SCALE = 6
_AROUND = np.ones((WINDOW_PX + 1, WINDOW_PX + 1), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Quiet:
    """`floor`: mean absolute residual (grey levels) of the quietest spots elsewhere.

    `shares`, 0..1, of each place that are much quieter still; None where it is too small, or cut off in black or white.
    """

    floor: float
    shares: tuple[float | None, ...]


def find_quiet(pixels: Pixels, places: Sequence[Quad]) -> Quiet | None:
    """Compare `places` (4, 2) of a photo (h, w, 3) with the rest of it; None for a photo too small to have a rest."""
    elsewhere = _elsewhere(pixels, places)
    if len(elsewhere) < SQUARES_LEAST:
        return None
    floor = quantile(elsewhere, FLOOR_QUANTILE)
    within = [_within(pixels, place) for place in places]
    shares = tuple(float((part < QUIET * floor).mean()) if len(part) >= SQUARES_LEAST else None for part in within)
    return Quiet(floor / _LAPLACIAN_SCALE, shares)


def _elsewhere(pixels: Pixels, places: Sequence[Quad]) -> Plane:
    """The noise of squares all over the picture but in the places and close about them."""
    height, width = pixels.shape[:2]
    across, down = TILES if width >= height else TILES[::-1]
    rows, columns = _spread(height, down), _spread(width, across)
    noise, usable = _noise(_taken_out(pixels, rows, columns))
    rows, columns = rows[::2], columns[::2]
    for place in places:
        grown = place + (place - place.mean(axis=0)) * 2 * CLEARANCE * _height(place) / np.maximum(np.ptp(place, 0), 1)
        low, high = grown.min(axis=0), grown.max(axis=0)
        inside = ((rows >= low[1]) & (rows <= high[1]))[:, None] & ((columns >= low[0]) & (columns <= high[0]))[None]
        usable &= ~inside
    # a square must not reach from one tile into the next
    from_middle = [np.abs(np.arange(0, 2 * len(line), 2) % TILE_PX - TILE_PX / 2 + 0.5) for line in (rows, columns)]
    clear = [away < TILE_PX / 2 - WINDOW_PX for away in from_middle]
    return np.asarray(noise[usable & clear[0][:, None] & clear[1][None]], np.float32)


def _taken_out(pixels: Pixels, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Pixels:
    """`pixels[np.ix_(rows, columns)]`, stretch by stretch: twenty times as fast."""
    across, down = (np.split(n, np.flatnonzero(np.diff(n) != 1) + 1) for n in (columns, rows))
    bands = [np.hstack([pixels[y[0] : y[-1] + 1, x[0] : x[-1] + 1] for x in across]) for y in down]
    return np.vstack(bands)


def _spread(length: int, tiles: int) -> NDArray[np.int64]:
    """Indices of up to `tiles` stretches of TILE_PX, evenly spread; all there is of a short side."""
    count = min(tiles, length // TILE_PX)
    if count == 0:
        return np.arange(length)
    starts = np.linspace(0, length - TILE_PX, count).astype(np.int64) if count > 1 else np.zeros(1, np.int64)
    return np.asarray((starts[:, None] + np.arange(TILE_PX)).ravel())


def _within(pixels: Pixels, place: Quad) -> Plane:
    corners = np.round(place).astype(np.int32)
    low = np.maximum(corners.min(axis=0), 0)
    high = np.minimum(corners.max(axis=0) + 1, [pixels.shape[1], pixels.shape[0]])
    if (high - low <= 2 * WINDOW_PX).any():
        return np.zeros(0, np.float32)
    inside = np.zeros((high - low)[::-1], np.uint8)
    cv2.fillConvexPoly(inside, corners - low.astype(np.int32), (255,))
    noise, usable = _noise(pixels[low[1] : high[1], low[0] : high[0]], inside)
    return np.asarray(noise[usable], np.float32)


def _noise(part: Pixels, inside: NDArray[np.uint8] | None = None) -> tuple[Plane, NDArray[np.bool_]]:
    """Mean absolute residual, times _LAPLACIAN_SCALE, about every other pixel, and where nothing of it is cut off.

    Squares overlap: those about the others say no more. All of them must lie `inside` (h, w, 255 or 0), if it is given.
    """
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    residual = np.asarray(cv2.sepFilter2D(grey, cv2.CV_32F, _BEND, _BEND), np.float32)
    noise = cv2.blur(np.abs(residual, out=residual), (WINDOW_PX, WINDOW_PX))
    whole = cv2.inRange(grey, (CLIPPED[0] + 1,), (CLIPPED[1] - 1,))
    if inside is not None:
        whole = cv2.bitwise_and(whole, inside, whole)
    whole = cv2.erode(whole, _AROUND, borderValue=0)
    return np.asarray(noise[::2, ::2], np.float32), np.asarray(whole[::2, ::2] > 0)


def _height(place: Quad) -> float:
    return float(np.linalg.norm(place[3] - place[0]))
