"""Nets of fine lines, as guilloche machines draw them: polylines (n, 2) in millimetres over a sheet of `size_mm`."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["NETS", "rosette"]

Lines = list[NDArray[np.float64]]
Size = tuple[float, float]


def _waves(size_mm: Size, rng: np.random.Generator) -> Lines:
    return _bundle(size_mm, rng, vertical=False)


def _lattice(size_mm: Size, rng: np.random.Generator) -> Lines:
    return _bundle(size_mm, rng, vertical=False) + _bundle(size_mm, rng, vertical=True)


def _bundle(size_mm: Size, rng: np.random.Generator, *, vertical: bool) -> Lines:
    """Lines that swing together while their phase drifts, so that they cross and part."""
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


def _rosettes(size_mm: Size, rng: np.random.Generator) -> Lines:
    lines = []
    for _ in range(3):
        centre = (rng.uniform(0, size_mm[0]), rng.uniform(0, size_mm[1]))
        lines += rosette(centre, rng.uniform(0.25, 0.55) * size_mm[0], int(rng.integers(6, 18)), 22, rng)
    return lines


def rosette(centre: tuple[float, float], radius: float, petals: int, rings: int, rng: np.random.Generator) -> Lines:
    """Rings with petals, each turned a little against the one before."""
    angle = np.linspace(0, 2 * np.pi, 240)
    depth, twist = rng.uniform(0.06, 0.16), rng.uniform(0.02, 0.06)
    lines = []
    for ring in range(1, rings + 1):
        r = radius * ring / rings * (1 + depth * np.sin(petals * angle + ring * twist * petals))
        lines.append(np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)]))
    return lines


def _shells(size_mm: Size, rng: np.random.Generator) -> Lines:
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


def _rays(size_mm: Size, rng: np.random.Generator) -> Lines:
    """Wavy rays from one point, as of a sun behind the text."""
    centre = np.array([rng.uniform(0.1, 0.9) * size_mm[0], rng.uniform(0.1, 0.9) * size_mm[1]])
    reach = float(np.hypot(*size_mm))
    t = np.linspace(2.0, reach, int(reach * 2))
    wave, phase = rng.uniform(9, 22), rng.uniform(0, 6.3)
    count = int(rng.integers(110, 170))
    lines = []
    for number in range(count):
        angle = 2 * np.pi * number / count + 0.05 * np.sin(2 * np.pi * t / wave + phase)
        lines.append(centre + np.column_stack([t * np.cos(angle), t * np.sin(angle)]))
    return lines


def _cells(size_mm: Size, rng: np.random.Generator) -> Lines:
    """A honeycomb of nested hexagons."""
    pitch = rng.uniform(5, 9)
    angle = np.linspace(0, 2 * np.pi, 7) + rng.uniform(0, 0.2)
    hexagon = np.column_stack([np.cos(angle), np.sin(angle)])
    lines = []
    for row in range(-1, int(size_mm[1] / (pitch * 0.87)) + 2):
        for column in range(-1, int(size_mm[0] / pitch) + 2):
            middle = np.array([(column + 0.5 * (row % 2)) * pitch, row * pitch * 0.87])
            lines += [middle + hexagon * radius for radius in (pitch * 0.18, pitch * 0.36, pitch * 0.56)]
    return lines


def _spirals(size_mm: Size, rng: np.random.Generator) -> Lines:
    """Lissajous figures laid over each other: the classical guilloche."""
    t = np.linspace(0, 2 * np.pi, 1200)
    lines = []
    for _ in range(2):
        centre = np.array([rng.uniform(0.25, 0.75) * size_mm[0], rng.uniform(0.3, 0.7) * size_mm[1]])
        across, down = int(rng.integers(2, 5)), int(rng.integers(5, 9))
        phase = rng.uniform(0, 3)
        for step in range(14):
            share = 0.35 + 0.05 * step
            figure = np.column_stack([np.sin(across * t + phase + 0.05 * step), np.sin(down * t)])
            lines.append(centre + share * figure * np.array(size_mm) * [0.7, 0.75])
    return lines


def _contours(size_mm: Size, rng: np.random.Generator) -> Lines:
    """Level lines of hills, as on a map."""
    lines = []
    for _ in range(5):
        centre = np.array([rng.uniform(0, size_mm[0]), rng.uniform(0, size_mm[1])])
        angle = np.linspace(0, 2 * np.pi, 180)
        shape = sum(rng.uniform(0.02, 0.16) * np.sin(n * angle + rng.uniform(0, 6.3)) for n in range(1, 5))
        for radius in np.arange(1.5, rng.uniform(24, 42), 1.3):
            r = radius * (1 + shape)
            lines.append(centre + np.column_stack([r * np.cos(angle), r * np.sin(angle)]))
    return lines


NETS: dict[str, Callable[[Size, np.random.Generator], Lines]] = {
    "waves": _waves,
    "rosettes": _rosettes,
    "shells": _shells,
    "lattice": _lattice,
    "rays": _rays,
    "cells": _cells,
    "spirals": _spirals,
    "contours": _contours,
}
