"""Looking at a photo through a square window of fixed size, at any place and scale, without aliasing."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from fourcorners.kit.geometry import Points
from fourcorners.vision.picture import Pixels

__all__ = ["WINDOW_PX", "View", "look", "pyramid"]

WINDOW_PX = 256
COARSEST_PX = 300
PAD = (128, 128, 128)


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


def pyramid(pixels: Pixels) -> list[Pixels]:
    """The photo, then copies of half the size each."""
    levels = [pixels]
    while max(levels[-1].shape[:2]) >= 2 * COARSEST_PX and min(levels[-1].shape[:2]) >= 2:
        height, width = (n // 2 for n in levels[-1].shape[:2])
        even = levels[-1][: 2 * height, : 2 * width]
        levels.append(np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8))
    return levels


def look(levels: Sequence[Pixels], view: View) -> Pixels:
    """What the window (256, 256, 3) shows; grey outside the photo."""
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
    large = cv2.warpAffine(levels[level], matrix, (side, side), flags=flags, borderValue=PAD)
    return np.asarray(cv2.resize(large, (WINDOW_PX, WINDOW_PX), interpolation=cv2.INTER_AREA), dtype=np.uint8)
