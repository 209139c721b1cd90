"""A document of which the photo's edge leaves little: one corner in sight, between two sides that are clear."""

import numpy as np

from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.outline.network import CELL_PX, Maps
from fourcorners.vision.outline.views import View

__all__ = ["CLEAR_ENOUGH", "CLEAR_MIN", "clear_corner", "corners_marked"]

CORNER_MIN = 0.3
CLEAR_MIN = 0.85
"""Of the marks along a side, within the photo. On photos of the tuning templates whose outline is less sure than others
because two sides are cut off there is a corner between sides of 0.89 and more; of other pictures the best has 0.77."""
CLEAR_ENOUGH = 0.8
"""The same where the outline is as sure as others, but for a side that was not seen. On 800 photos of tuning templates
that are cut off they have 0.84 and more but for one; a rocket between two masts has 0.76."""
SAMPLES = 40


def corners_marked(maps: Maps, quad: Quad, view: View, size: tuple[int, int]) -> list[bool]:
    """Which corners of `quad` (window px) lie in the photo of (width, height) and were marked within two cells."""
    seen = []
    for corner, inside in zip(_cells(quad), _inside(view.to_photo(quad), size), strict=True):
        x, y = corner
        spot = maps.corner[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3]
        seen.append(bool(inside and spot.size and spot.max() > CORNER_MIN))
    return seen


def clear_corner(maps: Maps, quad: Quad, view: View, size: tuple[int, int], clear_min: float = CLEAR_MIN) -> bool:
    """Whether a corner was marked and the two sides that meet in it are clear as far as the photo shows them."""
    clear = [_marked(maps, quad[i], quad[(i + 1) % 4], view, size) >= clear_min for i in range(4)]
    corners = corners_marked(maps, quad, view, size)
    return any(corners[i] and clear[i - 1] and clear[i] for i in range(4))


def _marked(maps: Maps, start: Points, end: Points, view: View, size: tuple[int, int]) -> float:
    """The mean mark of a side on what the photo shows of it; 0 where it shows nothing."""
    t = np.linspace(0.06, 0.94, SAMPLES)[:, None]
    points = start * (1 - t) + end * t
    cells = _cells(points)
    shown = _inside(view.to_photo(points), size) & ((cells >= 0) & (cells < maps.side.shape[0])).all(axis=1)
    x, y = cells[shown].T
    return float(maps.side[y, x].mean()) if shown.any() else 0.0


def _cells(points: Points) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.round((points + 0.5) / CELL_PX - 0.5).astype(np.int64)


def _inside(points: Points, size: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(((points >= -0.5) & (points <= np.array(size) - 0.5)).all(axis=1))
