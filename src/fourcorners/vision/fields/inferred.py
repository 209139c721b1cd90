"""Dates whose labels could not be read, told apart by their order: a birth lies years before an issue and an expiry."""

from collections.abc import Collection, Sequence

from fourcorners.vision.fields.located import Printed
from fourcorners.vision.fields.pieces import Piece
from fourcorners.vision.fields.values import Context, read_value

__all__ = ["infer_dates"]

INFERRED = 0.7
"""Certainty of a date that is known by its place in the order alone."""

APART_YEARS_MIN = 14
"""Least years between a birth and the next date: documents are valid for ten, and those of children are left to their
labels."""


def infer_dates(texts: Sequence[Piece], found: Collection[Printed], context: Context) -> list[Printed]:
    """Birth, issue and expiry that are not among `found`, as far as the unlabelled dates leave no choice."""
    have = {printed.name: printed.value for printed in found}
    dates = _unlabelled(texts, set(have.values()), context)
    labelled = [have[name] for name in ("birth_date", "issue_date", "expiry_date") if name in have]
    everything = sorted([*labelled, *dates])
    inferred = []
    if dates and "birth_date" not in have and len(everything) > 1:
        first, second = everything[:2]
        if first in dates and int(second[:4]) - int(first[:4]) >= APART_YEARS_MIN:
            inferred.append(_printed("birth_date", dates.pop(first)))
    today = context.today.isoformat()
    if dates and "expiry_date" not in have and everything[-1] in dates:
        last = everything[-1]
        if last > today or len(everything) > 2:
            inferred.append(_printed("expiry_date", dates.pop(last)))
    if len(dates) == 1 and "issue_date" not in have:
        ((only, printed),) = dates.items()
        known_expiry = "expiry_date" in {*have, *(p.name for p in inferred)}
        if known_expiry and everything[0] < only < everything[-1] and only <= today:
            inferred.append(_printed("issue_date", printed))
    return inferred


def _unlabelled(texts: Sequence[Piece], used: set[str], context: Context) -> dict[str, Printed]:
    """Dates of one meaning, years in four digits, that no label has taken, by value."""
    dates: dict[str, Printed] = {}
    for text in texts:
        value = read_value("expiry_date", text.text, context)
        if value is not None and value.text[:4] in text.text and value.certainty == 1.0 and value.text not in used:
            dates.setdefault(value.text, Printed("", value.text, text.confidence * INFERRED, text.quad))
    return dates


def _printed(name: str, date: Printed) -> Printed:
    return Printed(name, date.value, date.confidence, date.quad)
