"""LuminanceMean, LuminanceVariance, DynamicRange, UnderExposurePrevention, OverExposurePrevention of the face.

ISO/IEC 29794-5, 7.3.4 to 7.3.7, from the histogram of linear luminance inside the outline of the face.
"""

from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid, sigmoid_curve
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

LEVELS = np.arange(256) / 255
DARK_MAX, BRIGHT_MIN = 25, 247
"""Levels that the standard calls under- and over-exposed."""


def _histogram(frame: SelfieFrame) -> NDArray[np.float64] | None:
    """Shares (256,) of the face's pixels by luminance."""
    if frame.view is None:
        return None
    face = frame.view.luminance[frame.view.area(OVAL)]
    return np.bincount(face, minlength=256) / face.size if face.size else None


def _mean(frame: SelfieFrame) -> float | None:
    shares = _histogram(frame)
    return None if shares is None else float(shares @ LEVELS)


def _variance(frame: SelfieFrame) -> float | None:
    shares = _histogram(frame)
    return None if shares is None else float(shares @ (LEVELS - shares @ LEVELS) ** 2)


def _entropy(frame: SelfieFrame) -> float | None:
    shares = _histogram(frame)
    return None if shares is None else float(-(shares[shares > 0] * np.log2(shares[shares > 0])).sum())


def _dark(frame: SelfieFrame) -> float | None:
    shares = _histogram(frame)
    return None if shares is None else float(shares[: DARK_MAX + 1].sum())


def _bright(frame: SelfieFrame) -> float | None:
    shares = _histogram(frame)
    return None if shares is None else float(shares[BRIGHT_MIN:].sum())


MEASURES = (
    Measure("LuminanceMean", "share", _mean, lambda raw: 100 * sigmoid(raw, 0.2, 0.05) * (1 - sigmoid(raw, 0.8, 0.05))),
    Measure("LuminanceVariance", "share", _variance, lambda raw: 100 * sin(pi * 60 * raw / (60 * raw + 1))),
    Measure("DynamicRange", "bits", _entropy, lambda raw: 12.5 * raw),
    Measure("UnderExposurePrevention", "share", _dark, sigmoid_curve("UnderExposurePrevention")),
    Measure("OverExposurePrevention", "share", _bright, lambda raw: 1 / (raw + 0.01)),
)
