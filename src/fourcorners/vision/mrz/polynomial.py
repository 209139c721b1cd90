"""Polynomials as arrays of coefficients, lowest power first."""

from typing import TypeAlias

import numpy as np
from numpy.polynomial import polynomial
from numpy.typing import NDArray

__all__ = ["Coefficients", "added", "fit", "robust_fit", "scaled", "value"]

Coefficients: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.float64]


def value(coefficients: Coefficients, x: Numbers) -> Numbers:
    """The polynomial at each x."""
    return np.asarray(polynomial.polyval(x, coefficients), dtype=np.float64)


def added(a: Coefficients, b: Coefficients) -> Coefficients:
    """The sum of two polynomials."""
    return np.asarray(polynomial.polyadd(a, b), dtype=np.float64)


def fit(x: Numbers, y: Numbers, degree: int, weights: Numbers) -> Coefficients:
    """Weighted least squares."""
    return np.asarray(polynomial.polyfit(x, y, degree, w=weights), dtype=np.float64)


def robust_fit(x: Numbers, y: Numbers, degree: int, weights: Numbers, tolerance: float) -> Coefficients:
    """Weighted least squares without what lies further off than `tolerance`, as long as enough is left."""
    fitted = fit(x, y, degree, weights)
    for _ in range(2):
        close = np.abs(y - value(fitted, x)) < tolerance
        if close.sum() <= degree + 3:
            return fitted
        fitted = fit(x[close], y[close], degree, weights[close])
    return fitted


def scaled(coefficients: Coefficients, k: float) -> Coefficients:
    """The polynomial when its argument and its value are both counted in units k times as small."""
    powers = np.arange(len(coefficients), dtype=np.float64)
    return np.asarray(coefficients * k ** (1.0 - powers), dtype=np.float64)
