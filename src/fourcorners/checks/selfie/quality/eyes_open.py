"""EyesOpen: gap between the lids of the more closed eye, by eyes to chin (ISO/IEC 29794-5, 7.4.3)."""

from fourcorners.checks.selfie.quality.measure import Measure, distance_to_chin, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _gap(frame: SelfieFrame) -> float | None:
    chin = distance_to_chin(frame)
    if frame.mesh is None or chin is None:
        return None
    return min(frame.mesh.right_eye.gap_px, frame.mesh.left_eye.gap_px) / chin


MEASURES = (Measure("EyesOpen", "ratio", _gap, sigmoid_curve("EyesOpen")),)
