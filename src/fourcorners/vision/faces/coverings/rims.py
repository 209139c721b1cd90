"""Lines that glasses draw on a face: rims below the eyes, the bridge over the nose, the arms at the temples."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.faces.coverings.regions import EYES
from fourcorners.vision.faces.view import FaceView

__all__ = ["best_path", "measure_rims", "rim_contrast"]

ANGLES = np.radians(np.arange(15, 166, 3))
RADII = np.arange(15.0, 44.0)
"""Where a lower rim can run: from 15 to 43 px around the eye, in a view with 80 px between the eyes."""

ARMS = ((33, 127), (263, 356))
"""From the outer corner of each eye to the temple."""


def measure_rims(view: FaceView) -> dict[str, float]:
    """`rim`: steps along the best line below the eyes over those around; `rim_dark`: darkness of the weaker half.

    `bridge`: darkest bar across the nose between the eyes; `arms`: strongest line at the temple of the fainter side.
    All in L*, higher with glasses.
    """
    fans = [_fan(view, ring) for ring in EYES]
    return {
        "rim": float(np.mean([_contrast(fan) for fan in fans])),
        "rim_dark": float(np.mean([_weaker_half(_dark_lines(fan)) for fan in fans])),
        "bridge": _bridge(view),
        "arms": min(_arm(view, eye, temple) for eye, temple in ARMS),
    }


def rim_contrast(view: FaceView, ring: tuple[int, ...]) -> float:
    """Mean step along the strongest continuous line below an eye, by the median step there."""
    return _contrast(_fan(view, ring))


def best_path(strength: NDArray[np.float32]) -> float:
    """Mean of `strength` (places, steps) along the best path that moves by at most one place a step."""
    total = strength[:, 0].copy()
    for column in strength.T[1:]:
        padded = np.pad(total, 1, constant_values=-1)
        total = np.maximum(total, np.maximum(padded[:-2], padded[2:])) + column
    return float(total.max() / strength.shape[1])


def _fan(view: FaceView, ring: tuple[int, ...]) -> NDArray[np.float32]:
    """Lightness below an eye, unrolled: a row a radius, a column an angle."""
    x, y = view.points[list(ring)].mean(axis=0)
    xs = x + np.outer(RADII, np.cos(ANGLES)) * 1.15
    ys = y + np.outer(RADII, np.sin(ANGLES)) * 0.85
    return _read(view, xs, ys)


def _contrast(fan: NDArray[np.float32]) -> float:
    steps = np.abs(fan[4:] - fan[:-4])
    return best_path(steps) / (float(np.median(steps)) + 1)


def _dark_lines(fan: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.maximum(fan[4:] + fan[:-4] - 2 * fan[2:-2], 0), dtype=np.float32)


def _weaker_half(strength: NDArray[np.float32]) -> float:
    half = strength.shape[1] // 2
    return min(best_path(strength[:, :half]), best_path(strength[:, half:]))


def _bridge(view: FaceView) -> float:
    x, y = (view.points[133] + view.points[362]) / 2
    xs, ys = np.meshgrid(x + np.arange(-8.0, 9.0), y + np.arange(-16.0, 30.0))
    profile = _read(view, xs, ys).mean(axis=1)
    return float(np.maximum(profile[6:] + profile[:-6] - 2 * profile[3:-3], 0).max())


def _arm(view: FaceView, eye: int, temple: int) -> float:
    start, end = view.points[eye], view.points[temple]
    along = end - start
    across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6)
    steps, offsets = np.linspace(0.25, 0.85, 24), np.arange(-22.0, 18.0) * (1 if across[1] >= 0 else -1)
    xs = start[0] + along[0] * steps[None] + across[0] * offsets[:, None]
    ys = start[1] + along[1] * steps[None] + across[1] * offsets[:, None]
    strip = _read(view, xs, ys)
    return best_path(np.abs(2 * strip[3:-3] - strip[6:] - strip[:-6]))


def _read(view: FaceView, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float32]:
    maps = xs.astype(np.float32), ys.astype(np.float32)
    read = cv2.remap(view.light, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(read, dtype=np.float32)
