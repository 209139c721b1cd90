"""Displays and prints by their texture: what a small network says of windows of a photo at full resolution.

The pixels of a display and the dots of a print leave waves in the photo of them, often as moire. The measures in
`moire` and `halftone` explain themselves but see only the clear cases; the network (`training/originality`) was shown
many faint ones. It looks at windows all over the page, for all of a display shines and all of a print has dots, while a
woven cloth or a pattern of fine lines is in one place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["Recapture", "look_for_recapture"]

WINDOW_PX = 96
GRID = (6, 4)
"""Windows along the page's longer and shorter side."""
INSET = 0.09
LIKELY = 0.5
"""Chance from which a window speaks for a display or a print."""
SUREST = 1e-3
"""No window may claim more certainty than this leaves."""


@dataclass(frozen=True, slots=True, eq=False)
class Recapture:
    """Chances (n,) that windows of the photo show a display or a print, and the windows, quads in photo pixels."""

    display: NDArray[np.float64]
    printed: NDArray[np.float64]
    places: tuple[Quad, ...]

    def likeliest(self, chances: NDArray[np.float64]) -> tuple[Quad, ...]:
        """The windows that speak for what `chances` (`display` or `printed`) are of, clearest first."""
        order = np.argsort(-chances, kind="stable")
        return tuple(self.places[n] for n in order if chances[n] >= LIKELY)

    @property
    def display_evidence(self) -> float:
        """How strongly all windows together speak for a display: the mean of their log odds."""
        return _mean_log_odds(self.display)

    @property
    def print_evidence(self) -> float:
        """How strongly all windows together speak for a print: the mean of their log odds."""
        return _mean_log_odds(self.printed)


def _mean_log_odds(chances: NDArray[np.float64]) -> float:
    """Many windows that are a little doubtful say more than one that is sure: dots and pixels are all over a page."""
    bounded = np.clip(chances, SUREST, 1 - SUREST)
    return float(np.log(bounded / (1 - bounded)).mean())


def look_for_recapture(photo: Pixels, quad: Quad, grid: tuple[int, int] = GRID) -> Recapture | None:
    """What the network says of windows on the page `quad` (4, 2) of a photo (h, w, 3); None for a tiny photo.

    `grid` is how many windows lie along its longer and its shorter side.
    """
    height, width = photo.shape[:2]
    if min(height, width) < WINDOW_PX:
        return None
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    across, down = grid if max(edges[0], edges[2]) >= max(edges[1], edges[3]) else grid[::-1]
    x, y = np.meshgrid(np.linspace(INSET, 1 - INSET, across), np.linspace(INSET, 1 - INSET, down))
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)
    centres = apply_homography(homography(unit, np.asarray(quad, np.float64)), np.column_stack([x.ravel(), y.ravel()]))
    corners = np.clip(np.rint(centres - WINDOW_PX / 2), 0, [width - WINDOW_PX, height - WINDOW_PX]).astype(int)
    windows = np.stack([photo[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])
    (chances,) = onnx_session("recapture").run(None, {"window": windows})
    places = tuple(corner + WINDOW_PX * unit - 0.5 for corner in corners)
    return Recapture(chances[:, 1].astype(np.float64), chances[:, 2].astype(np.float64), places)
