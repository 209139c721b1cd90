"""Fields as printed for people: by their labels and, where a machine-readable source knows the value, by the value."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fourcorners.formats.agreement import fields_agree
from fourcorners.vision.fields.inferred import infer_dates
from fourcorners.vision.fields.labels import Label, coded_labels, find_labels
from fourcorners.vision.fields.layout import pair_up
from fourcorners.vision.fields.located import Printed, locate
from fourcorners.vision.fields.named import name_values
from fourcorners.vision.fields.pieces import Piece, cut_up
from fourcorners.vision.fields.reading import FIELD_NAMES
from fourcorners.vision.fields.scripts import told_apart
from fourcorners.vision.fields.values import Context, Value, read_value
from fourcorners.vision.fields.words import compact
from fourcorners.vision.text import TextLine

__all__ = ["read_printed"]

STRAY_MIN = 0.6
"""A labelled value that contradicts the machine-readable source is kept from this confidence; below it a wrong label or
a wrong neighbour is the likelier cause."""

SHORT = frozenset({"sex", "nationality", "issuing_state"})
"""Fields of few possible values, which a doubtful reading may still tell."""

GO_WITH_PASSPORT = frozenset({"visa", "residence_permit"})

DATES = frozenset({"birth_date", "issue_date", "expiry_date"})


def read_printed(
    lines: Sequence[TextLine],
    known: Mapping[str, str],
    context: Context,
    scheme: str | None = None,
    labels: Sequence[tuple[Label, ...]] | None = None,
) -> tuple[Printed, ...]:
    """The printed fields of a page, each once, quads in page pixels.

    `known` holds values from machine-readable sources: where a labelled value does not agree with one of these but the
    value stands elsewhere on the page, that place is given. `scheme` ("eu", "us") reads a licence's bare field numbers.
    `labels` are those in each line, where somebody has looked for them already.
    """
    if labels is None:
        labels = [find_labels(line.text) for line in lines]
    found = [its or _codes(line, scheme) for line, its in zip(lines, labels, strict=True)]
    placeable, pieces = cut_up(lines, [_of_kind(its, context.kind) for its in found])
    texts = told_apart(pieces, context.script, known.values())
    placed = pair_up(placeable, texts, lambda field, piece: _read(field, piece, context))
    taken = {part for pair in placed for part in pair.piece.parts}
    free = [text for text in texts if text.readable and taken.isdisjoint(text.parts)]
    labelled = {printed.name: printed for printed in name_values(placed, free, placeable, context)}
    for name in _out_of_order(labelled):
        del labelled[name]
    if DATES.isdisjoint(known):
        labelled |= {printed.name: printed for printed in infer_dates(free, labelled.values(), context)}
    chosen = (_chosen(labelled.get(name), name, known, texts) for name in FIELD_NAMES)
    return tuple(printed for printed in chosen if printed is not None)


def _of_kind(labels: tuple[Label, ...], kind: str | None) -> tuple[Label, ...]:
    """A passport's number is the document's, but on a document that goes with a passport."""
    field = "other" if kind in GO_WITH_PASSPORT else "document_number"
    return tuple(replace(label, field=field) if label.field == "passport_number" else label for label in labels)


def _read(field: str, piece: Piece, context: Context) -> Value | None:
    return read_value(field, piece.text, context) if piece.readable or field in SHORT else None


def _codes(line: TextLine, scheme: str | None) -> tuple[Label, ...]:
    return coded_labels(line.text, scheme) if scheme else ()


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
