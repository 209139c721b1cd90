"""Smooth outlines, and bodies that look round because their light falls off towards the edge."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, blurred, mixed

__all__ = ["Points", "curve", "filled", "mask_of", "pixel", "shaded"]

Points: TypeAlias = NDArray[np.float64]


def curve(knots: Points, *, closed: bool = False, steps: int = 8) -> Points:
    """A Catmull-Rom curve through all knots (n, 2), `steps` points from one to the next."""
    padded = np.vstack([knots[-1], knots, knots[:2]]) if closed else np.vstack([knots[0], knots, knots[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack(pieces)


def mask_of(outline: Points, like: NDArray[np.uint8]) -> Plane:
    """255 inside the outline, on a plane as large as the picture `like`."""
    mask = np.zeros(like.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    return mask


def shaded(picture: Pixels, mask: Plane, colour: Points, softness_px: float, dark: float) -> Pixels:
    """Fill a mask with a colour that falls to about `dark` of itself within `softness_px` of the edge."""
    table = np.clip(np.linspace(colour * dark * 0.85, colour * 1.05, 256), 0, 255)
    inner = blurred(mask, softness_px)
    over = cv2.merge([cv2.LUT(inner, as_u8(np.ascontiguousarray(table[:, channel]))) for channel in range(3)])
    return mixed(picture, as_u8(over), blurred(mask, 0.8))


def filled(picture: Pixels, outline: Points, colour: Points, softness_px: float, dark: float) -> Pixels:
    """`shaded` inside an outline."""
    return shaded(picture, mask_of(outline, picture), colour, softness_px, dark)


def pixel(point: Points) -> tuple[int, int]:
    """The pixel that a point lies in, as OpenCV wants it."""
    return round(float(point[0])), round(float(point[1]))
