"""Calendar months, as rules count them (POA2)."""

from calendar import monthrange
from datetime import date

__all__ = ["months_later"]


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier if negative); the month's last day where there is none.

    Three months before 31 May is 28 (29) February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
