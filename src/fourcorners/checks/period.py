"""Dates of which a document gives only the month or the year."""

from calendar import monthrange
from datetime import date

__all__ = ["period"]


def period(text: str) -> tuple[date, date]:
    """The first and last day that `text` (YYYY-MM-DD, YYYY-MM or YYYY) can mean: one and the same if it is whole."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, None, None)[:3]
    if year is None or month is None:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
