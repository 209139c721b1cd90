"""A face on a small canvas with its landmarks, and the brushes to draw on it."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["EYES_AT", "HEIGHT", "UNIT", "WIDTH", "Canvas", "Image", "closed_curve", "fabric", "inside", "noise", "over"]

WIDTH, HEIGHT = 220, 242
EYES_AT = (110.0, 96.0)
UNIT = 44.0
"""Pixels between the eyes; the canvas reaches two units above them and three below."""

Image = NDArray[np.float32]
Points = NDArray[np.float64]

_Y, _X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
CHEEKS = (50, 280, 205, 425, 9)


@dataclass(frozen=True, eq=False)
class Canvas:
    """`pixels` (242, 220, 3) RGB 0..255 with the eyes about level; `points` (468, 2) of the face mesh; `iris` (2, 3)
    centre and radius of the right and the left iris;
    `covered` (242, 220) is 1 where something lies over it; `depth` (468,) of the
    points in pixels, nearer is smaller."""

    pixels: Image
    points: Points
    iris: Points
    covered: Image = field(default_factory=lambda: np.zeros((HEIGHT, WIDTH), np.float32))
    depth: Points = field(default_factory=lambda: np.zeros(468))

    def with_pixels(self, pixels: Image) -> "Canvas":
        """The same face under other paint."""
        return replace(self, pixels=np.clip(pixels, 0, 255).astype(np.float32))

    def uncovered(self) -> "Canvas":
        """What was laid on so far counts as the person's own."""
        return replace(self, covered=np.zeros_like(self.covered))

    @property
    def x(self) -> Image:
        """Column of every pixel."""
        return _X

    @property
    def y(self) -> Image:
        """Row of every pixel."""
        return _Y

    def axes(self) -> tuple[Points, Points]:
        """Directions to the person's left (right in the picture) and down the face, length 1."""
        across = self.points[263] - self.points[33]
        across = across / np.hypot(*across)
        return across, np.array([-across[1], across[0]])

    def brightness(self) -> tuple[Image, float]:
        """The light that falls on the face (242, 220, 1), about 1, without its features; and how bright skin is."""
        grey = cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY)
        smooth = cv2.GaussianBlur(grey, (0, 0), UNIT * 0.35)
        columns, rows = np.clip(np.round(self.points[list(CHEEKS)]).astype(int), 0, (WIDTH - 1, HEIGHT - 1)).T
        skin = float(np.median(smooth[rows, columns])) + 1
        return np.clip(smooth / skin, 0.4, 1.6)[..., None], skin


def over(canvas: Canvas, paint: Image | Points, alpha: Image) -> Canvas:
    """`paint` laid on with `alpha` (242, 220), 0..1."""
    share = alpha[..., None]
    mixed = canvas.with_pixels(canvas.pixels * (1 - share) + np.clip(paint, 0, 255) * share)
    return replace(mixed, covered=np.maximum(canvas.covered, alpha))


def inside(outline: Points, soft: float = 0.8) -> Image:
    """1 inside a polygon (n, 2), 0 outside, with an edge `soft` pixels wide."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(mask, [np.round(np.asarray(outline) * 8).astype(np.int32)], (255,), cv2.LINE_AA, 3)
    return cv2.GaussianBlur(mask, (0, 0), max(soft, 0.3)).astype(np.float32) / 255


def closed_curve(knots: Points, count: int = 160) -> Points:
    """A smooth closed curve through `knots` (Catmull and Rom 1974)."""
    p = np.asarray(knots, dtype=np.float64)
    t = np.linspace(0, 1, max(2, count // len(p)), endpoint=False)[:, None]
    parts = []
    for i in range(len(p)):
        a, b, c, d = p[i - 1], p[i], p[(i + 1) % len(p)], p[(i + 2) % len(p)]
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate(parts)


def noise(rng: np.random.Generator, grain: float) -> Image:
    """Smooth noise (242, 220), mean 0 and deviation 1, with blobs about `grain` pixels wide."""
    small = rng.normal(0, 1, (int(HEIGHT / grain) + 3, int(WIDTH / grain) + 3)).astype(np.float32)
    wide = cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray((wide - wide.mean()) / (wide.std() + 1e-6), dtype=np.float32)


def fabric(canvas: Canvas, rng: np.random.Generator, colour: Points | None = None) -> Image:
    """Cloth over the whole canvas: plain, pleated, dotted, striped or blotched, with folds, in the photo's light."""
    light, skin = canvas.brightness()
    if colour is None:
        grey = rng.uniform(8, 245)
        colour = grey + (rng.uniform(0, 255, 3) - grey) * rng.choice([0.05, 0.5, 0.9])
    cloth = np.ones((HEIGHT, WIDTH, 3), np.float32) * np.asarray(colour, np.float32)
    pattern, period, angle = rng.integers(6), UNIT * rng.uniform(0.1, 0.5), rng.uniform(0, np.pi)
    along = np.asarray(2 * np.pi * (_X * np.cos(angle) + _Y * np.sin(angle)) / period, np.float32)
    across = np.asarray(2 * np.pi * (_Y * np.cos(angle) - _X * np.sin(angle)) / period, np.float32)
    second = rng.uniform(0, 255, 3).astype(np.float32)
    if pattern == 3:
        cloth = np.where((np.sin(along) > rng.uniform(-0.3, 0.8))[..., None], second, cloth)
    elif pattern == 4:
        cloth = np.where((np.sin(along) + np.sin(across) > rng.uniform(0.4, 1.3))[..., None], second, cloth)
    elif pattern == 5:
        cloth = np.where((noise(rng, period * 0.6) > 0.4)[..., None], second, cloth)
    folds = 1 + rng.uniform(0.01, 0.07) * noise(rng, UNIT * rng.uniform(0.1, 0.6))
    weave = 1 + rng.uniform(0.0, 0.04) * noise(rng, rng.uniform(1.0, 3.0))
    shade = (folds * weave)[..., None] * (rng.uniform(0.3, 0.7) * (light - 1) + 1)
    return np.asarray(np.clip(cloth * shade * np.clip(skin / 150, 0.2, 1.25), 0, 255), dtype=np.float32)
