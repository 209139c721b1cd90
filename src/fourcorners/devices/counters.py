"""How often something may happen: counted over a rolling span, with the moment when it may happen again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fourcorners.devices.errors import TooOften
from fourcorners.devices.policy import number

__all__ = ["CALLS", "KNOCKS", "WRONG_CODES", "WRONG_RECOVERY", "Counter", "again_at", "check_counter", "hold_until"]


@dataclass(frozen=True, slots=True)
class Counter:
    """At most as many as policy.toml says under `section` and `key`, in any span of `hours`."""

    name: str
    section: str
    key: str
    hours: int

    @property
    def most(self) -> int:
        """How many are allowed."""
        return number(self.section, self.key)

    @property
    def within(self) -> timedelta:
        """The rolling span."""
        return timedelta(hours=self.hours)


KNOCKS = Counter("request", "request", "in_a_day_max", 24)
CALLS = Counter("call", "call", "calls_an_hour_max", 1)
WRONG_CODES = Counter("authenticator", "authenticator", "wrong_in_a_day_max", 24)
WRONG_RECOVERY = Counter("recovery", "recovery", "wrong_in_a_day_max", 24)


def again_at(counter: Counter, moments: Iterable[datetime], now: datetime) -> datetime | None:
    """When the next is allowed, if it is not now. `moments` are those of the past, in any order."""
    recent = sorted(moment for moment in moments if now - moment < counter.within)
    if len(recent) < counter.most:
        return None
    return recent[-counter.most] + counter.within


def check_counter(counter: Counter, moments: Iterable[datetime], now: datetime) -> None:
    """Raises TooOften with the time to wait for (DEV5: the sixth call is refused with it)."""
    then = again_at(counter, moments, now)
    if then is not None:
        raise TooOften("That was used too often.", what=counter.name, again_at=then.isoformat())


def hold_until(reset_at: datetime) -> datetime:
    """Until when nothing may be withdrawn after trust was reset (DEV11)."""
    return reset_at + timedelta(hours=number("hold", "hours"))
