"""Days of the Hijri, Persian, Nepali and Ethiopian calendars in the Gregorian one."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from fourcorners.kit.data import load_toml

__all__ = ["calendar_of_year", "gregorian_day"]

SHORTEST = 28
"""Days that every month of these calendars has; the table tells by how many each has more."""

ANYWHERE = ("hijri", "jalali")
"""Calendars whose years lie so far from today's that a year alone tells them."""


def gregorian_day(calendar: str, year: int, month: int, day: int) -> date | None:
    """A day of a calendar of calendars.toml; None where it has no such day, or its table ends before that year."""
    known = _years(calendar).get(year)
    if known is None or not 1 <= month <= len(known[1]):
        return None
    first, months = known
    if not 1 <= day <= months[month - 1]:
        return None
    return first + timedelta(days=sum(months[: month - 1]) + day - 1)


def calendar_of_year(year: int, country: str | None = None) -> str | None:
    """The calendar that counts a year of four digits; None where it is one of the Gregorian calendar, or of none.

    In Nepal (`country` "NP") a year that is still to come is one of its own calendar.
    """
    if country == "NP" and year in _years("bikram"):
        return "bikram"
    return next((calendar for calendar in ANYWHERE if year in _years(calendar)), None)


@cache
def _years(calendar: str) -> Mapping[int, tuple[date, tuple[int, ...]]]:
    table = load_toml("fourcorners.formats", "calendars.toml")[calendar]
    return {
        int(year): (date.fromisoformat(first), tuple(SHORTEST + int(more) for more in longer))
        for year, (first, longer) in table.items()
    }
