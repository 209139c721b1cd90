"""A signature: a pen that runs through the letters of a name, faster than it can shape them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Plane
from fourcorners.specimens.pictures import resized
from fourcorners.specimens.shapes import curve

__all__ = ["draw_signature"]

ASCENDERS, DESCENDERS = "bdfhklt", "gjpqyz"
SUPERSAMPLING = 3
STEPS_A_LETTER = 14


def draw_signature(name: str, size_px: tuple[int, int], rng: np.random.Generator, pen_px: float = 3.0) -> Plane:
    """Ink coverage (height, width) of a signature that fills the box but for a small margin."""
    path, pressure = _pen_path(name, rng)
    slant = rng.uniform(0.15, 0.5)
    path = path + np.column_stack([-slant * path[:, 1], rng.uniform(-0.12, 0.05) * path[:, 0]])
    low, high = path.min(axis=0), path.max(axis=0)
    margin = pen_px * 1.5
    room = np.array(size_px) - 2 * margin
    scale = np.minimum(room / np.maximum(high - low, 1e-6), room.max() / 3)
    scale[0] = min(scale[0], scale[1] * 2.2)
    points = (path - (low + high) / 2) * scale + np.array(size_px) / 2
    ink = np.zeros((size_px[1] * SUPERSAMPLING, size_px[0] * SUPERSAMPLING), np.uint8)
    fine = np.round(points * SUPERSAMPLING).astype(np.int32)
    for start, end, press in zip(fine, fine[1:], pressure, strict=False):
        width = max(1, round(pen_px * press * SUPERSAMPLING))
        cv2.line(ink, start.tolist(), end.tolist(), 255, width, cv2.LINE_AA)
    return resized(ink, size_px)


def _pen_path(name: str, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points (n, 2), y downwards, one unit a lower-case letter; and the pen's pressure at each."""
    knots = [np.array([0.0, 0.0])]
    x = 0.0
    for position, letter in enumerate(name[:14].lower()):
        if not letter.isalpha():
            x += 0.5
            continue
        haste = 1 - 0.5 * position / max(1, len(name))  # letters flatten out towards the end
        height = 2.4 if position == 0 else 1.9 if letter in ASCENDERS else 0.9
        depth = 1.1 if letter in DESCENDERS else rng.uniform(-0.1, 0.15)
        breadth = rng.uniform(0.6, 1.0) * (1.7 if position == 0 else 1.0)
        up = [x + breadth * rng.uniform(0.5, 0.8), -height * haste * rng.uniform(0.8, 1.1)]
        back = [x + breadth * rng.uniform(0.1, 0.4), -height * haste * 0.6]
        down = [x + breadth * rng.uniform(0.4, 0.7), depth * haste]
        knots += [np.array(up), np.array(back), np.array(down)]
        x += breadth
    flourish = rng.uniform(0.6, 2.0)
    knots += [np.array([x + flourish, -0.6]), np.array([x * rng.uniform(0.2, 0.6), 0.9]), np.array([x + 1.2, 0.5])]
    path = curve(np.array(knots), steps=STEPS_A_LETTER)
    speed = np.linalg.norm(np.gradient(path, axis=0), axis=1)
    return path, np.clip(1.25 - 0.6 * speed / (speed.mean() + 1e-6), 0.45, 1.15)
