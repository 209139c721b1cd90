"""A picture shown on a display and photographed from it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, mixed

__all__ = ["displayed", "seen_through_pixels"]

APERTURE = 0.55
"""Share of a camera pixel that gathers light, across: below 1, so that fine grids are not averaged away but alias."""
STRIPE_DEPTH, ROW_DEPTH = 0.62, 0.4
"""How deep the dark between the display's sub-pixels and rows is, before optics."""


def displayed(picture: Pixels, rng: np.random.Generator) -> Pixels:
    """What a display makes of a picture: black that glows, bluish white, another gamma, stronger colours."""
    levels = np.linspace(0, 1, 256)[:, None] ** rng.uniform(0.85, 1.2)
    black = rng.uniform(6, 34) * np.array([0.9, 0.95, 1.15])
    white = rng.uniform(225, 262) * np.array([rng.uniform(0.9, 0.99), rng.uniform(0.95, 1.0), 1.02])
    table = as_u8(np.clip(black + levels * (white - black), 0, 255)).reshape(256, 1, 3)
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    vivid = rng.uniform(1.0, 1.3)
    return as_u8(cv2.LUT(cv2.addWeighted(picture, vivid, grey, 1 - vivid, 0), table))


def seen_through_pixels(
    picture: Pixels, screen: Plane, to_screen: NDArray[np.float64], severity: float, rng: np.random.Generator
) -> Pixels:
    """Lay the display's pixel grid over the part of the photo where `screen` is 255.

    `to_screen` carries photo pixels to display pixels (3x3). The grid is sampled where the camera's pixels are, so that
    moire arises as it does in truth: by aliasing, bent by perspective and by the lens. Bands of the display's refresh
    come on top.
    """
    height, width = picture.shape[:2]
    x = np.linspace(0, width - 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, height - 1, height, dtype=np.float32)[:, None]
    bend = np.float32(rng.uniform(-0.012, 0.012) / max(width, height) ** 2)  # the lens is not quite straight
    radius = (x - width / 2) ** 2 + (y - height / 2) ** 2
    x_bent = x + (x - width / 2) * radius * bend
    y_bent = y + (y - height / 2) * radius * bend
    m = to_screen.astype(np.float32)
    w = m[2, 0] * x_bent + m[2, 1] * y_bent + m[2, 2]
    u = (m[0, 0] * x_bent + m[0, 1] * y_bent + m[0, 2]) / w
    v = (m[1, 0] * x_bent + m[1, 1] * y_bent + m[1, 2]) / w
    frequency = float(np.hypot(u[height // 2, width // 2 + 1] - u[height // 2, width // 2],
                               v[height // 2, width // 2 + 1] - v[height // 2, width // 2]))  # fmt: skip
    passed = float(np.sinc(APERTURE * frequency)) * (0.4 + 0.6 * severity)
    column = np.bitwise_and((u * 256).astype(np.int32), 255).astype(np.uint8)
    row = np.bitwise_and((v * 256).astype(np.int32), 255).astype(np.uint8)
    phase = np.arange(256) * 2 * np.pi / 256
    rows = cv2.LUT(row, as_u8(190 * (1 - passed * ROW_DEPTH * (0.5 - 0.5 * np.cos(phase)))))
    stripes = [
        cv2.LUT(column, as_u8(190 * (1 - passed * STRIPE_DEPTH * (0.5 - 0.5 * np.cos(phase - 2 * np.pi * third / 3)))))
        for third in range(3)
    ]
    mask = cv2.multiply(cv2.merge(stripes), cv2.merge([rows, rows, rows]), scale=1 / 190)
    bands = 1 + rng.uniform(0, 0.09) * severity * np.sin(
        y * 2 * np.pi / (height * rng.uniform(0.15, 0.6)) + rng.uniform(0, 6)
    )
    mask = cv2.multiply(
        mask, cv2.merge([np.repeat(as_u8(np.clip(200 * bands, 0, 255)), width, axis=1)] * 3), scale=1 / 200
    )
    gained = cv2.multiply(picture, mask, scale=1 / (190 * (1 - passed * 0.35)))
    return mixed(picture, as_u8(gained), screen)
