"""Fields as printed for people: by their labels and, where a machine-readable source knows the value, by the value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fourcorners.formats.agreement import fields_agree
from fourcorners.kit.geometry import Quad
from fourcorners.vision.fields.inferred import infer_dates
from fourcorners.vision.fields.labels import Label, coded_labels, find_labels
from fourcorners.vision.fields.layout import Placed, continued, pair_up
from fourcorners.vision.fields.located import Printed, locate
from fourcorners.vision.fields.pieces import Piece, cut_up
from fourcorners.vision.fields.reading import FIELD_NAMES
from fourcorners.vision.fields.values import Context, Value, read_value
from fourcorners.vision.fields.words import compact
from fourcorners.vision.text import TextLine

__all__ = ["read_printed"]

STRAY_MIN = 0.6
"""A labelled value that contradicts the machine-readable source is kept from this confidence; below it a wrong label or
a wrong neighbour is the likelier cause."""

COST_FREE = 1.5
COST_WEIGHT = 0.12
"""Confidence that a value loses for each height beyond the first one and a half that it stands from its label."""

ADDRESS_LINES_MAX = 4
DATES = frozenset({"birth_date", "issue_date", "expiry_date"})


def read_printed(
    lines: Sequence[TextLine], known: Mapping[str, str], context: Context, scheme: str | None = None
) -> tuple[Printed, ...]:
    """The printed fields of a page, each once, quads in page pixels.

    `known` holds values from machine-readable sources: where a labelled value does not agree with one of these but the
    value stands elsewhere on the page, that place is given. `scheme` ("eu", "us") reads a licence's bare field numbers.
    """
    found = [find_labels(line.text) or _codes(line, scheme) for line in lines]
    labels, texts = cut_up(lines, found)
    placed = pair_up(labels, texts, lambda field, text: read_value(field, text, context))
    taken = {part for pair in placed for part in pair.piece.parts}
    free = [text for text in texts if taken.isdisjoint(text.parts)]
    labelled = {printed.name: printed for printed in _named(placed, free, {label.field for label in labels})}
    for name in _out_of_order(labelled):
        del labelled[name]
    if DATES.isdisjoint(known):
        labelled |= {printed.name: printed for printed in infer_dates(free, labelled.values(), context)}
    chosen = (_chosen(labelled.get(name), name, known, texts) for name in FIELD_NAMES)
    return tuple(printed for printed in chosen if printed is not None)


def _codes(line: TextLine, scheme: str | None) -> tuple[Label, ...]:
    return coded_labels(line.text, scheme) if scheme else ()


def _named(placed: Sequence[Placed[Value]], free: Sequence[Piece], labels: set[str]) -> Iterator[Printed]:
    """Values under the names of the contract: a bare "Name" is the family name beside a label for given names."""
    for pair in placed:
        field = pair.label.field
        if field == "name":
            field = "family_name" if "given_names" in labels else "full_name"
        confidence = pair.piece.confidence * pair.value.certainty * pair.label.likeness
        confidence *= max(0.5, 1 - COST_WEIGHT * max(0.0, pair.cost - COST_FREE))
        if field == "full_name":
            family, comma, given = pair.value.text.partition(",")
            if comma and given.strip():
                yield Printed("family_name", family.strip(), confidence, pair.piece.quad)
                yield Printed("given_names", given.strip(), confidence, pair.piece.quad)
        elif field == "address":
            parts = continued(pair.piece, free, ADDRESS_LINES_MAX)
            yield Printed(field, ", ".join(part.text for part in parts), confidence, _around(parts))
        else:
            yield Printed(field, pair.value.text, confidence, pair.piece.quad, pair.value.others)


def _out_of_order(labelled: Mapping[str, Printed]) -> list[str]:
    """Dates that cannot be right together, the less certain of each two: birth, issue, expiry come in this order."""
    dates = [labelled[name] for name in ("birth_date", "issue_date", "expiry_date") if name in labelled]
    wrong = [(a, b) for i, a in enumerate(dates) for b in dates[i + 1 :] if a.value >= b.value]
    return list({min(pair, key=lambda printed: printed.confidence).name for pair in wrong})


def _chosen(here: Printed | None, name: str, known: Mapping[str, str], texts: Sequence[Piece]) -> Printed | None:
    """The labelled value if it agrees with what is known or nothing is; else where the known value stands; else it.

    A labelled value that is known as another field's, such as the expiry under "Date of birth", got the wrong label.
    """
    if name not in known:
        return here
    agreeing = _agreeing(here, name, known[name]) if here is not None else None
    if agreeing is not None and compact(agreeing.value) == compact(known[name]):
        return agreeing
    elsewhere = locate(name, known[name], texts)
    if elsewhere is not None and (agreeing is None or compact(elsewhere.value) == compact(known[name])):
        return elsewhere
    if agreeing is not None or here is None:
        return agreeing
    alike = [value for other, value in known.items() if (other in DATES) == (name in DATES)]
    another = any(fields_agree(name, here.value, value).holds for value in alike)
    return here if here.confidence >= STRAY_MIN and not another else None


def _agreeing(here: Printed, name: str, known: str) -> Printed | None:
    """The labelled value in the meaning that agrees with what is known, if it has one."""
    meant = next((value for value in (here.value, *here.others) if fields_agree(name, value, known).holds), None)
    return None if meant is None else replace(here, value=meant, others=())


def _around(parts: Sequence[Piece]) -> Quad:
    points = np.vstack([part.quad for part in parts])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
