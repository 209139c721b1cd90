"""The printed lines of a page: find, cut, read, and say which could not be read."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels
from fourcorners.vision.text.detect import find_lines
from fourcorners.vision.text.recognise import cut_line, cut_width, read_cuts

__all__ = ["READABLE_MIN", "Script", "TextLine", "read_lines"]

Script: TypeAlias = str
"""`latin`, `greek`, `han`, `kana`, `figures` or `unread`; also a script that was read later (`fields/scripts.toml`)."""

READABLE_MIN = 0.85
"""Confidence below which a line is `unread`. On drawn words it parts Latin (all above) from Cyrillic, Arabic, Hebrew,
Thai, Devanagari, Georgian and Armenian (9 of 10 below): the network has no letters for those and must not guess."""

WIDTH_BUDGET_PX = 14_000
"""Widths of all cuts, 48 px high, add up to at most this: about 0.35 s on two cores. Small print is dropped first."""

TALL_RATIO = 1.5
"""A box this many times as high as wide holds a line that runs up or down."""


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One printed line. `quad` (4, 2) in page pixels, clockwise from the line's own top left; `confidence` 0..1.

    `script` is `unread` when the network does not know the letters or cannot make them out: the text is then no more
    than a guess and must not be used. `places` are the characters' middles as shares (0..1) of the line's length.
    """

    text: str
    confidence: float
    quad: Quad
    script: Script
    places: tuple[float, ...]

    def part(self, start: int, end: int) -> Quad:
        """The quad of the characters `start` to `end` (exclusive), in page pixels."""
        if (start, end) == (0, len(self.text)):
            return self.quad
        left = (self.places[start - 1] + self.places[start]) / 2 if start > 0 else 0.0
        right = (self.places[end - 1] + self.places[end]) / 2 if end < len(self.text) else 1.0
        (a, b, c, d), along = self.quad, np.array([[left], [right]])
        return np.vstack([a + along * (b - a), (d + along * (c - d))[::-1]])


def read_lines(
    pixels: Pixels, skip: Sequence[Quad] = (), width_budget_px: int = WIDTH_BUDGET_PX
) -> tuple[TextLine, ...]:
    """Lines of an upright page (h, w, 3), top to bottom, then left to right.

    Nothing is read whose middle lies inside a quad of `skip` (page pixels), such as the lines of the MRZ.
    """
    found = [q for q in find_lines(pixels) if not any(_centre_inside(q, area) for area in skip)]
    kept = sorted(_within_budget(found, width_budget_px), key=lambda q: (float(q[:, 1].mean()), float(q[:, 0].mean())))
    ways = [(place, quad) for place, q in enumerate(kept) for quad in _ways_to_read(q)]
    texts = read_cuts([cut_line(pixels, quad) for _, quad in ways])
    best: dict[int, TextLine] = {}
    for (place, quad), cut in zip(ways, texts, strict=True):
        if cut.text and (place not in best or cut.confidence > best[place].confidence):
            best[place] = TextLine(cut.text, cut.confidence, quad, _script(cut.text, cut.confidence), cut.places)
    return tuple(best[place] for place in sorted(best))


def _within_budget(quads: Sequence[Quad], width_budget_px: int) -> list[Quad]:
    """The tallest lines that fit: what matters on a document is printed larger than its small print."""
    kept, spent = [], 0
    for quad in sorted(quads, key=lambda q: -float(np.linalg.norm(q[2] - q[1]))):
        spent += cut_width(quad)
        if spent > width_budget_px:
            break
        kept.append(quad)
    return kept


def _ways_to_read(quad: Quad) -> tuple[Quad, ...]:
    """A tall box may run up or down the page: both ways are read, the more confident one wins."""
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])
    if height < TALL_RATIO * width:
        return (quad,)
    return np.roll(quad, 1, axis=0), np.roll(quad, -1, axis=0)


def _centre_inside(quad: Quad, area: Quad) -> bool:
    low, high, centre = area.min(axis=0), area.max(axis=0), quad.mean(axis=0)
    return bool(np.all(centre > low) and np.all(centre < high))


def _script(text: str, confidence: float) -> Script:
    if confidence < READABLE_MIN:
        return "unread"
    counts = Counter(_script_of(letter) for letter in text if letter.isalpha())
    return counts.most_common(1)[0][0] if counts else "figures"


def _script_of(letter: str) -> Script:
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK"):
        return "greek"
    if name.startswith("CJK"):
        return "han"
    if name.startswith(("HIRAGANA", "KATAKANA")):
        return "kana"
    return "latin" if name.startswith("LATIN") else "figures"
