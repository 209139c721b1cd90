"""Room on the four sides of the face (ISO/IEC 29794-5, 7.4.10).

Sideways in distances between the eyes, up and down in distances from the eyes to the chin.
"""

from fourcorners.checks.selfie.quality.measure import Measure, distance_to_chin, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _left(frame: SelfieFrame) -> float | None:
    """From the person's right eye to the left edge of the picture."""
    if frame.mesh is None:
        return None
    return float(frame.mesh.eye_centres[0, 0]) / max(frame.mesh.inter_eye_px, 1e-6)


def _right(frame: SelfieFrame) -> float | None:
    if frame.mesh is None:
        return None
    return (frame.picture.width - float(frame.mesh.eye_centres[1, 0])) / max(frame.mesh.inter_eye_px, 1e-6)


def _above(frame: SelfieFrame) -> float | None:
    chin = distance_to_chin(frame)
    return None if frame.mesh is None or chin is None else float(frame.mesh.eye_centres[:, 1].mean()) / chin


def _below(frame: SelfieFrame) -> float | None:
    chin = distance_to_chin(frame)
    if frame.mesh is None or chin is None:
        return None
    return (frame.picture.height - float(frame.mesh.eye_centres[:, 1].mean())) / chin


MEASURES = (
    Measure("LeftwardCropOfTheFaceImage", "ratio", _left, sigmoid_curve("LeftwardCropOfTheFaceImage")),
    Measure("RightwardCropOfTheFaceImage", "ratio", _right, sigmoid_curve("RightwardCropOfTheFaceImage")),
    Measure("MarginAboveOfTheFaceImage", "ratio", _above, sigmoid_curve("MarginAboveOfTheFaceImage")),
    Measure("MarginBelowOfTheFaceImage", "ratio", _below, sigmoid_curve("MarginBelowOfTheFaceImage")),
)
