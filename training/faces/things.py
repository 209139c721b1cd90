"""Things that people hold before their faces: phones, cups, papers, sticks, masks in the hand, cloths."""

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, closed_curve, fabric, inside, noise, over

__all__ = ["hold_thing"]

TARGETS = (13, 1, 50, 280, 33, 263, 205, 425, 152, 10, 61, 291)


def hold_thing(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """One thing over some part of the face, with a soft shadow of it."""
    target = canvas.points[TARGETS[int(rng.integers(len(TARGETS)))]] + rng.normal(0, UNIT * 0.15, 2)
    angle = rng.normal(0, 0.35) + (np.pi / 2 if rng.random() < 0.25 else 0.0)
    way = np.array([np.sin(angle), -np.cos(angle)])
    beside = np.array([-way[1], way[0]])
    name = str(rng.choice(["phone", "cup", "paper", "stick", "cloth", "ball"], p=[0.35, 0.2, 0.2, 0.1, 0.1, 0.05]))
    if name == "cup":
        return _cup(canvas, rng, target, way, beside)
    if name == "ball":
        t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        r = UNIT * rng.uniform(0.3, 0.9)
        outline = target + r * (np.cos(t)[:, None] * beside + np.sin(t)[:, None] * way)
    elif name == "cloth":
        t = np.linspace(0, 2 * np.pi, 9, endpoint=False)
        r = UNIT * rng.uniform(0.4, 1.1) * rng.uniform(0.6, 1.3, 9)[:, None]
        outline = closed_curve(target + r * (np.cos(t)[:, None] * beside + np.sin(t)[:, None] * way))
    else:
        long, wide = {"phone": (2.3, 1.15), "paper": (3.0, 2.2), "stick": (2.6, 0.16)}[name]
        long, wide = UNIT * long * rng.uniform(0.75, 1.3), UNIT * wide * rng.uniform(0.75, 1.3)
        hold = target - way * long * rng.uniform(-0.1, 0.45) - beside * wide * rng.uniform(-0.4, 0.4)
        outline = _rounded(hold, way * long / 2, beside * wide / 2, 0.14 if name == "phone" else 0.02)
    worn = _shaded(canvas, rng, outline)
    body = _device(canvas, rng) if name == "phone" and rng.random() < 0.8 else fabric(canvas, rng)
    worn = over(worn, body, inside(outline, rng.uniform(0.6, 1.6)))
    return _lenses(worn, rng, outline.mean(axis=0), way, beside) if name == "phone" else worn


def _rounded(middle: np.ndarray, long: np.ndarray, wide: np.ndarray, soft: float) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    power = 2 / (2 + 0.6 / max(soft, 0.01))
    x, y = (np.sign(f(t)) * np.abs(f(t)) ** power for f in (np.cos, np.sin))
    return np.asarray(middle + x[:, None] * wide + y[:, None] * long)


def _shaded(canvas: Canvas, rng: np.random.Generator, outline: np.ndarray) -> Canvas:
    fall = inside(outline + rng.normal(0, UNIT * 0.06, 2), UNIT * rng.uniform(0.04, 0.2))
    return canvas.with_pixels(canvas.pixels * (1 - fall[..., None] * rng.uniform(0.05, 0.5)))


def _device(canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
    """The smooth back of a phone: one colour with a slow sheen."""
    light, skin = canvas.brightness()
    tone = rng.uniform(5, 235) + rng.normal(0, 12, 3)
    slope = (canvas.x * rng.normal() + canvas.y * rng.normal()) / (4 * UNIT)
    sheen = 1 + 0.15 * np.sin(slope + rng.uniform(0, 6)) + 0.01 * noise(rng, 3)
    return np.asarray(tone * sheen[..., None] * np.clip(skin / 150, 0.25, 1.2) * (0.5 + 0.5 * light), np.float32)


def _lenses(
    canvas: Canvas, rng: np.random.Generator, middle: np.ndarray, way: np.ndarray, beside: np.ndarray
) -> Canvas:
    place = middle + way * UNIT * rng.uniform(0.5, 0.85) + beside * UNIT * rng.choice([-0.3, 0.0, 0.3])
    for number in range(int(rng.integers(1, 4))):
        centre = place - way * UNIT * 0.24 * number
        spot = np.clip(UNIT * 0.09 - np.hypot(canvas.x - centre[0], canvas.y - centre[1]) + 0.5, 0, 1)
        canvas = over(canvas, np.full(3, rng.uniform(5, 60)), np.asarray(spot, np.float32))
    return canvas


def _cup(canvas: Canvas, rng: np.random.Generator, target: np.ndarray, way: np.ndarray, beside: np.ndarray) -> Canvas:
    top, foot = UNIT * rng.uniform(0.45, 0.8), UNIT * rng.uniform(0.3, 0.7)
    tall = UNIT * rng.uniform(0.9, 1.8)
    high = target + way * UNIT * rng.uniform(0.0, 0.5)
    t = np.linspace(0, np.pi, 16)
    rim = high + np.cos(t)[:, None] * beside * top + np.sin(t)[:, None] * way * top * 0.25
    base = high - way * tall - np.cos(t)[:, None] * beside * foot - np.sin(t)[:, None] * way * foot * 0.25
    outline = np.concatenate([rim, base])
    worn = _shaded(canvas, rng, outline)
    if rng.random() < 0.5:
        layer = np.zeros((HEIGHT, WIDTH), np.uint8)
        grip = high - way * tall * 0.45 + beside * top * rng.choice([-1, 1])
        centre = int(grip[0] * 8), int(grip[1] * 8)
        cv2.circle(layer, centre, int(UNIT * 0.3 * 8), (255,), max(1, round(UNIT * 0.1)), cv2.LINE_AA, 3)
        worn = over(worn, np.full(3, rng.uniform(20, 230)), layer.astype(np.float32) / 255)
    across = ((canvas.x - high[0]) * beside[0] + (canvas.y - high[1]) * beside[1]) / top
    round_shade = 1.05 - 0.35 * np.clip(np.abs(across), 0, 1) ** 2 + 0.1 * across * rng.normal()
    return over(worn, fabric(canvas, rng) * round_shade[..., None].astype(np.float32), inside(outline, 1.0))
