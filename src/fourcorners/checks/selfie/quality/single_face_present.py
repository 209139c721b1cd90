"""SingleFacePresent: how large the second face is beside the first (ISO/IEC 29794-5, 7.4.2)."""

from fourcorners.checks.selfie.quality.measure import Measure
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _second_by_first(frame: SelfieFrame) -> float | None:
    """Area of the second largest face by that of the largest; 0 when there is no second."""
    if not frame.faces:
        return None
    areas = [f.width * f.height for f in frame.faces]
    return areas[1] / areas[0] if len(areas) > 1 else 0.0


MEASURES = (Measure("SingleFacePresent", "ratio", _second_by_first, lambda raw: 100 * (1 - raw)),)
