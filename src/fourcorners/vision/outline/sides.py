"""From the network's maps to four straight lines and their crossings."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, polygon_area
from fourcorners.vision.outline.cut_sides import RIM_MAX, Shown, cut_sides
from fourcorners.vision.outline.lines import crossings, line_through
from fourcorners.vision.outline.network import CELL_PX, Maps
from fourcorners.vision.outline.unseen import one_placed, two_placed

__all__ = ["Candidate", "candidates"]

DOCUMENT_MIN = 0.5
SIDE_MIN = 0.2
AREA_CELLS_MIN = 12
AREA_MAX = 16
"""Of the window's: lines that cross further off say nothing."""
LONGEST = 2.5
"""Long side to short as seen, tilted: what is longer are two documents side by side (ID-1: 3.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One document in a window: `quad` in window px, clockwise; how sure; which sides were seen (i after corner i).

    It `runs_out` where it reaches the window's rim and the photo goes on: then a side may be any line within it.
    """

    quad: Quad
    confidence: float
    side_seen: tuple[bool, ...]
    area: float
    runs_out: bool = False


def candidates(maps: Maps, shown: Shown | None = None, document_min: float = DOCUMENT_MIN) -> list[Candidate]:
    """The documents in a window, largest first: where the map of documents is above `document_min`.

    With what of the photo is `shown`, sides that its edge cuts off are told from lines within the document.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((maps.document > document_min).astype(np.uint8))
    found = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] >= AREA_CELLS_MIN:
            candidate = _candidate(maps, labels == label, shown)
            if candidate is not None:
                found.append(candidate)
    return sorted(found, key=lambda c: -c.area)


def _candidate(maps: Maps, blob: NDArray[np.bool_], shown: Shown | None) -> Candidate | None:
    around = cv2.dilate(blob.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    ys, xs = np.nonzero(around & (maps.side > SIDE_MIN))
    if len(xs) < 12:
        return None
    weights = maps.side[ys, xs].astype(np.float64)
    normals = maps.normal[:, ys, xs].T.astype(np.float64)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9
    points = np.column_stack([xs, ys]) + normals * maps.depth[ys, xs, None]
    group, centres = _four_directions(normals, weights)
    lines, seen = np.zeros((4, 3)), np.zeros(4, dtype=bool)
    for side in range(4):
        mine = group == side
        seen[side] = weights[mine].sum() > 3.0
        if seen[side]:
            lines[side] = line_through(points[mine], normals[mine], weights[mine], centres[side])
    found = _of_lines(maps, lines, seen, blob)
    if shown is None:
        return found
    found = _cut_off(maps, lines, seen, blob, shown, 0.0 if found is None else found.confidence) or found
    runs_out = int((blob & shown.rim).sum()) > RIM_MAX
    return replace(found, runs_out=True) if found is not None and runs_out else found


def _of_lines(
    maps: Maps, lines: NDArray[np.float64], seen: NDArray[np.bool_], blob: NDArray[np.bool_]
) -> Candidate | None:
    """The document of these lines, one of which may be unseen."""
    if seen.sum() < 3:
        return None
    lines = lines.copy()
    if not seen.all():
        one_placed(lines, int(np.flatnonzero(~seen)[0]), blob)
    quad = _quad(lines, blob)
    return None if quad is None else _as_candidate(quad, _confidence(maps, quad, blob, seen), seen)


def _cut_off(
    maps: Maps,
    lines: NDArray[np.float64],
    seen: NDArray[np.bool_],
    blob: NDArray[np.bool_],
    shown: Shown,
    confidence: float,
) -> Candidate | None:
    """The document without those lines for which nothing speaks but that its true sides are cut off."""
    cut = cut_sides(maps, blob, lines, seen.tolist(), shown, confidence)
    if cut is None:
        return None
    lines = lines.copy()
    if len(cut.sides) == 1:
        one_placed(lines, cut.sides[0], cut.region)
    else:
        two_placed(lines, cut.sides[0], cut.region)
    quad = _quad(lines, blob)
    return None if quad is None else _as_candidate(quad, cut.confidence, ~np.isin(np.arange(4), cut.sides))


def _quad(lines: NDArray[np.float64], blob: NDArray[np.bool_]) -> Quad | None:
    """Where the lines cross, in cells, unless no camera sees a document so."""
    quad = crossings(lines)
    return None if quad is None or not _convex(quad) or polygon_area(quad) > AREA_MAX * blob.size else quad


def _as_candidate(quad: Quad, confidence: float, seen: NDArray[np.bool_]) -> Candidate:
    return Candidate((quad + 0.5) * CELL_PX - 0.5, confidence, tuple(bool(s) for s in seen), polygon_area(quad))


def _four_directions(normals: Points, weights: NDArray[np.float64]) -> tuple[NDArray[np.int64], Points]:
    """Each normal's side 0..3, and the sides' mean normals, clockwise: right, bottom, left, top of a straight page."""
    angle = np.arctan2(normals[:, 1], normals[:, 0])
    phase = np.angle(np.sum(weights * np.exp(4j * angle))) / 4
    turns = phase + np.arange(4) * np.pi / 2
    centres = np.column_stack([np.cos(turns), np.sin(turns)])
    for _ in range(4):
        group = np.argmax(normals @ centres.T, axis=1)
        for side in range(4):
            total = (normals * weights[:, None])[group == side].sum(axis=0)
            if np.linalg.norm(total) > 1.0:
                centres[side] = total / np.linalg.norm(total)
    return np.argmax(normals @ centres.T, axis=1), centres


def _convex(quad: Quad) -> bool:
    """Whether a camera may see one document so: no corner too sharp, opposite sides alike within a factor, not long."""
    step = np.roll(quad, -1, axis=0) - quad
    length = np.linalg.norm(step, axis=1)
    step = step / np.maximum(length, 1e-9)[:, None]
    ahead = np.roll(step, -1, axis=0)
    turn = step[:, 0] * ahead[:, 1] - step[:, 1] * ahead[:, 0]
    ratio = length[:2] / np.maximum(length[2:], 1e-9)
    beside = (length[0] + length[2]) / max(length[1] + length[3], 1e-9)
    is_one = 1 / LONGEST < beside < LONGEST
    return bool(is_one and (turn > 0.5).all() and (ratio > 0.4).all() and (ratio < 2.5).all())


def _confidence(maps: Maps, quad: Quad, blob: NDArray[np.bool_], seen: NDArray[np.bool_]) -> float:
    """How much of the seen sides the network marked, times how well the quad covers the document's cells."""
    t = np.linspace(0.06, 0.94, 40)[:, None]
    size = blob.shape[0]
    marked = []
    for i in np.flatnonzero(seen):
        start, end = quad[i], quad[(i + 1) % 4]
        points = np.round(start * (1 - t) + end * t).astype(int)
        inside = ((points >= 0) & (points < size)).all(axis=1)
        if inside.any():
            x, y = points[inside].T
            marked.append(float(maps.side[y, x].mean()))
    filled = np.zeros(blob.shape, np.uint8)
    cv2.fillConvexPoly(filled, np.round(quad).astype(np.int32), 1)
    covers = (filled.astype(bool) & blob).sum() / max(1, (filled.astype(bool) | blob).sum())
    return float(np.mean(marked) * covers) if marked else 0.0
