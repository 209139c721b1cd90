"""Characters of one pitch: which of the peaks are the line's 30, 36 or 44, and where exactly each of them stands."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.polynomial import polyfit, polyval
from numpy.typing import NDArray

from fourcorners.vision.mrz.columns import Columns, Peaks, peaks
from fourcorners.vision.mrz.course import Course
from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX

__all__ = ["LENGTHS", "Lattice", "fit_lattice", "settled"]

LENGTHS = (30, 36, 44)
MARGIN_PX = PITCH_PX
"""What a settled strip shows before its first and after its last character."""
PEAKS_LEAST = 8
BEYOND = 6
"""So many places before the first and after the last peak are looked at too: a faint end may have been missed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """`place` (polynomial) takes a character's number, counted from the first peak, to its way t along the course; `present`
    how likely there is a character at the numbers from `first` on; `peaks_t`, `below`, `cap` what was measured at the peaks."""

    course: Course
    place: NDArray[np.float64]
    first: int
    present: NDArray[np.float64]
    t: NDArray[np.float64]
    across: NDArray[np.float64]
    cap: NDArray[np.float64]

    def windows(self, length: int) -> list[tuple[float, int]]:
        """Log-likelihood that the characters are the `length` ones from each start, best first."""
        present = np.clip(self.present, 0.02, 0.98)
        inside, outside = np.log(present), np.log(1 - present)
        if len(present) < length:
            pad = length - len(present)
            score = float(inside.sum() + pad * np.log(0.02))
            return [(score, self.first)]
        gain = np.concatenate([[0.0], np.cumsum(inside - outside)])
        scores = gain[length:] - gain[:-length] + outside.sum()
        order = np.argsort(-scores, kind="stable")
        return [(float(scores[i]), self.first + int(i)) for i in order]


def fit_lattice(course: Course, columns: Columns) -> Lattice | None:
    """The evenly spaced places along the course; None with too few peaks to say."""
    found = peaks(columns)
    if len(found.x) < PEAKS_LEAST:
        return None
    t = polyval(found.x, course.along)
    pitch = _pitch(t)
    numbers = np.concatenate([[0], np.cumsum(np.maximum(np.round(np.diff(t) / pitch), 0))])
    place = _robust(numbers, t, 1, found.chance, 0.35 * pitch)
    numbers = np.round((t - place[0]) / place[1])  # again, now without errors adding up
    numbers -= numbers[0]
    place = _robust(numbers, t, 2 if len(t) > 15 else 1, found.chance, 0.3 * pitch)
    k = np.arange(-BEYOND, int(numbers[-1]) + BEYOND + 1)
    where = polyval(k.astype(np.float64), place)
    x = (where - course.along[0]) / course.along[1]
    inside = (x > 0) & (x < course.width)
    cap = polyval(t, course.cap)
    across = polyval(t, course.across) + found.below * cap / GLYPH_PX
    present = _present(found, x, float(pitch / course.along[1]))
    return Lattice(course, place, int(k[inside][0]), present[inside], t, across, cap * found.cap / GLYPH_PX)


def _pitch(t: NDArray[np.float64]) -> float:
    """The commonest distance; a missed character makes one twice as long, so not the mean."""
    steps = np.diff(t)
    middle = float(np.median(steps))
    close = steps[np.abs(steps - middle) < 0.3 * middle]
    return float(close.mean()) if len(close) else max(middle, 1e-6)


def _present(found: Peaks, x: NDArray[np.float64], pitch: float) -> NDArray[np.float64]:
    distance = np.abs(found.x[None, :] - x[:, None])
    chance = np.where(distance < 0.35 * pitch, found.chance[None, :], 0.0)
    highest: NDArray[np.float64] = chance.max(1)
    return np.minimum(highest / 0.85, 1.0)  # a peak between two columns shows 0.85 of its height


def _robust(
    x: NDArray[np.float64], y: NDArray[np.float64], degree: int, weights: NDArray[np.float64], tolerance: float
) -> NDArray[np.float64]:
    """Least squares without what is further off than `tolerance`."""
    fitted = np.asarray(polyfit(x, y, degree, w=weights))
    for _ in range(2):
        close = np.abs(y - polyval(x, fitted)) < tolerance
        if close.sum() <= degree + 3:
            return fitted
        fitted = np.asarray(polyfit(x[close], y[close], degree, w=weights[close]))
    return fitted


def settled(lattice: Lattice, start: int, length: int) -> Course:
    """The course on which character k of the `length` from `start` stands at `MARGIN_PX + (k + 0.5) * PITCH_PX`, its middle
    in the strip's middle and its capitals GLYPH_PX high."""
    ones = np.ones(len(lattice.t))
    scale = float(np.median(lattice.cap))
    across = _robust(lattice.t, lattice.across, 2 if len(ones) > 15 else 1, ones, 0.25 * scale)
    cap = _robust(lattice.t, lattice.cap, 1, ones, 0.2 * scale)
    # k = x / PITCH_PX + shift, put into the polynomial `place`
    a, b, c = [*lattice.place, 0.0][:3]
    shift = start - MARGIN_PX / PITCH_PX - 0.5
    along = np.array([a + b * shift + c * shift**2, (b + 2 * c * shift) / PITCH_PX, c / PITCH_PX**2])
    width = round(length * PITCH_PX + 2 * MARGIN_PX)
    course = lattice.course
    return Course(course.origin, course.direction, across, cap, along, width)
