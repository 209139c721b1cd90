"""Working days: Monday to Friday. Holidays differ by place and are not known here."""

from datetime import datetime, timedelta

__all__ = ["add_working_days"]

SATURDAY = 5


def add_working_days(moment: datetime, days: int) -> datetime:
    """The same time of day, so many working days later."""
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment
