"""A picture at half its size, again and again: what many measures look at is made once."""

from collections.abc import Sequence

import cv2
import numpy as np

from fourcorners.vision.picture import Pixels

__all__ = ["block_means", "pyramid", "shrunk"]

COARSEST_PX = 300


def pyramid(pixels: Pixels) -> list[Pixels]:
    """The picture, then copies of half the size each; what is odd at the right and bottom is dropped.

    Pixel (x, y) of level n covers the picture's from 2^n x to 2^n (x + 1) - 1.
    """
    levels = [pixels]
    while max(levels[-1].shape[:2]) >= 2 * COARSEST_PX and min(levels[-1].shape[:2]) >= 2:
        levels.append(_halved(levels[-1]))
    return levels


def shrunk(pixels: Pixels, side_px: int, levels: Sequence[Pixels] = ()) -> Pixels:
    """The picture with a longest side of `side_px` at most, each pixel the mean of what it covers.

    By halves as far as they go (`levels`, where they are at hand), which takes a quarter of the time of one step.
    """
    longest = max(pixels.shape[:2])
    size = tuple(max(1, round(n * min(1.0, side_px / longest))) for n in pixels.shape[1::-1])
    near, level = pixels, 0
    while longest >> (level + 1) >= side_px and min(near.shape[:2]) >= 2:
        level += 1
        near = levels[level] if level < len(levels) else _halved(near)
    return np.asarray(cv2.resize(near, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def block_means(pixels: Pixels, step: int) -> Pixels:
    """Means of blocks of `step` x `step` pixels; what is left over at the right and bottom is dropped.

    By halves as long as `step` is even, which OpenCV does several times faster than any other step.
    """
    while step > 1 and step % 2 == 0 and min(pixels.shape[:2]) >= 2:
        pixels, step = _halved(pixels), step // 2
    if step == 1:
        return pixels
    width, height = max(1, pixels.shape[1] // step), max(1, pixels.shape[0] // step)
    whole = pixels[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _halved(pixels: Pixels) -> Pixels:
    height, width = (n // 2 for n in pixels.shape[:2])
    even = pixels[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
