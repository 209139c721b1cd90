"""BlazeFace: boxes and six points from one small square picture (Bazarevsky et al. 2019).

Two networks of Apache-2.0 MediaPipe: `near` (128 px) for faces that fill much of the square, `far` (192 px) for small
ones. Both answer on a fixed grid of anchors; box and points are offsets from the anchor's centre in network pixels.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.networks.litert import run_litert

__all__ = ["FAR", "NEAR", "Detector", "detect"]

POINTS = 6


@dataclass(frozen=True, slots=True)
class Detector:
    """One network: its card, input side in pixels, and its anchors as (grid cell in pixels, anchors a cell)."""

    card: str
    side: int
    grids: tuple[tuple[int, int], ...]
    score_min: float


NEAR = Detector("face_detection_near", 128, ((8, 2), (16, 6)), 0.5)
FAR = Detector("face_detection_far", 192, ((4, 1),), 0.5)


def detect(
    detector: Detector, square: NDArray[np.uint8], score_min: float | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores (n,) and rows (n, 16) `left top right bottom x0 y0 .. x5 y5` in pixels of `square` (side, side, 3)."""
    regressors, logits = run_litert(detector.card, square[None].astype(np.float32) / 127.5 - 1.0)
    scores = 1 / (1 + np.exp(-np.clip(logits[0, :, 0].astype(np.float64), -80, 80)))
    keep = scores >= (detector.score_min if score_min is None else score_min)
    raw = regressors[0, keep].astype(np.float64)
    anchors = _anchors(detector)[keep]
    centre, half = raw[:, :2] + anchors, raw[:, 2:4] / 2
    points = raw[:, 4 : 4 + 2 * POINTS] + np.tile(anchors, POINTS)
    # the networks count from the picture's edge, we from the first pixel's centre
    return scores[keep], np.hstack([centre - half, centre + half, points]) - 0.5


@cache
def _anchors(detector: Detector) -> NDArray[np.float64]:
    centres = []
    for cell, per_cell in detector.grids:
        axis = (np.arange(detector.side // cell) + 0.5) * cell
        grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        centres.append(np.repeat(grid, per_cell, axis=0))
    return np.concatenate(centres)
