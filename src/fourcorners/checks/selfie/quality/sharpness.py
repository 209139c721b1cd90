"""Sharpness of the face (ISO/IEC 29794-5, 7.3.8), by our own measure of detail instead of the standard's forest."""

from math import log

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.vision.faces.detail import fine_detail
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _detail(frame: SelfieFrame) -> float | None:
    return None if frame.view is None else fine_detail(frame.view)


MEASURES = (Measure("Sharpness", "ratio", _detail, lambda raw: sigmoid_curve("Sharpness")(log(max(raw, 1e-6)))),)
