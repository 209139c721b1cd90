"""A line of a page, whether its text stands in a PDF or was read off a picture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.kit.geometry import Quad

__all__ = ["Box", "PaperLine", "around", "on_one_row", "part", "quad_of"]

LEVEL_MAX = 0.6
"""Middles of lines on one row lie at most this share of the higher one's height apart."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in page pixels."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A piece of text without wide gaps. `box` in page pixels, `confidence` 0..1 (1 for text of a PDF).

    `places` are the characters' middles as shares (0..1) of the width. `font` and `size` (points) are those of most
    characters, "" and 0 where the text was read off a picture. `page` counts from 0.
    """

    text: str
    box: Box
    confidence: float = 1.0
    places: tuple[float, ...] = ()
    font: str = ""
    size: float = 0.0
    page: int = 0

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        """Middle of the height."""
        return (self.box[1] + self.box[3]) / 2


def part(line: PaperLine, start: int, end: int) -> PaperLine:
    """The characters `start` to `end` (exclusive) of a line, without spaces around them."""
    text = line.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if (start, end) == (0, len(line.text)) or start >= end or len(line.places) != len(line.text):
        return replace(line, text=line.text[start:end], places=line.places[start:end])
    left, top, right, bottom = line.box
    if list(line.places) == sorted(line.places):
        x0 = left if start == 0 else left + (line.places[start - 1] + line.places[start]) / 2 * (right - left)
        x1 = right if end == len(line.text) else left + (line.places[end - 1] + line.places[end]) / 2 * (right - left)
    else:  # Arabic, Hebrew, with numbers among them
        here, half = line.places[start:end], 0.5 / len(line.text)
        x0, x1 = (left + share * (right - left) for share in (min(here) - half, max(here) + half))
    width = max(x1 - x0, 1e-6)
    places = tuple((left + p * (right - left) - x0) / width for p in line.places[start:end])
    return replace(line, text=line.text[start:end], box=(x0, top, x1, bottom), places=places)


def on_one_row(one: PaperLine, other: PaperLine) -> bool:
    """Do two lines stand beside each other, as cells of one row do, whatever their sizes?"""
    near = abs(one.middle - other.middle) < LEVEL_MAX * max(one.height, other.height)
    return near and one is not other and one.page == other.page


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    edges = np.array(boxes)
    left, top = edges[:, :2].min(axis=0)
    right, bottom = edges[:, 2:].max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def quad_of(box: Box) -> Quad:
    """The corners (4, 2), clockwise from the top left."""
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float64)
