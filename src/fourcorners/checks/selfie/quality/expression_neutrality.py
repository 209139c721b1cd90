"""ExpressionNeutrality (ISO/IEC 29794-5, 7.4.12), by the shape of the mouth instead of the standard's networks."""

import numpy as np

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.kit.data import load_toml
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _departure(frame: SelfieFrame) -> float | None:
    """How far the mouth is from rest: 0 at rest, 1 at a clear smile or an open mouth.

    A smile draws the corners apart and up; `neutral.toml` says by how much. Brows and cheeks are not looked at.
    """
    if frame.mesh is None:
        return None
    points = frame.mesh.points[:, :2]
    rest = load_toml("fourcorners.checks.selfie.quality", "neutral.toml")
    right, left, upper = points[61], points[291], points[[13, 14]].mean(axis=0)
    eyes = max(frame.mesh.inter_eye_px, 1e-6)
    width = float(np.hypot(*(left - right))) / eyes
    down = points[152] - frame.mesh.eye_centres.mean(axis=0)
    down = down / max(float(np.hypot(*down)), 1e-6)
    lift = float((upper - (right + left) / 2) @ down) / eyes
    wide = (width - rest["width"]) / rest["width_at_smile"]
    raised = (lift - rest["lift"]) / rest["lift_at_smile"]
    open_ = frame.mesh.mouth_openness / float(rest["openness_at_speech"])
    return max(0.0, float(wide), float(raised), open_)


MEASURES = (Measure("ExpressionNeutrality", "departure", _departure, sigmoid_curve("ExpressionNeutrality")),)
