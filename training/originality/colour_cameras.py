"""What lenses, cameras and films do to the colour of a page, at a small copy of it.

Lenses draw colours apart; cameras bend each channel a little differently from place to place, smooth colour by itself
or along with brightness, sharpen brightness alone; films keep colour in coarse steps, a little behind where the picture
moved; and fingers hold the page.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.donors import Pixels, Rng

__all__ = ["COPY_PX", "through_a_camera"]

COPY_PX = 384
"""Longest side of the copy that is changed."""
DAYLIGHT = np.array([1.0, 0.12, -1.1])
"""How red, green and blue change from one daylight or lamp to a warmer one."""
SKIN = np.array([225.0, 165.0, 140.0])
GAMMA = 2.2
LIGHTS, STRAY, BENT, HELD, APART, SHARPENED, FILMED = 0.6, 0.5, 0.5, 0.35, 0.6, 0.7, 0.5
"""How often each is done."""
ALONG, ALONE = 0.4, 0.45
"""How often colour is smoothed along with brightness, or by itself."""

Plane = NDArray[np.float32]


def through_a_camera(page: Pixels, rng: Rng) -> Pixels:
    """The page (h, w, 3) as a camera of another kind might have kept it."""
    height, width = page.shape[:2]
    light = (page.astype(np.float32) / 255) ** GAMMA
    if rng.random() < LIGHTS:
        amount = float(rng.choice([0.03, 0.07, 0.13]))
        light = light * np.exp(
            amount * _smooth(rng, page, int(rng.integers(2, 6))) * (DAYLIGHT + rng.normal(0, 0.2, 3))
        )
    if rng.random() < STRAY:
        veil = np.clip(0.01 + 0.008 * _smooth(rng, page, 3), 0, 0.06)
        light = light + veil * np.abs(1 + rng.normal(0, 0.35, 3)) * rng.uniform(0.3, 2)
    seen = np.clip(light, 0, 1) ** (1 / GAMMA)
    if rng.random() < BENT:
        seen = seen ** (1 + 0.03 * _smooth(rng, page, 3) * rng.normal(0, 1, 3)) ** rng.uniform(0.95, 1.05, 3)
    levels = np.asarray(255 * seen, np.float32)
    if rng.random() < HELD:
        levels = _held(levels, rng)
    if rng.random() < APART:
        for channel in (0, 2):
            grown = rng.normal(0, 0.0015)
            shift = rng.normal(0, 0.12, 2) - grown * np.array([width, height]) * rng.uniform(-0.5, 1.5, 2)
            levels[..., channel] = _moved(levels[..., channel], 1 + grown, shift)
    noise = float(rng.choice([0.3, 1, 2.5, 5]))
    levels = levels + rng.normal(0, noise, (height, width, 1)) + rng.normal(0, noise, levels.shape) * [1.1, 0.7, 1.4]
    split = cv2.cvtColor(_whole(levels), cv2.COLOR_RGB2YCrCb).astype(np.float32)
    lightness, colours = np.ascontiguousarray(split[..., 0]), np.ascontiguousarray(split[..., 1:])
    way = rng.random()
    if way < ALONG:
        colours = _along(colours, lightness, int(rng.integers(2, 9)), float(rng.choice([20, 100, 400])))
    elif way < ALONG + ALONE:
        colours = np.asarray(cv2.GaussianBlur(colours, (0, 0), float(rng.uniform(0.4, 3))), np.float32)
    if rng.random() < SHARPENED:
        soft = cv2.GaussianBlur(lightness, (0, 0), float(rng.uniform(0.6, 2)))
        lightness = lightness + float(rng.uniform(0.2, 1.6)) * (lightness - soft)
    if rng.random() < FILMED:
        colours = _filmed(colours, rng)
    return np.asarray(cv2.cvtColor(_whole(np.dstack([lightness, colours])), cv2.COLOR_YCrCb2RGB), np.uint8)


def _held(levels: Plane, rng: Rng) -> Plane:
    height, width = levels.shape[:2]
    for _ in range(int(rng.integers(1, 3))):
        side, at = int(rng.integers(4)), rng.uniform(0, 1)
        middle = ((0, at * height), (width, at * height), (at * width, 0), (at * width, height))[side]
        size = int(width * rng.uniform(0.05, 0.14)), int(width * rng.uniform(0.04, 0.08))
        finger = np.zeros((height, width), np.float32)
        cv2.ellipse(finger, (round(middle[0]), round(middle[1])), size, float(rng.uniform(0, 180)), 0, 360, (1.0,), -1)
        share = cv2.GaussianBlur(finger, (0, 0), 0.8)[..., None]
        levels = np.asarray(levels * (1 - share) + SKIN * rng.uniform(0.45, 1.05) * share, np.float32)
    return levels


def _along(colours: Plane, lightness: Plane, reach: int, flat: float) -> Plane:
    """Each of two planes of colour (h, w, 2) replaced by its straight line on brightness around (a guided filter)."""
    box = (2 * reach + 1, 2 * reach + 1)
    mean = cv2.blur(lightness, box)
    varies = cv2.blur(lightness * lightness, box) - mean * mean
    smooth = []
    for plane in cv2.split(colours):
        own = cv2.blur(plane, box)
        slope = (cv2.blur(lightness * plane, box) - mean * own) / (varies + flat)
        smooth.append(cv2.blur(slope, box) * lightness + cv2.blur(own - slope * mean, box))
    return np.asarray(np.dstack(smooth), np.float32)


def _filmed(colours: Plane, rng: Rng) -> Plane:
    height, width = colours.shape[:2]
    coarser = float(rng.choice([1, 1.5, 2.5]))
    small = cv2.resize(colours, (int(width / coarser), int(height / coarser)), interpolation=cv2.INTER_AREA)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
    kept = [
        np.asarray(cv2.imdecode(cv2.imencode(".jpg", plane, quality)[1], cv2.IMREAD_GRAYSCALE), np.float32)
        for plane in cv2.split(_whole(small))
    ]
    late = rng.normal(0, 0.6, 2) if rng.random() < 0.5 else np.zeros(2)
    large = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in kept]
    return np.dstack([_moved(np.asarray(plane, np.float32), 1.0, late) for plane in large])


def _moved(plane: Plane, grown: float, shift: NDArray[np.float64]) -> Plane:
    where = np.array([[grown, 0, shift[0]], [0, grown, shift[1]]])
    size = plane.shape[1], plane.shape[0]
    plane = np.ascontiguousarray(plane)
    return np.asarray(
        cv2.warpAffine(plane, where, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _smooth(rng: Rng, page: Pixels, knots: int) -> Plane:
    coarse = rng.normal(0, 1, (knots, knots)).astype(np.float32)
    field = np.asarray(cv2.resize(coarse, page.shape[1::-1], interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray((field - field.mean()) / max(float(field.std()), 1e-3), np.float32)[..., None]


def _whole(levels: NDArray[np.floating]) -> Pixels:
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)
