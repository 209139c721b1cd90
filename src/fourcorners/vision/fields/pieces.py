"""Printed lines cut into labels and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields.labels import Label
from fourcorners.vision.text import TextLine

__all__ = ["Box", "LabelPiece", "Piece", "cut_up"]

JOIN_GAP_MAX = 1.3
"""Neighbours on one line at most so many heights apart may be one value: "14 JAN" "2013"."""

JOINED_MAX = 3

WIDE_GAP = 1.1
"""Distance between the letters before and after a space, in heights of the line, from which they are two columns."""

SHORT_MAX = 3
SHORT_CONFIDENCE_MIN = 0.5
"""A letter or two that stand alone (a sex, a state's code) are read with less confidence than words, and as well."""

STOPS = "/|:;,.)0123456789"
"""Text before a label on its line is a value only if it ends so: "LUOGO E data di nascita" is half a label."""

EDGES = " .,:;-–·/|()"
FIELD_NUMBER = 3
"""Characters at the start of a line that may be a field's number: "10."."""

LETTERS_PER_DIGIT = 3
"""Letters of other scripts are read as digits now and then."""

FOREIGN_LENGTH_MIN = 4
"""What follows a label and a stroke is the label in another language, unless it is short as a sex or a state's code."""


class Box(NamedTuple):
    """An upright box in page pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """At least one pixel."""
        return max(1.0, self.bottom - self.top)


@dataclass(frozen=True, slots=True, eq=False)
class LabelPiece:
    """A label on the page. `mark` is (line, end): where a value on the same line would begin."""

    field: str
    box: Box
    likeness: float
    mark: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Text that is no label. `parts` are (line, start) of what it is made of; `follows` is a label's mark.

    One that is not `readable` is so short that it may yet be a sex or a state's code, and nothing else.
    """

    text: str
    quad: Quad
    confidence: float
    parts: frozenset[tuple[int, int]]
    follows: tuple[int, int] | None
    readable: bool = True
    box: Box = field(init=False)
    """The upright box around the quad."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", _box(self.quad))


def cut_up(lines: Sequence[TextLine], found: Sequence[tuple[Label, ...]]) -> tuple[list[LabelPiece], list[Piece]]:
    """Labels, and the text around them with neighbours joined; `found` holds the labels of each line."""
    labels, texts = [], []
    for index, (line, its) in enumerate(zip(lines, found, strict=True)):
        labels += list(_labels(line, its, index))
        texts += list(_texts(line, its, index))
    return labels, [*texts, *_joined(texts)]


def _labels(line: TextLine, found: Sequence[Label], index: int) -> Iterator[LabelPiece]:
    """One piece for each run of labels of one field: "Surname / Nom"."""
    start = 0
    for i, label in enumerate(found):
        if i > 0 and found[i - 1].field != label.field:
            start = i
        if i + 1 == len(found) or found[i + 1].field != label.field:
            likeness = max(part.likeness for part in found[start : i + 1])
            begin = 0 if start == 0 and _is_foreign_label(line.text[: found[0].start]) else found[start].start
            yield LabelPiece(label.field, _box(line.part(begin, label.end)), likeness, (index, label.end))


def _is_foreign_label(text: str) -> bool:
    """Whether the text before the first label of a line, with a stroke between, is that label in another language."""
    letters, digits = (sum(test(c) for c in text[FIELD_NUMBER:]) for test in (str.isalpha, str.isdigit))
    return text.rstrip().endswith("/") and letters >= LETTERS_PER_DIGIT * digits


def _texts(line: TextLine, found: Sequence[Label], index: int) -> Iterator[Piece]:
    if line.script == "unread" and (len(line.text) > SHORT_MAX or line.confidence < SHORT_CONFIDENCE_MIN):
        return
    readable = line.script != "unread"
    edges = [(0, 0), *((label.start, label.end) for label in found), (len(line.text),) * 2]
    for (_, start), (end, _) in pairwise(edges):
        raw = line.text[start:end]
        text = raw.strip(EDGES)
        foreign = start > 0 and raw.lstrip(" .").startswith("/") and len(text) >= FOREIGN_LENGTH_MIN
        if not text or (foreign and not any(c.isdigit() for c in text)):
            continue
        if end < len(line.text) and raw.rstrip()[-1] not in STOPS:
            continue
        if end < len(line.text) and (start == 0 or len(text) >= FOREIGN_LENGTH_MIN) and _is_foreign_label(raw):
            continue
        first = start + raw.index(text)
        for run in _runs(line, first, first + len(text)):
            follows = (index, start) if start > 0 and run[0] == first else None
            parts = frozenset({(index, run[0])})
            yield Piece(line.text[slice(*run)], line.part(*run), line.confidence, parts, follows, readable)


def _runs(line: TextLine, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The text between two wide gaps: the detector takes columns that stand close for one line."""
    length = float(np.linalg.norm(line.quad[1] - line.quad[0]))
    height = float(np.linalg.norm(line.quad[2] - line.quad[1]))
    first = start
    for i in range(start, end):
        if line.text[i] == " " and (line.places[i + 1] - line.places[i - 1]) * length > WIDE_GAP * height:
            if i > first:
                yield first, i
            first = i + 1
    yield first, end


def _joined(texts: Sequence[Piece]) -> Iterator[Piece]:
    """Up to three neighbours on one line as one piece."""
    for first in texts:
        run = first
        for _ in range(JOINED_MAX - 1):
            right = [t for t in texts if t.readable and first.readable and _is_next(run.box, t.box)]
            if not right:
                break
            other = min(right, key=lambda t: t.box.left)
            quad = np.array([run.quad[0], other.quad[1], other.quad[2], run.quad[3]])
            text, confidence = f"{run.text} {other.text}", min(run.confidence, other.confidence)
            run = Piece(text, quad, confidence, run.parts | other.parts, first.follows)
            yield run


def _is_next(a: Box, b: Box) -> bool:
    height = max(a.height, b.height)
    level = abs((a.top + a.bottom) - (b.top + b.bottom)) / 2 < 0.4 * height
    return level and -0.3 * height < b.left - a.right < JOIN_GAP_MAX * height and b.left > a.left


def _box(quad: Quad) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))
