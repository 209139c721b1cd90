"""Documents on displays, and photos of them in a viewer: rims, bars, windows and margins around the document."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.bank_file import Papers
from training.outline.grounds import colour
from training.outline.layers import RENDER, Picture, blend, filled, lay, shade
from training.outline.pose import Pose

Rng = np.random.Generator
Mask = NDArray[np.float32]


def lay_display(rng: Rng, bank: Papers, picture: Picture, pose: Pose, size: tuple[float, float]) -> Mask:
    """A display in the document's plane, with all that it shows but the document; returns where it shines, 0..1."""
    half = np.array([*size, *size]) / 2 * [-1, -1, 1, 1]
    near = np.where(rng.random(4) < 0.35, rng.uniform(0, 0.03, 4), np.exp(rng.uniform(np.log(0.02), np.log(1.2), 4)))
    screen = half + near * [-1, -1, 1, 1]
    rim = rng.uniform(0.01, 0.12) * np.where(rng.random(4) < 0.3, rng.uniform(0.3, 2.5, 4), 1) * [-1, -1, 1, 1]
    body = filled(_seen(pose, screen + rim))
    shade(picture, body, rng.uniform(0, 0.5), rng.uniform(1, 7))
    dark = rng.uniform(2, 50) if rng.random() < 0.75 else rng.uniform(50, 240)
    picture += body[..., None] * (np.float32(dark) * (1 + rng.normal(0, 0.03, 3)).astype(np.float32) - picture)
    shines = filled(_seen(pose, screen))
    picture += shines[..., None] * (_tone(rng) - picture)
    if rng.random() < 0.4:  # the document in a photo or a window of its own, on the display
        around = half + np.minimum(np.exp(rng.uniform(np.log(0.008), np.log(0.5), 4)), near) * [-1, -1, 1, 1]
        if rng.random() < 0.5:
            layer = lay(bank.ground(rng), 0.0, _seen(pose, around))
            blend(picture, layer)
        else:
            mask = filled(_seen(pose, around))
            picture += mask[..., None] * (_tone(rng) - picture)
    if rng.random() < 0.6:
        _bars(rng, picture, pose, screen)
    return shines


def shown_by_display(rng: Rng, picture: Picture, shines: Mask) -> Picture:
    """Brighter or dimmer than the room, with the waves and the bands that a camera sees in a display."""
    y, x = np.mgrid[:RENDER, :RENDER].astype(np.float32)
    gain = np.full((RENDER, RENDER, 3), rng.uniform(0.6, 1.25), np.float32)
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 3))):
            fx, fy = rng.normal(0, 0.25, 2)
            bend = np.sin((x * rng.normal(0, 1) + y * rng.normal(0, 1)) / 90) * rng.uniform(0, 4)
            wave = np.sin(fx * x + fy * y + bend + rng.uniform(0, 6))
            gain *= 1 + wave[..., None] * (rng.uniform(0, 0.1) * rng.uniform(-1, 1, 3)).astype(np.float32)
    if rng.random() < 0.3:
        along = x if rng.random() < 0.5 else y
        gain *= (1 + rng.uniform(0, 0.25) * np.sin(along * rng.uniform(0.01, 0.08) + rng.uniform(0, 6)))[..., None]
    mask = shines[..., None]
    return np.asarray(picture * (mask * gain + (1 - mask) * np.float32(rng.uniform(0.3, 1.1))), dtype=np.float32)


def lay_viewer(rng: Rng, picture: Picture, quad: NDArray[np.float64], frame: NDArray[np.float64]) -> None:
    """The picture as a viewer or a screenshot shows it: plain margins around it that spare the document, bars on them.

    `frame` is the photo's rectangle in render pixels.
    """
    low, high = quad.min(axis=0), quad.max(axis=0)
    room = np.concatenate([low - frame[:2], frame[2:] - high])
    left, top, right, bottom = room * np.where(rng.random(4) < 0.5, rng.uniform(0.3, 0.98, 4), 0.0)
    if min(room) < 4:
        return
    x0, y0, x1, y1 = (int(v) for v in (frame[0] + left, frame[1] + top, frame[2] - right, frame[3] - bottom))
    margin = np.ones((RENDER, RENDER), np.float32)
    margin[y0:y1, x0:x1] = 0
    picture += margin[..., None] * (_tone(rng) - picture)
    for place in (slice(0, y0), slice(y1, RENDER)):
        strip = picture[place]
        if len(strip) > 30 and rng.random() < 0.6:
            ink = colour(rng, 0.5, 5, 250).tolist()
            for _ in range(int(rng.integers(1, 5))):
                x, y = int(rng.uniform(0, RENDER)), int(rng.uniform(5, len(strip) - 5))
                drawn = np.ascontiguousarray(strip)
                cv2.rectangle(drawn, (x, y), (x + int(rng.uniform(3, 90)), y + int(rng.uniform(2, 9))), ink, -1)
                strip[:] = drawn


def _tone(rng: Rng) -> NDArray[np.float32]:
    """White, black, or any other colour of a window or a page."""
    kind = rng.random()
    if kind < 0.45:
        return np.full(3, rng.uniform(215, 255), np.float32)
    if kind < 0.7:
        return np.full(3, rng.uniform(0, 40), np.float32)
    return colour(rng, 0.5, 5, 250)


def _bars(rng: Rng, picture: Picture, pose: Pose, screen: NDArray[np.float64]) -> None:
    """Bars along the display's edges and signs on them."""
    x0, y0, x1, y1 = screen
    high = (y1 - y0) * rng.uniform(0.02, 0.1)
    for top in (y0, y1 - high):
        if rng.random() < 0.6:
            mask = filled(_seen(pose, np.array([x0, top, x1, top + high])))
            picture += mask[..., None] * (_tone(rng) - picture)
        ink = colour(rng, 0.5, 5, 250)
        for _ in range(int(rng.integers(0, 7))):
            left, wide = rng.uniform(x0, x1), (x1 - x0) * rng.uniform(0.01, 0.12)
            box = np.array([left, top + 0.25 * high, min(left + wide, x1), top + 0.7 * high])
            picture += filled(_seen(pose, box))[..., None] * (ink - picture)


def _seen(pose: Pose, box: NDArray[np.float64]) -> NDArray[np.float64]:
    x0, y0, x1, y1 = box
    return pose(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))
