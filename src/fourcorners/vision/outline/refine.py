"""Moving each side of a nearly right quad onto the edge that the photo shows, to a fraction of a pixel."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.kit.quantiles import median
from fourcorners.vision.outline.lines import crossings
from fourcorners.vision.picture import Pixels

__all__ = ["refine"]

PROFILES = 96
REACH = 10
"""Samples on either side of the line that a round looks at."""
ROUNDS = ((0.25, 5.0), (0.07, 4.0))
"""Of each round: distance between samples, in units of the quad's uncertainty; sigma of the prior, in samples."""
CORNER_SHARE = 0.07
"""Ends of a side left out: ID-1 corners are round with a radius of 3.18 mm (ISO/IEC 7810), 5.9 % of the short side."""
CONTRAST_MIN = 1.25
PULL = 1e-3
"""How much the line that was searched for weighs beside the peaks, in peaks: where there are none, it stays."""

Lines = NDArray[np.float64]


def refine(levels: Sequence[Pixels], quad: Quad, seen: Sequence[bool], uncertainty_px: float) -> Quad:
    """The quad, every seen side on its edge. `levels` halve in size; `uncertainty_px` is the quad's, in photo px."""
    for spacing, sigma in ROUNDS:
        step = max(spacing * uncertainty_px, 0.5)
        lines = np.array([_side(levels, quad, i, step, sigma, seen[i]) for i in range(4)])
        moved = crossings(lines)
        if moved is None or abs(moved - quad).max() > 8 * REACH * step:
            return quad
        quad = moved
    return quad


def _side(levels: Sequence[Pixels], quad: Quad, i: int, step: float, sigma: float, seen: bool) -> NDArray[np.float64]:
    """The line (n, m, c) of side i after one search of +-REACH samples, `step` photo px apart."""
    start, end = quad[i], quad[(i + 1) % 4]
    length = float(np.linalg.norm(end - start))
    along = (end - start) / max(length, 1e-9)
    normal = np.array([along[1], -along[0]])
    shift = _search(levels, start, along * length, normal, step, sigma) if seen else None
    if shift is not None:
        first, last = start + normal * shift[0] * step, end + normal * shift[1] * step
        along = (last - first) / np.linalg.norm(last - first)
        start, normal = first, np.array([along[1], -along[0]])
    return np.array([*normal, normal @ start])


def _search(
    levels: Sequence[Pixels], start: Quad, side: Quad, normal: Quad, step: float, sigma: float
) -> tuple[float, float] | None:
    """How far the side's two ends lie from its edge, in samples, outward positive; None where no edge stands out."""
    edge, inside = _edge_strength(levels, start, side, normal, step, _ALONG)
    if inside.sum() < PROFILES / 5:
        return None
    score = edge.take(_PLACES if inside.all() else _PLACES[..., inside]).mean(axis=2)
    edge, t = edge[inside], _ALONG[inside]
    a, b = np.unravel_index(int(np.argmax(score * np.exp(_AWAY / sigma**2))), score.shape)
    if score[a, b] <= CONTRAST_MIN * edge.mean():
        return None
    return _fitted(edge, t, float(_ENDS[a]), float(_ENDS[b]))


def _edge_strength(
    levels: Sequence[Pixels], start: Quad, side: Quad, normal: Quad, step: float, t: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Strength 0..1 of an edge along the side at each profile and offset; which profiles lie in the photo."""
    level = min(max(0, int(np.floor(np.log2(step)))), len(levels) - 1)
    shrink = 2.0**level
    height, width = levels[level].shape[:2]
    offsets = np.arange(-REACH - 1, REACH + 2) * step
    spread = (np.arange(3) - 1) / 3 / PROFILES  # three samples side by side, averaged, against noise
    at = start + (t[:, None] + spread).reshape(-1, 1) * side
    grid = (at[:, None] + offsets[:, None] * normal + 0.5) / shrink - 0.5
    middle = grid[1::3, REACH + 1]
    inside = np.asarray(((middle > 1) & (middle < np.array([width - 2, height - 2]))).all(axis=1))
    x, y = grid[..., 0].astype(np.float32), grid[..., 1].astype(np.float32)
    strip = cv2.remap(levels[level], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float64)
    strip = strip.reshape(PROFILES, 3, len(offsets), 3).mean(axis=1)
    slope = np.asarray(np.linalg.norm(strip[:, 2:] - strip[:, :-2], axis=2))
    return slope / (slope + median(slope) + 6.0), inside


def _fitted(edge: NDArray[np.float64], t: NDArray[np.float64], a: float, b: float) -> tuple[float, float]:
    """The line through the peaks, interpolated, within two samples of the line from `a` to `b` (Tukey's biweight)."""
    place = np.round(a * (1 - t) + b * t).astype(int) + REACH
    near = np.clip(place[:, None] + np.arange(-2, 3), 1, 2 * REACH - 1)
    rows = np.arange(len(t))
    peak = near[rows, np.argmax(edge[rows[:, None], near], axis=1)]
    before, at, after = edge[rows, peak - 1], edge[rows, peak], edge[rows, peak + 1]
    bend = before - 2 * at + after
    shift = np.where(bend < -1e-6, (before - after) / np.where(bend < -1e-6, 2 * bend, 1), 0)
    position = peak - REACH + np.clip(shift, -0.5, 0.5)
    basis = np.column_stack([1 - t, t])
    first, last = a, b
    for _ in range(6):
        residual = position - (basis[:, 0] * first + basis[:, 1] * last)
        scale = max(0.3, 1.4826 * median(abs(residual)))
        weight = at * np.maximum(1 - (residual / (4.7 * scale)) ** 2, 0) ** 2
        weighted = (basis * weight[:, None]).T
        (p, q), (_, r) = (weighted @ basis).tolist()
        u, v = (weighted @ position).tolist()
        p, r, u, v = p + PULL, r + PULL, u + PULL * a, v + PULL * b  # two equations for the two ends
        first, last = (r * u - q * v) / (p * r - q * q), (p * v - q * u) / (p * r - q * q)
    return first, last


def _places() -> NDArray[np.int_]:
    """Where in `edge`, laid out in a row, each line crosses each profile: (ends, ends, profiles)."""
    crossed = _ENDS[:, None, None] * (1 - _ALONG) + _ENDS[None, :, None] * _ALONG
    return np.asarray(np.arange(PROFILES) * len(_ENDS) + np.round(crossed).astype(int) + REACH)


_ALONG = CORNER_SHARE + (1 - 2 * CORNER_SHARE) * (np.arange(PROFILES) + 0.5) / PROFILES
"""Where along a side, in shares of its length, its profiles lie."""
_ENDS = np.arange(-REACH, REACH + 1)
_PLACES = _places()
_AWAY = -((_ENDS[:, None] + _ENDS[None, :]) ** 2 / 8 + (_ENDS[:, None] - _ENDS[None, :]) ** 2 / 4)
"""Log of the prior of each pair of ends, for a sigma of one sample."""
