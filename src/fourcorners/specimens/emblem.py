"""The emblems of countries that do not exist."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.canvas import Canvas, Colour

__all__ = ["draw_emblem"]


def draw_emblem(
    canvas: Canvas, shape: str, centre: tuple[float, float], radius: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Draw the "sun", "star", "tower" or "wheel" of a state within a circle (mm)."""
    pen = max(0.12, radius * 0.06)
    middle = np.array(centre)
    ring = _circle(60)
    if shape == "sun":
        canvas.fill(middle + radius * 0.42 * ring, colour, opacity)
        rays = [np.array([d * 0.55, d * (1.0 if i % 2 else 0.82)]) for i, d in enumerate(_circle(25))]
        canvas.lines([middle + radius * ray for ray in rays], colour, pen * 1.5, opacity)
    elif shape == "star":
        canvas.fill(middle + radius * 0.72 * _star(5, 0.4), colour, opacity)
        canvas.lines([middle + radius * ring, middle + radius * 0.88 * ring], colour, pen, opacity)
    elif shape == "tower":
        canvas.fill(middle + radius * TOWER, colour, opacity)
        canvas.lines([middle + radius * SHIELD], colour, pen * 1.6, opacity)
    else:
        spokes = [np.array([d * 0.2, d * 0.86]) for d in _circle(17)]
        canvas.lines([middle + radius * spoke for spoke in spokes], colour, pen, opacity)
        canvas.lines([middle + radius * r * ring for r in (0.2, 0.86, 1.0)], colour, pen * 1.4, opacity)
        canvas.fill(middle + radius * 0.3 * _star(8, 0.5), colour, opacity)


def _circle(count: int) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, count)
    return np.column_stack([np.sin(angle), -np.cos(angle)])


def _star(points: int, inner: float) -> NDArray[np.float64]:
    star = _circle(2 * points + 1)[:-1]
    star[1::2] *= inner
    return star


_TOWER_HALF = [
    [0, -0.65], [0.1, -0.65], [0.1, -0.5], [0.3, -0.5], [0.3, -0.65], [0.5, -0.65], [0.5, -0.35],
    [0.42, -0.35], [0.42, 0.55], [0.14, 0.55], [0.14, 0.1], [0, -0.02],
]  # fmt: skip
_SHIELD_HALF = [[0, -0.95], [0.8, -0.95], [0.8, 0.1], [0.68, 0.5], [0.4, 0.8], [0, 1.0]]


def _both_halves(right: list[list[float]]) -> NDArray[np.float64]:
    points = np.array(right)
    return np.vstack([points, (points * [-1, 1])[::-1]])


TOWER, SHIELD = _both_halves(_TOWER_HALF), _both_halves(_SHIELD_HALF)
