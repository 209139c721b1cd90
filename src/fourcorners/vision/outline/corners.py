"""Whether each corner of a document can be seen whole: not covered, not cut off, folded or punched."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["corners_whole"]

SIDE_PX = 56
AROUND, WITHIN = 0.07, 0.28
"""What a patch shows, as in training: shares of the document's short side beyond the corner, and inside."""


def corners_whole(levels: Sequence[Pixels], quad: Quad) -> tuple[float, float, float, float]:
    """For each corner of `quad`, clockwise in photo px, how likely it can be seen whole; `levels` halve in size.

    What lies outside the photo counts as what its edge shows: judge only corners that are inside.
    """
    (whole,) = onnx_session("outline_corners").run(
        None, {"patch": np.stack([_patch(levels, quad, i) for i in range(4)])}
    )
    a, b, c, d = (float(p) for p in whole)
    return a, b, c, d


def _patch(levels: Sequence[Pixels], quad: Quad, corner: int) -> Pixels:
    """The corner (56, 56, 3), its two sides to the right and down."""
    here = np.roll(quad, -corner, axis=0)
    lengths = np.linalg.norm(here - np.roll(here, -1, axis=0), axis=1)
    wide, high = (lengths[0] + lengths[2]) / 2, (lengths[1] + lengths[3]) / 2
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]])
    fine = 2 * SIDE_PX  # drawn at twice the size, then halved
    step = (AROUND + WITHIN) * min(wide, high) / fine
    offsets = (np.arange(fine) + 0.5) * step - AROUND * min(wide, high)
    grid = np.stack(np.meshgrid(offsets, offsets), axis=-1).reshape(-1, 2)
    level = min(max(0, int(np.ceil(np.log2(max(step, 1e-6))))), len(levels) - 1)
    at = ((apply_homography(homography(flat, here), grid) + 0.5) / 2**level - 0.5).astype(np.float32)
    x, y = _grid(at[:, 0], fine), _grid(at[:, 1], fine)
    large = cv2.remap(levels[level], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(large, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _grid(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    return values.reshape(side, side)
