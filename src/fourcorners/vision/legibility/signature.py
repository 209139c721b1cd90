"""A signature on a page: a thin dark line that runs on over a wide, airy box.

Printed letters stand apart and fill their boxes; a pen hardly leaves the paper. So what counts is one connected stroke,
far longer than it is broad, whose box is wider than high and mostly empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import shrunk

__all__ = ["Stroke", "find_stroke"]

Mask = NDArray[np.uint8]

SIDE_PX = 1000
"""Longest side of the copy that is looked at: a pen's line is then about three pixels broad."""

PEN_PX = 11
"""Broader dark things are no line."""

DARKER = 0.22
"""Share of the light of the paper beside it that ink takes at least."""

_INK_BELOW = np.ceil((1 - DARKER) * np.arange(256)).astype(np.uint8)
"""Of each brightness of paper, the one under which ink lies."""

JOIN_PX = 3
"""Gaps up to this are bridged: a pen may run dry, a picture may be soft."""

RULE_PX = 45
"""A straight run of ink this long is a rule."""

RULED_MOST = 0.6
"""Share of a pen's ink that may be rules: the line on which somebody signs is touched by what they write."""

HEIGHT_SHARE = (0.03, 0.2)
WIDTH_SHARE_MOST = 0.5
"""Least and greatest size of a signature's box, as shares of the page's height and width."""

FLATTEST, STEEPEST = 9.0, 1.0
"""Greatest and least width of the box in parts of its height: rules are flatter, emblems and letters steeper."""

FILLED_MOST = 0.3
"""Share of the box under ink."""

LINE_RATIO = 1.4
"""What is no higher than this many heights of a line of print that it lies in is that line."""


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """`length` of the line as a share of the page's longest side, and its upright box (4, 2) in page pixels."""

    length: float
    quad: Quad


def find_stroke(
    page: Pixels, outside: Sequence[Quad], print_lines: Sequence[Quad], *, ruled: bool = False
) -> Stroke | None:
    """The longest stroke of a pen on a page (h, w, 3), or None.

    Not looked for in the quads `outside` (faces, MRZ), nor taken from what merely is a line of print (page pixels).
    `ruled`: straight lines along and up the page, as tables and charts have them, are no pen's.
    """
    scale = min(1.0, SIDE_PX / max(page.shape[:2]))
    ink = _ink(shrunk(page, SIDE_PX))
    rules = _rules(ink) if ruled else np.zeros_like(ink)
    size = ink.shape[1::-1]
    for quad in outside:
        cv2.fillConvexPoly(ink, np.round(quad * scale).astype(np.int32), (0,))
    # gaps being closed, a page has fewer strokes than 16 bits count, and those are counted in a third of the time
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(ink, 8, cv2.CV_16U, cv2.CCL_SPAGHETTI)
    lines = [(*_upright(line), float(np.linalg.norm(line[3] - line[0]))) for line in print_lines]
    best: Stroke | None = None
    for label, (x, y, w, h, area) in enumerate(stats[1:].tolist(), start=1):
        shaped = STEEPEST <= w / h <= FLATTEST and w <= WIDTH_SHARE_MOST * size[0]
        if not (shaped and HEIGHT_SHARE[0] * size[1] <= h <= HEIGHT_SHARE[1] * size[1] and area <= FILLED_MOST * w * h):
            continue
        box = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]) / scale - 0.5
        if any(_is_line(box, *line) for line in lines):
            continue
        stroke = (labels[y : y + h, x : x + w] == label).astype(np.uint8)
        straight = int(((rules[y : y + h, x : x + w] > 0) & (stroke > 0)).sum())
        if straight > RULED_MOST * area:
            continue
        thickness = float(cv2.distanceTransform(stroke, cv2.DIST_L2, 3).max())
        length = (area - straight) / max(2 * thickness - 1, 1.0) / max(size)
        if best is None or length > best.length:
            best = Stroke(length, box)
    return best


def _ink(small: Pixels) -> Mask:
    """255 where a thin thing is darker than the paper around it."""
    red, green, blue = cv2.split(cv2.GaussianBlur(small, (3, 3), 0.7))
    darkest = cv2.min(cv2.min(red, green), blue)
    paper = cv2.morphologyEx(darkest, cv2.MORPH_CLOSE, np.ones((PEN_PX, PEN_PX), np.uint8))
    dark = cv2.compare(darkest, cv2.LUT(paper, _INK_BELOW), cv2.CMP_LT)
    return np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((JOIN_PX, JOIN_PX), np.uint8)))


def _rules(ink: Mask) -> Mask:
    """255 where ink runs on too long and straight for a hand, along or up the page."""
    found = np.zeros_like(ink)
    for shape in ((1, RULE_PX), (RULE_PX, 1)):
        found |= np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    return np.asarray(cv2.bitwise_and(cv2.dilate(found, np.ones((3, 3), np.uint8)), ink), dtype=np.uint8)


def _upright(line: Quad) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    (left, top), (right, bottom) = line.min(axis=0).tolist(), line.max(axis=0).tolist()
    return left, top, right, bottom


def _is_line(box: Quad, left: float, top: float, right: float, bottom: float, height: float) -> bool:
    """Does the box lie in a line of print of this extent and height, without standing out of it?"""
    x, y = (box[0] + box[2]).tolist()
    return left < x / 2 < right and top < y / 2 < bottom and float(box[2, 1] - box[0, 1]) < LINE_RATIO * height
