"""Looking at a photo through a square window of fixed size, at any place and scale, without aliasing."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from fourcorners.kit.geometry import Points
from fourcorners.kit.quantiles import quantile
from fourcorners.vision.picture import Pixels, brightest_channel

__all__ = ["WINDOW_PX", "View", "brightening", "look"]

WINDOW_PX = 256
PAD = 128
BRIGHTEST_QUANTILE, BRIGHT_ENOUGH, GAIN_MAX = 0.99, 110, 6.0
"""A photo whose brightest hundredth is darker than this is shown to the network as bright, but not noise as light."""


@dataclass(frozen=True, slots=True)
class View:
    """A square of the photo: `origin` its top left in photo px, `step` photo px for each window px."""

    origin: tuple[float, float]
    step: float

    def to_photo(self, points: Points) -> Points:
        """Window pixels (n, 2) as photo pixels."""
        photo: Points = (points + 0.5) * self.step + np.array(self.origin) - 0.5
        return photo

    def to_window(self, points: Points) -> Points:
        """Photo pixels (n, 2) as window pixels."""
        window: Points = (points + 0.5 - np.array(self.origin)) / self.step - 0.5
        return window

    @staticmethod
    def around(low: Points, high: Points, margin: float) -> "View":
        """The box from `low` to `high` (2,), centred, its longer side `margin` of itself away from either end."""
        side = float((high - low).max()) * (1 + 2 * margin)
        x, y = (low + high - side) / 2
        return View((float(x), float(y)), side / WINDOW_PX)


def brightening(levels: Sequence[Pixels]) -> float:
    """By how much a photo taken in the dark should be multiplied; 1 for any other."""
    brightest = quantile(brightest_channel(levels[-1][::4, ::4]), BRIGHTEST_QUANTILE)
    return min(GAIN_MAX, 1.8 * BRIGHT_ENOUGH / max(brightest, 1.0)) if brightest < BRIGHT_ENOUGH else 1.0


def look(levels: Sequence[Pixels], view: View, gain: float = 1.0) -> Pixels:
    """What the window (256, 256, 3) shows, multiplied by `gain` of 1 or more; grey outside the photo."""
    fine = view.step / 2  # drawn at twice the size, then halved
    level = min(max(0, int(np.ceil(np.log2(max(fine, 1e-6))))), len(levels) - 1)
    shrink = 2.0**level
    x, y = view.origin
    matrix = np.array(
        [
            [fine / shrink, 0, (x + 0.5 * fine) / shrink - 0.5],
            [0, fine / shrink, (y + 0.5 * fine) / shrink - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    side = 2 * WINDOW_PX
    large = cv2.warpAffine(levels[level], matrix, (side, side), flags=flags, borderValue=(PAD / gain,) * 3)
    window = cv2.resize(large, (WINDOW_PX, WINDOW_PX), interpolation=cv2.INTER_AREA)
    return np.asarray(window if gain == 1.0 else cv2.convertScaleAbs(window, alpha=gain), dtype=np.uint8)
