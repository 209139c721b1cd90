"""Elementary operations on 8-bit pictures, with the types that OpenCV's stubs do not say. None copies needlessly."""

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourcorners.specimens.model import Pixels, Plane

__all__ = ["as_u8", "blurred", "brightened", "dimmed", "mixed", "resized", "warped"]

SIGMA_SMALL_ENOUGH = 6.0


def as_u8(picture: ArrayLike) -> NDArray[np.uint8]:
    """The same 8-bit picture; anything else is converted."""
    return np.asarray(picture, dtype=np.uint8)


def resized(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture at (width, height): averaged when shrinking, smooth when growing."""
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    shrinking = size[0] * size[1] < picture.shape[0] * picture.shape[1]
    return as_u8(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC))


def blurred(picture: NDArray[np.uint8], sigma_px: float) -> NDArray[np.uint8]:
    """Gaussian blur; large ones are computed on a smaller picture."""
    shrink = int(sigma_px / SIGMA_SMALL_ENOUGH * 2)
    if shrink < 2:
        return as_u8(cv2.GaussianBlur(picture, (0, 0), max(sigma_px, 1e-3)))
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(2, width // shrink), max(2, height // shrink)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma_px / shrink)
    return as_u8(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR))


def warped(
    picture: NDArray[np.uint8], matrix: NDArray[np.float64], size: tuple[int, int], *, repeat_edge: bool = False
) -> NDArray[np.uint8]:
    """The picture carried through a 2x3 or 3x3 matrix into (width, height), black or its own edge around it."""
    border = cv2.BORDER_REPLICATE if repeat_edge else cv2.BORDER_CONSTANT
    if matrix.shape == (2, 3):
        return as_u8(cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border))
    return as_u8(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border))


def mixed(under: Pixels, over: Pixels, share: Plane) -> Pixels:
    """`over` where `share` is 255, `under` where it is 0, both in between."""
    mask = cv2.merge([share, share, share])
    top = cv2.multiply(over, mask, scale=1 / 255)
    bottom = cv2.multiply(under, cv2.bitwise_not(mask), scale=1 / 255)
    return as_u8(cv2.add(top, bottom))


def dimmed(picture: Pixels, light: Plane) -> Pixels:
    """The picture times `light` / 255, a plane of any size spread over it."""
    full = light
    if light.shape != picture.shape[:2]:
        full = as_u8(cv2.resize(light, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR))
    return as_u8(cv2.multiply(picture, cv2.merge([full, full, full]), scale=1 / 255))


def brightened(picture: Pixels, glow: Pixels) -> Pixels:
    """The picture plus `glow`, a colour picture of any size spread over it; saturates at 255."""
    full = cv2.resize(glow, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return as_u8(cv2.add(picture, full))
