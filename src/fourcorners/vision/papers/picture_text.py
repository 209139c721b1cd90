"""The text of a page that is a picture: found at the size that letters of a page need, the lines that matter read."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.papers.line import Box, PaperLine, quad_of
from fourcorners.vision.picture import Pixels
from fourcorners.vision.text.detect import find_lines
from fourcorners.vision.text.recognise import cut_line, cut_width, read_cuts

__all__ = ["picture_lines", "read_at"]

DETECTION_SIDE_PX = 1088
"""Longest side that the network sees: letters of 8 points on A4 are then 10 px high."""

WIDTH_BUDGET_PX = 34_000
"""Widths of all cuts, 48 px high, add up to at most this. What stands high on the page or is large is read first."""

CONFIDENCE_MIN = 0.6
"""Below it the text is a guess and is left out."""

HEIGHT_WEIGHT = 8.0
"""Share of the page that a line moves up in the order of reading for each share of the page that it is high."""

PROSE_RATIO, PROSE_WEIGHT = 20.0, 0.6
"""A line this many times as long as high is prose, and moves down by this share of the page: fields are short."""

LEVEL_MAX = 0.7
"""A box higher than this many times its width holds a line that runs up the page, which no field does."""


def picture_lines(pixels: Pixels, number: int = 0) -> tuple[tuple[PaperLine, ...], float]:
    """Lines of an upright page (h, w, 3), top to bottom, then left to right, with boxes in its pixels.

    Beside them the share 0..1 of the lines found that could not be read: the network knows Latin and Chinese signs, and
    takes letters of other scripts for blanks, or for Latin ones that look alike.
    """
    height = pixels.shape[0]
    found = [q for q in find_lines(pixels, DETECTION_SIDE_PX) if _tall(q) < LEVEL_MAX * max(_long(q), 1.0)]
    spent, chosen = 0, []
    for quad in sorted(found, key=lambda q: _rank(q, height)):
        spent += cut_width(quad)
        if spent > WIDTH_BUDGET_PX:
            break
        chosen.append(quad)
    texts = read_cuts([cut_line(pixels, q) for q in chosen])
    lines = [
        PaperLine(t.text, _box(q), t.confidence, t.places, page=number)
        for q, t in zip(chosen, texts, strict=True)
        if t.text and t.confidence >= CONFIDENCE_MIN
    ]
    unread = len(texts) - len(lines) + sum(_is_guessed(line.text) for line in lines)
    return tuple(sorted(lines, key=lambda line: (round(line.middle, 1), line.box[0]))), unread / max(len(texts), 1)


def _is_guessed(text: str) -> bool:
    """Letters of Greek, of which few are read right, also stand where Cyrillic ones were taken for them."""
    return any(unicodedata.name(c, "").startswith("GREEK") for c in text if c.isalpha())


def _rank(quad: Quad, page_height: int) -> float:
    prose = PROSE_WEIGHT if _long(quad) > PROSE_RATIO * _tall(quad) else 0.0
    return (float(quad[:, 1].mean()) - HEIGHT_WEIGHT * _tall(quad)) / page_height + prose


def read_at(pixels: Pixels, boxes: Sequence[Box]) -> tuple[tuple[str, float], ...]:
    """What a picture says at some boxes (its pixels), each with the confidence."""
    return tuple((cut.text, cut.confidence) for cut in read_cuts([cut_line(pixels, quad_of(box)) for box in boxes]))


def _box(quad: Quad) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _tall(quad: Quad) -> float:
    return float(np.linalg.norm(quad[2] - quad[1]))


def _long(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]))
