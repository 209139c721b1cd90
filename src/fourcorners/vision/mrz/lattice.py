"""Characters of one pitch: which of the peaks are the line's 30, 36 or 44, and where exactly each of them stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.mrz.columns import Columns, Peaks, peaks
from fourcorners.vision.mrz.course import Course
from fourcorners.vision.mrz.polynomial import Coefficients, robust_fit, value
from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX

__all__ = ["MARGIN_PX", "PEAKS_LEAST", "Lattice", "fit_lattice", "settled"]

MARGIN_PX = PITCH_PX
"""What a settled strip shows before its first and after its last character."""
PEAKS_LEAST = 8
BEYOND = 6
"""So many places before the first and after the last peak are looked at too: a faint end may have been missed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The evenly spaced places of characters along a course.

    The polynomial `place` takes a character's number, counted from the first peak, to its way t along the course.
    `present` says how likely there is a character at the numbers from `first` on. `t`, `across` and `cap` were measured
    at the peaks; `clear` is the mean chance of the likeliest characters there.
    """

    course: Course
    place: Coefficients
    first: int
    present: NDArray[np.float64]
    t: NDArray[np.float64]
    across: NDArray[np.float64]
    cap: NDArray[np.float64]
    clear: float

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
    t = value(course.along, found.x)
    pitch = _pitch(t)
    numbers = np.concatenate([[0], np.cumsum(np.maximum(np.round(np.diff(t) / pitch), 0))])
    degree = 2 if len(t) > 15 else 1
    for _ in range(2):
        place = robust_fit(numbers, t, degree, found.chance, 0.35 * pitch)
        numbers = np.round(
            _numbers(place, t)
        )  # again from the fit: steps alone let one wrong peak shift all that follow
    place = robust_fit(numbers - numbers[0], t, degree, found.chance, 0.3 * pitch)
    numbers -= numbers[0]
    k = np.arange(-BEYOND, int(numbers[-1]) + BEYOND + 1)
    where = value(place, k.astype(np.float64))
    x = (where - course.along[0]) / course.along[1]
    inside = (x > 0) & (x < course.width)
    cap = value(course.cap, t)
    across = value(course.across, t) + found.below * cap / GLYPH_PX
    present = _present(found, x, float(pitch / course.along[1]))
    return Lattice(
        course,
        place,
        int(k[inside][0]),
        present[inside],
        t,
        across,
        cap * found.cap / GLYPH_PX,
        float(found.clear.mean()),
    )


def _numbers(place: Coefficients, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where `place` is t, by Newton's method from its straight part."""
    numbers: NDArray[np.float64] = (t - place[0]) / place[1]
    slope = place[1:] * np.arange(1, len(place))
    for _ in range(4):
        numbers = numbers - (value(place, numbers) - t) / value(slope, numbers)
    return numbers


def _pitch(t: NDArray[np.float64]) -> float:
    """The commonest distance; a missed character makes one twice as long, so not the mean."""
    steps = np.diff(t)
    middle = float(np.median(steps))
    close = steps[np.abs(steps - middle) < 0.3 * middle]
    return float(close.mean()) if len(close) else max(middle, 1e-6)


def _present(found: Peaks, x: NDArray[np.float64], pitch: float) -> NDArray[np.float64]:
    distance = np.abs(found.x[None, :] - x[:, None])
    chance = np.where(distance < 0.35 * pitch, found.chance[None, :], 0.0)
    return np.asarray(np.minimum(chance.max(1) / 0.85, 1.0))  # a peak between two columns shows 0.85 of its height


def settled(lattice: Lattice, start: int, length: int) -> Course:
    """The exact course of the `length` characters from `start`.

    In its strip character k stands at `MARGIN_PX + (k + 0.5) * PITCH_PX`, in the middle, capitals GLYPH_PX high.
    """
    ones = np.ones(len(lattice.t))
    scale = float(np.median(lattice.cap))
    across = robust_fit(lattice.t, lattice.across, 2 if len(ones) > 15 else 1, ones, 0.25 * scale)
    cap = robust_fit(lattice.t, lattice.cap, 1, ones, 0.2 * scale)
    # k = x / PITCH_PX + shift, put into the polynomial `place`
    a, b, c = [*lattice.place, 0.0][:3]
    shift = start - MARGIN_PX / PITCH_PX - 0.5
    along = np.array([a + b * shift + c * shift**2, (b + 2 * c * shift) / PITCH_PX, c / PITCH_PX**2])
    width = round(length * PITCH_PX + 2 * MARGIN_PX)
    course = lattice.course
    return Course(course.origin, course.direction, across, cap, along, width)
