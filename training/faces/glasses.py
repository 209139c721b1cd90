"""Sunglasses of many shapes, tints and reflections; clear glasses; glare on their lenses."""

from dataclasses import dataclass

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, Image, noise, over

__all__ = ["wear_clear", "wear_dark", "wear_glaring"]

FRAMES = [(18, 18, 20), (60, 40, 25), (150, 140, 120), (40, 40, 70), (110, 60, 40), (200, 175, 120), (228, 222, 212),
          (180, 40, 50), (150, 150, 156), (90, 60, 40), (235, 190, 190)]  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Lens:
    """One lens: its mask, and places in it as (u, v), -1..1 across and down."""

    alpha: Image
    u: Image
    v: Image
    outline: np.ndarray


def _lenses(canvas: Canvas, rng: np.random.Generator, half: tuple[float, float], shape: str) -> list[_Lens]:
    p = canvas.points
    across, down = canvas.axes()
    slip = rng.normal(0, 0.04) if rng.random() < 0.8 else rng.normal(0, 0.12)  # they sit crooked
    across, down = across + slip * down, down - slip * across
    power = {"round": 2.0, "square": rng.uniform(3.5, 6), "aviator": 2.6, "cat": 3.0, "shield": 3.0, "sport": 2.4}[
        shape
    ]
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    x, y = (np.sign(f(t)) * np.abs(f(t)) ** (2 / power) for f in (np.cos, np.sin))
    sink, out = (
        UNIT * (rng.uniform(0.0, 0.14) if rng.random() < 0.85 else rng.uniform(0.1, 0.35)),
        UNIT * rng.uniform(-0.02, 0.06),
    )
    found = []
    for corners, side in (((33, 133), -1), ((263, 362), 1)):
        outward = x * side
        lens_x, lens_y = x.copy(), y.copy()
        if shape == "aviator":
            lens_x = x * (1 - 0.22 * y * (y > 0)) + side * -0.1 * np.clip(y, 0, 1) * -1
            lens_y = np.where(y > 0, y * 1.2, y)
        elif shape == "cat":
            lens_y = y - 0.28 * np.clip(outward, 0, 1) ** 2
        elif shape == "sport":
            lens_y = y - 0.18 * np.clip(outward, -1, 1)
            lens_x = np.where(outward > 0, x * 1.2, x)
        elif shape == "shield":
            lens_x = np.where(outward < 0, x * 1.25, x)
        centre = p[list(corners)].mean(axis=0) + down * sink + across * side * out
        outline = centre + np.outer(lens_x * half[0], across) + np.outer(lens_y * half[1], down)
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillPoly(mask, [np.round(outline * 8).astype(np.int32)], (255,), cv2.LINE_AA, 3)
        dx, dy = canvas.x - centre[0], canvas.y - centre[1]
        u, v = (dx * across[0] + dy * across[1]) / half[0], (dx * down[0] + dy * down[1]) / half[1]
        alpha = cv2.GaussianBlur(mask, (0, 0), 0.7).astype(np.float32) / 255
        found.append(_Lens(alpha, np.asarray(u, np.float32), np.asarray(v, np.float32), outline))
    return found


def _reflection(rng: np.random.Generator, lens: _Lens, kind: str, seed: int) -> Image:
    """What a lens mirrors, 0..1: a lamp, a horizon, windows, or a busy scene."""
    u, v = lens.u, lens.v
    own = np.random.default_rng(seed)  # the same scene in both lenses
    if kind == "lamp":
        a, b, c, d = *own.uniform([-0.5, -0.7], [0.5, 0.3]), *own.uniform(0.15, 0.6, 2)
        seen = np.exp(-(((u - a) / c) ** 2) - ((v - b) / d) ** 2)
    elif kind == "horizon":
        edge = own.uniform(-0.6, 0.6) + own.uniform(-0.4, 0.4) * u
        edge = edge + np.interp(u, np.linspace(-1.3, 1.3, 14), own.uniform(-0.3, 0.3, 14))
        seen = cv2.GaussianBlur((v < edge).astype(np.float32), (0, 0), 1.0)
    elif kind == "windows":
        a, b, w, h = *own.uniform(-0.5, 0.3, 2), *own.uniform(0.15, 0.5, 2)
        seen = ((np.abs(u - a + 0.3 * v) < w) & (np.abs(v - b) < h)).astype(np.float32)
        seen = cv2.GaussianBlur(seen * (np.abs(u - a + 0.3 * v) > 0.03), (0, 0), 1.0)
    elif kind == "busy":
        seen = np.clip(noise(own, UNIT * own.uniform(0.06, 0.3)), 0, 2) / 1.5
    else:
        seen = np.zeros_like(u)
    return np.asarray(seen, dtype=np.float32)


def wear_dark(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Sunglasses: dark, tinted, graded or mirrored lenses through which hardly an eye is seen."""
    shape = str(
        rng.choice(["round", "square", "aviator", "cat", "shield", "sport"], p=[0.2, 0.32, 0.23, 0.1, 0.08, 0.07])
    )
    half = UNIT * rng.uniform(0.34, 0.56), UNIT * rng.uniform(0.19 if shape == "sport" else 0.24, 0.48)
    lenses = _lenses(canvas, rng, half, shape)
    _, skin = canvas.brightness()
    bright = float(np.clip(skin / 150, 0.25, 1.2))
    mirrored, coloured = rng.random() < 0.2, rng.random() < 0.15
    tint = rng.uniform(40, 190, 3) if mirrored else rng.uniform(4, 48) + rng.uniform(-12, 22, 3)
    if coloured:
        tint = tint + rng.uniform(0, 110, 3) * rng.permutation([1.0, 0.5, 0.1])
    opacity = rng.uniform(0.58, 0.82) if rng.random() < 0.3 and not mirrored else rng.uniform(0.82, 1.0)
    fade = rng.uniform(0.1, 0.75) if rng.random() < 0.3 else 0.0
    kind = str(rng.choice(["none", "lamp", "horizon", "windows", "busy"], p=[0.3, 0.2, 0.2, 0.15, 0.15]))
    seed, strength = int(rng.integers(1 << 30)), rng.uniform(15, 170)
    hue = np.array([0.85, 0.95, 1.1]) * rng.uniform(0.8, 1.2, 3)
    grade = rng.uniform(-0.3, 0.3)
    worn = canvas
    for lens in lenses:
        mirror = _reflection(rng, lens, kind, seed)[..., None] * strength * bright * hue
        paint = np.clip(tint, 2, 255) * bright * np.clip(0.9 + grade * lens.v, 0.4, 1.3)[..., None] + mirror
        alpha = lens.alpha * np.clip(opacity - fade * np.clip((lens.v + 1) / 2, 0, 1), 0.25, 1)
        worn = over(worn, paint.astype(np.float32), np.asarray(alpha, np.float32))
    thick = UNIT * rng.uniform(0.015, 0.11)
    return worn if rng.random() < 0.08 else _framed(worn, rng, lenses, thick, bright)


def wear_clear(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Clear glasses, from thick to rimless, perhaps slightly tinted, with faint reflections."""
    return _clear(canvas, rng, glare=0.0)


def wear_glaring(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Clear glasses whose lenses mirror so much light that the eyes drown in it."""
    return _clear(canvas, rng, glare=rng.uniform(0.7, 1.0))


def _clear(canvas: Canvas, rng: np.random.Generator, glare: float) -> Canvas:
    shape = str(rng.choice(["round", "square", "aviator", "cat"], p=[0.3, 0.45, 0.15, 0.1]))
    half = UNIT * rng.uniform(0.34, 0.46), UNIT * rng.uniform(0.22, 0.40)
    lenses = _lenses(canvas, rng, half, shape)
    _, skin = canvas.brightness()
    bright = float(np.clip(skin / 150, 0.25, 1.2))
    tint, seed = rng.uniform(0, 0.12), int(rng.integers(1 << 30))
    faint = rng.uniform(10, 80) if rng.random() < 0.5 else 0.0
    worn = canvas
    for lens in lenses:
        worn = over(worn, np.full(3, rng.uniform(60, 255)), lens.alpha * np.float32(tint * rng.random()))
        kind = str(rng.choice(["lamp", "windows", "busy"]))
        worn = worn.with_pixels(
            worn.pixels + (_reflection(rng, lens, kind, seed) * lens.alpha)[..., None] * faint * bright
        )
        if glare:
            spot = np.exp(-((lens.u - rng.uniform(-0.25, 0.25)) ** 2 + (lens.v - rng.uniform(-0.3, 0.3)) ** 2) / 0.35)
            patch = spot if rng.random() < 0.5 else (np.abs(lens.u + 0.4 * lens.v) < rng.uniform(0.4, 0.8)) * 1.0
            share = np.asarray(cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 1.5) * lens.alpha * glare, np.float32)
            worn = over(worn, np.array([236.0, 242.0, 250.0]) * rng.uniform(0.85, 1.0), share)
    thick = UNIT * (rng.uniform(0.014, 0.035) if rng.random() < 0.45 else rng.uniform(0.035, 0.09))
    return _framed(worn, rng, lenses, thick, bright)


def _framed(canvas: Canvas, rng: np.random.Generator, lenses: list[_Lens], thick: float, bright: float) -> Canvas:
    """Rims, bridge and arms, with a soft shadow below."""
    p = canvas.points
    _, down = canvas.axes()
    layer = np.zeros((HEIGHT, WIDTH), np.uint8)
    pen = max(1, round(thick))
    rims = rng.choice(["full", "upper", "none"], p=[0.8, 0.12, 0.08])
    for lens in lenses:
        path = {"full": lens.outline, "upper": lens.outline[48:], "none": lens.outline[:0]}[str(rims)]
        if len(path):
            cv2.polylines(layer, [np.round(path * 8).astype(np.int32)], rims == "full", (255,), pen, cv2.LINE_AA, 3)
    high = -down * UNIT * rng.uniform(-0.02, 0.14)
    inner = [lens.outline[0 if side < 0 else 48] for lens, side in zip(lenses, (-1, 1), strict=True)]
    outer = [lens.outline[48 if side < 0 else 0] for lens, side in zip(lenses, (-1, 1), strict=True)]
    _line(layer, inner[0] + high, inner[1] + high, pen)
    if rng.random() < 0.2:
        _line(layer, inner[0] + high * 2.2, inner[1] + high * 2.2, pen)
    for start, temple in zip(outer, (127, 356), strict=True):
        _line(layer, start + high, p[temple] + down * UNIT * rng.uniform(-0.05, 0.1), pen)
    alpha = cv2.GaussianBlur(layer, (0, 0), 0.6).astype(np.float32) / 255
    fall = np.roll(cv2.GaussianBlur(alpha, (0, 0), 1.5), round(UNIT * 0.05), axis=0)[..., None]
    shaded = canvas.with_pixels(canvas.pixels * (1 - fall * rng.uniform(0, 0.35)))
    colour = np.array(FRAMES[int(rng.integers(len(FRAMES)))]) * rng.uniform(0.7, 1.1) * bright
    return over(shaded, colour, alpha)


def _line(layer: np.ndarray, start: np.ndarray, end: np.ndarray, pen: int) -> None:
    a, b = (tuple(int(v) for v in np.round(q * 8)) for q in (start, end))
    cv2.line(layer, a, b, (255,), pen, cv2.LINE_AA, 3)
