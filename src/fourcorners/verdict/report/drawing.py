"""Evidence as SVG shapes over a picture, in the picture's own pixels, or those of the picture turned upright."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.checks.finding import Mark
from fourcorners.kit.geometry import Quad

__all__ = ["Shape", "quarter_turns", "shapes", "turned_mark", "view_box"]

POINT_RADIUS_SHARE = 0.006
LABEL_SIZE_SHARE = 0.028
LETTER_EM = 0.62
"""How wide a letter of a label is, at most, on average, by its size."""
LINE_EM = 1.2
"""From the foot of one label to that of the next below it, by their size."""
GAP_EM = 0.35
"""How far a label stands over its mark, by its size."""
VIEW_SHARE_MIN = 0.22
"""A close-up of evidence shows at least this share of the picture's longer side, so that one sees where it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark: `points` as SVG wants them; (`x`, `y`) is the centre of a circle.

    (`label_x`, `label_y`) is where the label begins, at the foot of its letters.
    """

    kind: str
    points: str
    x: float
    y: float
    radius: float
    label: str
    label_size: float
    label_x: float
    label_y: float

    @property
    def label_width(self) -> float:
        """How much room the label needs, at most."""
        return LETTER_EM * self.label_size * len(self.label)


def quarter_turns(quad: Quad | None) -> int:
    """How often a photo must be turned counter-clockwise for the document with corners `quad` to stand upright."""
    if quad is None:
        return 0
    x, y = quad[1] - quad[0] + quad[2] - quad[3]
    return round(float(np.degrees(np.arctan2(y, x))) / 90) % 4


def turned_mark(mark: Mark, turns: int, width: int, height: int) -> Mark:
    """The mark on the picture of (width, height) turned counter-clockwise by quarter turns, as `numpy.rot90` does."""
    points = mark.points
    for k in range(turns):
        across = width if k % 2 == 0 else height
        points = tuple((y, across - 1 - x) for x, y in points)
    if mark.shape == "box":
        (ax, ay), (bx, by) = points
        points = ((min(ax, bx), min(ay, by)), (max(ax, bx), max(ay, by)))
    return replace(mark, points=points)


def shapes(
    marks: Sequence[Mark],
    width: int,
    height: int,
    zoom: float = 1.0,
    window: tuple[float, float, float, float] | None = None,
    beside: Sequence[Shape] = (),
) -> list[Shape]:
    """The marks of a finding on a picture of that size; `zoom` keeps labels small in a close-up.

    Marks that say the same say it once, at the one furthest to the left: there its words have most room. Words stay
    inside the `window` (x, y, width, height) that is shown, which is the whole picture if none is given, and off those
    of the shapes that are there already, `beside`.
    """
    side = max(width, height)
    speaker = {mark.label: mark for mark in sorted(marks, key=lambda m: -min(x for x, _ in m.points))}
    drawn = [_shape(m if speaker[m.label] is m else replace(m, label=""), side, zoom) for m in marks]
    return _laid_out(drawn, window or (0, 0, width, height), beside)


def view_box(marks: Sequence[Mark], width: int, height: int) -> tuple[float, float, float, float]:
    """(x, y, width, height) of a landscape window of the picture around the marks."""
    xs = [x for mark in marks for x, _ in mark.points]
    ys = [y for mark in marks for _, y in mark.points]
    least = VIEW_SHARE_MIN * max(width, height)
    w, h = max(1.3 * (max(xs) - min(xs)), least), max(1.3 * (max(ys) - min(ys)), least * 0.6)
    w = max(w, h * 1.2)
    x = (min(xs) + max(xs) - w) / 2
    y = (min(ys) + max(ys) - h) / 2
    return round(x, 1), round(y, 1), round(w, 1), round(h, 1)


def _shape(mark: Mark, side: float, zoom: float) -> Shape:
    points = list(mark.points)
    if mark.shape == "box":
        (x0, y0), (x1, y1) = points
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    kind = {"quad": "polygon", "box": "polygon", "line": "polyline", "point": "circle"}[mark.shape]
    x = min(p[0] for p in points)
    y = min(p[1] for p in points)
    if kind == "circle":
        x, y = points[0]
    size = LABEL_SIZE_SHARE * side * zoom
    text = " ".join(f"{px:g},{py:g}" for px, py in points)
    foot = y - GAP_EM * size
    return Shape(kind, text, x, y, POINT_RADIUS_SHARE * side * zoom, mark.label, round(size, 1), x, round(foot, 1))


def _laid_out(
    drawn: Sequence[Shape], window: tuple[float, float, float, float], beside: Sequence[Shape]
) -> list[Shape]:
    """The labels moved so that no edge cuts one and none lies on another; smaller where there is no room for one."""
    laid: list[Shape] = []
    for shape in drawn:
        placed = _kept_inside(shape, window) if shape.label else shape
        while placed.label and (other := next((o for o in (*beside, *laid) if _meet(placed, o)), None)) is not None:
            placed = replace(
                placed, label_y=round(other.label_y + LINE_EM * max(placed.label_size, other.label_size), 1)
            )
        laid.append(placed)
    return laid


def _kept_inside(shape: Shape, window: tuple[float, float, float, float]) -> Shape:
    left, top, width, height = window
    size = round(min(shape.label_size, width / (LETTER_EM * len(shape.label))), 1)
    shape = replace(shape, label_size=size)
    x = max(left + GAP_EM * size, min(shape.label_x, left + width - shape.label_width))
    y = min(max(shape.label_y, top + size), top + height - GAP_EM * size)
    return replace(shape, label_x=round(x, 1), label_y=round(y, 1))


def _meet(one: Shape, other: Shape) -> bool:
    """Whether their labels lie on one another."""
    beside = one.label_x >= other.label_x + other.label_width or other.label_x >= one.label_x + one.label_width
    return bool(other.label) and not beside and abs(one.label_y - other.label_y) < other.label_size
