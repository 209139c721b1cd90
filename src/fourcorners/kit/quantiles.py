"""Medians and quantiles of a few hundred values, to NumPy's own digit in a tenth of its time.

`np.median` and `np.quantile` spend some 40 microseconds on being asked; a photo's checks ask some two hundred times.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["median", "quantile", "quantiles"]


def median(values: NDArray[Any]) -> float:
    """The middle one of `values` (any shape, none of them NaN), or the mean of the two in the middle."""
    flat = values.ravel()
    if not len(flat):
        return float("nan")
    middle = len(flat) // 2
    if len(flat) % 2:
        return float(np.partition(flat, middle)[middle])
    low, high = np.partition(flat, (middle - 1, middle))[middle - 1 : middle + 1]
    kind = flat.dtype.type if flat.dtype.kind == "f" else np.float64
    return float((kind(low) + kind(high)) / kind(2))


def quantile(values: NDArray[Any], share: float) -> float:
    """The value that `share` (0..1) of `values` (any shape, none of them NaN) lie below; between two, a straight line.

    Raises IndexError when there are none.
    """
    flat = values.ravel()
    low, high, part = _place(len(flat), share)
    ordered = np.partition(flat, (low, high))
    return float(_between(ordered[low], ordered[high], part))


def quantiles(rows: NDArray[Any], share: float) -> NDArray[Any]:
    """The same of each row of `rows` (n, m)."""
    low, high, part = _place(rows.shape[1], share)
    ordered = np.partition(rows, (low, high), axis=1)
    return np.asarray(_between(ordered[:, low], ordered[:, high], part))


def _place(count: int, share: float) -> tuple[int, int, float]:
    place = (count - 1) * share
    low = int(place)
    return low, min(low + 1, count - 1), place - low


def _between(a: Any, b: Any, part: float) -> Any:  # noqa: ANN401 - a number, or an array of them
    kind = a.dtype.type if a.dtype.kind == "f" else np.float64
    a, b = kind(a), kind(b)
    return a + (b - a) * kind(part) if part < 0.5 else b - (b - a) * kind(1 - part)
