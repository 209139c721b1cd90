"""Where the document lies in a photo."""

import cv2
import numpy as np

from fourcorners.vision.outline.outline import Outline
from fourcorners.vision.outline.segments import quad_from_segments
from fourcorners.vision.picture import Pixels

__all__ = ["Outline", "find_outline"]

SMALL_SIDE_PX = 512


def find_outline(pixels: Pixels) -> Outline | None:
    """The outline of the document in an RGB photo (h, w, 3), or None when no document's edges are in sight.

    None is also the answer for a flat scan that fills the picture from edge to edge.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, SMALL_SIDE_PX / max(height, width))
    small = cv2.resize(pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    found = quad_from_segments(np.asarray(small, dtype=np.uint8))
    if found is None:
        return None
    quad = (found[0] + 0.5) * np.array([width / small.shape[1], height / small.shape[0]]) - 0.5
    inside = ((quad >= 0) & (quad <= np.array([width - 1, height - 1]))).all(axis=1)
    a, b, c, d = (bool(v) for v in inside)
    return Outline(quad, found[1], (a, b, c, d), 0)
