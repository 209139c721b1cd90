"""Security print: the fine coloured lines that a document's paper carries, and its optically variable foil."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.canvas import Colour
from fourcorners.specimens.model import MM_PER_INCH, Pixels, Plane
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

    `style` is "waves", "rosettes", "shells" or "lattice".
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
        lines = [np.round(line * scale * (1 << SUBPIXEL_BITS)).astype(np.int32) for line in _net(style, size_mm, rng)]
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
        rings = _rosette(centre, rng.uniform(5, 10), int(rng.integers(5, 12)), 7, rng)
        lines = [np.round(ring * scale * (1 << SUBPIXEL_BITS)).astype(np.int32) for ring in rings]
        cv2.polylines(mesh, lines, True, 255, max(1, round(0.2 * scale)), cv2.LINE_AA, SUBPIXEL_BITS)
    halo = cv2.GaussianBlur(mesh, (0, 0), 0.5 * scale)
    return as_u8(cv2.max(mesh, halo))


def _net(style: str, size_mm: tuple[float, float], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    if style == "rosettes":
        return _rosettes(size_mm, rng)
    if style == "shells":
        return _shells(size_mm, rng)
    if style == "lattice":
        return _waves(size_mm, rng, vertical=False) + _waves(size_mm, rng, vertical=True)
    return _waves(size_mm, rng, vertical=False)


def _waves(size_mm: tuple[float, float], rng: np.random.Generator, *, vertical: bool) -> list[NDArray[np.float64]]:
    """Bundles of lines that swing together while their phase drifts, so that they cross and part."""
    length, breadth = (size_mm[1], size_mm[0]) if vertical else size_mm
    t = np.linspace(0, length, int(length * 3))
    long_wave, short_wave = rng.uniform(25, 60), rng.uniform(8, 18)
    high, low = rng.uniform(2, 5), rng.uniform(0.4, 1.4)
    drift, phase = rng.uniform(0.05, 0.16), rng.uniform(0, 6.3)
    spacing = rng.uniform(0.8, 1.3)
    lines = []
    for number in range(-8, int(breadth / spacing) + 8):
        swing = high * np.sin(2 * np.pi * t / long_wave + phase + number * drift)
        ripple = low * np.sin(2 * np.pi * t / short_wave - number * drift * 2.3)
        across = number * spacing + swing + ripple
        lines.append(np.column_stack([across, t] if vertical else [t, across]))
    return lines


def _rosettes(size_mm: tuple[float, float], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    lines = []
    for _ in range(3):
        centre = (rng.uniform(0, size_mm[0]), rng.uniform(0, size_mm[1]))
        lines += _rosette(centre, rng.uniform(0.25, 0.55) * size_mm[0], int(rng.integers(6, 18)), 22, rng)
    return lines


def _rosette(
    centre: tuple[float, float], radius: float, petals: int, rings: int, rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    angle = np.linspace(0, 2 * np.pi, 240)
    depth, twist = rng.uniform(0.06, 0.16), rng.uniform(0.02, 0.06)
    lines = []
    for ring in range(1, rings + 1):
        r = radius * ring / rings * (1 + depth * np.sin(petals * angle + ring * twist * petals))
        lines.append(np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)]))
    return lines


def _shells(size_mm: tuple[float, float], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Overlapping fans of arcs, row upon row."""
    pitch = rng.uniform(7, 12)
    half_turn = np.linspace(np.pi, 2 * np.pi, 24)
    lines = []
    for row in range(int(size_mm[1] / (pitch / 2)) + 3):
        for column in range(-1, int(size_mm[0] / pitch) + 2):
            centre = ((column + 0.5 * (row % 2)) * pitch, row * pitch / 2)
            lines += [
                np.column_stack([centre[0] + r * np.cos(half_turn), centre[1] + r * np.sin(half_turn)])
                for r in np.linspace(pitch / 6, pitch / 2, 5)
            ]
    return lines
