"""How a scene is lit: falling off to one side, darker in the lens's corners, dimmed or tinted as a whole."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8

__all__ = ["lit", "room_light"]

GRID = 48
UNITY = 128


def room_light(rng: np.random.Generator, severity: float) -> NDArray[np.float32]:
    """A grid (48, 48, 3) of factors about 1: one lamp's falloff, vignetting, a slight tint."""
    y, x = np.mgrid[-1 : 1 : GRID * 1j, -1 : 1 : GRID * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    slope = rng.uniform(0.02, 0.08 + 0.22 * severity)
    falloff = 1 + slope * (x * np.cos(angle) + y * np.sin(angle))
    vignette = 1 - rng.uniform(0.02, 0.12) * (x**2 + y**2) / 2
    exposure = rng.uniform(0.9 - 0.2 * severity, 1.06 + 0.06 * severity)
    warmth = rng.normal(0, 0.015 + 0.03 * severity)
    tint = np.array([1 + warmth, 1 + rng.normal(0, 0.008), 1 - warmth])
    return np.asarray((falloff * vignette * exposure)[..., None] * tint, np.float32)


def lit(picture: Pixels, grid: NDArray[np.float32]) -> Pixels:
    """The picture multiplied by a coarse grid of factors (0..2) spread smoothly over it."""
    small = np.clip(grid * UNITY, 0, 255).astype(np.uint8)
    field = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC)
    return as_u8(cv2.multiply(picture, field, scale=1 / UNITY))
