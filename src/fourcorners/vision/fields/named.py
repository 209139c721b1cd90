"""Placed values under the names of the contract: full names are cut in two, values of several lines put together."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from rapidfuzz import fuzz

from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields.layout import Placed, continued
from fourcorners.vision.fields.located import Printed
from fourcorners.vision.fields.pieces import LabelPiece, Piece
from fourcorners.vision.fields.values import Context, Value, read_value
from fourcorners.vision.fields.words import compact
from fourcorners.vision.text import READABLE_MIN

__all__ = ["name_values"]

COST_FREE = 1.5
COST_WEIGHT = 0.12
"""Confidence that a value loses for each height beyond the first one and a half that it stands from its label."""

CLOSE = 0.25
"""Heights between two lines of one name: the label of the next field, though it may not be read, takes more room."""

RUNS_ON: Mapping[str, tuple[int, float]] = MappingProxyType(
    {"address": (4, 0.9), "family_name": (2, CLOSE), "given_names": (3, CLOSE), "full_name": (2, CLOSE)}
)
"""By field, how many lines its value may have, and how many heights apart they may stand."""

NAMES = frozenset({"family_name", "given_names"})

TWO_LINES = 0.85
"""Certainty that a full name ends its family name with its first line, or that two like lines are one name."""

ONE_NAME_MIN = 55.0
"""Similarity (100 is equal) of two lines from which the first is the second in letters that the network misreads."""


def name_values(
    placed: Sequence[Placed[Value]], free: Sequence[Piece], labels: Sequence[LabelPiece], context: Context
) -> Iterator[Printed]:
    """Placed values under the names of the contract; `free` is the text that no label has taken."""
    for pair in placed:
        field = pair.label.field
        if field == "name":
            field = _meant_by_name({label.field for label in labels if label.mark[0] != pair.label.mark[0]})
        confidence = pair.piece.confidence * pair.value.certainty * pair.label.likeness
        confidence *= max(0.5, 1 - COST_WEIGHT * max(0.0, pair.cost - COST_FREE))
        parts = continued(pair.piece, free, *RUNS_ON.get(field, (1, 0.0)))
        if field == "full_name":
            yield from _two_names(pair, parts, confidence, context)
        elif field == "address":
            yield Printed(field, ", ".join(part.text for part in parts), confidence, _around(parts))
        elif field in NAMES and len(parts) == 2 and _twice(*parts):
            yield Printed(field, parts[1].text, confidence * TWO_LINES, parts[1].quad)
        elif field in NAMES:
            names = [pair.value.text, *_more_of_a_name(parts, context)]
            yield Printed(field, " ".join(names), confidence, _around(parts[: len(names)]))
        else:
            yield Printed(field, pair.value.text, confidence, pair.piece.quad, pair.value.others)


def _two_names(pair: Placed[Value], parts: Sequence[Piece], confidence: float, context: Context) -> Iterator[Printed]:
    """A full name cut in two: at its comma, or after its first line (as by Regulation (EC) 1030/2002)."""
    family, comma, given = (text.strip() for text in pair.value.text.partition(","))
    if comma and given:
        yield Printed("family_name", family, confidence, pair.piece.quad)
        yield Printed("given_names", given, confidence, pair.piece.quad)
    elif not comma and (more := _more_of_a_name(parts, context)):
        yield Printed("family_name", family, confidence * TWO_LINES, pair.piece.quad)
        yield Printed("given_names", more[0], confidence * TWO_LINES, parts[1].quad)


def _twice(upper: Piece, lower: Piece) -> bool:
    """Whether two lines are one name in two scripts, of which the network knows the second (Doc 9303-3, 3.4)."""
    a, b = compact(upper.text), compact(lower.text)
    return a != b and fuzz.ratio(a, b) >= ONE_NAME_MIN


def _more_of_a_name(parts: Sequence[Piece], context: Context) -> list[str]:
    """What the lines after the first add to a name: a second surname, more given names, set in the same letters."""
    first, *others = parts
    alike = [part for part in others if part.confidence >= READABLE_MIN and part.text.isupper() == first.text.isupper()]
    names = [read_value("family_name", part.text, context) for part in alike]
    return [name.text for name in names if name is not None]


def _meant_by_name(others: set[str]) -> str:
    """A bare "Name" is the family name where another line asks for given names, and those where one asks for it."""
    if "given_names" in others:
        return "family_name"
    return "given_names" if "family_name" in others else "full_name"


def _around(parts: Sequence[Piece]) -> Quad:
    points = np.vstack([part.quad for part in parts])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
