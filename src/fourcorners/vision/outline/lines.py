"""Straight lines through marks, and where four of them cross."""

import math

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad
from fourcorners.kit.quantiles import median

__all__ = ["crossings", "line_through"]

TURN_MAX_DEG, TURN_STEP_DEG = 14.0, 1.0
BIN_CELLS = 0.5
SAME_WAY = 0.94
"""Cosine of the largest angle between a mark's own normal and a line that it supports."""
ROUNDS = 6
SCALE_MIN_CELLS = 0.15


def line_through(points: Points, normals: Points, weights: NDArray[np.float64], about: Points) -> NDArray[np.float64]:
    """The line (n, m, c), n x + m y = c, that most marks (k, 2) lie on, its normal nearly `about` (2,).

    A vote finds the strongest of several parallel edges; least squares with Tukey's biweight then settles on it alone.
    """
    normal, offset = _most_voted(points, normals, weights, about)
    robust = weights * np.maximum(1 - ((points @ normal - offset) / 2) ** 2, 0) ** 2
    for _ in range(ROUNDS):
        total = float(robust.sum()) + 1e-9
        middle = robust @ points / total
        away = points - middle
        across, spread = _narrow_way((away * robust[:, None]).T @ away / total)
        across = across * np.sign(across @ normal + 1e-12)
        if spread < 2.0 or across @ normal < 0.9:
            across = normal
        residual = away @ across
        near = abs(residual) < 2
        scale = max(SCALE_MIN_CELLS, 1.4826 * median(abs(residual[near])) if near.any() else 0.0)
        robust = weights * np.maximum(1 - (residual / min(4.7 * scale, 2.0)) ** 2, 0) ** 2
    return np.array([*across, across @ middle])


def _narrow_way(spread: NDArray[np.float64]) -> tuple[Points, float]:
    """The direction (2,) in which marks with these variances (2, 2) spread least, and their variance the other way.

    As `np.linalg.eigh`, which takes five times as long for two by two.
    """
    (a, b), (_, c) = spread.tolist()
    angle = math.atan2(2 * b, a - c) / 2
    return np.array([-math.sin(angle), math.cos(angle)]), (a + c) / 2 + math.hypot((a - c) / 2, b)


def _most_voted(points: Points, normals: Points, weights: NDArray[np.float64], about: Points) -> tuple[Points, float]:
    turns = np.radians(np.arange(-TURN_MAX_DEG, TURN_MAX_DEG + TURN_STEP_DEG, TURN_STEP_DEG))
    cos, sin = np.cos(turns), np.sin(turns)
    ways = np.column_stack([about[0] * cos - about[1] * sin, about[0] * sin + about[1] * cos])
    offsets = points @ ways.T / BIN_CELLS
    low = np.floor(offsets.min()) - 1
    bins = np.floor(offsets - low).astype(int)
    count = int(bins.max()) + 3
    share = offsets - low - bins
    agree = weights[:, None] * (normals @ ways.T > SAME_WAY)
    cells = (bins + count * np.arange(len(ways))).ravel()
    near = np.bincount(cells, (agree * (1 - share)).ravel(), len(ways) * count)
    next_to = np.bincount(cells + 1, (agree * share).ravel(), len(ways) * count)
    votes = np.asarray(near + next_to, dtype=np.float64).reshape(len(ways), count)
    votes[:, 1:-1] += 0.5 * (votes[:, :-2] + votes[:, 2:])
    way, place = np.unravel_index(int(np.argmax(votes)), votes.shape)
    return ways[way], float((place + low) * BIN_CELLS)


def crossings(lines: NDArray[np.float64]) -> Quad | None:
    """Corners of four lines (4, 3), n x + m y = c, corner i between lines i-1 and i; None if two are parallel."""
    before = np.roll(lines, 1, axis=0)
    determinant = before[:, 0] * lines[:, 1] - before[:, 1] * lines[:, 0]
    if (abs(determinant) < 1e-3).any():
        return None
    x = (before[:, 2] * lines[:, 1] - lines[:, 2] * before[:, 1]) / determinant
    y = (before[:, 0] * lines[:, 2] - lines[:, 0] * before[:, 2]) / determinant
    return np.column_stack([x, y])
