"""Security print: the fine coloured lines that a document's paper carries, and its optically variable foil."""

from functools import lru_cache

import cv2
import numpy as np

from fourcorners.specimens.canvas import Colour
from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane
from fourcorners.specimens.nets import NETS, rosette
from fourcorners.specimens.pictures import as_u8

__all__ = ["foil_pattern", "guilloche"]

SUBPIXEL_BITS = 4
LINE_MM = 0.09


def guilloche(
    size_mm: tuple[float, float],
    dpi: float,
    style: str,
    paper: tuple[Colour, Colour],
    inks: tuple[Colour, ...],
    seed: int,
) -> Pixels:
    """Paper whose tint runs from one colour to the other, under one net of lines for each ink.

    `style` is one of `nets.NETS`.
    """
    rng = np.random.default_rng((seed, 11))
    scale = dpi / MM_PER_INCH
    width, height = round(size_mm[0] * scale), round(size_mm[1] * scale)
    angle = rng.uniform(-0.6, 0.6)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    along = (x * np.cos(angle) + y * np.sin(angle)) / (width + height)
    blend = (0.5 + 0.5 * np.sin(2 * np.pi * (along * rng.uniform(0.8, 1.6) + rng.uniform())))[..., None]
    sheet = np.array(paper[0], np.float32) * (1 - blend) + np.array(paper[1], np.float32) * blend
    for ink in inks:
        coverage = np.zeros((height, width), np.uint8)
        lines = [np.round(line * scale * (1 << SUBPIXEL_BITS)).astype(np.int32) for line in NETS[style](size_mm, rng)]
        cv2.polylines(coverage, lines, False, 255, max(1, round(LINE_MM * scale)), cv2.LINE_AA, SUBPIXEL_BITS)
        strength = rng.uniform(0.3, 0.5)
        share = coverage[..., None].astype(np.float32) * (strength / 255)
        sheet += (np.array(ink, np.float32) - sheet) * share
    return as_u8(sheet + 0.5)


@lru_cache(maxsize=32)
def foil_pattern(size_mm: tuple[float, float], dpi: float, seed: int) -> Plane:
    """A kinegram-like mesh (height, width): 255 where the foil reflects most."""
    rng = np.random.default_rng((seed, 12))
    scale = dpi / MM_PER_INCH
    width, height = round(size_mm[0] * scale), round(size_mm[1] * scale)
    mesh = np.zeros((height, width), np.uint8)
    for _ in range(3):
        centre = (rng.uniform(0.25, 0.75) * size_mm[0], rng.uniform(0.2, 0.7) * size_mm[1])
        rings = rosette(centre, rng.uniform(5, 10), int(rng.integers(5, 12)), 7, rng)
        lines = [np.round(ring * scale * (1 << SUBPIXEL_BITS)).astype(np.int32) for ring in rings]
        cv2.polylines(mesh, lines, True, 255, max(1, round(0.2 * scale)), cv2.LINE_AA, SUBPIXEL_BITS)
    halo = cv2.GaussianBlur(mesh, (0, 0), 0.5 * scale)
    return as_u8(cv2.max(mesh, halo))
