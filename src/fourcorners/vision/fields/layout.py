"""Which value belongs to which label: on the label's own line, to its right, or below it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from fourcorners.vision.fields.pieces import LabelPiece, Piece

__all__ = ["Direction", "Placed", "continued", "pair_up"]

Direction: TypeAlias = Literal["inline", "right", "below"]
Value = TypeVar("Value")

BELOW_MAX = 1.5
"""A value stands at most so many of its own heights below its label."""

RIGHT_MAX = 14.0
"""A value stands at most so many label heights to the right of its label."""

SIDE_STEP = 0.35
RIGHT_STEP = 0.12
"""Cost of standing one height to the side of the label's start, or to the right of its end; one height down costs 1."""

ODD_WAY_COST = 1.5
"""Cost of a direction other than the one in which most of the document's dates, sexes and numbers stand."""

UNLIKE_COST = 3.0
"""Cost of a label that was not recognised at all; one that was letter by letter costs nothing."""

DOUBT_COST = 3.0
"""Cost of a text of no confidence; a certain one costs nothing."""

TELLING = frozenset({"birth_date", "expiry_date", "issue_date", "sex", "nationality", "document_number"})
"""Fields whose values cannot be mistaken for those of names: they show the document's layout."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed(Generic[Value]):
    """A value found for a field: what was made of which piece, for which label, and how far from where it should be."""

    label: LabelPiece
    piece: Piece
    value: Value
    way: Direction
    cost: float


def pair_up(
    labels: Sequence[LabelPiece], texts: Sequence[Piece], read: Callable[[str, Piece], Value | None]
) -> list[Placed[Value]]:
    """The nearest value for each field, no text used twice; `read` gives what a piece means for a field, or None."""
    pairs = sorted(_pairs(labels, texts, read), key=lambda pair: pair.cost)
    usual = Counter(p.way for p in _first_of_each(pairs) if p.label.field in TELLING and p.way != "inline")
    if usual:
        ((way, _),) = usual.most_common(1)
        odd = [p for p in pairs if p.way not in ("inline", way)]
        pairs = [p for p in pairs if p.way in ("inline", way)]
        pairs += [Placed(p.label, p.piece, p.value, p.way, p.cost + ODD_WAY_COST) for p in odd]
        pairs.sort(key=lambda pair: pair.cost)
    return _first_of_each(pairs)


def continued(piece: Piece, texts: Sequence[Piece], lines_max: int, gap_max: float) -> list[Piece]:
    """The pieces that run on below this one, flush left and of like height, at most `gap_max` heights apart."""
    found = [piece]
    while len(found) < lines_max:
        last = found[-1].box
        below = [
            t
            for t in texts
            if abs(t.box.left - last.left) < last.height
            and -0.5 < (t.box.top - last.bottom) / last.height < gap_max
            and 0.6 < t.box.height / last.height < 1.6
            and all(t is not f for f in found)
        ]
        if not below:
            break
        found.append(min(below, key=lambda t: t.box.top))
    return found


def _first_of_each(pairs: Sequence[Placed[Value]]) -> list[Placed[Value]]:
    """Cheapest first: one value a field, one label a value, no part of a line in two values."""
    fields: set[str] = set()
    used: set[tuple[int, int]] = set()
    kept = []
    for pair in pairs:
        if pair.label.field not in fields and used.isdisjoint(pair.piece.parts):
            kept.append(pair)
            fields.add(pair.label.field)
            used |= pair.piece.parts
    return kept


def _pairs(
    labels: Sequence[LabelPiece], texts: Sequence[Piece], read: Callable[[str, Piece], Value | None]
) -> Iterator[Placed[Value]]:
    for label in labels:
        for text in texts:
            placed = _way(label, text)
            if placed is None:
                continue
            way, cost = placed
            value = read(label.field, text)
            doubts = UNLIKE_COST * (1 - label.likeness) + DOUBT_COST * (1 - text.confidence)
            if value is not None:
                yield Placed(label, text, value, way, cost + doubts)


def _way(label: LabelPiece, text: Piece) -> tuple[Direction, float] | None:
    """How a text stands to a label, and at what cost; None where it cannot be its value."""
    if text.follows == label.mark:
        return "inline", 0.0
    a, b = label.box, text.box
    height = max(a.height, b.height)
    middle_gap = abs((a.top + a.bottom) - (b.top + b.bottom)) / 2
    gap_right = (b.left - a.right) / a.height
    if middle_gap < 0.6 * height and -0.5 < gap_right < RIGHT_MAX:
        return "right", max(0.0, gap_right) * RIGHT_STEP + 0.5 * middle_gap / height
    gap_below = (b.top - a.bottom) / b.height
    beside = b.left > a.right + height or b.right < a.left - height
    if -0.6 < gap_below < BELOW_MAX and middle_gap > 0.5 * height and not beside:
        aside = min(abs(a.left - b.left), abs((a.left + a.right) - (b.left + b.right)) / 2)
        return "below", max(0.0, gap_below) + SIDE_STEP * aside / b.height
    return None
