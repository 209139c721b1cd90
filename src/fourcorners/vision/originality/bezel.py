"""The frame of a display: a strip of one tone between two straight edges, around what is shown.

A phone, a tablet or a monitor has a bezel. Going outward from the document, what is shown ends at a straight line, a
strip of one even tone begins, and it ends at another straight line: whatever lies around the device, lighter or darker.
A dark strip says most. A pale one counts only at some distance from the document, where something else is shown
between: a card on a sheet of paper is no frame. A dark strip that runs on out of the picture may be a dark table under
a sheet, which says less still. Where the same tone comes again beyond, it is a pattern of stripes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad
from fourcorners.kit.quantiles import median
from fourcorners.vision.picture import Pixels
from fourcorners.vision.pyramid import shrunk

__all__ = ["Bezel", "Strip", "find_bezel"]

SIDE_PX = 480
"""Longest side of the copy that is looked at."""
COLUMNS, INSET = 64, 0.06
"""So many columns over the document are looked at, evenly from near its one end (a share of its width) to the other."""
NARROWEST_PX = 60
STEP = 9
"""Grey levels by which it gets darker or lighter, at least, within three pixels."""
TILT, TILT_STEP = 0.16, 0.02
"""Slopes of edges against the picture's that are tried: a display is photographed nearly straight."""
NEAR_PX = 1.6
SEEN_SHARE = 0.6
"""Of the columns in which an edge and the strip's tone must be seen."""
EDGES_MOST = 6
RIM_PX = 2
"""Outlines are found this well: the edge of a frame that touches the document may seem to lie so far within it."""
IN_SIGHT_SHARE = 0.5
"""Of the columns in which there must be room for a strip: frames leave the picture at a slant."""
FIRST_PX, LAST_PX = 2, 90
"""Where, beyond its inner edge, a strip is looked at."""
TONE_PX = 5
"""Of these pixels the tone of a strip is the median; and narrower strips are shadows and lines."""
ALIKE = 11.0
"""Differences in any colour within one tone; it may change evenly from end to end of a strip."""
EVEN, EVEN_DARK = 3.0, 3.5
"""Median difference from its tone, in the colour that differs most: ground is rarely as even as glass and plastic. In
the dark there is more noise."""
WIDE_ALIKE_PX = 2.5
CLOSED_SHARE = 0.6
"""Of the columns in which the strip must end suddenly, at a straight line."""
FAN = 0.8
"""How much wider, in shares of its width, a strip may be at its one end than at the other."""
DARK = 58.0
"""Grey levels below which glass and black plastic stay in a room's light."""
ONE_TONE, ACROSS = 8.0, 0.35
"""Grey levels between two sides of one frame, at most; and the cosine of the angle between them."""
APART, APART_PALE, TOUCHING = 0.02, 0.0125, -0.003
"""How far the document must be from an open, a pale and a dark strip, in shares of SIDE_PX."""

Plane = NDArray[np.uint8]
Floats = NDArray[np.float64]
SLOPES = np.arange(-TILT, TILT + TILT_STEP / 2, TILT_STEP)


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One side of a frame: `share` 0..1 of its length in which it is seen, its inner edge (2, 2) in photo pixels.

    It `is_closed` where it ends within the picture; `tone` is its mean grey level.
    """

    share: float
    is_closed: bool
    edge: Points
    tone: float = 0.0

    @property
    def is_dark(self) -> bool:
        """As glass and black plastic are in a room's light."""
        return self.tone < DARK

    def turns_into(self, other: "Strip") -> bool:
        """Do they meet at a corner, of one tone? Things that only lie there do so by chance."""
        (along, beside) = (strip.edge[1] - strip.edge[0] for strip in (self, other))
        across = abs(float(along @ beside)) <= ACROSS * float(np.linalg.norm(along) * np.linalg.norm(beside))
        return across and abs(self.tone - other.tone) <= ONE_TONE


@dataclass(frozen=True, slots=True, eq=False)
class Bezel:
    """The sides of a frame that were found, four at most."""

    strips: tuple[Strip, ...]

    @property
    def closed(self) -> float:
        """The shares of the dark sides that end again, summed: 0..4."""
        return sum(strip.share for strip in self.strips if strip.is_closed and strip.is_dark)

    @property
    def pale(self) -> float:
        """The shares of the other sides that end again, summed: 0..4."""
        return sum(strip.share for strip in self.strips if strip.is_closed and not strip.is_dark)

    @property
    def turns_corner(self) -> bool:
        """Does a side that ends again go on in one beside it, which may run on out of the picture?"""
        return any(
            strip.is_closed and strip.turns_into(other)
            for strip in self.strips
            for other in self.strips
            if other is not strip
        )

    @property
    def open(self) -> float:
        """The shares of the dark sides that run on out of the picture, summed: 0..4."""
        return sum(strip.share for strip in self.strips if not strip.is_closed)


def find_bezel(photo: Pixels, quad: Quad, levels: Sequence[Pixels] = ()) -> Bezel:
    """Look outward from the document `quad` (4, 2) in a photo (h, w, 3). `levels` is its pyramid, if it is at hand."""
    small = shrunk(photo, SIDE_PX, levels)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    scale = np.array(grey.shape[1::-1]) / np.array(photo.shape[1::-1])
    document = (np.asarray(quad, dtype=np.float64) + 0.5) * scale - 0.5
    strips = []
    for turns in range(4):
        about = np.rot90(small, turns), np.rot90(grey, turns)
        found = _upper_strip(*about, _turned(document, grey.shape, turns))
        if found is not None:
            back = _turned(found.edge, about[1].shape, 4 - turns)
            strips.append(Strip(found.share, found.is_closed, (back + 0.5) / scale - 0.5, found.tone))
    return Bezel(tuple(strips))


def _turned(points: Points, shape: tuple[int, ...], turns: int) -> Points:
    """Points [x, y] of a picture of this shape after `turns` quarter turns counter-clockwise, as by `np.rot90`."""
    height, width = shape[:2]
    for _ in range(turns % 4):
        points = np.column_stack([points[:, 1], width - 1 - points[:, 0]])
        height, width = width, height
    return points


def _upper_strip(photo: Pixels, grey: Plane, document: Points) -> Strip | None:
    """The strip above the document that is most like a side of a frame."""
    left, right = np.clip([document[:, 0].min(), document[:, 0].max()], 0, grey.shape[1] - 1)
    if right - left < NARROWEST_PX:
        return None
    inset = INSET * (right - left)
    columns = np.rint(np.linspace(left + inset, right - inset, COLUMNS)).astype(int)
    rows = int(np.clip(document[:, 1].mean(), 0, len(grey)))
    if rows < LAST_PX // 8:
        return None
    x = columns - columns.mean()
    colours = photo[:rows, columns].astype(np.float32)
    top = _upper_rim(document, columns)
    found = []
    for slope, offset in _edges(grey[:rows, columns], x, top):
        y = slope * x + offset
        apart = median(top - y) / SIDE_PX
        strip = _strip(colours, x, y, top) if apart >= TOUCHING else None  # within the document there is no frame
        if strip is not None and apart >= _apart_least(strip[1], strip[2] < DARK):
            ends = np.column_stack([columns[[0, -1]], y[[0, -1]]]).astype(np.float64)
            found.append(Strip(strip[0], strip[1], ends, strip[2]))
    return max(found, key=lambda strip: (strip.is_closed and strip.is_dark, strip.is_closed, strip.share), default=None)


def _apart_least(is_closed: bool, is_dark: bool) -> float:
    if not is_dark:
        return APART_PALE if is_closed else np.inf
    return TOUCHING if is_closed else APART


def _upper_rim(document: Points, columns: NDArray[np.int_]) -> Floats:
    """The least y of the document's outline in each of the columns."""
    top = np.full(len(columns), np.inf)
    for side in zip(document, np.roll(document, -1, axis=0), strict=True):
        (x0, y0), (x1, y1) = sorted(side, key=lambda corner: float(corner[0]))
        if x1 > x0:
            over = (columns >= x0) & (columns <= x1)
            top[over] = np.minimum(top[over], y0 + (y1 - y0) * (columns[over] - x0) / (x1 - x0))
    return top


def _edges(grey: Plane, x: Floats, top: Floats) -> list[tuple[float, float]]:
    """Slopes and offsets of the straight edges that are seen in most columns, clearest first. `x` is of each column.

    Only those above the document, which begins at `top` (n,): its own lines of print are clearer than many a frame.
    """
    level = grey.astype(np.int16)
    step = np.zeros_like(level)
    step[1:-2] = np.abs(level[3:] - level[:-3])
    step[(step < STEP) | (np.arange(len(grey))[:, None] > top + RIM_PX)] = 0
    is_edge = step > 0
    is_edge[1:] &= step[1:] >= step[:-1]
    is_edge[:-1] &= step[:-1] > step[1:]
    y, column = np.nonzero(is_edge)
    at = x[column]
    room = round(TILT * float(x[-1] - x[0])) + 2
    length = len(grey) + 2 * room + 2
    votes = np.stack([np.bincount(np.rint(y - slope * at).astype(int) + room, minlength=length) for slope in SLOPES])
    votes = votes[:, :-2] + votes[:, 1:-1] + votes[:, 2:]
    found: list[tuple[float, float]] = []
    for _ in range(EDGES_MOST):
        tilt, place = divmod(int(votes.argmax()), votes.shape[1])
        if votes[tilt, place] < IN_SIGHT_SHARE * COLUMNS:
            break
        votes[:, max(0, place - 3) : place + 4] = 0
        near = np.abs(y - SLOPES[tilt] * at - (place + 1 - room)) <= NEAR_PX
        slope, offset = _line(at[near], y[near].astype(np.float64))
        line = slope * x + offset
        in_sight = int(np.count_nonzero((line >= FIRST_PX) & (line < len(grey) - FIRST_PX)))
        if np.count_nonzero(np.bincount(column[near])) >= SEEN_SHARE * max(in_sight, IN_SIGHT_SHARE * COLUMNS):
            found.append((slope, offset))
    return found


def _strip(colours: NDArray[np.float32], x: Floats, y: Floats, top: Floats) -> tuple[float, bool, float] | None:
    """Of what lies above the line y (n,) of a picture (h, n, 3): which share is a strip, is it closed, its tone.

    The document begins at `top` (n,).
    """
    rows = np.rint(y).astype(int)
    in_sight = (rows >= FIRST_PX + TONE_PX) & (rows + 2 < len(colours))
    if in_sight.mean() < IN_SIGHT_SHARE:
        return None
    colours, x, rows, top = colours[:, in_sight], x[in_sight], rows[in_sight], top[in_sight]
    across = np.arange(len(x))
    beyond = colours[rows - np.arange(FIRST_PX, FIRST_PX + TONE_PX)[:, None], across]
    tone = _even_tone(beyond.mean(axis=0), x)
    if tone is None:
        return None
    apart = np.abs(beyond - tone).max(axis=2)
    is_even = apart.max(axis=0) <= ALIKE
    before = np.abs(colours[rows + np.array([[1], [2]]), across] - tone).max(axis=(0, 2))
    level = float(tone.mean())
    if min(is_even.mean(), (before >= STEP).mean()) < SEEN_SHARE:
        return None
    if np.median(apart[:-1, is_even]) > (EVEN_DARK if level < DARK else EVEN):
        return None
    far = rows - np.arange(FIRST_PX, min(int(rows.max()), LAST_PX) + 3)[:, None]
    is_within = far >= 0
    apart = np.abs(colours[far.clip(0), across] - tone).max(axis=2)
    other = (apart > ALIKE) | ~is_within
    wide = np.where(other.any(axis=0), other.argmax(axis=0), len(other))
    last = np.minimum(wide, len(far) - 1)
    ends = is_even & (wide < len(other)) & is_within[last, across]
    sudden = apart[np.minimum(last + 1, len(far) - 1), across] - apart[last - 2, across] >= STEP  # a shadow fades
    share = _closed_share(x, wide.astype(np.float64), ends, sudden)
    if share >= CLOSED_SHARE:
        beyond = ~other & (np.arange(len(far))[:, None] > last + TONE_PX)
        near = np.abs(colours - tone).max(axis=2) <= ALIKE
        height = np.arange(len(colours))[:, None]
        within = near & (height > rows + TONE_PX) & (height < top - 1)
        return None if _comes_again(beyond) or _comes_again(within) else (share, True, level)
    running_on = float((is_even & ~ends).mean())
    return (running_on, False, level) if running_on >= SEEN_SHARE else None


def _comes_again(alike: NDArray[np.bool_]) -> bool:
    """Is there as much of the same tone (h, n) in enough of the columns that it is one of several stripes?"""
    return bool((np.count_nonzero(alike, axis=0) >= TONE_PX - FIRST_PX).mean() > 1 - SEEN_SHARE)


def _even_tone(tones: NDArray[np.float32], x: Floats) -> NDArray[np.float32] | None:
    """Tones (n, 3) along a strip, as they change evenly from end to end; None where most do not."""
    agree = np.ones(len(x), dtype=bool)
    for _ in range(2):
        place, seen = x[agree] - x[agree].mean(), tones[agree]
        slopes = place @ (seen - seen.mean(axis=0)) / (place @ place)
        even = seen.mean(axis=0) + np.outer(x - x[agree].mean(), slopes).astype(np.float32)
        agree = np.abs(tones - even).max(axis=1) < ALIKE
        if agree.mean() < SEEN_SHARE:
            return None
    return np.asarray(even, dtype=np.float32)


def _closed_share(x: Floats, wide: Floats, ends: NDArray[np.bool_], sudden: NDArray[np.bool_]) -> float:
    """In which share of the columns a strip ends, suddenly, at one straight line nearly along its inner edge."""
    at_line = ends
    for _ in range(3):
        if at_line.mean() < 0.3:
            return 0.0
        slope, offset = _line(x[at_line], wide[at_line])
        apart = np.abs(wide - slope * x - offset)
        at_line = ends & (apart <= max(WIDE_ALIKE_PX, float(np.median(apart[ends]))))
    if abs(slope) * (x[-1] - x[0]) > FAN * max(offset, TONE_PX):
        return 0.0
    return float((ends & sudden & (apart <= WIDE_ALIKE_PX)).mean())


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Slope and offset by least squares."""
    middle, height = x.mean(), y.mean()
    from_middle = x - middle
    spread = from_middle @ from_middle
    slope = from_middle @ (y - height) / spread if spread > 0 else 0.0
    return float(slope), float(height - slope * middle)
