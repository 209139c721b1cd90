"""What phones and messengers do to a photo after the sensor: more, and more of it, than the drawn cameras do.

Phones smooth noise away and then lift edges until they have halos, spread tones from place to place, and enlarge what a
digital zoom leaves; film cameras and messengers compress without mercy. None of it makes a display or a print of an
original, and a network that has seen none of it may think so.
"""

import cv2
import numpy as np
from training.originality.donors import Pixels, Rng

from fourcorners.specimens.effects.sensor import decode, intra_coded, jpeg

__all__ = ["taken_by_phone"]

ZOOMED, SMOOTHED, SPREAD, LIFTED, FILMED, SENT = 0.2, 0.6, 0.35, 0.7, 0.25, 0.35
"""How often each is done."""
SENT_SIDES_PX = (1024, 1280, 1600)
"""Longest sides of what messengers send on."""
SMALLEST_PX = 1000


def taken_by_phone(rng: Rng, pixels: Pixels) -> tuple[Pixels, float]:
    """The photo (h, w, 3) as it arrives, and how many times larger it is."""
    factor = 1.0
    if rng.random() < ZOOMED:
        pixels, factor = _resized(pixels, float(rng.uniform(1.1, 1.6)), cv2.INTER_CUBIC)
    if rng.random() < SMOOTHED:
        pixels = _smoothed(rng, pixels)
    if rng.random() < SPREAD:
        pixels = _spread(rng, pixels)
    if rng.random() < LIFTED:
        soft = cv2.GaussianBlur(pixels, (0, 0), float(rng.uniform(0.7, 2.8)))
        amount = float(rng.uniform(0.3, 1.8))
        pixels = np.asarray(cv2.addWeighted(pixels, 1 + amount, soft, -amount, 0), np.uint8)
    if rng.random() < FILMED:
        pixels = intra_coded(pixels, int(rng.integers(15, 60)))
    if rng.random() < SENT:
        share = max(SMALLEST_PX, float(rng.choice(SENT_SIDES_PX))) / max(pixels.shape[:2])
        if share < 1:
            pixels, shrunk = _resized(pixels, share, cv2.INTER_AREA if rng.random() < 0.6 else cv2.INTER_LINEAR)
            factor *= shrunk
        pixels = decode(jpeg(pixels, int(rng.integers(60, 86))))
    return decode(jpeg(pixels, int(rng.integers(68, 97)))), factor


def _resized(pixels: Pixels, share: float, way: int) -> tuple[Pixels, float]:
    size = round(pixels.shape[1] * share), round(pixels.shape[0] * share)
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8), share


def _smoothed(rng: Rng, pixels: Pixels) -> Pixels:
    """Noise taken away: of brightness by its likeness to what is around, of colour by a wide blur."""
    way = rng.random()
    if way < 0.5:
        pixels = np.asarray(cv2.bilateralFilter(pixels, 5, float(rng.uniform(8, 45)), 2.0), np.uint8)
    elif way < 0.7:
        pixels = np.asarray(cv2.medianBlur(pixels, 3), np.uint8)
    split = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    split[..., 1:] = cv2.GaussianBlur(split[..., 1:], (0, 0), float(rng.uniform(1, 6)))
    return np.asarray(cv2.cvtColor(split, cv2.COLOR_YCrCb2RGB), np.uint8)


def _spread(rng: Rng, pixels: Pixels) -> Pixels:
    """Tones spread from place to place, as for high contrast, and over the whole picture."""
    split = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)
    if rng.random() < 0.6:
        spread = cv2.createCLAHE(float(rng.uniform(1, 3)), (8, 8)).apply(split[..., 0])
        split[..., 0] = cv2.addWeighted(spread, 0.6, split[..., 0], 0.4, 0)
    tones = 255 * np.linspace(0, 1, 256) ** rng.uniform(0.7, 1.3)
    split[..., 0] = cv2.LUT(split[..., 0], np.rint(tones).astype(np.uint8))
    return np.asarray(cv2.cvtColor(split, cv2.COLOR_LAB2RGB), np.uint8)
