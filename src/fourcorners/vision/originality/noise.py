"""How noisy a part of a picture is: what was pasted in seldom has the noise of the rest."""

import cv2
import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels

__all__ = ["noise_level"]

KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
"""Blind to constant and linear structure (Immerkaer 1996); its response to unit noise has standard deviation 6."""

SIDE_PX = 160
"""Patches are looked at pixel by pixel, never scaled: at most this many from the middle of each part."""

BLOCK_PX = 8
QUIET_SHARE = 0.3
"""Only the quietest blocks tell noise from structure."""

DARK, BRIGHT = 30, 235
"""Blocks outside are clipped: no noise is left there."""

BLOCKS_MIN = 6


def noise_level(pixels: Pixels, quad: Quad) -> float | None:
    """Standard deviation of noise in grey levels inside `quad` of RGB `pixels`; None where too little can be seen."""
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    height, width = pixels.shape[:2]
    left, top, right, bottom = max(0, left), max(0, top), min(width, right), min(height, bottom)
    if right - left < 3 * BLOCK_PX or bottom - top < 3 * BLOCK_PX:
        return None
    x, y = max(left, (left + right - SIDE_PX) // 2), max(top, (top + bottom - SIDE_PX) // 2)
    patch = pixels[y : min(bottom, y + SIDE_PX), x : min(right, x + SIDE_PX)]
    grey = cv2.cvtColor(np.ascontiguousarray(patch), cv2.COLOR_RGB2GRAY).astype(np.float32)
    response = np.abs(cv2.filter2D(grey, cv2.CV_32F, KERNEL))
    rows, columns = grey.shape[0] // BLOCK_PX, grey.shape[1] // BLOCK_PX
    tiles = [
        a[: rows * BLOCK_PX, : columns * BLOCK_PX].reshape(rows, BLOCK_PX, columns, BLOCK_PX) for a in (grey, response)
    ]
    brightness, strength = (t.mean(axis=(1, 3)) for t in tiles)
    usable = np.sort(strength[(brightness > DARK) & (brightness < BRIGHT)])
    if usable.size < BLOCKS_MIN:
        return None
    quiet = usable[: max(BLOCKS_MIN, round(QUIET_SHARE * usable.size))]
    return float(quiet.mean() * np.sqrt(np.pi / 2) / 6)
