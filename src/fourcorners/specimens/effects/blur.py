"""Lens blur and motion blur."""

import cv2
import numpy as np

from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["defocused", "shaken", "soft_lens"]


def soft_lens(picture: Pixels, sigma_px: float) -> Pixels:
    """The softness of a good lens in focus."""
    return as_u8(cv2.GaussianBlur(picture, (0, 0), sigma_px))


def defocused(picture: Pixels, radius_px: float) -> Pixels:
    """A disc of confusion of `radius_px`: out of focus. Large discs are computed on a smaller picture."""
    shrink = max(1, int(radius_px / 6))
    height, width = picture.shape[:2]
    small = resized(picture, (width // shrink, height // shrink))
    radius = radius_px / shrink
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    blurred = cv2.filter2D(small, -1, disc / disc.sum())
    return resized(as_u8(blurred), (width, height))


def shaken(picture: Pixels, length_px: float, rng: np.random.Generator) -> Pixels:
    """The hand moved while the shutter was open: blur along a short bent path."""
    shrink = max(1, int(length_px / 24))
    height, width = picture.shape[:2]
    small = resized(picture, (width // shrink, height // shrink))
    length = max(1.0, length_px / shrink)
    angle, bend = rng.uniform(0, np.pi), rng.uniform(-0.25, 0.25)
    t = np.linspace(-0.5, 0.5, 64)
    points = length * np.column_stack([t, bend * (t**2 - 1 / 12)])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    reach = int(np.ceil(length / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for x, y in points @ turn + reach:
        column, row = int(x), int(y)
        right, down = x - column, y - row
        kernel[row : row + 2, column : column + 2] += np.outer([1 - down, down], [1 - right, right])
    blurred = cv2.filter2D(small, -1, kernel / kernel.sum())
    return resized(as_u8(blurred), (width, height))
