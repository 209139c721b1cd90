"""A copy on paper: from an office copier without colour, or from a colour printer."""

from dataclasses import replace

import cv2
import numpy as np

from fourcorners.specimens.effects.halftone import dot_screen
from fourcorners.specimens.effects.sensor import noisy
from fourcorners.specimens.model import Pixels, Plane, Side
from fourcorners.specimens.pictures import as_u8, blurred, resized

__all__ = ["colour_copied", "grey_copied", "toned_copied"]

SCREEN_ANGLES_DEG = (15.0, 75.0, 0.0, 45.0)
"""The usual angles of the cyan, magenta, yellow and black screens."""
HALFTONE_SCALE = 2
TONES = np.array([[8.0, 20.0], [3.0, 14.0], [2.0, -16.0], [10.0, -10.0], [-10.0, 6.0]])
"""a* and b* (CIELAB) of toned copies: sepia, thermal paper, blue, violet, green."""


def grey_copied(side: Side, severity: float, rng: np.random.Generator) -> Side:
    """The side as a black-and-white copier or printer renders it: grey, harder, a little dirty."""
    grey = as_u8(cv2.cvtColor(side.pixels, cv2.COLOR_RGB2GRAY))
    contrast = rng.uniform(0.9, 1.1 + 0.5 * severity)
    black, white = rng.uniform(12, 50), rng.uniform(232, 252)
    levels = np.linspace(0, 1, 256)
    curve = np.clip(0.5 + (levels - rng.uniform(0.42, 0.55)) * contrast, 0, 1)
    toned = as_u8(cv2.LUT(grey, as_u8(black + curve * (white - black))))
    toned = blurred(toned, rng.uniform(0.4, 0.9))
    tinted = as_u8(cv2.merge([toned, toned, toned]))
    return replace(side, pixels=noisy(tinted, rng.uniform(1.5, 6), rng), laminate=0.0, foil=np.zeros_like(side.foil))


def toned_copied(side: Side, rng: np.random.Generator) -> tuple[Side, dict[str, float]]:
    """A grey copy in one hue: sepia, a blue cast, old thermal paper. Also returns the hue's a* and b* at mid-grey."""
    grey = grey_copied(side, 0.3, rng)
    a, b = TONES[int(rng.integers(len(TONES)))] * rng.uniform(0.7, 1.2)
    level = np.arange(256)
    weight = 4 * (level / 255) * (1 - level / 255)  # black and white keep no hue
    table = np.stack([level, 128 + a * weight, 128 + b * weight], axis=1)
    colours = cv2.cvtColor(as_u8(np.clip(np.round(table), 0, 255))[None], cv2.COLOR_LAB2RGB)
    toned = as_u8(cv2.LUT(grey.pixels, np.ascontiguousarray(colours[0].reshape(256, 1, 3))))
    return replace(grey, pixels=toned), {"tone_a": round(float(a), 2), "tone_b": round(float(b), 2)}


def colour_copied(side: Side, severity: float, rng: np.random.Generator) -> Side:
    """The side as a colour printer renders it: four screens of dots, a smaller gamut, faint bands across the feed."""
    lines_per_mm = rng.uniform(3.6, 7.0 - 2.5 * severity)
    cell_px = side.dpi * HALFTONE_SCALE / 25.4 / lines_per_mm
    size = side.size[0] * HALFTONE_SCALE, side.size[1] * HALFTONE_SCALE
    picture = blurred(side.pixels, 0.6)
    ink = 255 - picture
    black = as_u8(ink.min(axis=2) * np.float32(0.7))
    plates = [cv2.subtract(as_u8(ink[..., channel]), black) for channel in range(3)] + [black]
    softness = rng.uniform(1.0, 2.2)
    screened = [
        _screened(as_u8(plate), size, cell_px, angle, softness)
        for plate, angle in zip(plates, SCREEN_ANGLES_DEG, strict=True)
    ]
    cyan, magenta, yellow, key = screened
    printed = cv2.merge([255 - cv2.add(plate, key) for plate in (cyan, magenta, yellow)])
    paper = np.array([rng.uniform(236, 250)] * 3) + rng.uniform(-4, 4, 3)
    floor = np.array([rng.uniform(24, 60)] * 3) + rng.uniform(-8, 8, 3)
    saturation = rng.uniform(0.65, 0.95)
    toned = _gamut(as_u8(printed), floor, paper, saturation)
    bands = 1 + rng.uniform(0, 0.04) * np.sin(np.arange(side.size[1]) * 2 * np.pi / rng.uniform(14, 60))
    toned = as_u8(np.clip(toned * bands[:, None, None].astype(np.float32), 0, 255))
    return replace(side, pixels=noisy(toned, rng.uniform(1, 3), rng), laminate=0.0, foil=np.zeros_like(side.foil))


def _screened(plate: Plane, size: tuple[int, int], cell_px: float, angle_deg: float, softness: float) -> Plane:
    """Ink where the plate is darker than a rotated lattice of dots; back at the plate's own size."""
    lattice = dot_screen(size, cell_px, angle_deg)
    large = cv2.resize(plate, size, interpolation=cv2.INTER_LINEAR)
    difference = cv2.addWeighted(large, softness * 2, lattice, -softness * 2, 128)
    return resized(as_u8(difference), (plate.shape[1], plate.shape[0]))


def _gamut(picture: Pixels, floor: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
           paper: np.ndarray[tuple[int, ...], np.dtype[np.float64]], saturation: float) -> Pixels:  # fmt: skip
    """Black becomes `floor`, white `paper`, colours paler."""
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    pale = cv2.addWeighted(picture, saturation, grey, 1 - saturation, 0)
    tables = floor + np.linspace(0, 1, 256)[:, None] * (paper - floor)
    table = as_u8(np.clip(tables, 0, 255)).reshape(256, 1, 3)
    return as_u8(cv2.LUT(pale, table))
