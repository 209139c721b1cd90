"""Hats, caps, beanies, hoods, turbans, helmets and head scarves; hair over the eyes."""

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, closed_curve, fabric, inside, noise, over

__all__ = ["FACE_OVAL", "cover_hair", "hair_over_eyes", "strands"]

FACE_OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
             149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)  # fmt: skip


def cover_hair(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A beanie, a cap with its shadow, a brimmed hat, a head scarf, a hood, a turban, a beret or a helmet."""
    styles = ["beanie", "cap", "brimmed", "scarf", "hood", "turban", "beret", "helmet"]
    style = str(rng.choice(styles, p=[0.18, 0.24, 0.13, 0.17, 0.1, 0.07, 0.05, 0.06]))
    if style in ("scarf", "hood"):
        return _wrapped(canvas, rng, hood=style == "hood")
    return _turban(canvas, rng) if style == "turban" else _hat(canvas, rng, style)


def _hat(canvas: Canvas, rng: np.random.Generator, style: str) -> Canvas:
    p = canvas.points
    across, down = canvas.axes()
    low = rng.uniform(-0.15, 1.0) if style not in ("brimmed", "beret") else rng.uniform(-0.35, 0.7)
    rim = p[10] * (1 - low) + p[9] * low + (p[10] - p[9]) * rng.uniform(0, 0.15)
    half, rise = UNIT * rng.uniform(1.12, 1.5), UNIT * rng.uniform(0.9, 2.4)
    sag, lean = UNIT * rng.uniform(-0.15, 0.3), rng.normal(0, 0.06 if style != "beret" else 0.2)
    span = np.linspace(-1, 1, 15)
    lower = [rim + across * half * s + down * (sag * s * s + lean * half * s) for s in span]
    dome = [rim + across * half * s * 0.98 - down * rise * (1 - s * s * 0.92) ** 0.5 for s in span[::-1]]
    cloth = fabric(canvas, rng)
    if style == "helmet":
        cloth = _glossy(canvas, rng, rim, half)
    elif style == "cap" and rng.random() < 0.6:
        cloth = _badge(canvas, rng, cloth, rim - down * rise * 0.45)
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
    if style == "beanie" and rng.random() < 0.5:  # its edge is turned up
        cuff = np.array(lower + [q - down * UNIT * rng.uniform(0.35, 0.5) for q in lower[::-1]])
        worn = over(worn, cloth * rng.uniform(0.75, 1.2), inside(cuff, 1.0))
    if style in ("beanie", "beret") or (style == "helmet" and rng.random() < 0.6):
        return worn
    wide = half * (rng.uniform(0.85, 1.05) if style == "cap" else rng.uniform(1.5, 2.0))
    deep = UNIT * rng.uniform(0.1, 0.45)
    brim = [rim + across * wide * s + down * (deep * (1 - s * s) + sag * s * s) for s in span]
    back = [rim + across * wide * s + down * (sag * s * s - UNIT * 0.06) for s in span[::-1]]
    return over(worn, fabric(canvas, rng, cloth.mean(axis=(0, 1)) * rng.uniform(0.5, 1.1)),
                inside(closed_curve(np.array(brim + back)), 1.0))  # fmt: skip


def _glossy(canvas: Canvas, rng: np.random.Generator, rim: np.ndarray, half: float) -> np.ndarray:
    """Painted plastic with a light mirrored in it."""
    tone = rng.uniform(5, 245, 3) if rng.random() < 0.6 else np.full(3, rng.uniform(5, 245))
    _, skin = canvas.brightness()
    x, y = (canvas.x - rim[0]) / half, (canvas.y - rim[1]) / half
    spot = np.exp(-(((x - rng.uniform(-0.5, 0.5)) / rng.uniform(0.1, 0.4)) ** 2)
                  - ((y + rng.uniform(0.3, 0.9)) / rng.uniform(0.1, 0.3)) ** 2)  # fmt: skip
    shaded = tone * (1 - 0.2 * x[..., None] * rng.normal()) + spot[..., None] * rng.uniform(40, 200)
    return np.asarray(shaded * np.clip(skin / 150, 0.25, 1.2), np.float32)


def _badge(canvas: Canvas, rng: np.random.Generator, cloth: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Cloth with a badge or lettering about a place."""
    wide, tall = UNIT * rng.uniform(0.2, 0.7), UNIT * rng.uniform(0.12, 0.4)
    box = (np.abs(canvas.x - at[0]) < wide) & (np.abs(canvas.y - at[1]) < tall)
    if rng.random() < 0.6:
        box = box & (noise(rng, UNIT * rng.uniform(0.05, 0.2)) > 0.1)
    return np.where(box[..., None], rng.uniform(10, 245, 3).astype(np.float32), cloth)


def _turban(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Bands of cloth wound around the head, crossing over the forehead."""
    p = canvas.points
    across, down = canvas.axes()
    low = rng.uniform(0.1, 0.8)
    rim = p[10] * (1 - low) + p[9] * low
    half, rise = UNIT * rng.uniform(1.2, 1.6), UNIT * rng.uniform(1.0, 1.9)
    peak = UNIT * rng.uniform(-0.1, 0.45)
    span = np.linspace(-1, 1, 13)
    lower = [rim + across * half * s + down * (0.35 * UNIT * s * s - peak * (1 - abs(s))) for s in span]
    dome = [rim + across * half * s * 1.05 - down * rise * (1 - 0.85 * s * s) ** 0.5 for s in span[::-1]]
    outline = closed_curve(np.array(lower + dome))
    dx = ((canvas.x - rim[0]) * across[0] + (canvas.y - rim[1]) * across[1]) / half
    dy = ((canvas.x - rim[0]) * down[0] + (canvas.y - rim[1]) * down[1]) / UNIT
    way = rng.choice([-1, 1]) * rng.uniform(0.3, 0.9)
    bands = np.mod((dy + way * np.abs(dx) * np.sign(dx - rng.normal(0, 0.2))) * rng.uniform(2.5, 6), 1)
    shade = 1.05 - rng.uniform(0.15, 0.4) * bands - 0.3 * dx**2
    return over(canvas, fabric(canvas, rng) * shade[..., None].astype(np.float32), inside(outline, 1.0))


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
