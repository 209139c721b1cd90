"""Signs that pixels never passed through a lens: bars of one colour across the picture."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.picture import Pixels

__all__ = ["BLOCK_PX", "NEAR_END", "Blocks", "FlatBars", "block_colours", "flat_bars", "off_the_ends"]

FlatBars: TypeAlias = tuple[float, NDArray[np.bool_]]
"""A share 0..1, and which 8x8 blocks (rows, columns) make it up."""

Blocks: TypeAlias = tuple[NDArray[np.bool_], NDArray[np.int32]]
"""Which 8x8 blocks (rows, columns) are exactly flat, and every block's first pixel, red << 16 | green << 8 | blue."""

BLOCK_PX = 8
"""Blocks of a JPEG: a flat block of a screen stays exactly flat when it is coded."""

NEAR_END = 24
"""Grey levels from black or white within which lossy coding levels out what little noise there was."""

ONE_COLOUR = 0.6
"""A row or column of blocks belongs to a bar when this share of it has one exact colour: room for icons and text.

Strong compression flattens the blocks of a real photo too, but light falls off across it, so that their colours differ.
"""


def flat_bars(pixels: Pixels, *, blocks: Blocks | None = None) -> FlatBars:
    """Share of rows or of columns of 8x8 blocks, whichever is more, that are of one colour; and where (rows, columns).

    Black, white and what is near them do not count: burnt-out or black photos and sheets have them. A bar reaches at
    least one end of the picture: bands that are printed on a document do not. `blocks` are the picture's
    `block_colours`, if they are at hand.
    """
    flat, colour = block_colours(pixels) if blocks is None else blocks
    flat = flat & off_the_ends(colour, NEAR_END)
    rows, columns = _of_one_colour(colour, flat), _of_one_colour(colour.T, flat.T)
    share = max(float(lines.mean()) if lines.size else 0.0 for lines in (rows, columns))
    return share, flat & (rows[:, None] | columns[None, :])


def block_colours(pixels: Pixels) -> Blocks:
    """The picture (h, w, 3) block by block; what is left over at the right and lower edge does not count."""
    rows, columns = pixels.shape[0] // BLOCK_PX, pixels.shape[1] // BLOCK_PX
    if rows == 0 or columns == 0:
        return np.zeros((rows, columns), dtype=bool), np.zeros((rows, columns), dtype=np.int32)
    blocks = pixels[: rows * BLOCK_PX, : columns * BLOCK_PX].reshape(rows, BLOCK_PX, columns, BLOCK_PX, 3)
    first = blocks[:, 0, :, 0]
    colour = _as_numbers(first)
    # most blocks of a photo differ in their first two pixels already, most others in one more: few are looked at whole
    row, column = np.nonzero(_as_numbers(blocks[:, 0, :, 1]) == colour)
    for y, x in ((BLOCK_PX - 1, BLOCK_PX - 1), (BLOCK_PX // 2, 0)):
        alike = _as_numbers(blocks[row, y, column, x]) == colour[row, column]
        row, column = row[alike], column[alike]
    flat = np.zeros(colour.shape, dtype=bool)
    flat[row, column] = (blocks[row, :, column] == first[row, column][:, None, None]).all(axis=(1, 2, 3))
    return flat, colour


def off_the_ends(colours: NDArray[np.int32], margin: int) -> NDArray[np.bool_]:
    """Which colours (numbers as in `Blocks`) are not black or white within `margin` levels."""
    channels = [colours >> shift & 255 for shift in (16, 8, 0)]
    lightest = np.maximum(np.maximum(channels[0], channels[1]), channels[2])
    darkest = np.minimum(np.minimum(channels[0], channels[1]), channels[2])
    off: NDArray[np.bool_] = (lightest > margin) & (darkest < 255 - margin)
    return off


def _as_numbers(pixels: Pixels) -> NDArray[np.int32]:
    """Each pixel as one number: comparing those is many times as fast as comparing three channels."""
    red, green, blue = (pixels[..., channel].astype(np.int32) for channel in range(3))
    return red << 16 | green << 8 | blue


def _of_one_colour(colours: NDArray[np.int32], flat: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows of blocks have enough flat ones of the same colour, one of them at an end."""
    least = ONE_COLOUR * flat.shape[1]
    found: NDArray[np.bool_] = (flat.sum(axis=1) >= least) & (flat.shape[1] > 0)
    for row in np.flatnonzero(found):
        values, counts = np.unique(colours[row][flat[row]], return_counts=True)
        ends = flat[row, [0, -1]] & (colours[row, [0, -1]] == values[counts.argmax()])
        found[row] = counts.max() >= least and ends.any()
    return found
