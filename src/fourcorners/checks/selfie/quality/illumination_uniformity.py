"""IlluminationUniformity: do both cheeks take the same light (ISO/IEC 29794-5, 7.3.3)?"""

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.selfie.quality.cheeks import cheek_squares
from fourcorners.checks.selfie.quality.measure import Measure
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _overlap(frame: SelfieFrame) -> float | None:
    """Intersection of the two cheeks' histograms of luminance, 0..1."""
    if frame.view is None:
        return None
    squares = [frame.view.luminance[rows, columns] for rows, columns in cheek_squares(frame.view)]
    if min(square.size for square in squares) == 0:
        return None
    right, left = (_shares(square) for square in squares)
    return float(np.minimum(right, left).sum())


def _shares(square: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.bincount(square.ravel(), minlength=256) / square.size


MEASURES = (Measure("IlluminationUniformity", "share", _overlap, lambda raw: 100 * raw**0.3),)
