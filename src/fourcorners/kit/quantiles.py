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
    return float(quantiles(values.reshape(1, -1), share)[0])


def quantiles(rows: NDArray[Any], share: float) -> NDArray[Any]:
    """The same of each row of `rows` (n, m)."""
    last = rows.shape[1] - 1
    place = last * share
    low = int(place)
    high = min(low + 1, last)
    ordered = np.partition(rows, (low, high), axis=1)
    kind = rows.dtype.type if rows.dtype.kind == "f" else np.float64
    a, b, part = kind(ordered[:, low]), kind(ordered[:, high]), place - low
    return np.asarray(a + (b - a) * kind(part) if part < 0.5 else b - (b - a) * kind(1 - part))
