"""In which order a document prints its dates: what the dates themselves give away, else its country's habit."""

from collections.abc import Iterable

from fourcorners.formats.dates import DateOrder, find_dates
from fourcorners.formats.states import find_state
from fourcorners.kit.data import load_toml

__all__ = ["date_order"]

AMBIGUOUS: tuple[DateOrder, DateOrder] = ("DMY", "MDY")


def date_order(texts: Iterable[str], country: str | None) -> DateOrder | None:
    """The order of a page's dates: one with a day over 12 tells for all; None if neither dates nor country tell."""
    told: set[DateOrder] = set()
    for text in texts:
        for found in find_dates(text):
            span = text[found.start : found.end]
            if not any(c.isalpha() for c in span):
                can_be = [order for order in AMBIGUOUS if find_dates(span, order=order)]
                told.update(can_be if len(can_be) == 1 else ())
    if len(told) == 1:
        return told.pop()
    state = find_state(country) if country else None
    if state is None or state.kind != "iso":
        return None
    orders: dict[DateOrder, list[str]] = load_toml("fourcorners.vision.fields", "date_orders.toml")["orders"]
    return next((order for order, codes in orders.items() if country in codes), "DMY")
