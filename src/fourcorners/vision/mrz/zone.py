"""One block of lines read: a first look finds the characters, a second, exact one reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.formats.mrz import ALPHABET
from fourcorners.vision.mrz.columns import CLASSES, Columns, look
from fourcorners.vision.mrz.course import Course, Matrix, cut
from fourcorners.vision.mrz.decoder import Decoded, decode
from fourcorners.vision.mrz.finder import Block
from fourcorners.vision.mrz.lattice import LENGTHS, MARGIN_PX, Lattice, fit_lattice, settled
from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX, STRIDE_PX
from fourcorners.vision.picture import Pixels

__all__ = ["Zone", "read_block"]

LINE_COUNTS = {30: 3, 36: 2, 44: 2}
FIRST_STRETCH = 1.12
"""The first look assumes OCR-B's pitch: about 0.95 of the height of a capital, taken to PITCH_PX."""
FIRST_MARGIN_CAPS = 2.5
STRIP_WIDEST_PX = 1600
UPRIGHT = 0.75
"""Below this mean certainty of its characters a line may stand on its head."""
LINE_AT_LEAST = 0.55
"""Share of its characters that must be seen for a line to be one."""
TEMPERATURE = 1.25
"""The network is a little surer than it is right, on pictures unlike those that it saw; see training/README.md."""


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """`decoded` is None when the lines fit no format; `courses` are settled, so character k is at known places."""

    decoded: Decoded | None
    lines: tuple[str, ...]
    courses: tuple[Course, ...]
    certain: float
    """Expected number of characters that are right."""

    @property
    def certainty(self) -> float:
        """The same as a share of the characters, 0..1."""
        return self.certain / sum(map(len, self.lines))


def read_block(pixels: Pixels, to_pixels: Matrix, block: Block) -> Zone | None:
    """Read a block that was found in a picture from which `to_pixels` leads to `pixels`; None if it holds no lines of a zone."""
    lattices = _first_look(pixels, to_pixels, block)
    best: Zone | None = None
    for chosen in _choices(lattices):
        zone = _second_look(pixels, to_pixels, chosen)
        if best is None or zone.certain > best.certain:
            best = zone
    return best


def _first_look(pixels: Pixels, to_pixels: Matrix, block: Block) -> list[Lattice]:
    courses = _courses(block)
    columns = look([cut(pixels, to_pixels, course) for course in courses])
    if np.mean([_certainty(each) for each in columns]) < UPRIGHT:
        turned = [course.turned() for course in courses]
        again = look([cut(pixels, to_pixels, course) for course in turned])
        if sum(map(_certainty, again)) > sum(map(_certainty, columns)):
            courses, columns = turned[::-1], again[::-1]
    found = [fit_lattice(course, each) for course, each in zip(courses, columns, strict=True)]
    return [lattice for lattice in found if lattice is not None]


def _courses(block: Block) -> list[Course]:
    cap = float(np.median([trace.cap[0] for trace in block.traces]))
    t0 = min(trace.t0 for trace in block.traces) - FIRST_MARGIN_CAPS * cap
    t1 = max(trace.t1 for trace in block.traces) + FIRST_MARGIN_CAPS * cap
    width = int(np.clip(round((t1 - t0) / cap * GLYPH_PX * FIRST_STRETCH), 64, STRIP_WIDEST_PX)) // 4 * 4
    along = np.array([t0, (t1 - t0) / width])
    return [Course(block.origin, block.direction, trace.across, trace.cap, along, width) for trace in block.traces]


def _certainty(columns: Columns) -> float:
    """Mean chance of the likeliest character where there are characters; 0 where there are hardly any."""
    weight = columns.central.sum()
    if weight < 6:
        return 0.0
    return float((np.exp(columns.log_chance.max(0)) * columns.central).sum() / weight)


def _choices(lattices: Sequence[Lattice]) -> list[list[tuple[Lattice, int, int]]]:
    """Which lines with which characters might be the zone: (lattice, first character, length) for each line; best first."""
    choices = []
    for length in LENGTHS:
        fits = [(lattice.windows(length)[0], lattice) for lattice in lattices]
        good = [
            (score, start, lattice) for (score, start), lattice in fits if _seen(lattice, start, length) > LINE_AT_LEAST
        ]
        count = 1 if length == 30 and len(good) == 1 else LINE_COUNTS[length]
        for i in range(len(good) - count + 1):
            run = good[i : i + count]
            score = sum(score for score, _, _ in run) / count
            choices.append((score, [(lattice, start, length) for _, start, lattice in run]))
    choices.sort(key=lambda each: -each[0])
    return [lines for score, lines in choices[:2] if score > choices[0][0] - 12]


def _seen(lattice: Lattice, start: int, length: int) -> float:
    k = np.arange(start, start + length) - lattice.first
    inside = k[(k >= 0) & (k < len(lattice.present))]
    return float((lattice.present[inside] > 0.5).sum() / length)


def _second_look(pixels: Pixels, to_pixels: Matrix, chosen: list[tuple[Lattice, int, int]]) -> Zone:
    length = chosen[0][2]
    courses = [settled(lattice, start, length) for lattice, start, length in chosen]
    columns = look([cut(pixels, to_pixels, course) for course in courses])
    chances = [_chances(each, length) for each in columns]
    lines = tuple("".join(ALPHABET[i] for i in each.argmax(1)) for each in chances)
    certain = float(sum(np.exp(each.max(1)).sum() for each in chances))
    decoded = decode(chances)
    return Zone(decoded, decoded.lines if decoded else lines, tuple(courses), certain)


def _chances(columns: Columns, length: int) -> NDArray[np.float64]:
    """Log chance (length, 37) of the characters at their places; where there seems to be none, all are as likely."""
    middle = (MARGIN_PX + PITCH_PX / 2 - (STRIDE_PX - 1) / 2) / STRIDE_PX + PITCH_PX / STRIDE_PX * np.arange(length)
    at = np.round(middle).astype(int)[:, None] + np.array([-1, 0, 1])
    weight = columns.central[at] + 1e-3
    log_chance = (columns.log_chance[:, at] * weight).sum(2) / weight.sum(1)
    log_chance = log_chance.T / TEMPERATURE
    log_chance -= np.logaddexp.reduce(log_chance, axis=1, keepdims=True)
    present = np.minimum(columns.central[at].max(1) / 0.7, 1.0)[:, None]
    return np.log(present * np.exp(log_chance) + (1 - present) / CLASSES + 1e-12)
