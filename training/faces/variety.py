"""What makes uncovered faces differ: build, skin, beard, lips, paint round the eyes, bangs, light; and the camera."""

from collections.abc import Sequence

import cv2
import numpy as np
from training.faces.bait import look_covered
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, Image, closed_curve, inside, noise, over
from training.faces.headwear import FACE_OVAL, strands
from training.faces.likeness import blended, rebuilt, turned

from fourcorners.vision.faces.coverings.regions import BROWS, EYES, LIPS

__all__ = ["another_person", "in_light", "photographed"]

BEARD = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
BEARD_TOP = (425, 426, 322, 164, 92, 206, 205)


def another_person(canvas: Canvas, rng: np.random.Generator, others: Sequence[Canvas] = ()) -> Canvas:
    """The same photo as somebody else: with features of `others`, turned, stretched, of another complexion, bearded,
    made up, with bangs, or with what is often taken for a covering."""
    made = canvas
    if others and rng.random() < 0.5:
        made = rebuilt(made, others[int(rng.integers(len(others)))], rng.uniform(0.2, 0.9))
    if others and rng.random() < 0.45:
        made = blended(made, others[int(rng.integers(len(others)))], rng)
    if rng.random() < 0.6:
        made = turned(made, rng)
    made = _stretched(made, rng)
    if rng.random() < 0.6:
        made = _complexion(made, rng)
    if rng.random() < 0.25:
        made = _bearded(made, rng)
    if rng.random() < 0.25:
        made = _tinted(made, rng, [closed_curve(made.points[list(LIPS)])], rng.uniform([90, 0, 10], [210, 60, 90]))
    if rng.random() < 0.2:
        made = _eye_paint(made, rng)
    if rng.random() < 0.15:
        made = _bangs(made, rng)
    return look_covered(made, rng) if rng.random() < 0.4 else made


def _stretched(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Smoothly warped by up to a tenth of the distance between the eyes, and turned by some degrees."""
    grid = rng.normal(0, UNIT * 0.045, (2, 6, 6)).astype(np.float32)
    dx, dy = (cv2.resize(g, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) for g in grid)
    angle, scale = np.radians(rng.normal(0, 5)), np.exp(rng.normal(0, 0.04, 2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    shift = centre - turn @ centre
    map_x = np.asarray(turn[0, 0] * canvas.x + turn[0, 1] * canvas.y + shift[0] + dx, np.float32)
    map_y = np.asarray(turn[1, 0] * canvas.x + turn[1, 1] * canvas.y + shift[1] + dy, np.float32)
    pixels = cv2.remap(canvas.pixels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    back = np.linalg.inv(turn)

    def moved(points: np.ndarray) -> np.ndarray:
        target = points.copy()
        for _ in range(4):  # the field is given at the target: step towards it
            column, row = np.clip(np.round(target), 0, (WIDTH - 1, HEIGHT - 1)).astype(int).T
            target = (points - shift - np.column_stack([dx[row, column], dy[row, column]])) @ back.T
        return target

    iris = np.column_stack([moved(canvas.iris[:, :2]), canvas.iris[:, 2]])
    return Canvas(np.asarray(pixels, np.float32), moved(canvas.points), iris, depth=canvas.depth)


def _complexion(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Other colours by a curve in L*a*b*: from very dark to very light skin, warmer or cooler."""
    lab = cv2.cvtColor(canvas.pixels / 255, cv2.COLOR_RGB2LAB)
    oval = inside(closed_curve(canvas.points[list(FACE_OVAL)]), UNIT * 0.1)[..., None]
    skin = float(np.median(lab[..., 0][oval[..., 0] > 0.9]))
    wanted = rng.uniform(27, 82)
    gamma = np.clip(np.log(max(wanted, 5) / 100) / np.log(np.clip(skin, 6, 94) / 100), 0.4, 3.2)
    light = 100 * (np.clip(lab[..., :1], 0, 100) / 100) ** gamma
    chroma = lab[..., 1:] * rng.uniform(0.7, 1.3) + rng.uniform(-4, 4, 2).astype(np.float32)
    toned = cv2.cvtColor(np.concatenate([light, chroma], axis=2).astype(np.float32), cv2.COLOR_LAB2RGB) * 255
    share = 1.0 if rng.random() < 0.5 else oval
    return canvas.with_pixels(toned * share + canvas.pixels * (1 - share))


def _bearded(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    p = canvas.points
    reach = p[1] + (p[list(BEARD)] - p[1]) * rng.uniform(0.95, 1.08)
    top = p[list(BEARD_TOP)] if rng.random() < 0.8 else p[[426, 405, 18, 181, 206]]
    area = inside(closed_curve(np.array([*reach, *top])), UNIT * 0.06)
    area = area * (1 - inside(closed_curve(p[list(LIPS)]), 1.0))
    hairs = np.clip(0.6 + 0.35 * noise(rng, rng.uniform(1.0, 2.5)), 0, 1)
    colour = np.array(
        [(20, 18, 18), (56, 40, 30), (96, 66, 42), (150, 148, 146), (225, 224, 222)][int(rng.integers(5))]
    )
    _, skin = canvas.brightness()
    share = np.asarray(area * hairs * rng.uniform(0.35, 1.0), np.float32)
    return over(canvas, colour * np.clip(skin / 140, 0.3, 1.2), share)


def _tinted(canvas: Canvas, rng: np.random.Generator, outlines: list[np.ndarray], colour: np.ndarray) -> Canvas:
    for outline in outlines:
        light = canvas.pixels.mean(axis=2, keepdims=True) / 128
        canvas = over(canvas, colour * light, inside(outline, 0.8) * np.float32(rng.uniform(0.3, 0.75)))
    return canvas


def _eye_paint(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Shadow on the lids or tired rings around the eyes."""
    spread = rng.uniform(1.3, 2.2)
    rings = []
    for ring in EYES:
        outline = canvas.points[list(ring)]
        rings.append(closed_curve(outline.mean(axis=0) + (outline - outline.mean(axis=0)) * [spread, spread * 1.6]))
    area = np.maximum(*(inside(r, UNIT * 0.05) for r in rings))
    openings = np.maximum(*(inside(closed_curve(canvas.points[list(r)]), 0.8) for r in EYES))
    share = np.asarray(area * (1 - openings) * rng.uniform(0.2, 0.65), np.float32)
    return over(canvas, rng.uniform(10, 90, 3) * np.array([1.0, 0.8, 0.9]), share)


def _bangs(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    brow = float(canvas.points[list(BROWS), 1].min())
    low = brow - UNIT * rng.uniform(-0.12, 0.3)
    tones = [(22, 18, 18), (60, 40, 28), (110, 74, 44), (190, 150, 96), (150, 148, 146)]
    left, right = float(canvas.points[127, 0]), float(canvas.points[356, 0])
    cut = rng.uniform(0, 1) if rng.random() < 0.4 else 1.0
    return strands(canvas, rng, np.array(tones[int(rng.integers(5))]), (left, left + (right - left) * cut), low, 0.7)


def in_light(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """Light from a side, hard shadows of a brow, a nose or a hall, coloured lamps."""
    pixels = canvas.pixels
    angle, strength = rng.uniform(0, 2 * np.pi), abs(rng.normal(0, 0.3))
    ramp = ((canvas.x - WIDTH / 2) * np.cos(angle) + (canvas.y - HEIGHT / 2) * np.sin(angle)) / (1.5 * UNIT)
    pixels = pixels * np.clip(1 + strength * np.tanh(ramp), 0.2, 1.7)[..., None]
    if rng.random() < 0.15:  # the edge of a cast shadow, anywhere
        edge = np.tanh((ramp - rng.uniform(-0.8, 0.8) + 0.1 * noise(rng, UNIT)) * rng.uniform(3, 20))
        pixels = pixels * (1 - rng.uniform(0.3, 0.8) * (0.5 + 0.5 * edge))[..., None]
    if rng.random() < 0.12:  # light from above leaves the eyes in shadow
        eyes = canvas.points[[33, 133, 362, 263]].mean(axis=0)
        well = np.exp(-(((canvas.x - eyes[0]) / (1.1 * UNIT)) ** 4) - ((canvas.y - eyes[1]) / (0.38 * UNIT)) ** 4)
        pixels = pixels * (1 - rng.uniform(0.2, 0.65) * well)[..., None]
    return canvas.with_pixels(pixels)


def photographed(pixels: Image, rng: np.random.Generator) -> np.ndarray:
    """The canvas as a camera and a file keep it: fewer pixels, exposure, hue, blur, noise, compression; RGB uint8.

    Enlarged back to the size of the canvas.
    """
    scale = float(np.exp(rng.uniform(np.log(0.25), np.log(1.0))))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.12:
        small = np.repeat(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    small = small * rng.uniform(0.65, 1.3) * rng.uniform(0.88, 1.12, 3)
    small = 255 * np.clip(small / 255, 0, 1) ** rng.uniform(0.75, 1.25)
    if rng.random() < 0.5:
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.3 + 1.6 * scale))
    small = small + rng.normal(0, rng.uniform(0, 6), small.shape)
    quality = int(rng.integers(40, 97))
    _, code = cv2.imencode(
        ".jpg", np.clip(small, 0, 255).astype(np.uint8)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    kept = cv2.imdecode(code, cv2.IMREAD_COLOR)[..., ::-1]
    return cv2.resize(np.ascontiguousarray(kept), (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
