"""The printed lines of a page: find, cut, read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.picture import Pixels
from fourcorners.vision.text.detect import find_lines
from fourcorners.vision.text.recognise import cut_line, read_cuts

__all__ = ["TextLine", "read_lines"]

LINES_MAX = 60


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One printed line. `confidence` 0..1; `quad` (4, 2) in page pixels, clockwise from the line's own top left."""

    text: str
    confidence: float
    quad: Quad


def read_lines(pixels: Pixels, skip: Sequence[Quad] = (), lines_max: int = LINES_MAX) -> tuple[TextLine, ...]:
    """Lines of an upright page (h, w, 3), top to bottom, then left to right; none from inside the quads of `skip`."""
    found = [q for q in find_lines(pixels) if not any(_centre_inside(q, area) for area in skip)]
    quads = sorted(found, key=lambda q: (float(q[:, 1].mean()), float(q[:, 0].mean())))[:lines_max]
    read = read_cuts([cut_line(pixels, q) for q in quads])
    return tuple(TextLine(text, confidence, q) for q, (text, confidence) in zip(quads, read, strict=True) if text)


def _centre_inside(quad: Quad, area: Quad) -> bool:
    low, high = area.min(axis=0), area.max(axis=0)
    centre = quad.mean(axis=0)
    return bool(np.all(centre > low) and np.all(centre < high))
