"""How long an approval lasts until it is looked at again, and whether two people must give it: by risk, as data."""

from datetime import date
from typing import Any

from fourcorners.institutions.models import Assessment
from fourcorners.kit.data import load_toml

__all__ = ["called_for_days", "months_later", "needs_two", "next_review", "notices_days", "overdue_after_days"]

DECEMBER = 12
SHORTEST_MONTH = 28


def needs_two(assessment: Assessment | None) -> bool:
    """Must two people approve (INS16)?"""
    return bool(_rules(assessment)["four_eyes"])


def next_review(assessment: Assessment | None, today: date) -> date:
    """The day of the next periodic review of what is approved today."""
    return months_later(today, _rules(assessment)["review_after_months"])


def months_later(day: date, months: int) -> date:
    """The same day of the month, so many months later; the last day of a month that has none."""
    year, month = divmod(day.year * DECEMBER + day.month - 1 + months, DECEMBER)
    for last in range(day.day, SHORTEST_MONTH - 1, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def notices_days() -> tuple[int, ...]:
    """How many days before the review letters are sent, the earliest first."""
    return tuple(_table()["notices_days"])


def overdue_after_days() -> int:
    """How many days after the review's day an institution that did not answer is put on hold."""
    days: int = _table()["overdue_after_days"]
    return days


def called_for_days() -> int:
    """How many days an institution has that is asked to look through its application before its time."""
    days: int = _table()["called_for_days"]
    return days


def _rules(assessment: Assessment | None) -> dict[str, Any]:
    level = None if assessment is None else assessment.risk
    found: dict[str, Any] = _table()["levels"].get(level, _table()["unknown"])
    return found


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.institutions", "renewal.toml")
