"""The form in which a line of text reaches the reading network: a low, long grey strip with its light made even."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["GLYPH_PX", "PITCH_PX", "STRIDE_PX", "STRIP_PX", "Strip", "even_light", "grey"]

Strip: TypeAlias = NDArray[np.float32]

STRIP_PX = 32
"""Height of a strip."""
GLYPH_PX = 18.0
"""Height of a capital in it, in the middle: there is room for a crop that is a quarter off."""
PITCH_PX = 20.0
"""Distance of two characters in it, once that is known."""
STRIDE_PX = 4
"""Width of one of the network's columns."""

_WINDOW = (61, 61)
_NOISE = 3.0  # grey levels: below this contrast there is nothing to read, and nothing to amplify


def grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luminance (h, w) of RGB pixels (h, w, 3)."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def even_light(image: NDArray[np.uint8] | NDArray[np.float32]) -> Strip:
    """Grey levels as deviations from the local mean in units of the local contrast: shadows and low contrast vanish."""
    levels = image.astype(np.float32)
    levels -= cv2.blur(levels, _WINDOW, borderType=cv2.BORDER_REFLECT_101)
    spread = cv2.blur(levels * levels, _WINDOW, borderType=cv2.BORDER_REFLECT_101)
    levels /= np.sqrt(np.maximum(spread, 0)) + _NOISE  # a running sum may end a little below zero
    return np.clip(levels, -4, 4, out=levels)
