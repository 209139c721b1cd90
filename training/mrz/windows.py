"""Training strips for the reader: windows of drawn lines, cut as badly as the finder will cut them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from training.mrz.glyphs import CAP_PX
from training.mrz.pages import Mask
from training.mrz.scenes import Scene, filed, ground
from training.mrz.texts import ALPHABET

from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX, STRIDE_PX, STRIP_PX, even_light

WIDTH_PX = 320
COLUMNS = WIDTH_PX // STRIDE_PX
IGNORED = -1
WINDOWS = 3
HEADLONG = 0.04
"""Share of strips that stand on their head: nothing in them is a character."""


@dataclass(frozen=True)
class Window:
    """One strip with, for each column, the character (or IGNORED), how central it is, and where its middle lies.

    `place` (3, columns): offset of the nearest character's middle in columns, offset of its middle from the strip's in
    units of 8 px, log of cap height over GLYPH_PX. `near` says where `place` counts.
    """

    strip: NDArray[np.float32]
    label: NDArray[np.int64]
    central: NDArray[np.float32]
    place: NDArray[np.float32]
    near: NDArray[np.float32]


def windows(rng: np.random.Generator, scene: Scene) -> list[Window]:
    """Some windows of each line of the scene: drawing it cost more than cutting them."""
    return [_window(rng, scene, row) for row in range(len(scene.texts)) for _ in range(WINDOWS)]


def nothing(rng: np.random.Generator, prints: list[Mask]) -> Window:
    """A strip without a line of a zone: other print, or bare ground."""
    levels = ground(rng, (48, 400)) * rng.uniform(0.4, 1.0)
    if rng.random() < 0.8:
        mask = prints[int(rng.integers(len(prints)))]
        scale = GLYPH_PX / CAP_PX * rng.uniform(0.7, 1.5)
        small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[:48, :400]
        h, w = small.shape
        top, left = int(rng.integers(0, 49 - h)), int(rng.integers(0, 401 - w))
        alpha = small.astype(np.float32) / 255 * rng.uniform(0.4, 1.0)
        levels[top : top + h, left : left + w] *= 1 - alpha
    levels = cv2.GaussianBlur(levels, (0, 0), rng.uniform(0.3, 1.5)) * rng.uniform(100, 255)
    image = filed(rng, levels)
    left, top = int(rng.integers(0, 81)), int(rng.integers(0, 17))
    return _empty(even_light(image[top : top + STRIP_PX, left : left + WIDTH_PX]))


def _empty(strip: NDArray[np.float32]) -> Window:
    bare = np.zeros(COLUMNS, np.float32)
    return Window(strip, np.full(COLUMNS, IGNORED, np.int64), bare, np.zeros((3, COLUMNS), np.float32), bare)


def _window(rng: np.random.Generator, scene: Scene, row: int) -> Window:
    centres = scene.centres[row]
    precise = rng.random() < 0.5  # the second look: place, size and pitch are known well
    spread = 0.25 if precise else 1.0
    high = GLYPH_PX / scene.cap_px * np.exp(spread * rng.uniform(-0.22, 0.22))
    wide = PITCH_PX / scene.pitch_px * rng.uniform(0.97, 1.03) if precise else high * rng.uniform(1.0, 1.25)
    direction = centres[-1] - centres[0]
    angle = np.arctan2(direction[1], direction[0]) + spread * rng.normal(0, 0.012)
    edge = 0 if rng.random() < 0.3 else len(centres) // 4  # the ends of lines, but not too often
    middle = centres[int(rng.integers(edge, len(centres) - edge))] + rng.uniform(-0.5, 0.5) * scene.pitch_px
    shift = spread * rng.uniform(-0.25, 0.25) * GLYPH_PX
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = np.diag([wide, high]) @ turn
    where = np.array([WIDTH_PX / 2, STRIP_PX / 2 + shift]) - matrix @ middle
    affine = np.column_stack([matrix, where])
    image = scene.image
    if high < 0.8:
        image = cv2.GaussianBlur(image, (0, 0), 0.4 / high)
    flags = cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_CUBIC
    cut = cv2.warpAffine(image, affine, (WIDTH_PX, STRIP_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < HEADLONG:
        return _empty(even_light(np.ascontiguousarray(cut[::-1, ::-1])))
    placed = centres @ matrix.T + where
    return _labelled(even_light(cut), scene, row, placed, scene.pitch_px * wide, scene.cap_px * high)


def _labelled(
    strip: NDArray[np.float32], scene: Scene, row: int, placed: NDArray[np.float64], pitch: float, cap: float
) -> Window:
    columns = STRIDE_PX * np.arange(COLUMNS) + (STRIDE_PX - 1) / 2
    distance = placed[:, 0][None, :] - columns[:, None]
    nearest = np.abs(distance).argmin(1)
    offset = distance[np.arange(COLUMNS), nearest]
    near = np.abs(offset) < 0.36 * pitch
    inside = np.abs(placed[nearest, 1] - STRIP_PX / 2) < STRIP_PX / 2
    text = np.array([ALPHABET.index(c) for c in scene.texts[row]])
    open_ = ~scene.hidden[row][nearest]
    label = np.where((np.abs(offset) < 0.3 * pitch) & open_ & inside, text[nearest], IGNORED)
    central = np.exp(-((offset / (0.2 * pitch)) ** 2)) * open_ * inside
    place = np.stack(
        [offset / STRIDE_PX, (placed[nearest, 1] - (STRIP_PX - 1) / 2) / 8, np.full(COLUMNS, np.log(cap / GLYPH_PX))]
    )
    return Window(
        strip,
        label.astype(np.int64),
        central.astype(np.float32),
        place.astype(np.float32),
        (near & open_).astype(np.float32),
    )
