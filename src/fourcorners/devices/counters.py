"""How often something may happen: counted over a rolling span, with the moment when it may happen again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fourcorners.devices.errors import TooOften
from fourcorners.devices.policy import number

__all__ = [
    "BY_HAND",
    "CALLS",
    "KNOCKS",
    "NUMBER_PROOFS",
    "NUMBER_PROOFS_TO",
    "TEXTS",
    "WRONG_CODES",
    "WRONG_RECOVERY",
    "WRONG_TEXTS",
    "WRONG_TEXTS_DAY",
    "Counter",
    "again_at",
    "check_counter",
    "hold_until",
]


@dataclass(frozen=True, slots=True)
class Counter:
    """At most as many as policy.toml says under `section` and `key`, in any span of `hours`."""

    name: str
    section: str
    key: str
    hours: float

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
TEXTS = Counter("text", "text", "texts_an_hour_max", 1)
WRONG_TEXTS = Counter("text_code", "text", "wrong_in_half_an_hour_max", 0.5)
WRONG_TEXTS_DAY = Counter("text_code", "text", "wrong_in_a_day_max", 24)
NUMBER_PROOFS = Counter("number", "phone", "proofs_a_day_max", 24)
NUMBER_PROOFS_TO = Counter("number", "phone", "proofs_a_number_max", 24)
BY_HAND = Counter("by_hand", "hand", "asked_in_a_day_max", 24)
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
