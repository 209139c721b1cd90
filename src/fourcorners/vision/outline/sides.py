"""From the network's maps to four straight lines and their crossings."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, polygon_area
from fourcorners.vision.outline.beyond import RATIOS
from fourcorners.vision.outline.lines import crossings, line_through
from fourcorners.vision.outline.network import CELL_PX, Maps

__all__ = ["Candidate", "candidates"]

DOCUMENT_MIN = 0.5
SIDE_MIN = 0.2
AREA_CELLS_MIN = 12
LONGEST = 2.5
"""Long side to short as seen, tilted: what is longer are two documents side by side (ID-1: 3.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One document in a window: `quad` in window px, clockwise; how sure; which sides were seen (i after corner i)."""

    quad: Quad
    confidence: float
    side_seen: tuple[bool, ...]
    area: float


def candidates(maps: Maps, document_min: float = DOCUMENT_MIN) -> list[Candidate]:
    """The documents in a window, largest first: where the map of documents is above `document_min`."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((maps.document > document_min).astype(np.uint8))
    found = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] >= AREA_CELLS_MIN:
            candidate = _candidate(maps, labels == label)
            if candidate is not None:
                found.append(candidate)
    return sorted(found, key=lambda c: -c.area)


def _candidate(maps: Maps, blob: NDArray[np.bool_]) -> Candidate | None:
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
    if not _complete(lines, seen, blob):
        return None
    quad = crossings(lines)
    if quad is None or not _convex(quad) or polygon_area(quad) > 16 * blob.size:
        return None
    confidence = _confidence(maps, quad, blob, seen)
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


def _complete(lines: NDArray[np.float64], seen: NDArray[np.bool_], blob: NDArray[np.bool_]) -> bool:
    """Put one missing side where the nearest usual format has it, at or beyond the end of what is in sight."""
    if seen.all():
        return True
    if seen.sum() < 3:
        return False
    side = int(np.flatnonzero(~seen)[0])
    ends = [lines[(side + k) % 4] for k in (1, 2, 3)]
    opposite = ends[1]
    near = [np.linalg.solve(np.array([e[:2], opposite[:2]]), np.array([e[2], opposite[2]])) for e in (ends[0], ends[2])]
    width = float(np.linalg.norm(near[0] - near[1]))
    ys, xs = np.nonzero(blob)
    reach = opposite[2] - float((np.column_stack([xs, ys]) @ opposite[:2]).min())
    fitting = [width * r for r in sorted((*RATIOS, *(1 / r for r in RATIOS))) if width * r > reach - 1]
    lines[side] = [-opposite[0], -opposite[1], (fitting[0] if fitting else reach) - opposite[2]]
    return True


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
