"""Signs that pixels never passed through a lens: areas that are exactly flat, and bars along the edges."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.picture import Pixels

__all__ = ["BLOCK_PX", "exactly_flat"]

BLOCK_PX = 8
"""Blocks of a JPEG: a flat block of a screen stays exactly flat when it is coded."""


NEAR_END = 24
"""Grey levels from black or white within which lossy coding levels out what little noise there was."""


def exactly_flat(pixels: Pixels, *, lossless: bool) -> tuple[float, NDArray[np.bool_]]:
    """Share of 8x8 blocks whose pixels are all the same, and where they are (rows, columns).

    Sensor noise leaves no such block in a photo, except where it is burnt out or black: blocks at the very ends of the
    scale count on neither side, in lossy files also those near them.
    """
    margin = 0 if lossless else NEAR_END
    rows, columns = pixels.shape[0] // BLOCK_PX, pixels.shape[1] // BLOCK_PX
    if rows == 0 or columns == 0:
        return 0.0, np.zeros((rows, columns), dtype=bool)
    blocks = pixels[: rows * BLOCK_PX, : columns * BLOCK_PX].reshape(rows, BLOCK_PX, columns, BLOCK_PX, 3)
    low, high = blocks.min(axis=(1, 3)), blocks.max(axis=(1, 3))
    end = (high <= margin).all(axis=2) | (low >= 255 - margin).all(axis=2)
    flat = (low == high).all(axis=2) & ~end
    countable = int((~end).sum())
    return (float(flat.sum()) / countable if countable else 0.0), flat
