"""What every screen is put together from: letters, icons, a status bar, exact to the pixel as systems draw them."""

from dataclasses import dataclass

import cv2
import numpy as np

from fourcorners.specimens.fonts import draw_text, text_width
from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["Colour", "Place", "Screen"]

Colour = tuple[int, int, int]
Place = tuple[int, int, int, int]
"""Left, top, width and height, px."""

STATUS_PT, ROW_PT = 30, 48
LETTERS_PT = 15


@dataclass
class Screen:
    """A screen in the making: its pixels, what is theme and what is chance. Sizes are in points, `pt` pixels each."""

    pixels: Pixels
    pt: float
    ground: Colour
    ink: Colour
    accent: Colour
    rng: np.random.Generator

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    def px(self, points: float) -> int:
        """So many points in whole pixels."""
        return round(points * self.pt)

    def between(self, share: float) -> Colour:
        """A colour between ground (0) and ink (1)."""
        red, green, blue = (round(g + (i - g) * share) for g, i in zip(self.ground, self.ink, strict=True))
        return red, green, blue

    def fill(self, place: Place, colour: Colour, radius: float = 0) -> None:
        """A rectangle of one colour; its corners round with a radius in points."""
        x, y, width, height = place
        r = min(self.px(radius), width // 2, height // 2)
        if r <= 0:
            self.pixels[max(0, y) : y + height, max(0, x) : x + width] = colour
            return
        mask = np.zeros((height, width), np.uint8)
        cv2.rectangle(mask, (r, 0), (width - r - 1, height - 1), 255, -1)
        cv2.rectangle(mask, (0, r), (width - 1, height - r - 1), 255, -1)
        for centre in ((r, r), (width - r - 1, r), (r, height - r - 1), (width - r - 1, height - r - 1)):
            cv2.circle(mask, centre, r, 255, -1, cv2.LINE_AA)
        self._blend((x, y), mask, colour)

    def word(self, text: str, at: tuple[float, float], points: float, colour: Colour | None = None) -> int:
        """A line of text from its left end on the baseline, px; returns where it ends."""
        em, weight = self.px(points), "roboto-Medium" if self.rng.random() < 0.5 else "sans-Regular"
        coverage, left, top = draw_text(text, weight, em)
        self._blend((round(at[0]) + left, round(at[1]) + top), coverage, colour or self.ink)
        return round(at[0] + text_width(text, weight, em))

    def icon(self, centre: tuple[float, float], points: float, colour: Colour | None = None) -> None:
        """A sign such as tool bars have: a ring, a box, an arrow, dots or a disc."""
        x, y, r, line = round(centre[0]), round(centre[1]), self.px(points / 2), max(1, self.px(1.6))
        ink = colour or self.ink
        which = int(self.rng.integers(5))
        if which == 0:
            cv2.circle(self.pixels, (x, y), r, ink, line, cv2.LINE_AA)
        elif which == 1:
            cv2.rectangle(self.pixels, (x - r, y - r), (x + r, y + r), ink, line, cv2.LINE_AA)
        elif which == 2:
            arrow = np.array([[x + r // 2, y - r], [x - r // 2, y], [x + r // 2, y + r]], np.int32)
            cv2.polylines(self.pixels, [arrow], False, ink, line, cv2.LINE_AA)
        elif which == 3:
            for n in (-1, 0, 1):
                cv2.circle(self.pixels, (x, y + n * r), max(1, r // 4), ink, -1, cv2.LINE_AA)
        else:
            cv2.circle(self.pixels, (x, y), r, ink, -1, cv2.LINE_AA)

    def status_bar(self, ground: Colour | None = None, ink: Colour | None = None) -> int:
        """Clock and signs along the upper edge; returns its height, px."""
        height = self.px(self.rng.uniform(0.8, 1.6) * STATUS_PT)
        colour = ink or self.ink
        if ground is not None:
            self.fill((0, 0, self.width, height), ground)
        base = height / 2 + self.px(5)
        self.word(f"{self.rng.integers(0, 24)}:{self.rng.integers(0, 60):02d}", (self.px(18), base), LETTERS_PT, colour)
        right = self.width - self.px(18)
        charge = (right - self.px(24), round(base - self.px(10)), self.px(22), self.px(10))
        cv2.rectangle(
            self.pixels, charge[:2], (charge[0] + charge[2], charge[1] + charge[3]), colour, max(1, self.px(1))
        )
        self.fill((charge[0], charge[1], round(charge[2] * self.rng.uniform(0.1, 1)), charge[3]), colour)
        for n in range(4):
            tall = self.px(3 + 2 * n)
            self.fill((right - self.px(54) + n * self.px(5), round(base) - tall, self.px(3), tall), colour)
        if self.rng.random() < 0.5:
            self.word("5G", (right - self.px(82), base), 12, colour)
        return height

    def row(self, top: int, height: int, ground: Colour | None = None) -> int:
        """A bar of one colour across; returns where it ends."""
        self.fill((0, top, self.width, height), self.ground if ground is None else ground)
        return top + height

    def icons(self, middle: int, count: int, points: float = 22, colour: Colour | None = None) -> None:
        """Signs evenly along a line."""
        for n in range(count):
            self.icon((self.width * (n + 0.5) / count, middle), points, colour)

    def show(self, picture: Pixels, room: Place, *, cover: bool = False) -> Place:
        """Put the picture into the middle of `room`, whole, or so that it covers it; returns where it lies."""
        x, y, width, height = room
        scales = width / picture.shape[1], height / picture.shape[0]
        scale = max(scales) if cover else min(scales)
        fitted = resized(picture, (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))))
        top, left = max(0, (fitted.shape[0] - height) // 2), max(0, (fitted.shape[1] - width) // 2)
        seen = fitted[top : top + height, left : left + width]
        x, y = x + (width - seen.shape[1]) // 2, y + (height - seen.shape[0]) // 2
        self.pixels[y : y + seen.shape[0], x : x + seen.shape[1]] = seen
        return x, y, int(seen.shape[1]), int(seen.shape[0])

    def _blend(self, at: tuple[int, int], coverage: Pixels, colour: Colour) -> None:
        x, y = max(0, at[0]), max(0, at[1])
        patch = self.pixels[y : y + coverage.shape[0], x : x + coverage.shape[1]]
        share = coverage[: patch.shape[0], : patch.shape[1], None].astype(np.float32) / 255
        patch[:] = as_u8(patch + (np.array(colour, np.float32) - patch) * share + 0.5)
