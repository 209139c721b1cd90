"""A picture as a display emits it, seen by a sensor: pixels, sub-pixels, glow, bands of refresh.

A display's grid is written as a Fourier series, each wave weakened as the lens and the sensor's pixels weaken it, and
taken at the sensor's own points: what is finer than those comes out as moire, as it does in a camera.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.contents import Plane

__all__ = ["on_display"]

PITCH_PX = (0.45, 5.5)
"""A display's pixel in sensor pixels."""
FAINTEST = 0.07
"""Glass, haze, focus and smoothing leave as little of a grid as this share."""
LEAST_VISIBLE = 0.02
"""Relative height of the grid's clearest wave under which a patch shows no display to anybody."""

STRIPES = "stripes"
PENTILE = "pentile"


def on_display(rng: np.random.Generator, picture: Plane, lens_px: float) -> Plane | None:
    """The picture shown on a random display; None where nothing of the display could be seen."""
    side = picture.shape[0]
    pitch = float(np.exp(rng.uniform(*np.log(PITCH_PX))))
    angle = np.radians(rng.normal(0, 4) + (90 if rng.random() < 0.35 else 0))
    across = np.array([np.cos(angle), np.sin(angle)]) / pitch
    down = np.array([-np.sin(angle), np.cos(angle)]) / pitch * rng.uniform(0.93, 1.07)
    x, y = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32))
    bend = rng.normal(0, 0.02, 2) / side  # perspective and lens: the pitch changes a little over the patch
    warp_x, warp_y = x + bend[0] * x * y, y + bend[1] * x * y
    u = (across[0] * warp_x + across[1] * warp_y + rng.uniform(0, 1)).astype(np.float32)
    v = (down[0] * warp_x + down[1] * warp_y + rng.uniform(0, 1)).astype(np.float32)
    kind = PENTILE if rng.random() < 0.3 else STRIPES
    strength = float(np.exp(rng.uniform(np.log(FAINTEST), 0)))
    grid, visible = _grid(kind, u, v, across, down, lens_px, rng)
    grid, visible = 1 + (grid - 1) * np.float32(strength), visible * strength
    if visible < LEAST_VISIBLE:
        return None
    shown = _pixelated(picture, u, v, pitch) if pitch > 1.5 else picture
    black = rng.uniform(0.005, 0.1) * np.array([0.9, 0.95, 1.15])
    white = rng.uniform(0.8, 1.0) * np.array([rng.uniform(0.88, 1), rng.uniform(0.94, 1), 1.02])
    light = black + shown ** rng.uniform(0.85, 1.2) * (white - black)
    bands = 1 + rng.uniform(0, 0.06) * np.sin(y / side * rng.uniform(0.5, 6) * np.pi + rng.uniform(0, 6))
    veil = rng.uniform(0, 0.12) if rng.random() < 0.5 else 0.0
    return np.asarray(light * grid * bands[..., None] * (1 - veil) + veil, np.float32)


def _grid(
    kind: str, u: Plane, v: Plane, across: NDArray[np.float64], down: NDArray[np.float64], lens_px: float,
    rng: np.random.Generator,
) -> tuple[Plane, float]:  # fmt: skip
    """Factors (h, w, 3) about 1, and the relative height of the clearest wave."""
    fill = rng.uniform(0.25, 0.33) if kind == STRIPES else rng.uniform(0.3, 0.5)
    row_fill = rng.uniform(0.6, 0.95)
    shifts = rng.permutation(3) / 3 if rng.random() < 0.1 else np.arange(3) / 3
    grid = np.ones((*u.shape, 3), np.float32)
    visible = 0.0
    for p in range(-3, 4):
        for q in range(-2, 3):
            if (p, q) <= (0, 0):
                continue  # each wave once
            frequency = p * across + q * down
            passed = _passed(frequency, lens_px)
            if passed < 0.005:
                continue
            for channel in range(3):
                height, phase = _coefficient(kind, channel, p, q, fill, row_fill, float(shifts[channel]))
                height *= passed
                if height < 0.004:
                    continue
                visible = max(visible, height)
                grid[..., channel] += height * np.cos(2 * np.pi * (_scaled(kind, channel, p, q, u, v) - phase))
    return np.maximum(grid, 0.02), visible


def _scaled(kind: str, channel: int, p: int, q: int, u: Plane, v: Plane) -> Plane:
    if kind == PENTILE and channel != 1:  # red and blue stand on every other place of a chequerboard
        return np.asarray((p + q) / 2 * u + (p - q) / 2 * v, np.float32)
    return np.asarray(p * u + q * v, np.float32)


def _coefficient(
    kind: str, channel: int, p: int, q: int, fill: float, row_fill: float, shift: float
) -> tuple[float, float]:
    """Twice the Fourier coefficient of an emitting box, relative to its mean, and its phase in turns."""
    if kind == PENTILE:
        size = fill if channel == 1 else fill * 1.2
        return 2 * abs(float(np.sinc(p * size) * np.sinc(q * size))), 0.25 * (p + q) * (channel == 1)
    return 2 * abs(float(np.sinc(p * fill) * np.sinc(q * row_fill))), p * shift


def _passed(frequency: NDArray[np.float64], lens_px: float) -> float:
    """What the lens (Gaussian) and the sensor's square pixel let through of a wave, in cycles a sensor pixel."""
    lens = np.exp(-2 * (np.pi * lens_px) ** 2 * float(frequency @ frequency))
    return float(lens * abs(np.prod(np.sinc(0.8 * frequency))))


def _pixelated(picture: Plane, u: Plane, v: Plane, pitch: float) -> Plane:
    """One colour for each of the display's pixels."""
    soft = cv2.GaussianBlur(picture, (0, 0), 0.4 * pitch)
    step_u, step_v = np.floor(u) + 0.5 - u, np.floor(v) + 0.5 - v
    du = np.gradient(u)
    dv = np.gradient(v)
    jacobian = np.array([[du[1].mean(), du[0].mean()], [dv[1].mean(), dv[0].mean()]])
    back = np.linalg.inv(jacobian)
    x, y = np.meshgrid(np.arange(u.shape[1], dtype=np.float32), np.arange(u.shape[0], dtype=np.float32))
    map_x = (x + back[0, 0] * step_u + back[0, 1] * step_v).astype(np.float32)
    map_y = (y + back[1, 0] * step_u + back[1, 1] * step_v).astype(np.float32)
    return np.asarray(cv2.remap(soft, map_x, map_y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT), np.float32)
