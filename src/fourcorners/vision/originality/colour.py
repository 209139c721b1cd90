"""Is a document in colour, whatever the colour of the light?

In a grey print every channel is, over a short distance, a straight-line function of any other: the paper, the toner,
the lamp and the veil of stray light only tilt and shift that line. Colours in print do not follow it. So the measure is
what of each channel a local straight line (a guided filter, He et al. 2010) on brightness leaves unexplained. Cameras
and JPEG resolve colour more coarsely than brightness, which under coloured light leaves a fringe in the colour of the
light around every letter; what lies in that direction does not count.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.kit.quantiles import median, quantile
from fourcorners.vision.picture import Pixels, brightest_channel, darkest_channel

__all__ = [
    "CLIPPED",
    "LUMA",
    "Unexplained",
    "channels_equal",
    "colour_copy",
    "portrait_warmth",
    "unexplained_colour",
    "without_rim",
]

Plane = NDArray[np.float32]

SIDE_PX = 192
"""Longest side of the copy that is measured: noise averages out, coloured inks and skin remain."""

SOFTEN_PX = 1.5
"""Brightness is softened about as far as colour already is."""

REACH = 0.12
"""Radius of "a short distance", as a share of the longest side."""

EDGE = 0.03
"""Share of the short side left out all round: the outline may stand a little off the document."""

CLIPPED = 250
"""A channel at or above it has lost its value."""

LIGHT_PRIOR = 0.01
"""Keeps the direction of the light from counting where the light is all but white (squared relative units)."""

LUMA = np.array([0.3, 0.59, 0.11], dtype=np.float32)

DARKNESS = 50 / 255
"""Noise in code values is about constant, so its share of the paper's white grows as 1 + DARKNESS / white."""

FACE_MIDDLE = (0.25, 0.35, 0.75, 0.8)
"""Left, top, right and bottom of the skin in a face's box, in shares of it."""

DARKEST = np.float32(0.015)
"""Added to both before they are compared: in the dark a level more or less is no colour."""

ALIKE, ALIKE_LEAST = 0.07, 60
"""Print is as dark as skin within this share of the white; so many pixels of it say how warm it is."""

TILES = (4, 5)
TILE_SHARE = 0.8
PAGE_SHARE = 0.45
"""The 80th percentile of each tile, then the 45th of the tiles: a finger or pen over a third of it changes little."""
INNER_ROWS, INNER_COLUMNS = (1, 2), (1, 2, 3)
"""Tiles in the middle of the page, where no fingers hold it."""
SPOT_SHARE, SPOTTED = 0.97, 3
"""What 3 % of a tile exceed, and that of the third of those in the middle: one or two may show a stamp."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Per cent of the local white that no straight line on brightness explains.

    `typical` over a page: grey prints stay below about 0.4, under coloured and mixed light too; documents printed in
    colour lie above 0.5. `in_spots`: in coloured spots of three of the six places in the middle of the page. `between`:
    what is usual, noise and blotches among it.
    """

    typical: float
    in_spots: float
    between: float


def channels_equal(pixels: Pixels) -> bool:
    """True when red, green and blue are the same everywhere, as in a greyscale picture saved as colour."""
    for step in (16, 1):  # a coarse look settles almost every picture
        red, green, blue = cv2.split(np.ascontiguousarray(pixels[::step, ::step]))
        if not (np.array_equal(red, green) and np.array_equal(red, blue)):
            return False
    return True


def colour_copy(page: Pixels) -> Pixels:
    """A page (h, w, 3) as small as its colour is measured.

    In one step, not by halves: the limits were set so, and a hundredth decides on near-grey designs.
    """
    height, width = page.shape[:2]
    scale = min(1.0, SIDE_PX / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def unexplained_colour(page: Pixels, small: Pixels | None = None) -> Unexplained:
    """The colour of a page (h, w, 3) that light and brightness do not give it; `small` is its `colour_copy`."""
    small = without_rim(colour_copy(page) if small is None else small)
    usable = (brightest_channel(small) < CLIPPED).astype(np.float32)
    if usable.mean() < 0.2:
        usable[:] = 1
    colour = np.asarray(cv2.GaussianBlur(small.astype(np.float32) / 255, (0, 0), SOFTEN_PX), dtype=np.float32)
    white = _local_white(colour, usable)
    relative = colour / white
    trust = white / brightest_channel(white)[..., None]  # a channel that the light starves is mostly noise
    brightness = _summed(relative * trust) / _summed(trust)
    rest = relative - _lines(brightness, relative, usable)
    light = 1 - (white @ LUMA)[..., None] / white
    along = _summed(rest * light * trust**2) / (LIGHT_PRIOR + _summed((light * trust) ** 2))
    rest = (rest - light * along[..., None]) * trust
    amount = np.sqrt(_summed(rest**2) / _summed(trust**2))
    tint = brightest_channel(white) / darkest_channel(white)
    amount /= np.sqrt(tint) * (1 + DARKNESS / brightest_channel(white))
    return _over_the_page(100 * amount, usable > 0)


def portrait_warmth(page: Pixels, box: Points, small: Pixels | None = None) -> float:
    """Logarithm of red by blue in the middle of a face (box (2, 2) in page pixels), less that of equally dark print.

    Both are taken relative to the white around them. Skin of any tone is warmer than grey under the same light: 0.2 to
    0.7 in colour, about 0 in black and white, and in sepia all that is as dark is as warm. `small` is the page's
    `colour_copy`, if it is at hand.
    """
    small = colour_copy(page) if small is None else small
    scale = np.array(small.shape[1::-1]) / np.array(page.shape[1::-1])
    (left, top), (right, bottom) = (np.asarray(box) * scale).tolist()
    face = np.zeros(small.shape[:2], dtype=bool)
    face[_part(small, left, top, right, bottom)] = True
    x0, y0, x1, y1 = FACE_MIDDLE
    width, height = right - left, bottom - top
    skin = np.zeros_like(face)
    skin[_part(small, left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height)] = True
    if not skin.any():
        return 0.0
    colour = np.asarray(small.astype(np.float32) / 255, dtype=np.float32)
    usable = ((brightest_channel(small) < CLIPPED) & ~face).astype(np.float32)  # a face is no white
    relative = (colour + DARKEST) / (_local_white(colour, usable) + DARKEST)
    warmth, brightness = np.log(relative[..., 0] / relative[..., 2]), relative @ LUMA
    own = median(brightness[skin])
    as_dark = ~face & (np.abs(brightness - own) < ALIKE)
    usual = median(warmth[as_dark]) if np.count_nonzero(as_dark) >= ALIKE_LEAST else 0.0
    return median(warmth[skin]) - usual


def _part(pixels: Pixels, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
    height, width = pixels.shape[:2]
    rows = slice(min(max(0, round(top)), height), min(max(0, round(bottom) + 1), height))
    return rows, slice(min(max(0, round(left)), width), min(max(0, round(right) + 1), width))


def without_rim(small: Pixels) -> Pixels:
    """A small copy (h, w, 3) without the edge that may not be the document's."""
    height, width = small.shape[:2]
    edge = round(EDGE * min(height, width))
    return np.ascontiguousarray(small[edge : height - edge, edge : width - edge])


def _local_white(colour: Plane, usable: Plane) -> Plane:
    """The colour of bright places nearby: paper under the light that falls there."""
    weight = usable * (_summed(colour) / np.float32(3)) ** 2 + np.float32(1e-6)
    white = _spread(colour * weight[..., None]) / _spread(weight)[..., None]
    return np.asarray(np.maximum(white, 0.02), dtype=np.float32)


def _lines(guide: Plane, channels: Plane, usable: Plane) -> Plane:
    """The value that the local weighted least-squares line of each of the channels (h, w, 3) on `guide` gives."""
    weight = _spread(usable) + np.float32(1e-3)
    guide_mean = _spread(guide * usable) / weight
    variance = _spread(guide * guide * usable) / weight - guide_mean**2
    lines = []
    for channel in cv2.split(channels):
        mean = _spread(channel * usable) / weight
        shared = _spread(guide * channel * usable) / weight - guide_mean * mean
        lines.append(mean + shared / (variance + np.float32(1e-4)) * (guide - guide_mean))
    return np.dstack(lines).astype(np.float32)


def _summed(channels: Plane) -> Plane:
    """The sum of the three channels, as `sum(axis=2)` to the last bit, in a fifth of its time."""
    total: Plane = channels[..., 0] + channels[..., 1] + channels[..., 2]
    return total


def _spread(plane: Plane) -> Plane:
    """Near enough a Gaussian of REACH: two passes of a box with half its variance each."""
    side = round(REACH * SIDE_PX * np.sqrt(6)) // 2 * 2 + 1
    return np.asarray(cv2.blur(cv2.blur(plane, (side, side)), (side, side)), dtype=np.float32)


def _over_the_page(amount: Plane, usable: NDArray[np.bool_]) -> Unexplained:
    tiles = {
        (row, column): a[u]
        for row, (a_row, u_row) in enumerate(
            zip(np.array_split(amount, TILES[0]), np.array_split(usable, TILES[0]), strict=True)
        )
        for column, (a, u) in enumerate(
            zip(np.array_split(a_row, TILES[1], 1), np.array_split(u_row, TILES[1], 1), strict=True)
        )
        if u.size and u.mean() > 0.3
    }
    if not tiles:
        return Unexplained(0.0, 0.0, 0.0)
    shares = np.array([quantile(tile, TILE_SHARE) for tile in tiles.values()], dtype=np.float32)
    inner = [tile for (row, column), tile in tiles.items() if row in INNER_ROWS and column in INNER_COLUMNS]
    spots = sorted((quantile(tile, SPOT_SHARE) for tile in inner), reverse=True)
    return Unexplained(
        quantile(shares, PAGE_SHARE),
        spots[SPOTTED - 1] if len(spots) >= SPOTTED else 0.0,
        median(np.array([median(tile) for tile in tiles.values()], dtype=np.float32)),
    )
