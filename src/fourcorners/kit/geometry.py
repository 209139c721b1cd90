"""Points, quadrilaterals and homographies in the plane: pure functions.

A point is `[x, y]` in pixels, x to the right, y down. A quad is a float64 array of shape (4, 2), clockwise.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Points",
    "Quad",
    "apply_homography",
    "clip_polygon",
    "homography",
    "polygon_area",
    "quad_iou",
    "rotate_quad",
]

Points: TypeAlias = NDArray[np.float64]
Quad: TypeAlias = NDArray[np.float64]


def polygon_area(points: Points) -> float:
    """Area in square pixels of a simple polygon (n, 2), by the shoelace formula; never negative."""
    if len(points) < 3:
        return 0.0
    x, y = points[:, 0], points[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def rotate_quad(quad: Quad, quarter_turns: int) -> Quad:
    """The same quad, its list of corners started `quarter_turns` corners later."""
    return np.roll(quad, -quarter_turns, axis=0)


def homography(source: Quad, target: Quad) -> NDArray[np.float64]:
    """The 3x3 matrix that takes the four corners of `source` to those of `target`.

    Raises `numpy.linalg.LinAlgError` when three corners lie on a line.
    """
    right = np.asarray(target, dtype=np.float64).reshape(8)
    rows = np.zeros((8, 8))  # x y 1 0 0 0 -ux -uy and 0 0 0 x y 1 -vx -vy of each corner
    rows[::2, :2] = rows[1::2, 3:5] = source
    rows[::2, 2] = rows[1::2, 5] = 1
    rows[:, 6:] = -right[:, None] * np.repeat(source, 2, axis=0)
    h = np.linalg.solve(rows, right)
    return np.append(h, 1.0).reshape(3, 3)


def apply_homography(matrix: NDArray[np.float64], points: Points) -> Points:
    """Points (n, 2) carried through a 3x3 matrix."""
    homogeneous = points @ matrix[:, :2].T + matrix[:, 2]
    result: Points = homogeneous[:, :2] / homogeneous[:, 2:3]
    return result


def clip_polygon(subject: Points, clip: Points) -> Points:
    """The part of polygon `subject` inside the convex polygon `clip` (Sutherland-Hodgman); may be empty."""
    if _signed_area(clip) < 0:
        clip = clip[::-1]
    output = [(float(x), float(y)) for x, y in subject]
    for (ax, ay), (bx, by) in zip(clip, np.roll(clip, -1, axis=0), strict=True):
        if not output:
            break
        side = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in output]
        kept: list[tuple[float, float]] = []
        for i, (point, here) in enumerate(zip(output, side, strict=True)):
            previous, before = output[i - 1], side[i - 1]
            if (here >= 0) != (before >= 0):
                t = before / (before - here)
                kept.append((previous[0] + t * (point[0] - previous[0]), previous[1] + t * (point[1] - previous[1])))
            if here >= 0:
                kept.append(point)
        output = kept
    return np.array(output, dtype=np.float64).reshape(-1, 2)


def quad_iou(a: Quad, b: Quad) -> float:
    """Intersection over union of two convex quads, 0..1."""
    shared = polygon_area(clip_polygon(a, b))
    union = polygon_area(a) + polygon_area(b) - shared
    return shared / union if union > 0 else 0.0


def _signed_area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
