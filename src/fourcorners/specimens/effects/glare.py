"""A lamp or a window mirrored in the surface: it washes out what lies beneath."""

import cv2
import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, brightened

__all__ = ["mirrored_light"]

WORKING_SIDE = 512
PEAK = 520
"""Grey levels that the middle of the reflection would have if the sensor did not saturate at 255."""


def mirrored_light(
    picture: Pixels, corners: Quad, severity: float, rng: np.random.Generator, *, peak: float = PEAK
) -> tuple[Pixels, Plane]:
    """Add a reflection of `peak` grey levels on the document: a lamp is a disc, a tube a bar, a window a pane.

    Returns the photo, and on a coarse plane of its proportions where nothing can be read any more (255).
    """
    height, width = picture.shape[:2]
    shrink = WORKING_SIDE / max(height, width)
    size = max(2, round(width * shrink)), max(2, round(height * shrink))
    u, v = rng.uniform(0.15, 0.85, 2)
    top, bottom = corners[0] + (corners[1] - corners[0]) * u, corners[3] + (corners[2] - corners[3]) * u
    centre = (top + (bottom - top) * v) * shrink
    extent = float(np.hypot(*(corners[1] - corners[0]))) * shrink
    reach = extent * (0.035 + 0.16 * severity)
    core = np.zeros((size[1], size[0]), np.uint8)
    angle = rng.uniform(0, 180)
    shape = str(rng.choice(["lamp", "tube", "window"]))
    if shape == "lamp":
        axes = (reach, reach * rng.uniform(0.6, 1.0))
        cv2.ellipse(core, (tuple(centre.tolist()), (2 * axes[0], 2 * axes[1]), angle), (255,), -1, cv2.LINE_AA)
    else:
        sides = (reach * 4.5, reach * 0.7) if shape == "tube" else (reach * 2.2, reach * 1.5)
        box = cv2.boxPoints((tuple(centre.tolist()), sides, angle))
        cv2.fillPoly(core, [np.round(box).astype(np.int32)], (255,), cv2.LINE_AA)
    strength = 0.45 + 0.55 * severity
    spot = blurred(core, max(1.0, reach * rng.uniform(0.15, 0.45))).astype(np.float32) / 255
    halo = blurred(core, max(2.0, reach * 1.3)).astype(np.float32) / 255
    light = peak * strength * (spot + 0.45 * halo)
    tint = 1 + rng.uniform(-0.06, 0.06, 3)
    lit = brightened(picture, as_u8(np.clip(light[..., None] * tint, 0, 255)))
    return lit, as_u8(np.where(light > 150, 255, 0))
