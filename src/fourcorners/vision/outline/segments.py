"""A coarse quad from straight line segments, without any network."""

from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels

__all__ = ["quad_from_segments"]

LINES_MAX = 22
BINS = 48


def quad_from_segments(small: Pixels) -> tuple[Quad, float] | None:
    """The best supported quad in a small picture (h, w, 3), clockwise, with its support 0..1; None below half support."""
    height, width = small.shape[:2]
    segments = _segments(small)
    lines = _lines(segments, min(height, width))
    if len(lines) < 4:
        return None
    best: tuple[Quad, float] | None = None
    for a, b, c, d in _line_quads(lines):
        quad = _quad(lines[[a, b, c, d]])
        if quad is None or not _plausible(quad, width, height):
            continue
        score = _support(quad, segments)
        if best is None or score > best[1]:
            best = quad, score
    return best if best and best[1] > 0.5 else None


def _segments(small: Pixels) -> NDArray[np.float64]:
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
    found = [detector.detect(np.ascontiguousarray(c))[0] for c in cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2LAB))[:1]]
    rows = [f.reshape(-1, 4) for f in found if f is not None]
    if not rows:
        return np.zeros((0, 4))
    segments = np.concatenate(rows).astype(np.float64)
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    keep = np.argsort(-length)[:400]
    return segments[keep[length[keep] > 0.03 * max(small.shape[:2])]]


def _lines(segments: NDArray[np.float64], side: float) -> NDArray[np.float64]:
    """Segments grouped to lines (n, 3) as (nx, ny, d) with nx x + ny y = d, best supported first."""
    direction = segments[:, 2:] - segments[:, :2]
    length = np.linalg.norm(direction, axis=1)
    normal = np.column_stack([-direction[:, 1], direction[:, 0]]) / np.maximum(length, 1e-9)[:, None]
    free = np.ones(len(segments), dtype=bool)
    lines: list[tuple[float, NDArray[np.float64]]] = []
    for i in np.argsort(-length):
        if not free[i]:
            continue
        n, d = normal[i], normal[i] @ segments[i, :2]
        off = np.maximum(abs(segments[:, :2] @ n - d), abs(segments[:, 2:] @ n - d))
        group = free & (off < 0.008 * side + 1.5)
        free &= ~group
        lines.append((float(length[group].sum()), np.array([*n, d])))
    lines.sort(key=lambda line: -line[0])
    return np.array([line for _, line in lines[:LINES_MAX]]).reshape(-1, 3)


def _line_quads(lines: NDArray[np.float64]) -> list[tuple[int, int, int, int]]:
    angles = np.arctan2(lines[:, 1], lines[:, 0])
    pairs = [(i, j) for i, j in combinations(range(len(lines)), 2) if abs(np.sin(angles[i] - angles[j])) < 0.35]
    return [
        (i, k, j, m)
        for (i, j), (k, m) in combinations(pairs, 2)
        if len({i, j, k, m}) == 4 and min(abs(np.sin(angles[p] - angles[q])) for p in (i, j) for q in (k, m)) > 0.7
    ]


def _quad(sides: NDArray[np.float64]) -> Quad | None:
    corners = []
    for one, two in zip(sides, np.roll(sides, -1, axis=0), strict=True):
        matrix = np.array([one[:2], two[:2]])
        if abs(np.linalg.det(matrix)) < 1e-6:
            return None
        corners.append(np.linalg.solve(matrix, np.array([one[2], two[2]])))
    quad = np.array(corners)
    step = np.roll(quad, -1, axis=0) - quad
    ahead = np.roll(step, -1, axis=0)
    turn = step[:, 0] * ahead[:, 1] - step[:, 1] * ahead[:, 0]
    if not (np.all(turn > 0) or np.all(turn < 0)):
        return None
    return quad if turn[0] > 0 else quad[::-1].copy()


def _plausible(quad: Quad, width: int, height: int) -> bool:
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    ratio = (sides[0] + sides[2]) / (sides[1] + sides[3])
    inside = (quad > -0.1 * max(width, height)).all() and (quad < np.array([1.1 * width, 1.1 * height])).all()
    area = sides[:2].prod() / (width * height)
    return bool(inside and 0.03 < area < 0.98 and 1.2 < max(ratio, 1 / ratio) < 1.9)


def _support(quad: Quad, segments: NDArray[np.float64]) -> float:
    """How much of the sides is covered by segments that lie on them: geometric mean over the four sides."""
    covered = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        length = np.linalg.norm(end - start)
        along = (end - start) / length
        normal = np.array([-along[1], along[0]])
        off = np.maximum(abs((segments[:, :2] - start) @ normal), abs((segments[:, 2:] - start) @ normal))
        on = segments[off < 2.5]
        reach = np.sort(np.column_stack([(on[:, :2] - start) @ along, (on[:, 2:] - start) @ along]), axis=1) / length
        bins = (np.arange(BINS) + 0.5) / BINS
        hit = ((reach[:, :1] <= bins) & (bins <= reach[:, 1:])).any(axis=0)
        covered.append(hit.mean())
    return float(np.prod(covered) ** 0.25)
