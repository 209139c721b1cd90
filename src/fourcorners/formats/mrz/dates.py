"""Dates of the machine-readable zone: six characters, no century, unknown parts as `<<` (ICAO Doc 9303-3, 4.8)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from .layouts import FILLER

__all__ = ["UNLIMITED", "DateKind", "MrzDate"]

DateKind = Literal["birth", "expiry", "issue"]

UNLIMITED: Final = date(9999, 12, 31)
"""The expiry of a document that is valid for life."""

EXPIRY_WINDOW_YEARS: Final = 50
"""An expiry lies at most so many years from today, so that each pair of digits means one year."""


@dataclass(frozen=True, slots=True)
class MrzDate:
    """YYMMDD as printed. What it means depends on today: see `resolve`."""

    raw: str
    kind: DateKind
    unlimited: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing but fillers, or the zeros that some states print instead."""
        return not self.raw.strip(FILLER + "0")

    @property
    def is_possible(self) -> bool:
        """Whether the known parts can be those of a date in some century; an empty date cannot."""
        if self.is_empty or (self._number(0) is None and self.raw[:2] != FILLER * 2):
            return False
        year, month, day = self._number(0), self._number(2), self._number(4)
        if (month is None and self.raw[2:4] != FILLER * 2) or (day is None and self.raw[4:] != FILLER * 2):
            return False
        return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= _days(year, month))

    def resolve(self, today: date) -> date | None:
        """The calendar date, or None if a part is unknown or impossible.

        A birth or an issue is the latest such date that is not after today; an expiry lies less than 50 years from
        today. A person over a hundred years old is thereby read as a child: the zone cannot tell them apart.
        """
        if self.unlimited:
            return UNLIMITED
        month, day = self._number(2), self._number(4)
        if not self.is_possible or month is None or day is None:
            return None
        year = self._year(today, (month, day))
        return date(year, month, day) if year is not None and day <= monthrange(year, month)[1] else None

    def value(self, today: date) -> str | None:
        """ISO 8601 as far as known: "1974-08-12", "1974-08" or "1974"; None if not even the year is known."""
        whole = self.resolve(today)
        if whole is not None:
            return whole.isoformat()
        month, day = self._number(2), self._number(4)
        if not self.is_possible or (month is not None and day is not None):
            return None
        year = self._year(today, (month or 1, day or 1))
        if year is None:
            return None
        return f"{year}" if month is None else f"{year}-{month:02}"

    def _number(self, start: int) -> int | None:
        part = self.raw[start : start + 2]
        return int(part) if part.isdigit() else None

    def _year(self, today: date, month_and_day: tuple[int, int]) -> int | None:
        short = self._number(0)
        if short is None:
            return None
        year = today.year - today.year % 100 + short
        if self.kind == "expiry":
            if year > today.year + EXPIRY_WINDOW_YEARS:
                return year - 100
            return year + 100 if year <= today.year - EXPIRY_WINDOW_YEARS else year
        return year - 100 if (year, *month_and_day) > (today.year, today.month, today.day) else year


def _days(year: int | None, month: int | None) -> int:
    if month is None:
        return 31
    leap = year is None or year % 4 == 0  # the century is unknown: 00 may be 2000
    return monthrange(2000 if leap else 2001, month)[1]
