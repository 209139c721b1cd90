"""The emblems of countries that do not exist."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.canvas import Canvas, Colour

__all__ = ["draw_emblem"]


def draw_emblem(
    canvas: Canvas, shape: str, centre: tuple[float, float], radius: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Draw a state's emblem within a circle (mm): "sun", "star", "wheel", or a charge on a shield or in a ring."""
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
    elif shape in ON_SHIELD:
        canvas.fill(middle + radius * ON_SHIELD[shape], colour, opacity)
        canvas.lines([middle + radius * SHIELD], colour, pen * 1.6, opacity)
    elif shape in IN_RING:
        canvas.fill(middle + radius * IN_RING[shape], colour, opacity)
        canvas.lines([middle + radius * r * ring for r in (0.9, 1.0)], colour, pen * 1.2, opacity)
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


_CROWN_HALF = [[0, -0.5], [0.14, -0.1], [0.34, -0.42], [0.42, -0.02], [0.66, -0.34], [0.52, 0.34], [0, 0.38]]
_MOUNTAIN_HALF = [[0, -0.55], [0.22, -0.18], [0.3, -0.28], [0.62, 0.32], [0, 0.32]]
_ANCHOR_HALF = [[0, -0.72], [0.12, -0.66], [0.08, -0.5], [0.08, -0.36], [0.34, -0.36], [0.34, -0.24], [0.08, -0.24],
                [0.08, 0.42], [0.34, 0.3], [0.46, 0.08], [0.34, 0.1], [0.62, -0.1], [0.66, 0.26], [0.58, 0.16],
                [0.42, 0.48], [0, 0.66]]  # fmt: skip
_LEAF_HALF = [[0, -0.76], [0.18, -0.42], [0.42, -0.5], [0.36, -0.16], [0.66, -0.06], [0.44, 0.18], [0.5, 0.4],
              [0.08, 0.32], [0.06, 0.74], [0, 0.74]]  # fmt: skip
SHIELD = _both_halves(_SHIELD_HALF)
ON_SHIELD = {name: _both_halves(half) for name, half in (("tower", _TOWER_HALF), ("crown", _CROWN_HALF))}
IN_RING = {
    name: _both_halves(half)
    for name, half in (("mountain", _MOUNTAIN_HALF), ("anchor", _ANCHOR_HALF), ("leaf", _LEAF_HALF))
}
