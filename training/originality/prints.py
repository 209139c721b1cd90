"""A picture as office printers put it on paper: screens of dots or lines, strewn dots, in colour or black."""

import cv2
import numpy as np
from training.originality.contents import Plane

__all__ = ["in_print"]

PITCH_PX = (2.2, 11.0)
"""From dot to dot in sensor pixels; finer ones no camera resolves."""
FINER = 2
"""Dots are drawn so much finer than the sensor's pixels."""
ANGLES_DEG = (15.0, 75.0, 0.0, 45.0)
FAINTEST = 0.15
"""Blur and smoothing leave as little of the dots as this share."""
LEAST_VISIBLE = 0.01
"""Deviation (of white) of the dots alone under which a patch shows no print to anybody."""


def in_print(rng: np.random.Generator, picture: Plane, lens_px: float) -> Plane | None:
    """The picture printed; None where no dot could be seen."""
    side = picture.shape[0] * FINER
    large = cv2.resize(picture, (side, side), interpolation=cv2.INTER_LINEAR)
    pitch = float(np.exp(rng.uniform(*np.log(PITCH_PX)))) * FINER
    turn = rng.normal(0, 5)
    way = rng.choice(["dots", "lines", "strewn"], p=[0.6, 0.2, 0.2])
    grey = rng.random() < 0.35
    ink = 1 - large
    if grey:
        plates = [1 - cv2.cvtColor(large, cv2.COLOR_RGB2GRAY)]
    else:
        black = ink.min(axis=2) * np.float32(rng.uniform(0.3, 0.9))
        plates = [*(ink[..., c] - black for c in range(3)), black]
    softness = rng.uniform(0.06, 0.4)
    screened = []
    for plate, angle in zip(plates, ANGLES_DEG[-len(plates) :], strict=True):
        threshold = _threshold(rng, way, side, pitch * rng.uniform(0.9, 1.1), np.radians(angle + turn))
        # Printers lift pale tones and fill dark ones: dots show where the original has any tone at all.
        tone = np.clip(plate * rng.uniform(0.85, 1.1) + rng.uniform(-0.02, 0.05), 0, 1)
        screened.append(np.clip((tone - threshold) / softness + 0.5, 0, 1))
    if grey:
        printed = np.repeat(1 - screened[0][..., None], 3, axis=2)
    else:
        cyan, magenta, yellow, key = screened
        printed = np.dstack([(1 - 0.9 * plate) * (1 - key) for plate in (cyan, magenta, yellow)])
    printed = cv2.GaussianBlur(printed.astype(np.float32), (0, 0), max(0.3, np.hypot(lens_px * FINER, 0.5 * FINER)))
    small = cv2.resize(printed, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (0, 0), pitch / FINER)
    detail = picture - cv2.GaussianBlur(picture, (0, 0), pitch / FINER)
    strength = float(np.exp(rng.uniform(np.log(FAINTEST), 0)))
    dots = (small - smooth - detail) * np.float32(strength)
    if float(dots.std()) < LEAST_VISIBLE:
        return None
    small = smooth + detail + dots
    paper, floor = rng.uniform(0.88, 1.0), rng.uniform(0.04, 0.25)
    grain = cv2.GaussianBlur(rng.normal(0, 1, picture.shape[:2]).astype(np.float32), (0, 0), rng.uniform(0.6, 2.5))
    return np.asarray(
        floor + small * (paper - floor) + 0.012 * rng.random() * grain[..., None] / grain.std(), np.float32
    )


def _threshold(rng: np.random.Generator, way: str, side: int, pitch: float, angle: float) -> Plane:
    """Ink where a plate exceeds it, 0..1."""
    if way == "strewn":
        noise = rng.normal(0, 1, (side, side)).astype(np.float32)
        fine = cv2.GaussianBlur(noise, (0, 0), pitch / 7) - cv2.GaussianBlur(noise, (0, 0), pitch / 2.5)
        rank = 1 / (1 + np.exp(-1.7 * (fine - fine.mean()) / fine.std()))
        return np.asarray(rank, np.float32)
    x, y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    across = 2 * np.pi / pitch * (x * np.cos(angle) + y * np.sin(angle)) + rng.uniform(0, 6)
    along = 2 * np.pi / pitch * (y * np.cos(angle) - x * np.sin(angle)) + rng.uniform(0, 6)
    wave = np.cos(across) if way == "lines" else (np.cos(across) + np.cos(along)) / 2
    return np.asarray(0.5 + 0.5 * wave, np.float32)
