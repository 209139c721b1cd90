"""Pasted places by their traces: a small network compares what camera and codec left in a place with what lies around.

Noise of the sensor, demosaicing, sharpening, resampling and the quantisation of JPEG leave a texture that is alike all
over a photo, whatever it shows. The network (`training/originality/splice_model.py`) was shown places of drawn photos
that were pasted in, from clean pictures and from photos of other things, lines of print that were set anew, and places
that were not touched. A portrait is compared with its edge and with the page around it, a line of print with the other
lines of its height and with the page. (The idea is forensic similarity: Mayer and Stamm 2020; the network is our own.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["Place", "chances_pasted", "place_windows"]

WINDOW_PX, BLOCK_PX = 64, 8
GRID = (7, 5)
"""Windows along the page's longer and shorter side, to which places are compared."""
INSET = 0.1
CLEAR_PX = 44
"""The middle of a window around a place is at least so far from it."""
FEWEST_AROUND, MOST_AROUND = 8, 16
"""Windows around a place, the nearest of those on the grid."""
FEWEST_LINES, HEIGHTS_APART = 2, 1.3
"""A line is compared with others of nearly its height, if there are as many: values with values, labels with labels."""
UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)

WITHIN = np.stack(np.meshgrid([0.25, 0.5, 0.75], np.linspace(0.2, 0.8, 4)), axis=-1).reshape(-1, 2)
"""Where in a large place, in shares of its width and height, windows lie."""
EDGE = np.array([[0.2, 0], [0.5, 0], [0.8, 0], [1, 0.3], [1, 0.7], [0.8, 1], [0.5, 1], [0.2, 1], [0, 0.7], [0, 0.3]])
ALONG = np.column_stack([np.linspace(0.08, 0.92, 4), np.full(4, 0.5)])


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place in a photo, `quad` (4, 2) in its pixels; `is_line` of a line of print."""

    quad: Quad
    is_line: bool = False


def chances_pasted(photo: Pixels, page: Quad, places: Sequence[Place]) -> list[float | None]:
    """For each of `places` on the page `page` (4, 2) of a photo (h, w, 3) the chance 0..1 that it was pasted in.

    None where there is nothing to compare it with.
    """
    chances: list[float | None] = [None] * len(places)
    if min(photo.shape[:2]) < 2 * WINDOW_PX or not places:
        return chances
    windows, asked, roles = place_windows(photo, page, places)
    if asked:
        shown = {"windows": windows, "line": np.array([places[n].is_line for n in asked], dtype=np.float32)}
        shown |= dict(zip(("inside", "beside", "around"), roles, strict=True))
        (told,) = onnx_session("splice").run(None, shown)
        for n, chance in zip(asked, told.tolist(), strict=True):
            chances[n] = chance
    return chances


def place_windows(photo: Pixels, page: Quad, places: Sequence[Place]) -> tuple[Pixels, list[int], NDArray[np.float32]]:
    """What the network looks at: windows (n, 64, 64, 3), which places have enough of them, and for each of these how
    much each window counts in it, beside it and around it (3, places, n).
    """
    grid = _grid(page)
    own = [_at(place.quad, ALONG if place.is_line else WITHIN) for place in places]
    edges = [np.zeros((0, 2)) if place.is_line else _at(place.quad, EDGE) for place in places]
    centres = [grid, *own, *edges]
    first = np.cumsum([0, *(len(c) for c in centres)])
    numbers = [np.arange(first[n], first[n + 1]) for n in range(len(centres))]
    mine, edge = numbers[1 : len(places) + 1], numbers[len(places) + 1 :]
    shares = np.zeros((3, len(places), first[-1]), np.float32)
    asked: list[int] = []
    for n, place in enumerate(places):
        around = _around(place.quad, grid)
        beside = edge[n]
        if place.is_line:  # a line has no windows on its edge: without others like it, nothing is said of it
            alike = [mine[m] for m, other in enumerate(places) if m != n and _are_alike(place, other)]
            beside = np.concatenate(alike) if len(alike) >= FEWEST_LINES else edge[n]
        if len(beside) and len(around) >= FEWEST_AROUND:
            asked.append(n)
            for role, chosen in enumerate((mine[n], beside, around)):
                shares[role, n, chosen] = 1 / len(chosen)
    return _windows(photo, np.vstack(centres)), asked, shares[:, asked]


def _are_alike(line: Place, other: Place) -> bool:
    """Are they lines of nearly the same height?"""
    a, b = (float(np.linalg.norm(place.quad[3] - place.quad[0])) for place in (line, other))
    return other.is_line and max(a, b) <= HEIGHTS_APART * min(a, b)


def _windows(photo: Pixels, centres: Points) -> Pixels:
    """Windows (n, 64, 64, 3) as near to `centres` as they lie on the lattice of JPEG's blocks, within the photo."""
    room = np.array(photo.shape[1::-1]) - WINDOW_PX
    corners = np.rint((centres - WINDOW_PX / 2) / BLOCK_PX) * BLOCK_PX
    corners = np.clip(corners, 0, room // BLOCK_PX * BLOCK_PX).astype(int)
    return np.stack([photo[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])


def _around(place: Quad, grid: Points) -> NDArray[np.int_]:
    """Which windows of the grid are clear of a place and nearest to it."""
    away = -np.array([_depth(place, at) for at in grid])
    clear = np.flatnonzero(away >= CLEAR_PX)
    return np.asarray(clear[np.argsort(away[clear], kind="stable")][:MOST_AROUND], dtype=np.int_)


def _grid(page: Quad) -> Points:
    edges = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1)
    across, down = GRID if max(edges[0], edges[2]) >= max(edges[1], edges[3]) else GRID[::-1]
    x, y = np.meshgrid(np.linspace(INSET, 1 - INSET, across), np.linspace(INSET, 1 - INSET, down))
    return _at(page, np.column_stack([x.ravel(), y.ravel()]))


def _at(quad: Quad, shares: Points) -> Points:
    return apply_homography(homography(UNIT, np.asarray(quad, dtype=np.float64)), shares)


def _depth(place: Quad, at: Points) -> float:
    """How far inside a place a point lies, negative outside, in pixels."""
    return float(cv2.pointPolygonTest(place.astype(np.float32), (float(at[0]), float(at[1])), True))
