"""MouthClosed: gap between the lips, by eyes to chin (ISO/IEC 29794-5, 7.4.4)."""

import numpy as np

from fourcorners.checks.selfie.quality.measure import Measure, distance_to_chin, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

UPPER, LOWER = (81, 13, 311), (178, 14, 402)
"""Mesh points on the inner edges of the lips."""


def _gap(frame: SelfieFrame) -> float | None:
    chin = distance_to_chin(frame)
    if frame.mesh is None or chin is None:
        return None
    gaps = np.linalg.norm(frame.mesh.points[list(UPPER), :2] - frame.mesh.points[list(LOWER), :2], axis=1)
    return float(gaps.max()) / chin


MEASURES = (Measure("MouthClosed", "ratio", _gap, sigmoid_curve("MouthClosed")),)
