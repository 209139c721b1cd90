"""HeadSize: from the eyes to the chin, by the picture's height (ISO/IEC 29794-5, 7.4.9)."""

from fourcorners.checks.selfie.quality.measure import Measure, distance_to_chin, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

BEST = 0.45
"""The standard scores the distance from this share; it speaks of portraits for documents, cut close."""


def _share(frame: SelfieFrame) -> float | None:
    chin = distance_to_chin(frame)
    return None if chin is None else chin / frame.picture.height


MEASURES = (Measure("HeadSize", "share", _share, lambda raw: sigmoid_curve("HeadSize")(abs(raw - BEST))),)
