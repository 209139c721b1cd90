"""What camera and codec left in a window of a photo, as numbers that hardly depend on what it shows.

The window's 8 x 8 blocks are taken to frequencies (the DCT of JPEG), once on the lattice of the file's own blocks and
once half-way between. Of the quieter half of the blocks the mean size of each frequency is kept, as a logarithm: how
strong the noise is and of what grain, where sharpening lifted it, where resampling softened it, which frequencies
compression has taken, once or twice, and whether colour was smoothed.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.picture import Pixels

__all__ = ["BLOCK_PX", "TRACES", "WINDOW_PX", "Traces", "window_traces"]

Traces = NDArray[np.float32]
"""Of n windows, (n, TRACES)."""

WINDOW_PX, BLOCK_PX = 64, 8
QUIET_SHARE = 0.5
"""Share of the blocks, those of least contrast, that count: edges and print say more of contents than of traces."""
FLOOR = 0.05
"""Grey levels added before logarithms: compression leaves exact zeros."""
COLOUR_KEPT = 4
"""Of the frequencies of colour the lower 4 x 4: coders store it at half the resolution."""

TRACES = 2 * 63 + 2 * (COLOUR_KEPT**2 - 1)


def window_traces(windows: Pixels) -> Traces:
    """Traces (n, TRACES) of windows (n, 64, 64, 3) RGB that were cut on the lattice of JPEG's blocks."""
    colours = np.stack([cv2.cvtColor(window, cv2.COLOR_RGB2YCrCb) for window in windows]).astype(np.float32)
    luma = colours[..., 0]
    on_lattice, quiet = _typical(luma, None)
    between, _ = _typical(luma[:, 4:-4, 4:-4], None)
    red, _ = _typical(colours[..., 1], quiet)
    blue, _ = _typical(colours[..., 2], quiet)
    low = np.s_[:, :COLOUR_KEPT, :COLOUR_KEPT]
    parts = [on_lattice.reshape(-1, 64)[:, 1:], between.reshape(-1, 64)[:, 1:]]
    parts += [plane[low].reshape(-1, COLOUR_KEPT**2)[:, 1:] for plane in (red, blue)]
    return np.hstack(parts).astype(np.float32)


def _typical(
    planes: NDArray[np.float32], quiet: NDArray[np.int64] | None
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Logarithm of the mean size of each frequency (n, 8, 8) over the quieter blocks, and which (n, m) these are."""
    n, height, width = planes.shape
    blocks = planes.reshape(n, height // BLOCK_PX, BLOCK_PX, width // BLOCK_PX, BLOCK_PX).transpose(0, 1, 3, 2, 4)
    blocks = blocks.reshape(n, -1, BLOCK_PX, BLOCK_PX)
    size = np.abs(_DCT @ blocks @ _DCT.T)
    if quiet is None:
        contrast = size.reshape(n, size.shape[1], -1)[..., 1:].sum(axis=2)
        kept = max(1, int(QUIET_SHARE * size.shape[1]))
        quiet = np.asarray(np.argpartition(contrast, kept - 1, axis=1)[:, :kept], dtype=np.int64)
    chosen = np.take_along_axis(size, quiet[:, :, None, None], axis=1)
    return np.log(chosen.mean(axis=1) + FLOOR), quiet


def _cosines() -> NDArray[np.float32]:
    k, x = np.mgrid[:BLOCK_PX, :BLOCK_PX]
    basis = np.cos((2 * x + 1) * k * np.pi / (2 * BLOCK_PX)) * np.sqrt(2 / BLOCK_PX)
    basis[0] /= np.sqrt(2)
    return np.asarray(basis, dtype=np.float32)


_DCT = _cosines()
