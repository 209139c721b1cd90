"""The surface of plastic and laminate: a foil that shimmers with the angle, a faint broad sheen."""

from dataclasses import replace

import cv2
import numpy as np

from fourcorners.specimens.model import Pixels, Plane, Side
from fourcorners.specimens.pictures import as_u8

__all__ = ["sheen", "shimmering"]

GRID = 24


def shimmering(side: Side, rng: np.random.Generator) -> Side:
    """The side with its foil lit from some angle: bands of spectral colour along the foil's lines."""
    strength = side.laminate * rng.uniform(0.05, 0.4)
    y, x = np.mgrid[0 : 1 : GRID * 1j, 0 : 1 : GRID * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    phase = (x * np.cos(angle) + y * np.sin(angle)) * rng.uniform(4, 12) + rng.uniform(0, 6)
    hues = np.stack([np.cos(phase), np.cos(phase - 2.1), np.cos(phase + 2.1)], axis=2) * 0.5 + 0.5
    lobe = np.exp(-((x - rng.uniform(0, 1)) ** 2 + (y - rng.uniform(0, 1)) ** 2) / 0.12)
    glow = as_u8(np.clip(hues * (0.3 + lobe[..., None]) * 255 * strength, 0, 255))
    field = cv2.resize(glow, side.size, interpolation=cv2.INTER_CUBIC)
    light = cv2.multiply(field, cv2.merge([side.foil, side.foil, side.foil]), scale=1 / 255)
    return replace(side, pixels=as_u8(cv2.add(side.pixels, light)))


def sheen(picture: Pixels, coverage: Plane, laminate: float, rng: np.random.Generator) -> Pixels:
    """A broad weak reflection of the room, on the document only."""
    y, x = np.mgrid[-1 : 1 : GRID * 1j, -1 : 1 : GRID * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.8, 0.8)
    glow = as_u8(60 * laminate * rng.uniform(0.0, 0.8) * np.exp(-(across**2) / rng.uniform(0.05, 0.4)))
    field = as_u8(cv2.resize(glow, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_CUBIC))
    light = cv2.multiply(field, coverage, scale=1 / 255)
    return as_u8(cv2.add(picture, cv2.merge([light, light, light])))
