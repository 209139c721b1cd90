"""A side that is the edge of the sheet on which a copy was printed, not the copy's own.

Between the sheet's edge and the copy's lies a strip of blank paper. It has the colour of what lies beside the outline
there, since the sheet goes on; further in, the outline's other sides stand out from the same paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography, homography
from fourcorners.vision.outline.beyond import has_usual_format
from fourcorners.vision.outline.refine import refine
from fourcorners.vision.picture import Pixels

__all__ = ["within_sheet"]

SIDE_PX, MARGIN_PX = 320, 32
"""The document's longer side and what is looked at around it, flat and small."""
SKIPPED_PX = 4
"""On either side of a line: where its edge, and the error of the outline, may lie."""
BESIDE_PX = 10
"""How wide the strips are that are compared across a side."""
WITHIN = slice(MARGIN_PX + SKIPPED_PX, MARGIN_PX + SKIPPED_PX + BESIDE_PX)
BESIDE = slice(MARGIN_PX - SKIPPED_PX - BESIDE_PX, MARGIN_PX - SKIPPED_PX)
"""Pixels of the view just within its left or upper side, and just past it."""
PAPER_PX = 3
"""Rows of the strip that show what colour its paper has."""
DEPTH_SHARE_MIN, DEPTH_SHARE_MAX = 0.02, 0.3
"""How far in the copy may begin, of the document's extent across the side."""
UNLIKE_MIN = 12.0
"""Colour difference (of 255, RGB norm) from which ink is no longer paper."""
ALIKE_MAX, ALIKE_SHARE, STANDS_OUT_MIN = 9.0, 0.25, 12.0
"""The same across a side beside it: where one sheet goes on, and where the copy's own edge is."""
MAY_MAX = 40.0
"""The same, at first sight: beyond, no sheet goes on."""
STRAIGHT_PX, STRAIGHT_SHARE_MIN = 1.6, 0.7
"""How near to one line the ink must begin, and in how many columns."""
FILLED_PX, FILLED_SHARE_MIN = 12, 0.8
"""How much of what lies past that line must be no paper: ink of a copy's ground, where a line of print has gaps. Of 280
drawn copies of training and tuning templates these limits bring 10 nearer and none further off; 0.7 here moves one of
585 other documents wrongly."""
ROUNDS = 2

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """The document (h, w, 3), flat and small, MARGIN_PX of its surroundings about it, and the way back to the photo."""

    pixels: Plane
    to_photo: NDArray[np.float64]


def within_sheet(levels: Sequence[Pixels], quad: Quad, uncertainty_px: float) -> Quad:
    """The quad, sides that are a sheet's edges moved in to where the copy begins; `levels` halve in size."""
    height, width = levels[0].shape[:2]
    for _ in range(ROUNDS):
        view = _view(levels, quad)
        for side in range(4):
            found = _begins(np.rot90(view.pixels, side))
            if found is None:
                continue
            moved = _moved(view, quad, side, found)
            if has_usual_format(moved, (width, height)):
                quad = refine(levels, moved, [k == side for k in range(4)], uncertainty_px)
                break
        else:
            return quad
    return quad


def _view(levels: Sequence[Pixels], quad: Quad) -> _View:
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    across, down = max(edges[0], edges[2]), max(edges[1], edges[3])
    scale = SIDE_PX / max(across, down, 1.0)
    w, h = max(2 * MARGIN_PX, round(across * scale)), max(2 * MARGIN_PX, round(down * scale))
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5 + MARGIN_PX
    to_photo = homography(corners, quad)
    level = min(max(0, int(np.log2(max(1 / scale, 1.0)) + 0.5)), len(levels) - 1)
    share = 0.5**level
    to_level = np.array([[share, 0, 0.5 * share - 0.5], [0, share, 0.5 * share - 0.5], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = w + 2 * MARGIN_PX, h + 2 * MARGIN_PX
    seen = cv2.warpPerspective(levels[level], to_level @ to_photo, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return _View(cv2.blur(seen, (3, 3)).astype(np.float32), to_photo)


def _begins(view: Plane) -> tuple[float, float] | None:
    """How far below the view's upper side the copy begins, at its left and right end, in px; None where it does not."""
    height, width = view.shape[:2]
    rows, columns = height - 2 * MARGIN_PX, width - 2 * MARGIN_PX
    if not (_may_go_on(view) or _may_go_on(view[:, ::-1])):
        return None
    inside = view[MARGIN_PX : MARGIN_PX + rows, MARGIN_PX : MARGIN_PX + columns]
    paper = np.median(inside[SKIPPED_PX : SKIPPED_PX + PAPER_PX], axis=0)
    paper = cv2.blur(paper[None], (9, 1))[0]
    deepest = round(DEPTH_SHARE_MAX * rows)
    ends = slice(round(0.06 * columns), columns - round(0.06 * columns))
    is_ink = np.linalg.norm(inside[SKIPPED_PX:deepest, ends] - paper[ends], axis=2) > UNLIKE_MIN
    has_ink = is_ink.any(axis=0)
    if has_ink.mean() < STRAIGHT_SHARE_MIN:
        return None
    x = np.arange(ends.start, ends.stop)[has_ink]
    y = is_ink[:, has_ink].argmax(axis=0) + SKIPPED_PX
    line = _line(x, y, columns)
    if line is None or not 2 * DEPTH_SHARE_MIN * rows < sum(line) < 2 * DEPTH_SHARE_MAX * rows:
        return None
    depth = line[0] + (line[1] - line[0]) * (np.arange(is_ink.shape[1]) + ends.start) / columns - SKIPPED_PX
    past = np.arange(len(is_ink))[:, None] - depth
    if is_ink[(past > 1) & (past < FILLED_PX)].mean() < FILLED_SHARE_MIN:
        return None
    return line if _sheet_goes_on(view, line) else None


def _may_go_on(view: Plane) -> bool:
    """Whether the left side hardly stands out where a strip would begin: nearly never, and quickly seen."""
    rows = view[MARGIN_PX + SKIPPED_PX : MARGIN_PX + SKIPPED_PX + PAPER_PX]
    within, beside = rows[:, WITHIN].mean(axis=(0, 1)), rows[:, BESIDE].mean(axis=(0, 1))
    return float(np.linalg.norm(within - beside)) < MAY_MAX


def _line(x: NDArray[np.int64], y: NDArray[np.int64], columns: int) -> tuple[float, float] | None:
    """The line through the first ink of STRAIGHT_SHARE_MIN of the columns or more: its ends."""
    t = x / columns
    slope, offset = 0.0, float(np.median(y))
    for reach in (4 * STRAIGHT_PX, 2 * STRAIGHT_PX, STRAIGHT_PX):
        near = abs(y - offset - slope * t) < reach
        if near.sum() < 0.5 * columns:
            return None
        slope, offset = np.polyfit(t[near], y[near], 1)
    near = abs(y - offset - slope * t) < STRAIGHT_PX
    return (offset, offset + slope) if near.sum() >= STRAIGHT_SHARE_MIN * columns else None


def _sheet_goes_on(view: Plane, line: tuple[float, float]) -> bool:
    """Whether the strip's paper goes on beside it and the copy stands out from it further in.

    At both ends or, where the other end is near the sheet's corner, at one, past which the sheet's edge must go on too.
    """
    ends = [_goes_on_past(view, line[0]), _goes_on_past(view[:, ::-1], line[1])]
    return all(alike for alike, _ in ends) or any(alike and edge for alike, edge in ends)


def _goes_on_past(view: Plane, depth: float) -> tuple[bool, bool]:
    """Whether the paper, and whether the edge of the sheet, go on to the left of the view's left side."""
    rows = len(view) - 2 * MARGIN_PX
    band = view[MARGIN_PX : MARGIN_PX + rows]
    within, beside = np.median(band[:, WITHIN], axis=1), np.median(band[:, BESIDE], axis=1)
    unlike = np.linalg.norm(within - beside, axis=1)
    strip = slice(1, max(2, round(depth) - 1))
    further = float(np.median(unlike[round(depth) + 2 : round(0.9 * rows)]))
    alike = further > STANDS_OUT_MIN and float(np.median(unlike[strip])) < max(ALIKE_MAX, ALIKE_SHARE * further)
    above = np.median(view[BESIDE, BESIDE].reshape(-1, 3), axis=0)
    paper = np.median(beside[strip], axis=0)
    return alike, float(np.linalg.norm(above - paper)) > STANDS_OUT_MIN


def _moved(view: _View, quad: Quad, side: int, ends: tuple[float, float]) -> Quad:
    """The quad with `side` on the line that begins and ends so far in, in the view turned `side` times."""
    height, width = view.pixels.shape[:2]
    size = (height, width) if side % 2 else (width, height)
    points: Points = np.array(
        [[MARGIN_PX - 0.5, MARGIN_PX + ends[0]], [size[0] - MARGIN_PX - 0.5, MARGIN_PX + ends[1]]]
    )
    for _ in range(side):  # undo one quarter turn counter-clockwise
        points = np.column_stack([size[1] - 1 - points[:, 1], points[:, 0]])
        size = size[::-1]
    moved = quad.copy()
    moved[[side, (side + 1) % 4]] = apply_homography(view.to_photo, points)
    return moved
