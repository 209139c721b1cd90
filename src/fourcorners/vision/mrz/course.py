"""Where a line of text runs in a picture, and the strip cut along it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points, Quad, apply_homography
from fourcorners.vision.mrz.polynomial import Coefficients, value
from fourcorners.vision.mrz.strips import GLYPH_PX, STRIP_PX, Strip, even_light, grey
from fourcorners.vision.picture import Pixels

__all__ = ["Course", "cut"]

Matrix: TypeAlias = NDArray[np.float64]

SHARPER_THAN = 1.4
"""Picture pixels per strip pixel from which the picture is reduced first, lest it alias."""
RIM_STEP_PX = 8


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A slightly curved line of text.

    `across` and `cap`, its distance from the axis and the height of its capitals, are polynomials (lowest power first)
    of the way t from `origin` along the unit vector `direction`, in pixels of the picture in which the line was found.
    `along` takes a position in the strip, which is `width` wide, to t.
    """

    origin: Points
    direction: Points
    across: Coefficients
    cap: Coefficients
    along: Coefficients
    width: int

    def points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
        """Strip positions (x and y of shape (n,), y counted from the strip's middle) as picture points (n, 2)."""
        t = value(self.along, x)
        s = value(self.across, t) + y * self.cap_at(t) / GLYPH_PX
        normal = np.array([-self.direction[1], self.direction[0]])
        placed: Points = self.origin + t[:, None] * self.direction + s[:, None] * normal
        return placed

    def cap_at(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Height of a capital at t, never less than a pixel."""
        return np.asarray(np.maximum(value(self.cap, t), 1.0))

    def quad(self, start: float, end: float) -> Quad:
        """From strip position `start` to `end`, a little higher than the capitals; clockwise from its start."""
        half = GLYPH_PX * 0.65
        return self.points(np.array([start, end, end, start]), np.array([-half, -half, half, half]))

    def widened(self, before: int, after: int) -> Course:
        """The same line with so many strip pixels more at its start and its end; `along` must be straight."""
        start, step = self.along
        return replace(self, along=np.array([start - step * before, step]), width=self.width + before + after)

    def turned(self) -> Course:
        """The same line read from its other end."""
        flip = np.array([1.0, -1.0, 1.0, -1.0])
        signs = flip[: len(self.across)]
        t0, t1 = value(self.along, np.array([0.0, float(self.width)]))
        across = -self.across * signs
        cap = self.cap * flip[: len(self.cap)]
        along = np.array([-t1, (t1 - t0) / self.width])
        return replace(self, direction=-self.direction, across=across, cap=cap, along=along)


def cut(pixels: Pixels, to_pixels: Matrix, course: Course) -> Strip:
    """The strip (STRIP_PX, course.width) along a course; `to_pixels` takes the course's picture to `pixels`."""
    columns = np.arange(course.width, dtype=np.float64)
    rows = np.arange(STRIP_PX, dtype=np.float64) - (STRIP_PX - 1) / 2
    middle = course.points(columns, np.zeros(course.width))
    down = course.points(columns, np.ones(course.width)) - middle
    grid = (middle + rows[:, None, None] * down).reshape(-1, 2)
    points = apply_homography(to_pixels, grid).reshape(STRIP_PX, course.width, 2)
    density = float(np.linalg.norm(points[-1, course.width // 2] - points[0, course.width // 2])) / (STRIP_PX - 1)
    h, w = pixels.shape[:2]
    rim = points[:: STRIP_PX - 1, ::RIM_STEP_PX].reshape(-1, 2)
    margin = int(RIM_STEP_PX * density) + 3
    low = np.clip(np.floor(rim.min(0)).astype(int) - margin, 0, (w - 1, h - 1))
    high = np.clip(np.ceil(rim.max(0)).astype(int) + margin, low + 1, (w, h))
    levels = grey(np.ascontiguousarray(pixels[low[1] : high[1], low[0] : high[0]]))
    points -= low
    if density > SHARPER_THAN:
        size = (max(1, round(levels.shape[1] / density)), max(1, round(levels.shape[0] / density)))
        fx, fy = size[0] / levels.shape[1], size[1] / levels.shape[0]
        levels = cv2.resize(levels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        points = (points + 0.5) * (fx, fy) - 0.5
    map_x, map_y = (np.ascontiguousarray(points[..., i], dtype=np.float32) for i in (0, 1))
    strip = cv2.remap(levels, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return even_light(np.asarray(strip, dtype=np.uint8))
