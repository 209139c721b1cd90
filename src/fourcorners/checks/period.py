"""Dates of which a document gives only the month or the year."""

from calendar import monthrange
from datetime import date

__all__ = ["period"]


def period(text: str) -> tuple[date, date]:
    """The first and last day that `text` (YYYY-MM-DD, YYYY-MM or YYYY) can mean: one and the same if it is whole."""
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        day = date(year, *rest)
        return day, day
    first, last = (rest[0], rest[0]) if rest else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
