"""Masks, scarves and veils over mouth and nose."""

import cv2
import numpy as np
from training.faces.canvas import UNIT, Canvas, closed_curve, fabric, inside, over

__all__ = ["cover_mouth"]

JAW = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
NOSE_BRIDGE = (168, 6, 197, 195, 5)
UNDER_EYES = ((118, 101, 50, 36), (347, 330, 280, 266))
SURGICAL = [(150, 190, 215), (238, 240, 242), (26, 26, 30), (170, 205, 190), (225, 180, 195), (120, 160, 200)]


def cover_mouth(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A surgical mask, a moulded one, cloth, a scarf or a veil; now and then worn below the nose or on the chin."""
    style = str(rng.choice(["surgical", "moulded", "cloth", "scarf", "veil"], p=[0.37, 0.16, 0.23, 0.17, 0.07]))
    if style == "scarf":
        return _scarf(canvas, rng)
    return _veil(canvas, rng) if style == "veil" else _mask(canvas, rng, style)


def _mask(canvas: Canvas, rng: np.random.Generator, style: str) -> Canvas:
    p = canvas.points
    across, down = canvas.axes()
    place = str(rng.choice(["nose", "lip", "chin"], p=[0.84, 0.11, 0.05]))
    centre = p[1]
    reach = rng.uniform(0.97, 1.12)
    jaw = centre + (p[list(JAW)] - centre) * reach
    drop = int(rng.integers(0, 4))
    jaw = jaw[drop : len(jaw) - drop]
    jaw[len(jaw) // 3 : -len(jaw) // 3] += down * UNIT * rng.uniform(-0.12, 0.25)
    if place == "chin":
        top = [p[434] + down * UNIT * rng.uniform(-0.1, 0.1), p[18], p[214] + down * UNIT * rng.uniform(-0.1, 0.1)]
        jaw = jaw[4:-4]
    elif place == "lip":
        top = [p[426] + down * UNIT * rng.uniform(-0.1, 0.15), p[164], p[206] + down * UNIT * rng.uniform(-0.1, 0.15)]
    else:
        peak = p[NOSE_BRIDGE[int(rng.choice(5, p=[0.1, 0.25, 0.3, 0.25, 0.1]))]] + across * UNIT * rng.normal(0, 0.03)
        side = int(rng.integers(4))
        lift = down * UNIT * rng.uniform(-0.08, 0.15)
        top = [p[UNDER_EYES[1][side]] + lift, peak, p[UNDER_EYES[0][side]] + lift]
    outline = np.array([*jaw, *top])
    outline = closed_curve(outline) if rng.random() < 0.75 else outline
    shadow = inside(outline + down * UNIT * 0.05, UNIT * 0.06) * rng.uniform(0.1, 0.5)
    worn = canvas.with_pixels(canvas.pixels * (1 - shadow[..., None] * 0.6))
    if rng.random() < 0.8:
        worn = _loops(worn, rng, outline)
    alpha = inside(outline, rng.uniform(0.5, 1.5)) * rng.uniform(0.95, 1.0)
    colour = np.array(SURGICAL[int(rng.integers(len(SURGICAL)))]) * rng.uniform(0.8, 1.1)
    cloth = fabric(canvas, rng, None if style == "cloth" else colour)
    if rng.random() < 0.1:  # a badge or lettering
        at = p[17] + across * UNIT * rng.normal(0, 0.4)
        mark = inside(at + UNIT * rng.uniform(0.1, 0.4) * np.array([[-1, -0.6], [1, -0.6], [1, 0.6], [-1, 0.6]]), 1.0)
        cloth = cloth * (1 - mark[..., None]) + mark[..., None] * rng.uniform(10, 240, 3).astype(np.float32)
    return over(worn, cloth * _relief(canvas, rng, style), alpha)


def _relief(canvas: Canvas, rng: np.random.Generator, style: str) -> np.ndarray:
    """Shading of the mask's shape: it bulges; surgical ones have pleats and a wire, moulded ones a seam."""
    nose, chin = canvas.points[1], canvas.points[152]
    across, down = canvas.axes()
    dx = ((canvas.x - nose[0]) * across[0] + (canvas.y - nose[1]) * across[1]) / UNIT
    dy = ((canvas.x - nose[0]) * down[0] + (canvas.y - nose[1]) * down[1]) / max(float(np.hypot(*(chin - nose))), 1.0)
    tilt = rng.uniform(-0.18, 0.18)
    shade = 1.08 - rng.uniform(0.1, 0.35) * np.clip(np.abs(dx) / 1.3, 0, 1) ** 2 - rng.uniform(0, 0.25) * dy + tilt * dx
    if style == "surgical":
        for row in np.linspace(-0.1, 0.7, int(rng.integers(2, 5))) + rng.normal(0, 0.03):
            step = np.tanh((dy - row - 0.12 * dx**2) * 40)
            shade = shade - rng.uniform(0.03, 0.1) * np.exp(-(((dy - row - 0.12 * dx**2) / 0.03) ** 2)) + 0.01 * step
    elif rng.random() < 0.6:
        shade = shade + rng.choice([-1, 1]) * rng.uniform(0.04, 0.15) * np.exp(-((dx / 0.025) ** 2))
    if style == "moulded" and rng.random() < 0.4:
        valve = np.hypot(dx - rng.uniform(-0.3, 0.3), (dy - 0.35) * 0.9) < 0.2
        shade = np.where(valve, rng.uniform(0.6, 1.2), shade)
    return np.asarray(shade[..., None], dtype=np.float32)


def _loops(canvas: Canvas, rng: np.random.Generator, outline: np.ndarray) -> Canvas:
    p, pixels = canvas.points, canvas.pixels.copy()
    colour = [float(c) for c in np.full(3, rng.choice([240.0, 30.0, 200.0])) * rng.uniform(0.6, 1.0)]
    for ear, ends in ((234, (93, 58)), (454, (323, 288))):
        away = p[ear] + (p[ear] - p[1]) * rng.uniform(0.02, 0.15)
        for end in ends:
            start = outline[np.argmin(np.hypot(*(outline - p[end]).T))]
            a, b = (tuple(int(v) for v in np.round(q * 8)) for q in (start, away))
            cv2.line(pixels, a, b, colour, int(rng.integers(1, 4)), cv2.LINE_AA, 3)
    return canvas.with_pixels(pixels)


def _veil(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Cloth from below the eyes, thin enough now and then for the mouth to be guessed through it."""
    p = canvas.points
    across, down = canvas.axes()
    lift = down * UNIT * rng.uniform(-0.05, 0.2)
    top = [p[454] + lift, p[347] + lift * 0.5, p[6] + lift, p[118] + lift * 0.5, p[234] + lift]
    low = [p[152] + down * UNIT * rng.uniform(0.1, 1.8) + across * UNIT * s for s in (-1.3, -0.6, 0.0, 0.6, 1.3)]
    folds = 1 + rng.uniform(0.03, 0.2) * np.sin(2 * np.pi * canvas.x / (UNIT * rng.uniform(0.2, 0.7)) + canvas.y / 40)
    thin = rng.uniform(0.45, 0.8) if rng.random() < 0.3 else rng.uniform(0.9, 1.0)
    cloth = fabric(canvas, rng) * folds[..., None].astype(np.float32)
    return over(canvas, cloth, inside(closed_curve(np.array(top + low)), 1.0) * np.float32(thin))


def _scarf(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Cloth from the nose or below it down over the neck, wider than the face."""
    p = canvas.points
    across, down = canvas.axes()
    top = p[NOSE_BRIDGE[int(rng.integers(2, 5))]] if rng.random() < 0.85 else p[2]
    half = UNIT * rng.uniform(1.05, 1.7)
    knots = [
        top,
        p[323] + across * UNIT * rng.uniform(0, 0.2),
        p[361] + across * (half - UNIT),
        p[152] + across * half + down * UNIT * 1.2,
        p[152] + down * UNIT * 3,
        p[152] - across * half + down * UNIT * 1.2,
        p[132] - across * (half - UNIT),
        p[93] - across * UNIT * rng.uniform(0, 0.2),
    ]
    cloth = fabric(canvas, rng)
    bend = canvas.y + (np.abs(canvas.x - p[1][0]) / UNIT) ** 2 * -UNIT * rng.uniform(-0.3, 0.3)
    folds = 1 + rng.uniform(0.05, 0.25) * np.sin(2 * np.pi * bend / (UNIT * rng.uniform(0.2, 0.6)) + rng.uniform(0, 6))
    return over(canvas, cloth * folds[..., None].astype(np.float32), inside(closed_curve(np.array(knots)), 1.0))
