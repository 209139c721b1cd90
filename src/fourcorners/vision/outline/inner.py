"""A side that is only a line within the document: the inner edge of a band, past which the other sides go on."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.outline.beyond import placed_at, ratio_of
from fourcorners.vision.outline.refine import refine
from fourcorners.vision.picture import Pixels

__all__ = ["FORMATS", "edge_beyond", "past_inner_line"]

FORMATS = (0.630, 0.704, 1.42, 1.586)
"""How much longer than itself the sides beside a side are, in ID-1, in ID-2 and ID-3 and in ISO 216 (within 1 %)."""
PAGES = (0.704, 1.42)
PAGE_TOLERANCE = 0.06
"""As near to these the sides do go on, along the page opposite of an open booklet. On photos of the tuning templates 41
of 42 such pages were measured within 0.05 and one at 0.634; lines within a document at 0.51, 0.61 and 0.62."""
PAGE_CONFIDENCE = 0.8
"""Of 110 outlines of passports on photos of the tuning templates three are less sure."""
GOES_ON_MIN = 0.4
"""Of 1649 sides on those photos no true one of another format goes on so strongly; three of the four inner lines do."""
GOES_ON_ALIKE_MIN = 0.2
"""Enough where the document's colour is the same past the side: the side is then a cable, a pen or a printed line."""
ALIKE_MAX = 10.0
"""Greatest difference of the median colours 4 to 10 % of the side's length within and past it, of 255."""
PAST_MAX, PAST_ALIKE_MAX = 1.45, 2.3
FURTHER = 6.0
"""How much less sure a place is that lies further out: the camera's focal length is a guess."""
MOVED_MIN_PX = 1e-3
"""A side that found no edge to lie on is where it was, but for the rounding of its crossings."""
PROFILES, REACH = 24, 6
NEAR, FAR = 0.015, 0.075
"""Where a side's continuation is looked at, in its lengths past the corner."""
FINE = 1 / 400


def past_inner_line(levels: Sequence[Pixels], quad: Quad, uncertainty_px: float, confidence: float = 1.0) -> Quad:
    """The quad or, where one side is a line within a document of a usual format, the quad with its true side.

    That side is looked for where the format has it; beyond the photo's edge it is taken to be there. A quad that may be
    a page of an open booklet stays as it is unless its `confidence` is low and nothing changes past the side.
    """
    height, width = levels[0].shape[:2]
    for side in range(4):
        now = ratio_of(np.roll(quad, -side, axis=0), (width, height))
        may_be_page = any(abs(now / page - 1) < PAGE_TOLERANCE for page in PAGES)
        if may_be_page and confidence >= PAGE_CONFIDENCE:
            continue
        goes_on = _goes_on(levels, quad, side)
        alike = goes_on > GOES_ON_ALIKE_MIN and _alike(levels, quad, side)
        if not alike and (may_be_page or goes_on < GOES_ON_MIN):
            continue
        for ratio in FORMATS:
            if not 1 + PAGE_TOLERANCE < ratio / now < (PAST_ALIKE_MAX if alike else PAST_MAX):
                continue
            moved = placed_at(quad, side, (width, height), ratio)
            ends = moved[[side, (side + 1) % 4]]
            if ((ends < 0) | (ends > [width - 1, height - 1])).any(axis=1).all():
                return moved
            uncertain = uncertainty_px * (1 + FURTHER * (ratio / now - 1))
            settled = refine(levels, moved, [k == side for k in range(4)], uncertain)
            if abs(settled - moved).max() > MOVED_MIN_PX:
                return settled
    return quad


def _goes_on(levels: Sequence[Pixels], quad: Quad, side: int) -> float:
    """How much stronger than around them the edges are in which the two sides beside `side` would go on past it."""
    strengths = []
    for corner, away in ((quad[side], quad[side - 1]), (quad[(side + 1) % 4], quad[(side + 2) % 4])):
        strengths.append(edge_beyond(levels, corner, corner - away, NEAR, FAR))
    return min(strengths)


def _alike(levels: Sequence[Pixels], quad: Quad, side: int) -> bool:
    """Whether the photo has the same colour on both sides of `side`."""
    a, b, c, d = (quad[(side + k) % 4] for k in range(4))
    t = ((np.arange(12) + 0.5) / 12)[:, None]
    medians = []
    for sign in (-1, 1):
        depths = sign * np.linspace(0.04, 0.10, 4)
        points = np.concatenate([(a + (a - d) * s) * (1 - t) + (b + (b - c) * s) * t for s in depths])
        medians.append(_median_colour(levels, points))
    return medians[0] is not None and medians[1] is not None and abs(medians[0] - medians[1]).max() < ALIKE_MAX


def _median_colour(levels: Sequence[Pixels], points: Points) -> NDArray[np.float64] | None:
    """Of the photo at these points; None where most lie outside."""
    high, wide = levels[0].shape[:2]
    inside = ((points >= 0) & (points <= np.array([wide, high]) - 1)).all(axis=1)
    if inside.mean() < 0.5:
        return None
    x, y = np.round(points[inside]).astype(int).T
    return np.asarray(np.median(levels[0][y, x].astype(np.float64), axis=0))


def edge_beyond(levels: Sequence[Pixels], corner: Points, way: Points, near: float, far: float) -> float:
    """The mean strength -1..1 of an edge on the line from a corner on along `way`, less that beside the line.

    It is looked for from `near` to `far` past the corner, in lengths of `way`; -1 where hardly any of that is in sight.
    """
    length = float(np.linalg.norm(way))
    normal = np.array([-way[1], way[0]]) / max(length, 1e-9)
    step = max(1.0, length * FINE)
    level = min(max(0, int(np.floor(np.log2(step)))), len(levels) - 1)
    shrink = 2.0**level
    t = near + (far - near) * (np.arange(PROFILES) + 0.5) / PROFILES
    offsets = np.arange(-REACH, REACH + 1) * step
    grid = corner + t[:, None, None] * way + offsets[:, None] * normal
    high, wide = levels[0].shape[:2]
    inside = ((grid > 1) & (grid < np.array([wide, high]) - 2)).all(axis=(1, 2))
    if inside.sum() < PROFILES / 6:
        return -1.0
    at = ((grid[inside] + 0.5) / shrink - 0.5).astype(np.float32)
    strip = cv2.remap(levels[level], at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    slope: NDArray[np.float64] = np.linalg.norm(strip[:, 2:].astype(np.float64) - strip[:, :-2], axis=2)
    edge = slope / (slope + np.median(slope) + 6.0)
    on = slice(REACH - 2, REACH + 1)
    return float(edge[:, on].max(axis=1).mean() - np.delete(edge, range(REACH - 2, REACH + 1), axis=1).mean())
