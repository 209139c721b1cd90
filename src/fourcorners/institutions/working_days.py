"""Working days: Monday to Friday. Holidays differ by place and are not known here."""

from datetime import datetime, timedelta

from fourcorners.institutions.kinds import sla_days

__all__ = ["add_working_days", "due_at"]

SATURDAY = 5


def add_working_days(moment: datetime, days: int) -> datetime:
    """The same time of day, so many working days later."""
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment


def due_at(now: datetime) -> datetime:
    """By when an application that comes in now is decided."""
    return add_working_days(now, sla_days()[1])
