"""What the page network learns from: windows of whole photos, and of swatches seen by other drawn devices.

Classes: 0 neither, 1 a display, 2 a print with dots or lines. A photo comes with windows at full resolution and others
at half of it, in which coarse moire and the grain of a print are better seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.donors import Pixels, Rng
from training.originality.patches import patch
from training.originality.splices import FIRST_SEED, LARGE, LARGE_SHARE, SIZES, processed, saved

from fourcorners import specimens
from fourcorners.kit.geometry import Quad, apply_homography, homography
from fourcorners.specimens import Camera
from fourcorners.specimens.documents import Document
from fourcorners.specimens.model import box_quad

__all__ = ["NEITHER", "SWATCH_WINDOWS", "WINDOWS", "Seen", "recaptured", "seen_in", "swatch"]

WINDOW_PX = 96
WINDOWS = (32, 10)
"""Windows of a photo at full and at half resolution."""
SWATCH_WINDOWS = (4, 1)
SWATCH_PX = 224
NEITHER, DISPLAY, PRINT = 0, 1, 2
KINDS = {
    "screen_photo": DISPLAY, "monitor_screen": DISPLAY,
    "colour_copy": PRINT, "laser_print": PRINT, "inkjet_print": PRINT,
}  # fmt: skip
SHARES = (0.22, 0.3, 0.16, 0.16, 0.16)
CORNERS_OFF = 0.006
"""Outlines are found this well, as a share of the page's size."""


@dataclass(frozen=True)
class Seen:
    """Windows (n, 96, 96, 3) at full and (m, 96, 96, 3) at half resolution, and the class."""

    full: Pixels
    half: Pixels
    kind: int


def recaptured(rng: Rng, seed: int, document: Document) -> Seen:
    """A photo of a display or a print of a document."""
    kind = str(rng.choice(list(KINDS), p=SHARES))
    size = LARGE if rng.random() < LARGE_SHARE else SIZES[int(rng.integers(3))]
    taken = specimens.capture(
        document, kind, float(rng.uniform(0, 1)), seed=FIRST_SEED + seed, size=size,
        camera=list(Camera)[int(rng.integers(len(Camera)))],
    )  # fmt: skip
    assert taken.truth.corners is not None
    return seen_in(rng, processed(rng, taken.pixels), taken.truth.corners, KINDS[kind])


def seen_in(rng: Rng, pixels: Pixels, corners: Quad, kind: int) -> Seen:
    """Windows on the page of a photo; one photo in four was saved again or sent on."""
    if rng.random() < 0.25:
        pixels, factor = saved(rng, pixels, True)
        corners = corners * factor
    corners = corners + rng.normal(0, CORNERS_OFF, (4, 2)) * np.ptp(corners, axis=0)
    half = np.asarray(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    full, few = WINDOWS
    return Seen(_windows(rng, pixels, corners, full), _windows(rng, half, corners / 2, few), kind)


def _windows(rng: Rng, pixels: Pixels, corners: Quad, count: int) -> Pixels:
    onto = homography(box_quad(0, 0, 1, 1), corners)
    centres = apply_homography(onto, rng.uniform(0.05, 0.95, (count, 2)))
    room = np.array(pixels.shape[1::-1]) - WINDOW_PX
    at = np.clip(np.rint(centres - WINDOW_PX / 2), 0, room).astype(int)
    return np.stack([pixels[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in at.tolist()])


def swatch(rng: Rng, pool: Sequence[NDArray[np.uint8]]) -> Seen:
    """A square of something by one of the devices of `displays`, `prints` and `camera`, cut into windows."""
    pixels, kind = patch(rng, list(pool), SWATCH_PX)
    room = SWATCH_PX - WINDOW_PX
    at = [(0, 0), (room, 0), (0, room), (room, room)]
    full = np.stack([pixels[y : y + WINDOW_PX, x : x + WINDOW_PX] for x, y in at])
    half = np.asarray(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return Seen(full, np.ascontiguousarray(half[None, 8 : 8 + WINDOW_PX, 8 : 8 + WINDOW_PX]), kind)
