"""One block of lines read: a first look finds the characters, a second, exact one reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from fourcorners.formats.mrz import ALPHABET
from fourcorners.vision.mrz.columns import CLASSES, Columns, look, peaks
from fourcorners.vision.mrz.course import Course, Matrix, cut
from fourcorners.vision.mrz.deblur import sharpened
from fourcorners.vision.mrz.decoder import Decoded, decode
from fourcorners.vision.mrz.finder import Block
from fourcorners.vision.mrz.lattice import MARGIN_PX, PEAKS_LEAST, Lattice, fit_lattice, settled
from fourcorners.vision.mrz.polynomial import added, value
from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX, STRIDE_PX
from fourcorners.vision.picture import Pixels

__all__ = ["Zone", "read_block"]

LINE_COUNTS = {30: 3, 36: 2, 44: 2}
FIRST_STRETCH = 1.12
"""The first look assumes OCR-B's pitch: about 0.95 of the height of a capital, taken to PITCH_PX."""
FIRST_MARGIN_CAPS = 2.5
STRIP_WIDEST_PX = 1600
EDGE_PX, WIDENED_PX, WIDENED_MOST = 1.5 * PITCH_PX, 160, 2
"""A strip with characters so near its edge is widened, for there may be more of them."""
UPRIGHT = 0.65
"""With fewer legible characters than this share of what there is room for, the lines may stand on their heads."""
TWO_GAPS_CAPS = 3.2
"""Lines further apart than this many cap heights have room for another between them."""
CHOICES_MOST, CLOSE = 3, 12.0
"""So many choices of lines are read, if their scores are not further apart than this ..."""
SHIFTED_CLOSE, STARTS_MOST = 4.0, 4
"""... or than this, where they are the same lines with another first character; so many of those are weighed a line."""
ASKEW, UNEVEN = 2.0, 4.0
"""What it costs the score if each line starts, or ends, one character further on than the one above it; and if the
third is one off from where the first two lead. Both grow with the square."""
LONG_CAPS, LONG_LEAST = 22.0, 2
"""Blur is undone only around so many lines of at least this length: a zone's have 28; other print seldom has two."""
OTHER_PRINT = 0.25
"""With fewer than this it is other print, and not worth a second look."""
LEGIBLE, LEGIBLE_ALONE = 0.75, 0.88
"""Mean chance of the likeliest characters under which lines, or a single one, are taken for other print."""
LINE_AT_LEAST = 0.55
"""Share of its characters that must be seen for a line to be one."""
DOUBTFUL, OTHER_LOOKS = 0.97, ((0.05, 1.06), (-0.05, 0.95))
"""A reading less likely than this is made again from strips cut a little higher and larger, and lower and smaller: what
the network mistakes in one it seldom mistakes in all."""
TEMPERATURE = 0.7
"""The network is less sure than it is right: on specimens the truth is likeliest between 0.6 and 0.7."""


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """`decoded` is None when the lines fit no format; `courses` are settled, so character k is at known places."""

    decoded: Decoded | None
    lines: tuple[str, ...]
    courses: tuple[Course, ...]
    chances: list[NDArray[np.float64]]
    """Log chances of the characters, (length, 37) for each line."""
    certain: float
    """Expected number of characters that are right."""
    faintest: float
    """Chance of the likeliest character at the place where the least is seen, before any rule has its say."""
    strange: float
    """What the rules of the formats cost: log chance of the text, less that of the likeliest characters; 0 or less."""

    @property
    def rank(self) -> float:
        """How much speaks for it: characters rather right than wrong; a right check digit as much as ten of them."""
        return 2 * self.certain - sum(map(len, self.lines)) + 10 * self.agreeing + self.strange

    @property
    def agreeing(self) -> int:
        """Check digits that agree, less those that do not."""
        return self.decoded.agreeing if self.decoded else 0

    @property
    def certainty(self) -> float:
        """The same as a share of the characters, 0..1."""
        return self.certain / sum(map(len, self.lines))


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """`length` characters of a lattice from number `start` on; `score` says how well they explain what was seen."""

    lattice: Lattice
    start: int
    length: int
    score: float


def read_block(pixels: Pixels, to_pixels: Matrix, block: Block, *, patiently: bool = True) -> Zone | None:
    """Read a block found in a picture from which `to_pixels` leads to `pixels`; None if it holds no lines of a zone.

    `patiently`, blur is undone if the lines stay doubtful, which takes ten times as long.
    """
    best = _read(pixels, to_pixels, block)
    long = sum((trace.t1 - trace.t0) / trace.cap[0] > LONG_CAPS for trace in block.traces)
    if (
        not patiently
        or long < LONG_LEAST
        or (best is not None and best.decoded is not None and best.decoded.chance > DOUBTFUL)
    ):
        return best
    courses = _courses(block)
    sharp = sharpened(pixels, to_pixels, block, lambda at, to: _legible(look([cut(at, to, c) for c in courses])))
    again = _read(*sharp, block) if sharp else None
    return again if again is not None and (best is None or again.rank > best.rank) else best


def _read(pixels: Pixels, to_pixels: Matrix, block: Block) -> Zone | None:
    lattices = _first_look(pixels, to_pixels, block)
    choices = _choices(lattices) or _choices(_with_a_third(pixels, to_pixels, lattices)) or _torn(lattices)
    best: Zone | None = None
    for chosen in choices:
        zone = _second_look(pixels, to_pixels, chosen)
        if zone is not None and (best is None or zone.rank > best.rank):
            best = zone
    return best


def _first_look(pixels: Pixels, to_pixels: Matrix, block: Block) -> list[Lattice]:
    courses = _courses(block)
    columns = look([cut(pixels, to_pixels, course) for course in courses])
    room = courses[0].width / PITCH_PX * len(courses)
    if _legible(columns) < UPRIGHT * room:
        turned = [course.turned() for course in reversed(courses)]
        again = look([cut(pixels, to_pixels, course) for course in turned])
        if _legible(again) > _legible(columns):
            courses, columns = turned, again
        if _legible(columns) < OTHER_PRINT * room:
            return []
    for _ in range(WIDENED_MOST):
        before, after = _running_on(columns, courses[0].width)
        if not before and not after:
            break
        courses = [course.widened(before, after) for course in courses]
        columns = look([cut(pixels, to_pixels, course) for course in courses])
    found = [fit_lattice(course, each) for course, each in zip(courses, columns, strict=True)]
    return _apart([lattice for lattice in found if lattice is not None])


def _apart(lattices: list[Lattice]) -> list[Lattice]:
    """Without those that run along the same line as a better one: it may have been marked in two pieces."""
    kept: list[Lattice] = []
    for lattice in sorted(lattices, key=lambda each: -each.clear * len(each.t)):
        cap = float(np.median(lattice.cap))
        if all(abs(float(np.median(lattice.across) - np.median(other.across))) > cap for other in kept):
            kept.append(lattice)
    return sorted(kept, key=lambda each: float(np.median(each.across)))


def _running_on(columns: Sequence[Columns], width: int) -> tuple[int, int]:
    """By how many pixels strips should be wider at their start and end, because characters stand at their very edge."""
    places = [found.x for each in columns if len((found := peaks(each)).x) >= PEAKS_LEAST]
    first, last = min((x[0] for x in places), default=width), max((x[-1] for x in places), default=0)
    more = WIDENED_PX if width + WIDENED_PX <= STRIP_WIDEST_PX else 0
    return (more if first < EDGE_PX else 0), (more if last > width - EDGE_PX else 0)


def _courses(block: Block) -> list[Course]:
    cap = float(np.median([trace.cap[0] for trace in block.traces]))
    t0 = min(trace.t0 for trace in block.traces) - FIRST_MARGIN_CAPS * cap
    t1 = max(trace.t1 for trace in block.traces) + FIRST_MARGIN_CAPS * cap
    width = int(np.clip(round((t1 - t0) / cap * GLYPH_PX * FIRST_STRETCH), 64, STRIP_WIDEST_PX)) // 4 * 4
    along = np.array([t0, (t1 - t0) / width])
    return [Course(block.origin, block.direction, trace.across, trace.cap, along, width) for trace in block.traces]


def _with_a_third(pixels: Pixels, to_pixels: Matrix, lattices: list[Lattice]) -> list[Lattice]:
    """Two lines of 30 have a third: looked for between, above and below them, where the finder marked nothing."""
    found = [lattice for lattice in lattices if any(line.length == 30 for line in _lines(lattice))]
    if len(found) != 2:
        return lattices
    upper, lower = (lattice.course for lattice in found)
    gap = float(lower.across[0] - upper.across[0])
    places = [(upper, gap / 2)] if gap > TWO_GAPS_CAPS * upper.cap[0] else [(upper, -gap), (lower, gap)]
    courses = [replace(course, across=course.across + np.eye(len(course.across))[0] * way) for course, way in places]
    seen = look([cut(pixels, to_pixels, course) for course in courses])
    more = [fit_lattice(course, columns) for course, columns in zip(courses, seen, strict=True)]
    return _apart([*found, *(lattice for lattice in more if lattice is not None)])


def _legible(columns: Sequence[Columns]) -> float:
    """Expected number of characters that are read right."""
    return float(sum((found := peaks(each)).chance @ found.clear for each in columns))


def _choices(lattices: Sequence[Lattice]) -> list[list[_Line]]:
    """Which lines might be the zone; the likeliest choices first."""
    scored = []
    for length, count in LINE_COUNTS.items():
        good = [lines for lattice in lattices if (lines := [x for x in _lines(lattice) if x.length == length])]
        for among in combinations(good, 1 if length == 30 and len(good) == 1 else count):
            scored += [(_score(lines), list(lines)) for lines in product(*among)]
    scored.sort(key=lambda choice: -choice[0])
    kept: list[list[_Line]] = []
    for score, lines in scored:
        same = any([x.lattice for x in lines] == [x.lattice for x in other] for other in kept)
        if scored[0][0] - score < (SHIFTED_CLOSE if same else CLOSE):
            kept.append(lines)
    return kept[:CHOICES_MOST]


def _score(lines: Sequence[_Line]) -> float:
    """How well the lines explain what was seen; those of a zone start under each other, and end so, but for a shear."""
    ends = np.array([value(x.lattice.place, np.array([x.start, x.start + x.length], float)) for x in lines])
    steps = np.diff(ends, axis=0) / np.mean((ends[:, 1] - ends[:, 0]) / lines[0].length)
    askew = ASKEW * float(np.mean(steps.mean(0) ** 2)) if len(steps) else 0.0
    uneven = UNEVEN * float(np.mean(np.diff(steps, axis=0) ** 2)) if len(steps) > 1 else 0.0
    return float(np.mean([x.score for x in lines])) - askew - uneven


def _torn(lattices: Sequence[Lattice]) -> list[list[_Line]]:
    """Lines that are fewer than any format has: the rest is cut off or hidden, and they can only be shown."""
    lines = [found[0] for lattice in lattices if (found := _lines(lattice))]
    best = max(lines, key=lambda line: line.score, default=None)
    return [[line for line in lines if line.length == best.length]] if best else []


def _lines(lattice: Lattice) -> list[_Line]:
    """The lengths that the lattice may have and where they may start, the likeliest first."""
    lines = []
    for length in LINE_COUNTS:
        for score, start in lattice.windows(length)[:STARTS_MOST]:
            k = np.arange(start, start + length) - lattice.first
            inside = k[(k >= 0) & (k < len(lattice.present))]
            if (lattice.present[inside] > 0.5).sum() > LINE_AT_LEAST * length:
                lines.append(_Line(lattice, start, length, score + length * float(np.log(lattice.clear))))
    lines.sort(key=lambda line: -line.score)
    return [line for line in lines if line.score > lines[0].score - CLOSE]


def _second_look(pixels: Pixels, to_pixels: Matrix, chosen: list[_Line]) -> Zone | None:
    length = chosen[0].length
    courses = tuple(settled(line.lattice, line.start, length) for line in chosen)
    zone = _zone(courses, _seen(pixels, to_pixels, courses, length))
    if zone is None or zone.decoded is None or zone.decoded.chance > DOUBTFUL:
        return zone
    looks = [_seen(pixels, to_pixels, [_moved(course, *by) for course in courses], length) for by in OTHER_LOOKS]
    return _zone(courses, [_log_normal(np.mean(same, axis=0)) for same in zip(zone.chances, *looks, strict=True)])


def _seen(pixels: Pixels, to_pixels: Matrix, courses: Sequence[Course], length: int) -> list[NDArray[np.float64]]:
    return [_chances(each, length) for each in look([cut(pixels, to_pixels, course) for course in courses])]


def _moved(course: Course, higher: float, larger: float) -> Course:
    """The same line, its strip cut that many cap heights higher, and at a size larger by that factor."""
    return replace(course, across=added(course.across, course.cap * -higher), cap=course.cap / larger)


def _zone(courses: tuple[Course, ...], chances: list[NDArray[np.float64]]) -> Zone | None:
    length = len(chances[0])
    certain = float(sum(np.exp(each.max(1)).sum() for each in chances))
    if certain < (LEGIBLE if len(chances) > 1 else LEGIBLE_ALONE) * length * len(chances):
        return None
    faintest = min(float(np.exp(each.max(1)).min()) for each in chances)
    decoded = decode(chances)
    if decoded is None:
        lines = tuple("".join(ALPHABET[i] for i in each.argmax(1)) for each in chances)
        return Zone(None, lines, courses, chances, certain, faintest, 0.0)
    strange = decoded.score - float(sum(each.max(1).sum() for each in chances))
    return Zone(decoded, decoded.lines, courses, chances, certain, faintest, strange)


def _log_normal(log_chance: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(log_chance - np.logaddexp.reduce(log_chance, axis=1, keepdims=True))


def _chances(columns: Columns, length: int) -> NDArray[np.float64]:
    """Log chance (length, 37) of the characters at their places; where there seems to be none, all are as likely."""
    middle = (MARGIN_PX + PITCH_PX / 2 - (STRIDE_PX - 1) / 2) / STRIDE_PX + PITCH_PX / STRIDE_PX * np.arange(length)
    at = np.round(middle).astype(int)[:, None] + np.array([-1, 0, 1])
    weight = columns.central[at] + 1e-3
    log_chance = (columns.log_chance[:, at] * weight).sum(2) / weight.sum(1)
    log_chance = _log_normal(log_chance.T / TEMPERATURE)
    present = np.minimum(columns.central[at].max(1) / 0.7, 1.0)[:, None]
    return np.asarray(np.log(present * np.exp(log_chance) + (1 - present) / CLASSES + 1e-12))
