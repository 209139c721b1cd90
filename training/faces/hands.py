"""Hands with jointed fingers, and things held, before the face; or beside it, where they cover nothing."""

from dataclasses import dataclass

import cv2
import numpy as np
from training.faces.canvas import HEIGHT, UNIT, WIDTH, Canvas, Image, fabric, noise, over
from training.faces.things import hold_thing

__all__ = ["hold_before", "skin_of"]

SKINS = [(238, 200, 176), (224, 180, 150), (198, 150, 118), (150, 104, 76), (104, 70, 52), (70, 46, 36)]
GLOVES = [(120, 160, 215), (28, 28, 32), (235, 236, 238), (150, 110, 70), (60, 90, 60), (170, 40, 50)]
FINGERS = ((-0.46, 0.92, 0.92, 0.118), (-0.16, 1.0, 1.15, 0.132), (0.15, 1.02, 1.24, 0.135), (0.45, 0.97, 1.12, 0.132))
"""Little finger to index: across and along the palm, length and half the thickness, in distances between the eyes."""
THUMB = (0.52, 0.25, 0.9, 0.16)
JOINTS = (0.0, 0.45, 0.75, 1.0)
POSES = {  # a point of the mesh under the hand, which way it points (degrees from up), how far, what part touches
    "mouth": (13, 75, 30, (0.2, 1.5)),
    "lips": (13, 15, 25, (0.45, 1.9)),
    "cheek": (425, 12, 25, (0.0, 1.0)),
    "eye": (263, 30, 50, (0.0, 1.2)),
    "chin": (152, 25, 35, (0.0, 1.1)),
    "brow": (299, 60, 45, (0.0, 1.3)),
    "nose": (4, 40, 60, (0.0, 1.5)),
    "temple": (389, 25, 35, (0.0, 1.4)),
}


@dataclass(frozen=True, eq=False)
class _Hand:
    """Where a hand's wrist lies, its directions, its size, and the paint of its skin."""

    wrist: np.ndarray
    way: np.ndarray
    beside: np.ndarray
    unit: float
    colour: np.ndarray
    light: np.ndarray

    def at(self, across: float, along: float) -> np.ndarray:
        """Pixels of a place given in hand units."""
        return np.asarray(self.wrist + self.unit * (across * self.beside + along * self.way))


def skin_of(canvas: Canvas, rng: np.random.Generator) -> np.ndarray:
    """The person's own skin from the cheeks, in another light; now and then somebody else's."""
    p = canvas.points[[50, 280, 205, 425]]
    columns, rows = np.clip(p, 2, (WIDTH - 3, HEIGHT - 3)).astype(int).T
    own = np.median(canvas.pixels[rows, columns], axis=0)
    _, skin = canvas.brightness()
    other = np.array(SKINS[int(rng.integers(len(SKINS)))]) * np.clip(skin / 150, 0.25, 1.2)
    return np.asarray((own if rng.random() < 0.8 else other) * rng.uniform(0.72, 1.15) * rng.uniform(0.96, 1.04, 3))


def hold_before(canvas: Canvas, rng: np.random.Generator) -> Canvas:
    """A hand, two hands or a thing such as a phone or a cup over part of the face."""
    draw = rng.random()
    if draw < 0.25:
        return hold_thing(canvas, rng)
    gloved = rng.random() < 0.1
    colour = np.array(GLOVES[int(rng.integers(len(GLOVES)))], float) if gloved else skin_of(canvas, rng)
    name = str(rng.choice(list(POSES), p=[0.2, 0.08, 0.15, 0.17, 0.1, 0.1, 0.1, 0.1]))
    side = float(rng.choice([-1, 1]))
    worn = _hand(canvas, rng, name, side, colour)
    if draw > 0.88:  # the other hand as well
        worn = _hand(worn, rng, name, -side, colour)
    return worn


def _hand(canvas: Canvas, rng: np.random.Generator, name: str, side: float, colour: np.ndarray) -> Canvas:
    point, lean, spread, touch = POSES[name]
    across, down = canvas.axes()
    target = canvas.points[point] if side > 0 else canvas.points[_mirrored(canvas, point)]
    target = target + rng.normal(0, UNIT * 0.13, 2)
    angle = np.radians(-side * (lean + rng.normal(0, spread)))  # from the person's left the hand points to the right
    way = np.sin(angle) * across - np.cos(angle) * down
    beside = np.array([-way[1], way[0]]) * rng.choice([-1, 1])
    unit = UNIT * rng.uniform(0.82, 1.25)
    wrist = target - unit * (way * (touch[1] + rng.normal(0, 0.22)) + beside * (touch[0] + rng.normal(0, 0.15)))
    glow = np.array([rng.normal(), -abs(rng.normal())])
    hand = _Hand(wrist, way, beside, unit, colour, glow / max(float(np.hypot(*glow)), 0.3))
    single = name == "lips" or rng.random() < 0.12
    fist = name == "chin" and rng.random() < 0.6
    return _fingers(canvas, rng, hand) if rng.random() < 0.15 else _drawn(canvas, rng, hand, single=single, fist=fist)


def _mirrored(canvas: Canvas, point: int) -> int:
    """The mesh point nearest to where `point` would be on the other half of the face."""
    across, _ = canvas.axes()
    p, middle = canvas.points, canvas.points[168]
    wanted = p[point] - 2 * across * float((p[point] - middle) @ across)
    return int(np.argmin(((p - wanted) ** 2).sum(axis=1)))


def _drawn(canvas: Canvas, rng: np.random.Generator, hand: _Hand, *, single: bool, fist: bool) -> Canvas:
    layer, paint = np.zeros((HEIGHT, WIDTH), np.float32), np.zeros((HEIGHT, WIDTH, 3), np.float32)
    width = 0.62 * rng.uniform(0.9, 1.1)
    _limb(layer, paint, hand, (hand.at(0, -2.4), hand.at(0, 0.0)), (0.5, 0.42), colour=hand.colour * 0.95)
    for shift in (-0.6, -0.2, 0.2, 0.6):  # the palm, of four ridges
        _limb(layer, paint, hand, (hand.at(shift * width * 0.6, 0.0), hand.at(shift * width, 0.85)), (0.3, 0.26))
    spread, bend = rng.uniform(-0.02, 0.18), rng.uniform(-0.25, 0.25)
    for number, (x, y, length, half) in enumerate(FINGERS):
        curled = fist or (single and number != 3)
        reach = length * (rng.uniform(0.3, 0.45) if curled else rng.uniform(0.75, 1.05))
        lean = spread * (x / 0.45) + bend * 0.3 + rng.normal(0, 0.05)
        _finger(layer, paint, rng, hand, hand.at(x * width / 0.62, y - 0.1), lean, bend, reach, half)
    if rng.random() < 0.75:
        x, y, length, half = THUMB
        _finger(layer, paint, rng, hand, hand.at(x, y), rng.uniform(0.1, 0.9), -0.3, length, half)
    paint = cv2.GaussianBlur(paint, (0, 0), rng.uniform(0.4, 1.0))
    texture = 1 + 0.03 * noise(rng, UNIT * 0.3) + 0.02 * noise(rng, 2.0)
    fall = rng.integers(1, 5), rng.integers(-3, 4)
    shadow = cv2.GaussianBlur(np.roll(layer, fall, (0, 1)), (0, 0), UNIT * rng.uniform(0.03, 0.12))
    shaded = canvas.with_pixels(canvas.pixels * (1 - shadow[..., None] * rng.uniform(0.1, 0.5)))
    if rng.random() < 0.35:  # a sleeve
        at = hand.at(0, rng.uniform(-1.2, -0.2))
        beyond = ((canvas.x - at[0]) * hand.way[0] + (canvas.y - at[1]) * hand.way[1]) < 0
        paint = np.where(beyond[..., None], fabric(canvas, rng) * (0.6 + 0.4 * paint / max(paint.max(), 1)), paint)
    return over(shaded, paint * texture[..., None], layer)


def _fingers(canvas: Canvas, rng: np.random.Generator, hand: _Hand) -> Canvas:
    """Two to four fingers side by side, of which no palm is to be seen."""
    layer, paint = np.zeros((HEIGHT, WIDTH), np.float32), np.zeros((HEIGHT, WIDTH, 3), np.float32)
    bend, apart, most = rng.normal(0, 0.1), rng.uniform(0.26, 0.36), int(rng.integers(2, 5))
    for number, (_, y, length, half) in enumerate(FINGERS[-most:]):
        place = hand.at((number - (most - 1) / 2) * apart, y - 2.2)
        _finger(layer, paint, rng, hand, place, rng.normal(0, 0.03), bend, length + 2.1, half * rng.uniform(1.0, 1.3))
    texture = 1 + 0.02 * noise(rng, 2.0)
    return over(canvas, cv2.GaussianBlur(paint, (0, 0), 0.5) * texture[..., None], layer)


def _finger(
    layer: Image, paint: Image, rng: np.random.Generator, hand: _Hand, base: np.ndarray, lean: float, bend: float,
    length: float, half: float,
) -> None:  # fmt: skip
    """Three bones, each turned a little further, with a crease at every joint and perhaps a nail."""
    start, total = base, lean
    nail = rng.random() < 0.6
    tone = hand.colour * rng.uniform(0.95, 1.05)
    for bone in range(3):
        part = JOINTS[bone + 1] - JOINTS[bone]
        way = np.cos(total) * hand.way + np.sin(total) * hand.beside
        end = start + way * length * part * hand.unit
        radii = half * (1 - 0.06 * bone), half * (1 - 0.06 * (bone + 1))
        last = bone == 2
        blush = np.array([1.04, 0.97, 0.96]) if last else 1.0
        _limb(layer, paint, hand, (start, end), radii, colour=tone * blush, crease=bone > 0, nail=nail and last)
        start, total = end, total + bend * rng.uniform(0.2, 1.0)


def _limb(
    layer: Image, paint: Image, hand: _Hand, ends: tuple[np.ndarray, np.ndarray], radii: tuple[float, float],
    *, colour: np.ndarray | None = None, crease: bool = False, nail: bool = False,
) -> None:  # fmt: skip
    """A rounded bone laid over what is there, lit as a cylinder, dark along its edge."""
    a, b = ends
    r0, r1 = radii[0] * hand.unit, radii[1] * hand.unit
    reach = max(r0, r1) + 2
    x0, y0 = np.clip(np.floor(np.minimum(a, b) - reach), 0, (WIDTH, HEIGHT)).astype(int)
    x1, y1 = np.clip(np.ceil(np.maximum(a, b) + reach), 0, (WIDTH, HEIGHT)).astype(int)
    if x1 <= x0 or y1 <= y0:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    along = b - a
    size = max(float(np.hypot(*along)), 1e-3)
    way = along / size
    dx, dy = x - a[0], y - a[1]
    t = np.clip((dx * way[0] + dy * way[1]) / size, 0, 1)
    off_x, off_y = dx - t * along[0], dy - t * along[1]
    radius = r0 + (r1 - r0) * t
    away = np.hypot(off_x, off_y) / radius
    alpha = np.clip((1 - away) * radius + 0.5, 0, 1)
    facing = np.sqrt(np.clip(1 - away**2, 0, 1))
    side = (off_x * hand.light[0] + off_y * hand.light[1]) / radius
    shade = 0.74 + 0.25 * facing + 0.13 * side
    if crease:
        shade = shade - 0.08 * np.exp(-((t * size / (0.06 * hand.unit)) ** 2))
    if nail:
        across = (off_x * way[1] - off_y * way[0]) / radius
        plate = np.exp(-(((t - 0.72) / 0.3) ** 4) - (across / 0.62) ** 4)
        shade = shade + 0.1 * plate
    tone = hand.colour if colour is None else colour
    spot = (slice(y0, y1), slice(x0, x1))
    share = alpha[..., None]
    paint[spot] = paint[spot] * (1 - share) + share * shade[..., None] * tone.astype(np.float32)
    layer[spot] = np.maximum(layer[spot], alpha)
