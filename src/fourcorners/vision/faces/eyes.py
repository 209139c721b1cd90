"""One eye seen closely: lids and iris (Ablavatski et al. 2020)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import Affine, apply_affine, cut, square
from fourcorners.vision.networks.litert import run_litert
from fourcorners.vision.picture import Pixels

__all__ = ["Eye", "look_at_eye"]

SIDE_PX = 64
CROP_PER_EYE = 2.3
"""The network was trained on squares of 2.3 eye widths."""

LID_PAIRS = ((3, 11), (4, 12), (5, 13))
"""(lower, upper) contour points about the middle of the eye."""


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """`lids` (16, 2): outer corner, lower lid, inner corner, upper lid; `iris` (5, 2): centre, then four on its rim.

    In photo pixels.
    """

    lids: Points
    iris: Points

    @property
    def openness(self) -> float:
        """Gap between the lids in the middle, by the distance of the corners."""
        return float(np.mean(self._gaps())) / max(float(np.linalg.norm(self.lids[0] - self.lids[8])), 1e-6)

    @property
    def gap_px(self) -> float:
        """Widest gap between the lids, in pixels."""
        return max(self._gaps())

    @property
    def iris_radius(self) -> float:
        """Mean distance of the rim from the centre, in pixels."""
        return float(np.linalg.norm(self.iris[1:] - self.iris[0], axis=1).mean())

    def _gaps(self) -> list[float]:
        return [float(np.linalg.norm(self.lids[a] - self.lids[b])) for a, b in LID_PAIRS]


def look_at_eye(pixels: Pixels, corners: Points, *, mirrored: bool) -> Eye:
    """The eye with outer and inner `corners` (2, 2); `mirrored` for the right one: the network knows left eyes only."""
    outer, inner = corners
    dx, dy = outer - inner if not mirrored else inner - outer
    width = float(np.hypot(dx, dy))
    to_photo = square((outer + inner) / 2, max(CROP_PER_EYE * width, 1.0), float(np.arctan2(dy, dx)), SIDE_PX)
    if mirrored:  # column i of the crop is column 63 - i of the square
        to_photo = np.column_stack([-to_photo[:, 0], to_photo[:, 1], to_photo[:, 2] + (SIDE_PX - 1) * to_photo[:, 0]])
    crop = cut(pixels, to_photo, SIDE_PX)
    contours, iris = run_litert("eye_landmarks", crop[None].astype(np.float32) / 255)
    return Eye(_points(contours, 16, to_photo), _points(iris, 5, to_photo))


def _points(raw: NDArray[np.float32], count: int, to_photo: Affine) -> Points:
    return apply_affine(to_photo, raw.reshape(-1, 3)[:count, :2].astype(np.float64) - 0.5)
