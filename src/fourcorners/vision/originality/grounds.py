"""A picture laid upon a ground of one exact colour, as apps and pages show it: its sides are straight to the pixel.

A lens draws no side of anything along one row or column of pixels, and never two. Where what is seen gives way at once,
along a whole side, to one exact colour, a program put it there: an app, but also a scanner's driver, a word processor
or a program for photos, which leave white, or black, and no letters beside the picture.
"""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.originality.digital import Blocks, block_colours
from fourcorners.vision.picture import Pixels

__all__ = ["Ground", "find_grounds"]

Mask: TypeAlias = NDArray[np.uint8]

SHARE_LEAST, BLOCKS_LEAST = 0.002, 4
"""A ground takes this share of the 8x8 blocks at least, and so many of them."""
GROUNDS_MOST = 5
PURE, NEIGHBOURS = 0.4, 10
"""Of the flat blocks within so many levels of a ground, this share has its colour exactly: light on a table changes.

Where photos of train and tuning kinds have a straight side on a colour, 0.21 at most.
"""
LINE_LEAST = 0.15
"""Some row or column of blocks has this share of the ground: what lies about a picture comes in rows and columns."""
COARSE_PX = 640
"""Sides are first looked for with so many pixels along the longer side."""
FINE_PX = 2600
"""Letters are looked for with no more."""
WITHIN, BEYOND, STRONG = 12, 24, 60
"""Levels: ground with compression's ripples; no ground any more; as dark or light as letters are somewhere."""
OFF = 3
"""Pixels from a side, outwards, at which there must be ground: scaling and compression blur the side itself."""
DEPTHS = (1, 3)
"""Pixels from a side, inwards, at one of which there must be the picture: colour runs a pixel or two over its edge."""
SIDES_LEAST = 0.6
"""With less than this of a side, all sides together, no picture lies upon the ground."""
PICTURE_LEAST = 0.04
"""The picture takes this share of the whole."""
LARGE, FULL = 0.02, 0.5
"""What takes the first share of the whole, and fills the second of its own box, is a picture too: it hides letters."""
TALLEST, WIDEST, LEAST = 0.05, 0.45, 0.004
"""Letters, words and icons: most of the longer side, of the width; least of the longer side, in one direction."""
TALL_PX, LEAST_PX, STRONG_PX = 16, 4, 3
CLEAR_PX, CLEAR = 3, 0.6
"""So far about a letter this share is ground."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """`colour` (red, green, blue); `share`: of the 8x8 blocks that are exactly of it; `pure`: of the flat ones near it.

    `box`: the picture's left, top, right and lower edge, px. `sides`, in that order: the share of each along which the
    picture gives way to the ground at once; None where it ends with the file. `letters`: boxes (n, 2, 2) of letters,
    words and icons that lie clear on the ground beside the picture, px.
    """

    colour: tuple[int, int, int]
    share: float
    pure: float
    box: tuple[int, int, int, int]
    sides: tuple[float | None, ...]
    letters: NDArray[np.float64]


def find_grounds(pixels: Pixels, blocks: Blocks | None = None) -> tuple[Ground, ...]:
    """All grounds of the picture (h, w, 3) on which a picture lies; `blocks` are its `block_colours`, if at hand."""
    flat, colours = block_colours(pixels) if blocks is None else blocks
    exact = _exact_colours(flat, colours)
    if not exact:
        return ()
    found = []
    coarse, coarse_step = _thinned(pixels, COARSE_PX)
    for colour, share, pure in exact:
        if _sum(_sides(_Things(coarse, colour), -(-OFF // coarse_step))[0]) < SIDES_LEAST:
            continue
        fine, step = _thinned(pixels, FINE_PX)
        things = _Things(fine, colour)
        sides, (left, top, right, foot) = _sides(things, OFF)
        letters = _letters(things) * float(step)
        box = (step * left, step * top, step * right, step * foot)
        found.append(Ground(colour, share, pure, box, sides, letters))
    return tuple(found)


def _sum(sides: tuple[float | None, ...]) -> float:
    return sum(side or 0.0 for side in sides)


def _exact_colours(
    flat: NDArray[np.bool_], colours: NDArray[np.int32]
) -> list[tuple[tuple[int, int, int], float, float]]:
    """The commonest colours of flat blocks, each with its share of all blocks and of the flat ones near it."""
    values, counts = np.unique(colours[flat], return_counts=True)
    levels = np.stack([values >> 16 & 255, values >> 8 & 255, values & 255], axis=-1)
    found = []
    for n in np.argsort(-counts)[:GROUNDS_MOST].tolist():
        if counts[n] < max(BLOCKS_LEAST, SHARE_LEAST * flat.size):
            break
        near = np.abs(levels - levels[n]).max(axis=1) <= NEIGHBOURS
        pure = float(counts[n] / counts[near].sum())
        if pure >= PURE and _lies_in_lines(flat & (colours == values[n])):
            red, green, blue = levels[n].tolist()
            found.append(((red, green, blue), float(counts[n] / flat.size), pure))
    return found


def _lies_in_lines(ground: NDArray[np.bool_]) -> bool:
    return max(float(ground.mean(axis=axis).max()) for axis in (0, 1)) >= LINE_LEAST


def _thinned(pixels: Pixels, most: int) -> tuple[Pixels, int]:
    """Every so many-th pixel, so that no more than `most` are left along the longer side; and how many-th."""
    step = -(-max(pixels.shape[:2]) // most)
    return (pixels if step == 1 else np.ascontiguousarray(pixels[::step, ::step])), step


def _within(pixels: Pixels, colour: tuple[int, int, int], levels: int) -> Mask:
    low, high = (tuple(min(255, max(0, c + by)) for c in colour) for by in (-levels, levels))
    return np.asarray(cv2.inRange(pixels, low, high), np.uint8)


class _Things:
    """What is not of a ground's colour, thing by thing: `stats` (n, 5) as OpenCV counts them, the first the ground."""

    def __init__(self, pixels: Pixels, colour: tuple[int, int, int]) -> None:
        self.height, self.width = pixels.shape[:2]
        self.near = _within(pixels, colour, WITHIN)
        self.strong = _within(pixels, colour, STRONG) == 0
        beyond = cv2.bitwise_not(_within(pixels, colour, BEYOND))
        _, self.labels, self.stats, _ = cv2.connectedComponentsWithStats(beyond, connectivity=8)


def _sides(things: _Things, off: int) -> tuple[tuple[float | None, ...], tuple[int, int, int, int]]:
    """Of the largest thing on the ground: how much of each side gives way to the ground at once, and its edges."""
    height, width = things.height, things.width
    if len(things.stats) < 2:
        return (None,) * 4, (0, 0, 0, 0)
    largest = 1 + int(things.stats[1:, cv2.CC_STAT_AREA].argmax())
    x0, y0, wide, tall = (int(n) for n in things.stats[largest, :4])
    x1, y1 = x0 + wide, y0 + tall
    if wide * tall < PICTURE_LEAST * width * height or min(wide, tall) <= 2 * max(DEPTHS):
        return (None,) * 4, (0, 0, 0, 0)
    near, labels = things.near, things.labels
    upright = [
        _gives_way(near[y0:y1, out], [labels[y0:y1, at + into * deep] == largest for deep in DEPTHS])
        if 0 <= out < width
        else None
        for out, at, into in ((x0 - off, x0, 1), (x1 - 1 + off, x1 - 1, -1))
    ]
    level = [
        _gives_way(near[out, x0:x1], [labels[at + into * deep, x0:x1] == largest for deep in DEPTHS])
        if 0 <= out < height
        else None
        for out, at, into in ((y0 - off, y0, 1), (y1 - 1 + off, y1 - 1, -1))
    ]
    return (upright[0], level[0], upright[1], level[1]), (x0, y0, x1, y1)


def _gives_way(ground: Mask, picture: list[NDArray[np.bool_]]) -> float:
    return max(float(((ground > 0) & line).mean()) for line in picture)


def _letters(things: _Things) -> NDArray[np.float64]:
    """Boxes (n, 2, 2) of small things beside all large ones, each clear on the ground and far from its colour."""
    height, width = things.height, things.width
    longer = max(height, width)
    strong = np.bincount(things.labels[things.strong], minlength=len(things.stats))
    left, top, wide, tall = (things.stats[:, n].astype(np.int64) for n in range(4))
    right, foot = left + wide, top + tall
    kept = (tall <= max(TALL_PX, TALLEST * longer)) & (wide <= WIDEST * width) & (strong >= STRONG_PX)
    kept &= np.maximum(wide, tall) >= max(LEAST_PX, LEAST * longer)
    kept &= (left > 0) & (top > 0) & (right < width) & (foot < height)
    kept[0] = False
    area = things.stats[:, cv2.CC_STAT_AREA]
    large = (wide * tall >= LARGE * width * height) & (area >= FULL * wide * tall)
    large[0] = False
    for x0, y0, x1, y1 in zip(left[large], top[large], right[large], foot[large], strict=True):
        kept &= (right <= x0) | (left >= x1) | (foot <= y0) | (top >= y1)
    left, top, right, foot = (edge[kept] for edge in (left, top, right, foot))
    sums = np.asarray(cv2.integral((things.near > 0).astype(np.uint8)), np.int64)
    x0, y0 = np.maximum(left - CLEAR_PX, 0), np.maximum(top - CLEAR_PX, 0)
    x1, y1 = np.minimum(right + CLEAR_PX, width), np.minimum(foot + CLEAR_PX, height)
    about = (x1 - x0) * (y1 - y0) - (right - left) * (foot - top)
    ground = np.subtract(_summed(sums, x0, y0, x1, y1), _summed(sums, left, top, right, foot))
    clear = np.asarray(ground >= CLEAR * about, dtype=bool)
    return np.asarray(np.column_stack([left, top, right, foot])[clear].reshape(-1, 2, 2), np.float64)


def _summed(sums: NDArray[np.int64], *edges: NDArray[np.int64]) -> NDArray[np.int64]:
    x0, y0, x1, y1 = edges
    return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0], np.int64)
