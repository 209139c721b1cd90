"""Where a value should stand beside its label and no text was found: nothing is there, or what is there is smeared."""

from collections.abc import Collection, Sequence

import numpy as np

from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields.labels import Label
from fourcorners.vision.fields.layout import Direction, Placed, pair_up
from fourcorners.vision.fields.pieces import LabelPiece, cut_up
from fourcorners.vision.text import TextLine

__all__ = ["unfilled_places"]

LENGTH = 5.0
"""A value is looked for over so many of its heights: a date is as long as this, or longer."""

NAMES = {"family_name", "given_names"}
"""Under "Name / Surname" only one of both labels gets the text."""


def unfilled_places(
    lines: Sequence[TextLine], found: Sequence[tuple[Label, ...]], fields: Collection[str]
) -> tuple[Quad, ...]:
    """Quads (4, 2) in page pixels, one for each label of these fields with which no text of the page goes.

    `found` holds the labels of each line. How far from its label and how high a value is, the others on the same page
    tell; without any there is no place.
    """
    labels, texts = cut_up(lines, found)
    placed = pair_up(labels, texts, lambda _, piece: piece.text)
    filled = {pair.label.field for pair in placed}
    filled |= NAMES if "name" in filled else set()
    empty = [label for label in labels if label.field in fields and label.field not in filled]
    way = _usual_way(placed)
    usual = [pair for pair in placed if pair.way == way]
    return tuple(_place(label, usual) for label in empty) if usual else ()


def _usual_way(placed: Sequence[Placed[str]]) -> Direction:
    below = sum(pair.way == "below" for pair in placed)
    return "below" if below >= sum(pair.way == "right" for pair in placed) else "right"


def _place(label: LabelPiece, usual: Sequence[Placed[str]]) -> Quad:
    """Where the value of this label would stand if it stood as the others do."""
    aside, down, high = np.median([_stands(pair) for pair in usual], axis=0) * label.box.height
    left = (label.box.right if usual[0].way == "right" else label.box.left) + aside
    top, right, bottom = label.box.top + down, left + LENGTH * high, label.box.top + down + high
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _stands(pair: Placed[str]) -> tuple[float, float, float]:
    """How far aside of its label (of the end, if it stands to the right) and how far down a value begins, and how high
    it is, in heights of the label.
    """
    label, value = pair.label.box, pair.piece.box
    aside = value.left - (label.right if pair.way == "right" else label.left)
    return aside / label.height, (value.top - label.top) / label.height, value.height / label.height
