"""CompressionArtifacts (ISO/IEC 29794-5, 7.3.9), by the steps at JPEG's block edges instead of a network."""

import cv2
import numpy as np

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

BLOCK_PX = 8
SIDE_MIN_PX = 48
SIDE_MAX_PX = 512


def _steps(frame: SelfieFrame) -> float | None:
    """Mean step across the edges of the blocks of 8 px over that beside them, in the middle of the face; 1 is none.

    Blocks show in the picture as its camera compressed it: one that was resized afterwards hides them.
    """
    if frame.mesh is None:
        return None
    pixels = frame.picture.pixels
    low = np.clip(frame.mesh.box[0], 0, None).astype(int) // BLOCK_PX * BLOCK_PX
    side = np.minimum(frame.mesh.box[1] - low, SIDE_MAX_PX).astype(int) // BLOCK_PX * BLOCK_PX
    part = pixels[low[1] : low[1] + max(side[1], 0), low[0] : low[0] + max(side[0], 0)]
    if min(part.shape[:2]) < SIDE_MIN_PX:
        return None
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY).astype(np.float32)
    across, down = np.abs(np.diff(grey, axis=1)).mean(axis=0), np.abs(np.diff(grey, axis=0)).mean(axis=1)
    edges = [step[BLOCK_PX - 1 :: BLOCK_PX].mean() for step in (across, down)]
    beside = [(step[BLOCK_PX - 3 :: BLOCK_PX].mean() + step[BLOCK_PX + 1 :: BLOCK_PX].mean()) / 2
              for step in (across, down)]  # fmt: skip
    return float((sum(edges) + 0.5) / (sum(beside) + 0.5))


MEASURES = (Measure("CompressionArtifacts", "ratio", _steps, sigmoid_curve("CompressionArtifacts")),)
