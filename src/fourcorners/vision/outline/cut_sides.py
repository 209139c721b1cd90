"""Sides that the photo's edge cuts off, where lines within the document were taken for them.

Of a side that is out of sight nothing is marked, so the strongest line that runs its way stands in for it: the edge of
a portrait, of a band, a row of print. The network's maps tell it: the document goes on past that line as far as the
photo does, and so do its other sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.outline.network import CELL_PX, Maps
from fourcorners.vision.outline.views import WINDOW_PX, View

__all__ = ["RIM_MAX", "CutSides", "Shown", "cut_sides", "shown_by"]

BELIEVED = 0.8
"""Lines that were found with at least this confidence are true. Of 339 whole documents on photos of tuning templates,
cut so that they reach nearly to the edge, two would else lose a side that is in sight."""
SURE_MIN = 0.6
GAIN_MIN, LOSS_MAX = 0.1, 0.2
"""How much surer than all lines those must be that are left, or how much less sure they may be where the outline of all
lines is below DOUBTED, so that it would be none."""
DOUBTED, WEAKEST_MIN = 0.65, 0.7
"""Above DOUBTED, and only where no side that is left is marked less than this, lines give way."""
CUT = ((0,), (1,), (2,), (3,), (0, 1), (1, 2), (2, 3), (3, 0))
"""Which sides may be cut off: one, or two that meet."""
RIM_MAX = 2
"""At most so many cells of the document may lie at the window's rim where the photo goes on: there it is unknown."""
EDGE_CELLS, EDGE_MIN = 2, 4
"""A document of which fewer cells lie so near to the photo's edge is not cut off."""
SAMPLES_MIN = 4
CELLS = WINDOW_PX // CELL_PX

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Which cells of a window show the photo, which of these its edge, and at which the photo goes on past the window.

    Each is (64, 64).
    """

    photo: Mask
    edge: Mask
    rim: Mask


@dataclass(frozen=True, slots=True, eq=False)
class CutSides:
    """Which sides are cut off, what the others enclose of the photo (64, 64), and how sure these are, 0..1."""

    sides: tuple[int, ...]
    region: Mask
    confidence: float


def shown_by(view: View, size: tuple[int, int]) -> Shown:
    """What the window of a view shows of a photo of (width, height)."""
    ends = view.to_window(np.array([[-0.5, -0.5], [size[0] - 0.5, size[1] - 0.5]]))
    low, high = (ends + 0.5) / CELL_PX - 0.5
    photo, inner = _box(low, high), _box(low + EDGE_CELLS, high - EDGE_CELLS)
    rim = np.zeros((CELLS, CELLS), dtype=bool)
    rim[[0, -1]] |= np.array([low[1] < -1, high[1] > CELLS])[:, None]
    rim[:, [0, -1]] |= np.array([low[0] < -1, high[0] > CELLS])
    return Shown(photo, photo & ~inner, rim & photo)


def _box(low: Points, high: Points) -> Mask:
    """The cells (64, 64) from `low` to `high`, (x, y) in cells."""
    across, down = ((_PLACES - low[i]) * (high[i] - _PLACES) >= 0 for i in range(2))
    return np.asarray(down[:, None] & across)


def cut_sides(
    maps: Maps, blob: Mask, lines: NDArray[np.float64], seen: Sequence[bool], shown: Shown, confidence: float
) -> CutSides | None:
    """The sides that are cut off if the document `blob` is better told without their lines; None where it is not.

    Side i of the lines (4, 3), n x + m y = c in cells, was seen or not; all were found with a `confidence`, 0 for none.
    """
    if confidence >= BELIEVED or (blob & shown.edge).sum() < EDGE_MIN:
        return None
    sight = _Sight(maps, blob, lines, shown)
    all_seen = tuple(i for i in range(4) if seen[i])
    best = None
    for cut in CUT:
        left = tuple(i for i in range(4) if i not in cut)
        if not all(seen[i] for i in left):
            continue
        sure, weakest, region = sight.sureness(left)
        if confidence >= DOUBTED and weakest < WEAKEST_MIN:
            continue
        if (best is None or sure > best.confidence) and (region & shown.rim).sum() <= RIM_MAX:
            best = CutSides(cut, region, sure)
    if best is None or best.confidence < SURE_MIN:
        return None
    now = sight.sureness(all_seen, may_be_out=True)[0] if confidence > 0 else 0.0
    return best if best.confidence >= now + (GAIN_MIN if confidence >= DOUBTED else -LOSS_MAX) else None


class _Sight:
    """How four lines, and some of them, agree with what a window shows of the photo."""

    def __init__(self, maps: Maps, blob: Mask, lines: NDArray[np.float64], shown: Shown) -> None:
        self.shown, self.blob = shown.photo, blob & shown.photo
        x, y, offset = (lines[:, k, None, None] for k in range(3))
        self.within = x * _PLACES + y * _PLACES[:, None] <= offset + 0.5
        normals = lines[:, None, :2]
        ways = np.stack([-normals[..., 1], normals[..., 0]], axis=2)
        points = normals * lines[:, None, 2:] + _ALONG[:, None] * ways
        cells = np.round(points).astype(np.int64)
        inside = ((cells >= 0) & (cells < CELLS)).all(axis=2)
        column, row = np.moveaxis(np.clip(cells, 0, CELLS - 1), 2, 0)
        self.visible = inside & self.shown[row, column]
        self.marks = maps.side[row, column]
        self.enclosed = points @ lines[:, :2].T <= lines[:, 2] - 1  # (4, samples, 4): past which other side it is not

    def sureness(self, sides: Sequence[int], may_be_out: bool = False) -> tuple[float, float, Mask]:
        """The mean mark of these sides, as far as they are in sight, times how well they enclose the document.

        0 where one is out of sight, unless it `may_be_out`. Then the least of these marks, and what the sides
        enclose of the photo.
        """
        region = self.within[list(sides)].all(axis=0) & self.shown
        marks = []
        for i in sides:
            others = [j for j in sides if j != i]
            here = self.visible[i] & self.enclosed[i][:, others].all(axis=1)
            if here.sum() >= SAMPLES_MIN:
                marks.append(float(self.marks[i][here].mean()))
            elif not may_be_out:
                return 0.0, 0.0, region
        covers = (region & self.blob).sum() / max(1, (region | self.blob).sum())
        return (float(np.mean(marks) * covers), min(marks), region) if marks else (0.0, 0.0, region)


_PLACES = np.arange(CELLS, dtype=np.float64)
_ALONG = np.arange(-1.45 * CELLS, 1.45 * CELLS, 0.75)
"""Where along a line marks are read, in cells from its foot: the window's diagonal either way."""
