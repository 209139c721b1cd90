"""Hats, caps, beanies, hoods and head scarves; hands and things; hair over the eyes."""

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, closed_curve, fabric, inside, noise, over

__all__ = ["cover_hair", "hair_over_eyes", "hold_before", "strands"]

FACE_OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
             149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)  # fmt: skip
HELD_BEFORE = (13, 1, 50, 280, 33, 263, 205, 425, 152, 10, 61, 291)
SKINS = [(238, 200, 176), (224, 180, 150), (198, 150, 118), (150, 104, 76), (104, 70, 52), (70, 46, 36)]


def cover_hair(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A beanie, a cap with its shadow, a brimmed hat, a head scarf or a hood."""
    style = rng.choice(["beanie", "cap", "brimmed", "scarf", "hood"], p=[0.25, 0.25, 0.12, 0.25, 0.13])
    return _wrapped(canvas, rng, hood=style == "hood") if style in ("scarf", "hood") else _hat(canvas, rng, str(style))


def _hat(canvas: Canvas, rng: np.random.Generator, style: str) -> Canvas:
    p = canvas.points
    across, down = canvas.axes()
    low = rng.uniform(0.25, 1.0) if style != "brimmed" else rng.uniform(0.0, 0.7)
    rim = p[10] * (1 - low) + p[9] * low + (p[10] - p[9]) * rng.uniform(0, 0.15)
    half, rise = UNIT * rng.uniform(1.12, 1.45), UNIT * rng.uniform(1.2, 2.4)
    sag, lean = UNIT * rng.uniform(-0.15, 0.3), rng.normal(0, 0.06)
    span = np.linspace(-1, 1, 15)
    lower = [rim + across * half * s + down * (sag * s * s + lean * half * s) for s in span]
    dome = [rim + across * half * s * 0.98 - down * rise * (1 - s * s * 0.92) ** 0.5 for s in span[::-1]]
    cloth = fabric(canvas, rng)
    if style == "beanie" and rng.random() < 0.7:
        ribs = 1 + rng.uniform(0.05, 0.2) * np.sin(2 * np.pi * canvas.x / (UNIT * rng.uniform(0.06, 0.16)))
        cloth = cloth * ribs[..., None].astype(np.float32)
    round_shade = 1.05 - 0.35 * np.clip(np.abs(canvas.x - rim[0]) / half, 0, 1) ** 2
    outline = closed_curve(np.array(lower + dome))
    if style != "beanie":
        depth = UNIT * rng.uniform(0.1, 0.6)
        shadow = inside(outline + down * depth, UNIT * 0.1)[..., None] * rng.uniform(0.1, 0.55)
        canvas = canvas.with_pixels(canvas.pixels * (1 - shadow))
    worn = over(canvas, cloth * round_shade[..., None].astype(np.float32), inside(outline, 1.0))
    if style == "beanie":
        return worn
    wide = half * (rng.uniform(0.85, 1.05) if style == "cap" else rng.uniform(1.5, 2.0))
    deep = UNIT * rng.uniform(0.1, 0.45)
    brim = [rim + across * wide * s + down * (deep * (1 - s * s) + sag * s * s) for s in span]
    back = [rim + across * wide * s + down * (sag * s * s - UNIT * 0.06) for s in span[::-1]]
    return over(worn, fabric(canvas, rng, cloth.mean(axis=(0, 1)) * rng.uniform(0.5, 1.1)),
                inside(closed_curve(np.array(brim + back)), 1.0))  # fmt: skip


def _wrapped(canvas: Canvas, rng: np.random.Generator, *, hood: bool) -> Canvas:
    """Cloth all around the face, which looks out of an oval opening."""
    p = canvas.points
    oval = p[list(FACE_OVAL)]
    centre = oval.mean(axis=0)
    opening = centre + (oval - centre) * (rng.uniform(0.98, 1.2) if hood else rng.uniform(0.86, 0.99))
    _, down = canvas.axes()
    shift = -down * UNIT * (rng.uniform(-0.1, 0.2) if hood else rng.uniform(0.0, 0.2))
    top = np.clip((centre[1] - opening[:, 1]) / (2 * UNIT), 0, 1)[:, None]
    opening = opening - shift * top
    reach = centre + (oval - centre) * rng.uniform(1.5, 1.9)
    outer = np.where((reach[:, 1] > centre[1])[:, None], reach + down * UNIT * 2.0, reach - down * UNIT * 0.3)
    cloth = fabric(canvas, rng)
    angle = np.arctan2(canvas.y - centre[1], canvas.x - centre[0])
    folds = 1 + rng.uniform(0.03, 0.2) * np.sin(angle * rng.integers(5, 18) + 0.03 * noise(rng, UNIT) * 20)
    alpha = inside(closed_curve(outer), 1.2) * (1 - inside(closed_curve(opening), 1.0))
    edge = cv2.GaussianBlur(inside(opening, 1.0), (0, 0), 5)[..., None]
    depth = 0.75 + 0.25 * (1 - edge) if rng.random() < 0.6 else 1.0
    return over(canvas, cloth * folds[..., None].astype(np.float32) * depth, alpha)


def hold_before(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Fingers, a palm, or a thing such as a phone or a cup over part of the face."""
    p = canvas.points
    target = p[HELD_BEFORE[int(rng.integers(len(HELD_BEFORE)))]] + rng.normal(0, UNIT * 0.12, 2)
    angle = rng.uniform(0, 2 * np.pi)
    way = np.array([np.cos(angle), np.sin(angle)])
    beside = np.array([-way[1], way[0]])
    if rng.random() < 0.25:
        return _thing(canvas, rng, target, way, beside)
    own = np.median(canvas.pixels[tuple(np.clip(p[[50, 280, 205, 425]], 0, WIDTH - 1).astype(int).T[::-1])], axis=0)
    _, skin_light = canvas.brightness()
    other = np.array(SKINS[int(rng.integers(len(SKINS)))]) * np.clip(skin_light / 150, 0.25, 1.2)
    skin = own * rng.uniform(0.75, 1.15) if rng.random() < 0.8 else other
    width, count = UNIT * rng.uniform(0.28, 0.42), int(rng.integers(2, 5))
    worn = canvas
    for number in range(count):
        offset = number - (count - 1) / 2
        tip = target + beside * width * 1.02 * offset - way * UNIT * (rng.uniform(0.3, 0.8) - 0.09 * offset**2)
        spread = way + beside * 0.06 * offset * rng.uniform(-1, 2)
        worn = _finger(worn, rng, tip, spread / np.hypot(*spread), width, skin * rng.uniform(0.95, 1.05))
    return worn


def _finger(
    canvas: Canvas, rng: np.random.Generator, tip: np.ndarray, way: np.ndarray, width: float, skin: np.ndarray
) -> Canvas:
    beside = np.array([-way[1], way[0]])
    half = width / 2
    dx, dy = canvas.x - tip[0], canvas.y - tip[1]
    across, along = dx * beside[0] + dy * beside[1], dx * way[0] + dy * way[1]
    thick = half * (1 + 0.12 * np.clip(along / UNIT, 0, 2))  # fingers taper
    alpha = np.clip(thick - np.hypot(across, np.minimum(along - half, 0)) + 0.5, 0, 1).astype(np.float32)
    shadow = cv2.GaussianBlur(np.roll(alpha, (2, 1), (0, 1)), (0, 0), UNIT * 0.05)[..., None] * rng.uniform(0.1, 0.5)
    across, along = across / thick, along / UNIT
    shade = 1.06 - 0.3 * np.clip(np.abs(across), 0, 1) ** 2 - 0.03 * along
    for knuckle in (0.35, 0.8):
        shade = shade - rng.uniform(0, 0.12) * np.exp(-(((along - knuckle) / 0.04) ** 2))
    nail = np.exp(-(((along - 0.12) / 0.12) ** 4) - (across / 0.6) ** 4) * rng.choice([0.0, 0.12])
    paint = skin * (shade + nail + 0.02 * noise(rng, 3))[..., None]
    return over(canvas.with_pixels(canvas.pixels * (1 - shadow)), paint.astype(np.float32), alpha)


def _thing(canvas: Canvas, rng: np.random.Generator, target: np.ndarray, way: np.ndarray, beside: np.ndarray) -> Canvas:
    long, wide = UNIT * rng.uniform(0.8, 2.4), UNIT * rng.uniform(0.5, 1.3)
    start = target - way * UNIT * rng.uniform(0.1, 0.5)
    corners = [start + beside * wide / 2, start - beside * wide / 2, start - beside * wide / 2 + way * long,
               start + beside * wide / 2 + way * long]  # fmt: skip
    return over(canvas, fabric(canvas, rng), inside(np.array(corners), 1.0))


def strands(
    canvas: Canvas, rng: np.random.Generator, colour: np.ndarray, x: tuple[float, float], end: float, density: float
) -> Canvas:
    """Hair that hangs from above the forehead between the columns `x` to about the row `end`."""
    layer = np.zeros((HEIGHT, WIDTH), np.float32)
    top = float(canvas.points[10, 1]) - UNIT * 0.3
    sweep = rng.normal(0, 0.35) * UNIT
    for _ in range(int(density * (x[1] - x[0]))):
        x0 = rng.uniform(*x)
        stop = end + rng.normal(0, UNIT * 0.07)
        rows = np.linspace(top, stop, 8)
        bend = sweep * ((rows - top) / max(stop - top, 1)) ** 2 + np.cumsum(rng.normal(0, 0.5, 8))
        path = np.round(np.column_stack([x0 + bend, rows]) * 8).astype(np.int32)
        cv2.polylines(
            layer, [path], False, (float(rng.uniform(0.5, 1.0)),), 1 + int(rng.random() < 0.5), cv2.LINE_AA, 3
        )
    body = cv2.GaussianBlur((layer > 0.2).astype(np.float32), (0, 0), 1.5)
    alpha = np.clip(layer + 0.7 * body, 0, 1)
    shine = 0.75 + 0.35 * layer + 0.1 * noise(rng, 2.0)
    return over(canvas, colour * shine[..., None], np.asarray(alpha, np.float32))


def hair_over_eyes(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Strands over one eye or both, mostly in the colour of the hair above the forehead."""
    row = int(np.clip(canvas.points[10, 1] - 0.45 * UNIT, 2, HEIGHT - 3))
    column = int(np.clip(canvas.points[10, 0], 2, WIDTH - 3))
    own = canvas.pixels[row - 2 : row + 3, column - 2 : column + 3].mean(axis=(0, 1))
    colour = own if rng.random() < 0.6 else _hair_colour(canvas, rng)
    low = float(canvas.points[[145, 374], 1].max()) + UNIT * rng.uniform(0.1, 1.2)
    worn = canvas
    for eye in ((0,), (1,), (0, 1))[int(rng.integers(3))]:
        x = float(canvas.iris[eye, 0])
        worn = strands(
            worn,
            rng,
            colour,
            (x - UNIT * rng.uniform(0.25, 0.9), x + UNIT * rng.uniform(0.25, 0.6)),
            low,
            rng.uniform(0.5, 1.3),
        )
    return worn


def _hair_colour(canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
    _, skin = canvas.brightness()
    tones = [(22, 18, 18), (60, 40, 28), (110, 74, 44), (190, 150, 96), (150, 70, 40), (150, 148, 146)]
    return np.array(tones[int(rng.integers(len(tones)))], dtype=np.float64) * np.clip(skin / 140, 0.3, 1.3)
