"""Bands across a photo: a light that is switched on and off while the sensor reads its rows one after the other.

Displays are dimmed by switching their light some hundred times a second. A row that was exposed while it was off for
longer is darker, and so bands run exactly along the sensor's rows, evenly spaced, over edges and colours alike. What is
photographed hardly ever changes in step along a whole row, so the mean of all small steps from row to row, large ones
left out, shows little else. Lamps that are dimmed so give the same bands, and printers some like them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.picture import Pixels

__all__ = ["Bands", "find_bands"]

SIDE_PX = 400
"""Longest side of the copy that is looked at; from a finer one nothing is gained."""
DARK, BRIGHT = 25.0, 248.0
"""Grey levels outside which steps are noise, or cut off."""
VEIL = 12.0
"""Added before logarithms: steps count by their share of the light, and less in the dark."""
STEP_MOST = 0.012
"""A greater step (of the logarithm) is an edge."""
KNOWN_LEAST = 0.2
"""Share of a row in which steps must be small."""
SLOW_SHARE = 1 / 12
"""Of the picture's height: light that changes more slowly is shading."""
OUTLIER = 5.0
COUNTS = (6.0, 36.0)
"""Bands in the picture: fewer are shading or the mains, more are lost in noise."""
ROWS_A_BAND_LEAST = 5
APART = 2.5
"""What lies within so many bands of the clearest count belongs to it."""
FINER = 4
"""Places of the spectrum for each count of bands."""

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bands:
    """`clearness`: log power of the clearest even spacing over that of others; `count` of bands, and how they lie."""

    clearness: float
    count: float
    are_level: bool


def find_bands(photo: Pixels, levels: Sequence[Pixels] = ()) -> Bands:
    """The clearest bands along or across an RGB photo (h, w, 3). `levels` is its pyramid, if it is at hand."""
    source = next((level for level in reversed(levels) if max(level.shape[:2]) >= 1.5 * SIDE_PX), photo)
    grey = cv2.cvtColor(source, cv2.COLOR_RGB2GRAY).astype(np.float32)
    scale = min(1.0, SIDE_PX / max(grey.shape))
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    found = [Bands(*_clearest(_steps(plane)), is_level) for plane, is_level in ((small, True), (small.T, False))]
    return max(found, key=lambda bands: bands.clearness)


def _steps(grey: NDArray[np.float32]) -> Profile:
    """The mean of the small steps of log brightness from the row above each to the row below."""
    if len(grey) < 3:
        return np.zeros(0)
    light = np.log(grey + VEIL)
    step = (light[2:] - light[:-2]) / 2
    middle = grey[1:-1]
    small = (middle > DARK) & (middle < BRIGHT) & (np.abs(step) < STEP_MOST)
    known = small.sum(axis=1)
    mean = (step * small).sum(axis=1) / np.maximum(known, 1)
    return np.asarray(np.where(known > KNOWN_LEAST * grey.shape[1], mean, 0.0), dtype=np.float64)


def _clearest(steps: Profile) -> tuple[float, float]:
    """Log power of the clearest count of bands over the mean of the others, and the count; 0 where there is none."""
    length = len(steps)
    counts = np.arange(2 * length + 1) / FINER
    band = (counts >= COUNTS[0]) & (counts <= min(COUNTS[1], length / ROWS_A_BAND_LEAST))
    if not band.any():
        return 0.0, 0.0
    slow = cv2.GaussianBlur(steps[None], (0, 0), sigmaX=length * SLOW_SHARE, sigmaY=0.1)[0]
    quick = steps - slow
    usual = 1.4826 * float(np.median(np.abs(quick))) + 1e-9
    quick = np.clip(quick, -OUTLIER * usual, OUTLIER * usual) * np.hanning(length)
    power = np.abs(np.fft.rfft(quick, FINER * length)) ** 2
    place = int(np.flatnonzero(band)[power[band].argmax()])
    others = power[band & (np.abs(counts - counts[place]) > APART)]
    if not len(others) or others.mean() <= 0:
        return 0.0, 0.0
    return float(np.log(power[place] / others.mean())), float(counts[place])
