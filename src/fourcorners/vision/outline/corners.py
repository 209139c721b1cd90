"""Whether each corner of a document can be seen whole: not covered, not cut off, folded or punched."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.outline.holes import is_punched
from fourcorners.vision.picture import Pixels

__all__ = ["corners_whole"]

JUDGES = (("outline_corners", 56), ("outline_corner_fates", 72))
"""Two networks and the width of the patches they see, in px: each is unsure where the other is not. On photos of the
tuning templates the mean of their log odds tells 47 of 48 covered corners and 50 of 56 that were punched or cut off
from all but 2 % of the others; the first alone 42 and 33, the second 43 and 50."""
CHANCE_MIN = 1e-6
HOLE_LOG_ODDS = 5.0
"""By how much a hole that is seen lowers the log odds: less than it tells (47 of 71, and 0 of 3,484 others)."""
AROUND, WITHIN = 0.07, 0.28
"""What a patch shows, as in training: shares of the document's short side beyond the corner, and inside."""


def corners_whole(levels: Sequence[Pixels], quad: Quad) -> tuple[float, float, float, float]:
    """For each corner of `quad`, clockwise in photo px, how likely it can be seen whole; `levels` halve in size.

    What lies outside the photo counts as what its edge shows: judge only corners that are inside.
    """
    odds = np.zeros(4)
    for name, side in JUDGES:
        patches = [_patch(levels, quad, i, side) for i in range(4)]
        (whole,) = onnx_session(name).run(None, {"patch": np.stack(patches)})
        chance = np.clip(np.asarray(whole, dtype=np.float64), CHANCE_MIN, 1 - CHANCE_MIN)
        odds += np.log(chance / (1 - chance)) / len(JUDGES)
    odds -= HOLE_LOG_ODDS * np.array([is_punched(patch, AROUND / (AROUND + WITHIN)) for patch in patches])
    a, b, c, d = (float(p) for p in 1 / (1 + np.exp(-odds)))
    return a, b, c, d


def _patch(levels: Sequence[Pixels], quad: Quad, corner: int, side: int) -> Pixels:
    """The corner (side, side, 3), its two sides to the right and down."""
    here = np.roll(quad, -corner, axis=0)
    lengths = np.linalg.norm(here - np.roll(here, -1, axis=0), axis=1)
    wide, high = (lengths[0] + lengths[2]) / 2, (lengths[1] + lengths[3]) / 2
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]])
    fine = 2 * side  # drawn at twice the size, then halved
    step = (AROUND + WITHIN) * min(wide, high) / fine
    offsets = (np.arange(fine) + 0.5) * step - AROUND * min(wide, high)
    level = min(max(0, int(np.ceil(np.log2(max(step, 1e-6))))), len(levels) - 1)
    x, y = ((at + 0.5) / 2**level - 0.5 for at in _spread(homography(flat, here), offsets))
    large = cv2.remap(levels[level], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _spread(matrix: NDArray[np.float64], offsets: NDArray[np.float64]) -> NDArray[np.float32]:
    """x and y (2, n, n) to which a 3x3 matrix carries the grid of n `offsets` across and down."""
    along, down = matrix[:, 0, None] * offsets, matrix[:, 1, None] * offsets + matrix[:, 2, None]
    planes = along[:, None, :] + down[:, :, None]
    return np.asarray(planes[:2] / planes[2], dtype=np.float32)
