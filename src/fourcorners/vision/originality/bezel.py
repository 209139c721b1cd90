"""The frame of a display: a dark strip of one tone with a straight inner edge, around what is shown.

A phone, a tablet or a monitor has a bezel. Going outward from the document, brightness ends at a straight line and an
even dark strip begins; where the strip ends again, everywhere equally wide, nothing but a frame is like that. Where it
runs on out of the picture it may be a dark table under a sheet of paper, which says less. Pale frames are not sought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import shrunk

__all__ = ["Bezel", "Strip", "find_bezel"]

SIDE_PX = 480
"""Longest side of the copy that is looked at."""
DARK = 58
"""Grey levels below which glass and black plastic stay in a room's light."""
DROP = 14
"""Grey levels by which it gets darker, at least, within three pixels."""
THIN_PX = 6
"""Narrower strips are shadows and lines."""
TILT, TILT_STEP = 0.16, 0.01
"""Slopes of the edge against the picture's that are tried: a display is photographed nearly straight."""
NEAR_PX = 1.5
LENGTH_SHARE = 0.6
"""Of the width that an edge must be seen along, as a share of the picture's."""
SEEN_SHARE = 0.6
"""Of its columns in which an edge must be seen."""
CLOSED_LEAST = 0.25
ALIKE_SHARE, ALIKE_LEAST = 0.2, 0.6
"""A strip is closed when it ends inside the picture in a quarter of its columns, and in three of five of those suddenly
and as wide as in the middle one, to a fifth."""
EVEN = 12.0
"""Standard deviation, in grey levels, of the tone of a strip at most."""
LOOKED_AT_PX = 12
"""So much of a strip is looked at for its tone."""
APART = 0.02
"""An open strip counts only where something brighter lies between it and the document, this wide in shares of SIDE_PX.
A closed one may touch it, but not lie within."""

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One side of a frame: `share` 0..1 of its length in which it is seen, its inner edge (2, 2) in photo pixels."""

    share: float
    is_closed: bool
    edge: Points


@dataclass(frozen=True, slots=True, eq=False)
class Bezel:
    """The sides of a frame that were found, four at most."""

    strips: tuple[Strip, ...]

    @property
    def closed(self) -> float:
        """The shares of the sides that end again, summed: 0..4."""
        return sum(strip.share for strip in self.strips if strip.is_closed)

    @property
    def open(self) -> float:
        """The shares of the sides that run on out of the picture, summed: 0..4."""
        return sum(strip.share for strip in self.strips if not strip.is_closed)


def find_bezel(photo: Pixels, quad: Quad, levels: Sequence[Pixels] = ()) -> Bezel:
    """Look outward from the document `quad` (4, 2) in a photo (h, w, 3). `levels` is its pyramid, if it is at hand."""
    small = cv2.cvtColor(shrunk(photo, SIDE_PX, levels), cv2.COLOR_RGB2GRAY)
    grey = np.asarray(small, dtype=np.uint8)
    scale = np.array(grey.shape[1::-1]) / np.array(photo.shape[1::-1])
    document = (np.asarray(quad, dtype=np.float64) + 0.5) * scale - 0.5
    strips = []
    for turns in range(4):
        found = _upper_strip(np.ascontiguousarray(np.rot90(grey, turns)), _turned(document, grey.shape, turns))
        if found is not None:
            share, is_closed, edge = found
            back = _turned(edge, np.rot90(grey, turns).shape, 4 - turns)
            strips.append(Strip(share, is_closed, (back + 0.5) / scale - 0.5))
    return Bezel(tuple(strips))


def _turned(points: Points, shape: tuple[int, ...], turns: int) -> Points:
    """Points [x, y] of a picture of this shape after `turns` quarter turns counter-clockwise, as by `np.rot90`."""
    height, width = shape[:2]
    for _ in range(turns % 4):
        points = np.column_stack([points[:, 1], width - 1 - points[:, 0]])
        height, width = width, height
    return points


def _upper_strip(grey: Plane, document: Points) -> tuple[float, bool, Points] | None:
    """The strip above the document: how much of it is seen, whether it ends again, and its inner edge [x, y]."""
    width = grey.shape[1]
    rows = int(np.clip(document[:, 1].mean(), THIN_PX + 3, grey.shape[0]))
    runs = _dark_runs(grey[:rows])
    y, x = _marks(grey[:rows], runs)
    line = _straight(x, y, width, rows)
    if line is None:
        return None
    near = np.abs(y - np.polyval(line, x)) <= NEAR_PX
    y, x = y[near], x[near]
    columns = np.unique(x)
    at = np.polyval(line, np.arange(width))
    visible = int(((at >= THIN_PX) & (at < rows)).sum())
    share = min(1.0, len(columns) / max(visible, LENGTH_SHARE * width))
    if share < SEEN_SHARE or _unevenness(grey, x, y, runs[y, x]) > EVEN:
        return None
    apart = _apart(document, line, columns)
    is_closed = _is_closed(grey, x, y, runs[y, x])
    if apart < (-APART / 2 if is_closed else APART) * SIDE_PX:
        return None
    ends_x = np.array([columns[0], columns[-1]], dtype=np.float64)
    return share, is_closed, np.column_stack([ends_x, np.polyval(line, ends_x)])


def _dark_runs(grey: Plane) -> NDArray[np.int64]:
    """How many pixels in a row are dark from each one upwards, itself included."""
    row = np.arange(len(grey))[:, None]
    lit = np.where(grey < DARK, -1, row)
    return np.asarray(row - np.maximum.accumulate(lit, axis=0), dtype=np.int64)


def _marks(grey: Plane, runs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns where a dark strip begins above something brighter."""
    level = grey.astype(np.int16)
    begins = np.zeros(grey.shape, dtype=bool)
    begins[1:-2] = (runs[1:-2] >= THIN_PX) & (runs[2:-1] < THIN_PX) & (level[3:] - level[:-3] >= DROP)
    y, x = np.nonzero(begins)
    return y.astype(np.int64), x.astype(np.int64)


def _straight(x: NDArray[np.int64], y: NDArray[np.int64], width: int, height: int) -> tuple[float, float] | None:
    """Slope and offset of the line that most marks lie on."""
    if len(x) < SEEN_SHARE * LENGTH_SHARE * width:
        return None
    room = round(TILT * width) + 2
    best, slope, offset = 0, 0.0, 0.0
    for tilt in np.arange(-TILT, TILT + TILT_STEP / 2, TILT_STEP):
        places = np.rint(y - tilt * (x - width / 2)).astype(int) + room
        votes = np.bincount(places, minlength=height + 2 * room)
        pairs = votes[:-1] + votes[1:]
        place = int(pairs.argmax())
        if pairs[place] > best:
            best, slope, offset = int(pairs[place]), float(tilt), place - room + 0.5
    near = np.abs(y - offset - slope * (x - width / 2)) <= NEAR_PX
    if np.count_nonzero(near) < SEEN_SHARE * LENGTH_SHARE * width:
        return None
    fitted = np.polyfit(x[near], y[near], 1)
    return float(fitted[0]), float(fitted[1])


def _unevenness(grey: Plane, x: NDArray[np.int64], y: NDArray[np.int64], runs: NDArray[np.int64]) -> float:
    """The spread of the strip's tone (grey levels) just beyond its inner edge."""
    step = np.arange(1, LOOKED_AT_PX)[:, None]
    within = step < runs
    tones = grey[np.maximum(y - step, 0), x][within]
    return float(tones.std()) if tones.size else np.inf


def _apart(document: Points, line: tuple[float, float], columns: NDArray[np.int64]) -> float:
    """How far the document's upper edge lies below the line, in the middle of the columns that both have."""
    along = np.linspace(0, 1, 200)[:, None, None]
    rim = (document + along * (np.roll(document, -1, axis=0) - document)).reshape(-1, 2)
    above = rim[(rim[:, 0] >= columns[0]) & (rim[:, 0] <= columns[-1])]
    if not len(above):
        return float(SIDE_PX)
    column = np.rint(above[:, 0]).astype(int)
    top = np.full(int(column.max()) + 1, np.inf)
    np.minimum.at(top, column, above[:, 1])
    known = np.flatnonzero(np.isfinite(top))
    return float(np.median(top[known] - np.polyval(line, known)))


def _is_closed(grey: Plane, x: NDArray[np.int64], y: NDArray[np.int64], wide: NDArray[np.int64]) -> bool:
    """Does the strip end inside the picture, equally wide all along, and as suddenly as it began? A shadow fades."""
    ends = y + 1 - wide >= 1
    if ends.mean() <= CLOSED_LEAST:
        return False
    last, column, wide = (y - wide + 1)[ends], x[ends], wide[ends]
    middle = float(np.median(wide))
    alike = np.abs(wide - middle) <= max(2.5, ALIKE_SHARE * middle)
    level = grey.astype(np.int16)
    sudden = level[np.maximum(last - 2, 0), column] - level[last + 1, column] >= DROP
    return bool((alike & sudden).mean() >= ALIKE_LEAST)
