"""Calls and text messages that show a bound telephone number, as pure rules (DEV5)."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fourcorners.devices.policy import number, span, text
from fourcorners.devices.rules import Event, Factor, Happening

__all__ = ["Ring", "Way", "event_of_key", "is_open", "new_code", "text_fits"]


class Way(StrEnum):
    """How a number is reached."""

    CALL = "call"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Ring:
    """One call or text for one request. `code` is what a text says; `latest`: none came after it."""

    way: Way
    placed_at: datetime
    answered: bool = False
    code: str = ""
    latest: bool = True


def is_open(ring: Ring, now: datetime) -> bool:
    """Does an answer to it still count? A call or text is answered once; of texts only the latest is in force."""
    lifetime = span(ring.way.value, "lifetime_minutes")
    return not ring.answered and now - ring.placed_at < lifetime and (ring.latest or ring.way is Way.CALL)


def event_of_key(ring: Ring, key: str, now: datetime) -> Event | None:
    """What a key does: one confirms, one says no; None for any other, for none at all, and once it is over."""
    if ring.way is not Way.CALL or not is_open(ring, now):
        return None
    if key == text("call", "confirm_key"):
        return Event(Happening.SHOWN, Factor.PHONE)
    return Event(Happening.DENIED) if key == text("call", "cancel_key") else None


def text_fits(ring: Ring, typed: str, now: datetime) -> bool:
    """Is this the code of the latest text? Spaces make no difference."""
    plain = "".join(letter for letter in typed if letter in "0123456789")
    same = hmac.compare_digest(plain.encode(), ring.code.encode())
    return ring.way is Way.TEXT and is_open(ring, now) and bool(ring.code) and same


def new_code() -> str:
    """The digits of a text."""
    digits = number("text", "digits")
    return f"{secrets.randbelow(10**digits):0{digits}}"
