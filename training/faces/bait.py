"""What is often taken for a covering and is none: moustaches, bald heads, curls, collars, bands, earrings, paint."""

from collections.abc import Callable

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, closed_curve, fabric, inside, noise, over
from training.faces.hands import skin_of
from training.faces.headwear import FACE_OVAL

__all__ = ["look_covered"]

HAIR_TONES = [
    (22, 18, 18),
    (60, 40, 28),
    (110, 74, 44),
    (190, 150, 96),
    (150, 70, 40),
    (150, 148, 146),
    (220, 218, 215),
]


def look_covered(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """The same face with one or two of these."""
    for number in rng.choice(len(_KINDS), size=int(rng.choice([1, 2], p=[0.7, 0.3])), replace=False):
        canvas = _KINDS[int(number)](canvas, rng)
    return canvas


def _hair_tone(canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
    _, skin = canvas.brightness()
    return np.array(HAIR_TONES[int(rng.integers(len(HAIR_TONES)))], float) * np.clip(skin / 140, 0.3, 1.2)


def _moustache(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    p = canvas.points
    _, down = canvas.axes()
    wide = rng.uniform(0.7, 1.35)
    centre = p[164] * 0.6 + p[2] * 0.4
    ends = [centre + (p[i] - centre) * wide + down * UNIT * rng.uniform(-0.05, 0.12) for i in (291, 61)]
    knots = [p[2], p[326], ends[0], p[267], p[0], p[37], ends[1], p[97]]
    hairs = np.clip(0.75 + 0.3 * noise(rng, rng.uniform(1, 2.5)), 0, 1)
    share = inside(closed_curve(np.array(knots)), UNIT * 0.03) * hairs * rng.uniform(0.6, 1.0)
    return over(canvas, _hair_tone(canvas, rng), np.asarray(share, np.float32))


def _heavy_brows(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    p = canvas.points
    tone = _hair_tone(canvas, rng)
    for upper, lower in (((70, 63, 105, 66, 107), (55, 65, 52, 53, 46)), ((336, 296, 334, 293, 300),
                                                                        (276, 283, 282, 295, 285))):  # fmt: skip
        outline = p[[*upper, *lower]]
        middle = outline.mean(axis=0)
        outline = middle + (outline - middle) * [1.05, rng.uniform(1.0, 1.9)]
        hairs = np.clip(0.75 + 0.3 * noise(rng, 1.5), 0, 1) * rng.uniform(0.5, 1.0)
        canvas = over(canvas, tone, np.asarray(inside(outline, 1.2) * hairs, np.float32))
    return canvas


def _bald(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A skull in the colour of the forehead."""
    p = canvas.points
    across, down = canvas.axes()
    t = np.linspace(0, np.pi, 30)
    middle = (p[127] + p[356]) / 2
    half = float(np.hypot(*(p[356] - p[127]))) / 2 * rng.uniform(1.0, 1.08)
    rise = UNIT * rng.uniform(1.35, 1.75)
    dome = middle + np.cos(t)[:, None] * across * half - np.sin(t)[:, None] ** 0.8 * down * rise
    columns, rows = np.clip(p[[151, 108, 337]], 1, (WIDTH - 2, HEIGHT - 2)).astype(int).T
    tone = np.median(canvas.pixels[rows, columns], axis=0)
    x = ((canvas.x - middle[0]) * across[0] + (canvas.y - middle[1]) * across[1]) / half
    y = ((canvas.x - middle[0]) * down[0] + (canvas.y - middle[1]) * down[1]) / rise
    round_ = np.sqrt(np.clip(1 - x**2 - np.clip(-y, 0, 1) ** 2, 0, 1))
    shine = np.exp(-(((x - rng.normal(0, 0.3)) / 0.25) ** 2) - ((y + 0.6) / 0.2) ** 2) * rng.uniform(0, 70)
    paint = tone * (0.72 + 0.3 * round_)[..., None] * (1 + 0.02 * noise(rng, 3))[..., None] + shine[..., None]
    fade = np.clip(((p[151] * 0.7 + p[10] * 0.3)[1] - canvas.y) / (0.25 * UNIT), 0, 1)
    return over(canvas, paint, np.asarray(inside(dome, 1.2) * fade, np.float32))


def _curls(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Curly or frizzy hair around the face, down to the ears or the shoulders."""
    p = canvas.points
    oval = p[list(FACE_OVAL)]
    centre = oval.mean(axis=0)
    inner = inside(closed_curve(centre + (oval - centre) * rng.uniform(1.0, 1.08)), 1.5)
    wide = np.array([rng.uniform(1.35, 1.9), rng.uniform(1.3, 1.6)])
    outer = closed_curve(centre + (oval - centre) * wide)
    ragged = 3 * (inside(outer, UNIT * 0.2) - 0.5) + 0.5 * noise(rng, UNIT * rng.uniform(0.1, 0.25)) > 0
    low = p[152][1] + UNIT * rng.uniform(-1.6, 1.0)
    area = ragged * (canvas.y < low) * (1 - inner)
    curl = 1 + 0.28 * noise(rng, UNIT * rng.uniform(0.05, 0.14))
    soft = cv2.GaussianBlur(np.asarray(area, np.float32), (0, 0), 1.2)
    return over(canvas, _hair_tone(canvas, rng) * np.clip(curl, 0.4, 1.8)[..., None], soft)


def _collar(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A roll neck, a scarf or a collar that ends below the chin."""
    p = canvas.points
    across, down = canvas.axes()
    high = down * UNIT * rng.uniform(0.06, 0.4)
    half = UNIT * rng.uniform(0.85, 1.5)
    top = [
        p[152] + high + across * half * s - down * UNIT * rng.uniform(0.0, 0.5) * s * s for s in np.linspace(-1, 1, 9)
    ]
    low = [p[152] + down * UNIT * 3 + across * half * 1.6 * s for s in np.linspace(1, -1, 5)]
    oval = inside(closed_curve(p[list(FACE_OVAL)]), 0.8)
    ribs = 1 + rng.uniform(0, 0.15) * np.sin(2 * np.pi * canvas.y / (UNIT * rng.uniform(0.15, 0.5)))
    share = np.asarray(inside(np.array(top + low), 1.0) * (1 - oval), np.float32)
    return over(canvas, fabric(canvas, rng) * ribs[..., None].astype(np.float32), share)


def _hair_band(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A narrow band, or sunglasses pushed up, in the hair above the forehead."""
    p = canvas.points
    across, down = canvas.axes()
    at = p[10] - down * UNIT * rng.uniform(0.3, 0.6)
    half, thick = UNIT * rng.uniform(0.9, 1.15), UNIT * rng.uniform(0.05, 0.16)
    span = np.linspace(-1, 1, 15)
    bow = [at + across * half * s + down * UNIT * 0.75 * s * s for s in span]
    layer = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.polylines(layer, [np.round(np.array(bow) * 8).astype(np.int32)], False, (255,), max(1, round(thick)),
                  cv2.LINE_AA, 3)  # fmt: skip
    tone = rng.uniform(5, 240, 3)
    worn = over(canvas, tone, layer.astype(np.float32) / 255)
    if rng.random() < 0.35:
        for side in (-0.5, 0.5):
            x, y = at + across * UNIT * side * 1.05 + down * UNIT * 0.12
            lens = ((canvas.x - x) / (0.42 * UNIT)) ** 4 + ((canvas.y - y) / (0.2 * UNIT)) ** 2 < 1
            worn = over(worn, np.full(3, rng.uniform(8, 60)), cv2.GaussianBlur(lens.astype(np.float32), (0, 0), 0.8))
    return worn


def _earrings(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    p = canvas.points
    tone, size = rng.uniform(60, 250, 3), UNIT * rng.uniform(0.06, 0.3)
    layer = np.zeros((HEIGHT, WIDTH), np.uint8)
    for ear in (132, 361):
        x, y = (p[ear] + (p[ear] - p[1]) * 0.12 + [0, size]).astype(int)
        cv2.circle(layer, (int(x), int(y)), max(1, round(size)), (255,), -1 if rng.random() < 0.5 else 2, cv2.LINE_AA)
    return over(canvas, tone, layer.astype(np.float32) / 255)


def _painted(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Face paint, freckles, a birthmark, sunburn: colour on skin, through which the skin is seen."""
    grain = UNIT * rng.uniform(0.05, 0.6)
    oval = inside(closed_curve(canvas.points[list(FACE_OVAL)]), 2.0)
    spots = np.clip((noise(rng, grain) - rng.uniform(0.4, 1.6)) * 3, 0, 1) * oval * rng.uniform(0.15, 0.5)
    tone = rng.uniform(10, 240, 3) if rng.random() < 0.4 else skin_of(canvas, rng) * [0.9, 0.6, 0.5]
    light, _ = canvas.brightness()
    return over(canvas, np.asarray(tone * light, np.float32), np.asarray(spots, np.float32))


_KINDS: tuple[Callable[[Canvas, np.random.Generator], Canvas], ...] = (
    _moustache, _heavy_brows, _bald, _curls, _collar, _hair_band, _earrings, _painted,
)  # fmt: skip
