"""InterEyeDistance: pixels between the eyes, as if the head were not turned (ISO/IEC 29794-5, 7.4.8)."""

from math import cos, radians

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

YAW_MAX_DEG = 80.0
"""A profile says nothing about the distance; the correction stops here."""


def _pixels(frame: SelfieFrame) -> float | None:
    if frame.mesh is None:
        return None
    return frame.mesh.inter_eye_px / cos(radians(min(abs(frame.mesh.pose.yaw), YAW_MAX_DEG)))


MEASURES = (Measure("InterEyeDistance", "px", _pixels, sigmoid_curve("InterEyeDistance")),)
