"""Placing a side that the photo's edge cuts off: where a camera would see the end of a document of a usual format."""

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, homography

__all__ = ["RATIOS", "doubtful_sides", "extended", "has_card_format", "has_usual_format", "placed_at", "ratio_of"]

RATIOS = (1.414, 1.586)
"""Long side to short of what we are shown: ISO 216 and ISO/IEC 7810 ID-2, ID-3 (1.41 to 1.42), ID-1."""
FORMAT_TOLERANCE = 0.08
"""Of a side's length. The frame of a portrait, 1.25 to 1.35 times as high as wide, has none of these formats."""
CARD_TOLERANCE = 0.06
"""Nearer, lest sheets of ISO 216 pass for cards."""
FOCAL_LENGTH = 0.8
"""In longer sides of the photo: main cameras of phones (24 to 28 mm equivalent) have 0.7 to 0.8, videos up to 1.1."""
TILT_USUAL_RAD = np.radians(15)
LINE_ERROR = 0.004
"""How far a found line may lie from the true one, in widths of the document."""
FIT = 0.025
"""A format may end this share of the width before what is in sight: lines are not exact, nor is the camera known."""
GUESS_GAIN_MIN = 0.04
FIT_ROUNDS, STEP_MAX = 8, 0.3
CORNER_SINE_MIN = 0.3

Pose = NDArray[np.float64]


def doubtful_sides(quad: Quad, seen: tuple[bool, ...], size: tuple[int, int], tolerance_px: float) -> list[bool]:
    """Which sides may be the photo's edge (`size` is width, height), lie beyond it, or were not seen at all."""
    far = np.array(size) - 0.5
    doubt = []
    for i in range(4):
        t = np.linspace(0.05, 0.95, 19)[:, None]
        points = quad[i] * (1 - t) + quad[(i + 1) % 4] * t
        past = np.column_stack([-0.5 - points, points - far])  # left, top, right, bottom; positive is outside
        along = (past > -tolerance_px).mean(axis=0).max()
        doubt.append(bool(not seen[i] or along > 0.85))
    return doubt


def extended(quad: Quad, side: int, size: tuple[int, int]) -> Quad:
    """The quad with `side` (from corner `side` to the next) at or beyond the end of what is in sight.

    The three other sides settle how the document lies before a camera of FOCAL_LENGTH. It looked at the middle of the
    photo or, where that was cut from a larger one, perhaps of the document: half-way is assumed, and less wrong. The
    nearest usual format that reaches as far as the photo shows is taken; where the network guessed a side beyond the
    photo, the format nearest to that. Unchanged where no such document can be.
    """
    order = np.roll(np.arange(4), -side)  # doubtful corners first: a b, then c d of the opposite side
    scale, middle = FOCAL_LENGTH * max(size), ((np.array(size) - 1) / 2 + quad.mean(axis=0)) / 2
    a, b, c, d = ((quad[k] - middle) / scale for k in order)
    pose = _pose(a, b, c, d)
    lengths = np.linspace(0.0, 2.4, 481)
    long_sides = np.stack([_seen(pose, np.column_stack([np.full(481, x), lengths])) for x in (0.0, 1.0)])
    pixels = long_sides * scale + middle
    inside = ((pixels > -0.5) & (pixels < np.array(size) - 0.5)).all(axis=2)
    guess = float(np.mean([lengths[np.argmin(((long_sides[k] - p) ** 2).sum(axis=1))] for k, p in ((0, b), (1, a))]))
    shown = min(guess, float(lengths[inside.any(axis=0)].max(initial=0.0)))
    formats = [r for r in sorted((*RATIOS, *(1 / r for r in RATIOS))) if r >= shown - FIT]
    if not formats:
        return quad
    ratio = min(formats, key=lambda r: abs(r - guess)) if guess > shown + GUESS_GAIN_MIN else formats[0]
    ratio = max(ratio, shown)
    placed = quad.copy()
    placed[order[:2]] = _seen(pose, np.array([[1.0, ratio], [0.0, ratio]])) * scale + middle
    return placed if _is_plausible(placed) else quad


def placed_at(quad: Quad, side: int, size: tuple[int, int], ratio: float) -> Quad:
    """The quad with `side` where it is if the sides beside it are `ratio` times as long as the side opposite."""
    order = np.roll(np.arange(4), -side)
    scale, middle = FOCAL_LENGTH * max(size), (np.array(size) - 1) / 2
    pose = _pose(*((quad[k] - middle) / scale for k in order))
    placed = quad.copy()
    placed[order[:2]] = _seen(pose, np.array([[1.0, ratio], [0.0, ratio]])) * scale + middle
    return placed if _is_plausible(placed) else quad


def ratio_of(quad: Quad, size: tuple[int, int]) -> float:
    """How long the sides beside the quad's first side are, in its lengths, before a camera of FOCAL_LENGTH."""
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    seen = homography(square, (quad - (np.array(size) - 1) / 2) / (FOCAL_LENGTH * max(size)))
    return float(np.linalg.norm(seen[:, 1]) / np.linalg.norm(seen[:, 0]))


def has_usual_format(quad: Quad, size: tuple[int, int]) -> bool:
    """Whether the quad may be a whole document of one of RATIOS, seen in a photo of (width, height)."""
    return any(_has_ratio(quad, size, usual, FORMAT_TOLERANCE) for usual in RATIOS)


def has_card_format(quad: Quad, size: tuple[int, int]) -> bool:
    """The same for ISO/IEC 7810 ID-1 alone: cards, not pages nor sheets of paper."""
    return _has_ratio(quad, size, max(RATIOS), CARD_TOLERANCE)


def _has_ratio(quad: Quad, size: tuple[int, int], usual: float, tolerance: float) -> bool:
    ratio = max(ratio_of(quad, size), 1e-9)
    return abs(max(ratio, 1 / ratio) / usual - 1) < tolerance


def _is_plausible(quad: Quad) -> bool:
    """Whether no corner is so sharp or so blunt that the camera would have to lie in the document's plane."""
    ways = np.roll(quad, -1, axis=0) - quad
    ways /= np.linalg.norm(ways, axis=1, keepdims=True) + 1e-9
    return all(_cross(ways[i - 1], ways[i]) > CORNER_SINE_MIN for i in range(4))


def _pose(a: Points, b: Points, c: Points, d: Points) -> Pose:
    """How a plane lies in which c is (0, 0), d is (1, 0), b is at (0, y) and a at (1, y) for some y (Gauss-Newton).

    A pose is: tilt about x and y, turn, where (0, 0) is seen (x, y), and the logarithm of its distance in widths.
    Tilts are drawn to 0, lest small errors of nearly square corners become large tilts.
    """
    wide = float(np.linalg.norm(d - c))
    turn = float(np.arctan2(*(d - c)[::-1]))
    pose = np.array([0.0, 0.0, turn, *c, -np.log(wide)])

    def miss(at: Pose) -> Points:
        near, far = _seen(at, np.array([[0.0, 0.0], [1.0, 0.0]])), _seen(at, np.array([[0.0, 1.0], [1.0, 1.0]]))
        ways = far - near
        ways /= np.linalg.norm(ways, axis=1, keepdims=True) + 1e-12
        beside = [_cross(w, p - n) for w, p, n in zip(ways, (b, a), near, strict=True)]
        lines = np.concatenate([(near - [c, d]).ravel(), beside]) / (LINE_ERROR * wide)
        return np.concatenate([lines, at[:2] / TILT_USUAL_RAD])

    step = 1e-5
    now = miss(pose)
    for _ in range(FIT_ROUNDS):
        slope = np.stack([(miss(pose + step * unit) - now) / step for unit in np.eye(6)], axis=1)
        change = np.clip(np.linalg.solve(slope.T @ slope + 1e-6 * np.eye(6), slope.T @ now), -STEP_MAX, STEP_MAX)
        moved = pose - change
        after = miss(moved)
        if after @ after > now @ now:  # as near as it gets
            break
        pose, now = moved, after
    return pose


def _cross(u: Points, v: Points) -> float:
    return float(u[0] * v[1] - u[1] * v[0])


def _seen(pose: Pose, points: Points) -> Points:
    """Points (n, 2) of the plane as seen by a camera of focal length 1."""
    lean, swing, turn, x, y, far = pose
    across = np.array([np.cos(turn), np.sin(turn)])
    away = np.array([-across[1], across[0]])
    flat = points[:, :1] * across + points[:, 1:] * away
    depth = np.exp(far) + flat[:, 1] * np.sin(lean) - flat[:, 0] * np.cos(lean) * np.sin(swing)
    right = flat[:, 0] * np.cos(swing) + np.exp(far) * x
    below = flat[:, 1] * np.cos(lean) + flat[:, 0] * np.sin(lean) * np.sin(swing) + np.exp(far) * y
    seen: Points = np.column_stack([right, below]) / np.maximum(depth, 0.02)[:, None]
    return seen
