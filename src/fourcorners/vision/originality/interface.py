"""Signs that a picture is of an app on a screen: letters and icons on grounds of one colour, a frame of equal bars.

A screen draws its grounds without noise, and blocks of a JPEG that are of one colour stay so when they are coded,
scaled down or sent on. Photos have such blocks too where they are burnt out or black, and scans where their paper was
made white; but in photos no sharp small things lie there, and scans are not framed evenly.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.originality.digital import BLOCK_PX, NEAR_END, Blocks, block_colours, off_the_ends
from fourcorners.vision.picture import Pixels

__all__ = ["Interface", "find_interface"]

FLAT_LEAST = 0.01
"""With fewer flat blocks nothing is looked for: hardly a photo has as many."""
TALLEST, WIDEST = 0.05, 0.45
"""Letters and icons are no taller than the first share of the longer side, no wider than the second of the width."""
LEAST = 0.006
"""Letters and icons have this share of the longer side in one direction at least; what is smaller is dust and noise."""
ROUND_ABOUT = 0.7
"""A thing lies on a ground when this share of the blocks about it is of one exact colour."""
CONTRAST = 60
"""Grey levels between the ground and the darkest or lightest point of letters and icons."""
MOST_THINGS = 400
"""More than so many are not looked at: their number says enough."""
EMPTY = 0.985
"""A row of blocks at the picture's edge is empty when this share of it is of one colour, or lettering on it."""
BAR, FULL = 0.75, 0.5
"""A bar of a frame has the first share of one colour, for tool bars may cross it; what lies between, less than half."""
FRAME_LEAST = 0.03
"""A bar of a frame is at least this share of the height or width."""
ALIKE = 0.02
"""Both bars of a frame are as thick as each other, but for this share of the height or width."""
PICTURE_LEAST = 0.15
"""The picture that is shown takes at least this share of the height."""


@dataclass(frozen=True, slots=True, eq=False)
class Interface:
    """`things`: letters and icons on a ground of one exact colour, boxes (n, 2, 2) in pixels; on white or black only
    those in margins above or below a picture. `framed`: bars of one colour, as thick as each other, on opposite sides
    of a picture that begins at once; `framed_in_white` when they are white or nearly so. `plain`: the share of the
    picture that is exactly of the one colour, neither black nor white, that takes most of it.
    """

    things: NDArray[np.float64]
    framed: bool
    framed_in_white: bool
    plain: float


def find_interface(pixels: Pixels, blocks: Blocks | None = None) -> Interface:
    """Looks over the picture (h, w, 3), block by block; `blocks` are its `block_colours`, if they are at hand."""
    flat, colours = block_colours(pixels) if blocks is None else blocks
    if not flat.size or flat.mean() < FLAT_LEAST:
        return Interface(np.zeros((0, 2, 2)), framed=False, framed_in_white=False, plain=0.0)
    things, grounds = _things(pixels, flat, colours)
    covered = colours.copy()
    plain = flat.copy()
    for (x0, y0, x1, y1), ground in zip(things.tolist(), grounds.tolist(), strict=True):
        covered[y0:y1, x0:x1] = ground
        plain[y0:y1, x0:x1] = True
    margin = _margins(plain, covered)
    off = off_the_ends(grounds, NEAR_END)
    counted = things[off | margin[things[:, 1]]] if len(things) else things
    frames = [g for g in (_frame(plain, covered), _frame(plain.T, covered.T)) if g is not None]
    boxes = BLOCK_PX * counted.reshape(-1, 2, 2).astype(np.float64)
    return Interface(boxes, bool(frames), any(map(_is_white, frames)), _plain(flat, colours))


def _is_white(colour: int) -> bool:
    return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255) >= 255 - NEAR_END


def _plain(flat: NDArray[np.bool_], colours: NDArray[np.int32]) -> float:
    values = colours[flat & off_the_ends(colours, NEAR_END)]
    return float(np.unique(values, return_counts=True)[1].max(initial=0) / flat.size)


def _things(
    pixels: Pixels, flat: NDArray[np.bool_], colours: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Boxes of blocks (n, 4), left, top, right, bottom, and the colour of the ground that each lies on."""
    rows, columns = flat.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats((~flat).astype(np.uint8), connectivity=8)
    left, top, width, height = (stats[1:, n] for n in range(4))
    longer = max(rows, columns)
    small = (height <= max(2, round(TALLEST * longer))) & (width <= WIDEST * columns)
    small &= np.maximum(width, height) >= LEAST * longer
    boxes = np.column_stack([left, top, left + width, top + height])[small][:MOST_THINGS]
    grounds = np.array([_ground(pixels, flat, colours, box) for box in boxes.tolist()], dtype=np.int32)
    return boxes[grounds >= 0].astype(np.int64).reshape(-1, 4), grounds[grounds >= 0]


def _ground(pixels: Pixels, flat: NDArray[np.bool_], colours: NDArray[np.int32], box: list[int]) -> int:
    """The one colour of the blocks about a box, if what is in it stands out from that; else -1."""
    x0, y0, x1, y1 = box
    rows, columns = flat.shape
    upper, lower, left, right = max(0, y0 - 1), min(rows, y1 + 1), max(0, x0 - 1), min(columns, x1 + 1)
    about = np.ones((lower - upper, right - left), dtype=bool)
    about[y0 - upper : y1 - upper, x0 - left : x1 - left] = False
    ring = colours[upper:lower, left:right][about & flat[upper:lower, left:right]]
    least = ROUND_ABOUT * np.count_nonzero(about)
    if not ring.size or ring.size < least:
        return -1
    values, counts = np.unique(ring, return_counts=True)
    ground = int(values[counts.argmax()])
    level = np.array([ground >> 16 & 255, ground >> 8 & 255, ground & 255], dtype=np.int16)
    patch = pixels[y0 * BLOCK_PX : y1 * BLOCK_PX, x0 * BLOCK_PX : x1 * BLOCK_PX].astype(np.int16)
    return ground if counts.max() >= least and np.abs(patch - level).max() >= CONTRAST else -1


def _margins(plain: NDArray[np.bool_], colours: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which rows lie above or below a picture and hold nothing, or nothing but things on one ground."""
    rows, columns = plain.shape
    empty = np.zeros(rows, dtype=bool)
    for row in np.flatnonzero(plain.mean(axis=1) >= EMPTY):
        empty[row] = np.unique(colours[row][plain[row]], return_counts=True)[1].max() >= EMPTY * columns
    filled = np.flatnonzero(~empty)
    margin = np.zeros(rows, dtype=bool)
    if len(filled) >= PICTURE_LEAST * rows:
        margin[: filled[0]] = margin[filled[-1] + 1 :] = True
    return margin


def _frame(plain: NDArray[np.bool_], colours: NDArray[np.int32]) -> int | None:
    """The colour of bars at both ends of the rows, as thick as each other, if they give way to a picture at once."""
    rows = len(plain)
    values, counts = np.unique(colours[0][plain[0]], return_counts=True)
    if not values.size:
        return None
    ground = int(values[counts.argmax()])
    share = (plain & (colours == ground)).mean(axis=1)
    filled = np.flatnonzero(share < BAR)
    if not filled.size or share[-1] < BAR:
        return None
    first, last = int(filled[0]), rows - 1 - int(filled[-1])
    if min(first, last) < FRAME_LEAST * rows or abs(first - last) > max(1, ALIKE * rows):
        return None
    inner = share[first + 1 : rows - last - 1]
    begins = inner.size and inner[0] < FULL and inner[-1] < FULL and np.median(inner) < FULL
    return ground if begins else None
