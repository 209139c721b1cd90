"""Displays and prints by their texture: what a small network says of windows of a photo at full resolution.

The pixels of a display and the dots of a print leave waves in the photo of them, often as moire. The measures in
`moire` and `halftone` explain themselves but see only the clear cases; the network (`training/originality`) was shown
many faint ones. It looks at windows all over the page, for all of a display shines and all of a print has dots, while a
woven cloth or a pattern of fine lines is in one place.

Another, larger network (`look_over_page`) weighs all windows of a document together before it decides, and sees some of
them at half the resolution as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["LIKELY", "Recapture", "look_for_recapture", "look_over_page", "page_windows"]

WINDOW_PX = 96
GRID = (6, 4)
"""Windows along the page's longer and shorter side."""
FAR_GRID = (4, 2)
"""Those at half the resolution."""
INSET = 0.09
LIKELY = 0.5
"""Chance from which a window speaks for a display or a print."""
SUREST = 1e-3
"""No window may claim more certainty than this leaves."""
PAGE_SUREST = 1e-4
BRIGHT_QUANTILE, LIGHT_STEP = 0.9, 8
UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Recapture:
    """Chances (n,) that windows of the photo show a display or a print, and the windows, quads in photo pixels.

    `display_evidence` and `print_evidence` are the log odds for all of them together; `light` is how bright the page
    is, in grey levels, as its brightest tenth begins.
    """

    display: NDArray[np.float64]
    printed: NDArray[np.float64]
    places: tuple[Quad, ...]
    display_evidence: float
    print_evidence: float
    light: float

    def likeliest(self, chances: NDArray[np.float64]) -> tuple[Quad, ...]:
        """The windows that speak for what `chances` (`display` or `printed`) are of, clearest first."""
        order = np.argsort(-chances, kind="stable")
        return tuple(self.places[n] for n in order if chances[n] >= LIKELY)


def look_for_recapture(photo: Pixels, quad: Quad, grid: tuple[int, int] = GRID) -> Recapture | None:
    """What the network says of windows in `quad` (4, 2) of a photo (h, w, 3); None for a tiny photo.

    `grid` is how many windows lie along its longer and its shorter side. Evidence is the mean of their log odds: many
    windows that are a little doubtful say more than one that is sure.
    """
    if min(photo.shape[:2]) < WINDOW_PX:
        return None
    windows, places = _windows(photo, quad, grid)
    (chances,) = onnx_session("recapture").run(None, {"window": windows})
    display, printed = (chances[:, of].astype(np.float64) for of in (1, 2))
    evidence = [float(_log_odds(each, SUREST).mean()) for each in (display, printed)]
    return Recapture(display, printed, places, evidence[0], evidence[1], _light(windows))


def look_over_page(photo: Pixels, half: Pixels, quad: Quad) -> Recapture | None:
    """What the page network says of the page `quad` (4, 2) of a photo (h, w, 3); None for a tiny photo.

    `half` is the photo at half its size (`vision.pyramid`).
    """
    if min(half.shape[:2]) < WINDOW_PX:
        return None
    near, far, places = page_windows(photo, half, quad)
    page, windows = onnx_session("recapture_page").run(None, {"near": near, "far": far})
    evidence = _log_odds(page.astype(np.float64), PAGE_SUREST)
    display, printed = (windows[:, of].astype(np.float64) for of in (1, 2))
    return Recapture(display, printed, places, float(evidence[1]), float(evidence[2]), _light(near))


def page_windows(photo: Pixels, half: Pixels, quad: Quad) -> tuple[Pixels, Pixels, tuple[Quad, ...]]:
    """What the page network looks at: windows of the photo and of `half`, and where the first lie."""
    near, places = _windows(photo, quad, GRID)
    far, _ = _windows(half, (quad + 0.5) / 2 - 0.5, FAR_GRID)
    return near, far, places


def _light(windows: Pixels) -> float:
    return float(np.quantile(windows[:, ::LIGHT_STEP, ::LIGHT_STEP].mean(axis=-1), BRIGHT_QUANTILE))


def _log_odds(chances: NDArray[np.float64], surest: float) -> NDArray[np.float64]:
    bounded = np.clip(chances, surest, 1 - surest)
    return np.asarray(np.log(bounded / (1 - bounded)), dtype=np.float64)


def _windows(photo: Pixels, quad: Quad, grid: tuple[int, int]) -> tuple[Pixels, tuple[Quad, ...]]:
    """Windows (n, 96, 96, 3) evenly over a page, and where they are."""
    height, width = photo.shape[:2]
    edges = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    across, down = grid if max(edges[0], edges[2]) >= max(edges[1], edges[3]) else grid[::-1]
    x, y = np.meshgrid(np.linspace(INSET, 1 - INSET, across), np.linspace(INSET, 1 - INSET, down))
    shares = np.column_stack([x.ravel(), y.ravel()])
    centres = apply_homography(homography(UNIT, np.asarray(quad, np.float64)), shares)
    corners = np.clip(np.rint(centres - WINDOW_PX / 2), 0, [width - WINDOW_PX, height - WINDOW_PX]).astype(int)
    windows = np.stack([photo[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in corners.tolist()])
    return windows, tuple(corner + WINDOW_PX * UNIT - 0.5 for corner in corners)
