"""The grain of a stream: what changes from frame to frame though nothing moves. A camera never makes the same twice."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.picture import Pixels

__all__ = ["GRAIN_SIDE", "grain_between"]

GRAIN_SIDE = 32
"""Points along each side of the frame."""


def grain_between(before: Pixels, now: Pixels) -> NDArray[np.float16] | None:
    """Levels by which points of RGB `now` differ from `before` (both h, w, 3), as (GRAIN_SIDE squared,).

    Without what a shift, turn, or change of size of the whole picture explains (least squares on its slopes): hands
    tremble in time, and would look like a piece that comes again. None for frames of two sizes.
    """
    if before.shape != now.shape:
        return None
    rows, columns = (_points(n) for n in now.shape[:2])
    then, here = (_green(p, rows, columns) for p in (before, now))
    across, down = (
        (_green(now, rows + dy, columns + dx) - _green(now, rows - dy, columns - dx)) / 2 for dx, dy in ((1, 0), (0, 1))
    )
    y, x = np.meshgrid(np.linspace(-1, 1, GRAIN_SIDE), np.linspace(-1, 1, GRAIN_SIDE), indexing="ij")
    aside, along = x.ravel(), y.ravel()
    slopes = [across, down, aside * across, along * across, aside * down, along * down]
    moves = np.stack([np.ones_like(across), *slopes], axis=1)
    change = here - then
    weights = np.linalg.lstsq(moves.T @ moves + 1e-3 * np.eye(moves.shape[1]), moves.T @ change, rcond=None)[0]
    return np.asarray(change - moves @ weights, dtype=np.float16)


def _points(length: int) -> NDArray[np.int_]:
    return np.linspace(2, length - 3, GRAIN_SIDE).astype(int)


def _green(pixels: Pixels, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> NDArray[np.float64]:
    """Green has most of the light, and the least of what compression takes away."""
    return pixels[np.ix_(rows, columns)][..., 1].astype(np.float64).ravel()
