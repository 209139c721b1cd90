"""NaturalColour: how far the cheeks are from the colours of skin (ISO/IEC 29794-5, 7.3.10)."""

import numpy as np

from fourcorners.checks.selfie.quality.cheeks import cheek_squares
from fourcorners.checks.selfie.quality.measure import Measure, sigmoid_curve
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]

NATURAL_A, NATURAL_B = (5.0, 25.0), (5.0, 35.0)
"""Ranges of a* and b* that the standard takes for skin."""


def _distance(frame: SelfieFrame) -> float | None:
    if frame.view is None:
        return None
    parts = [frame.view.lab[rows, columns].reshape(-1, 3) for rows, columns in cheek_squares(frame.view)]
    cheeks = np.concatenate(parts)
    if not len(cheeks):
        return None
    means = cheeks[:, 1:].mean(axis=0)
    low, high = np.transpose([NATURAL_A, NATURAL_B])
    return float(np.linalg.norm(np.maximum(0, np.maximum(low - means, means - high))))


MEASURES = (Measure("NaturalColour", "CIELAB", _distance, sigmoid_curve("NaturalColour")),)
