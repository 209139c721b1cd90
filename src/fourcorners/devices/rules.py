"""Letting a device in, as pure rules: what the server asks for, how a request moves, how long trust lasts.

A request is a plain value. `advance` is the only way in which one changes: the actions write down what it answers, and
the tests run the same function against an attacker.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fourcorners.checks.live.attempts import Pass
from fourcorners.devices.errors import FactorNotAsked, RequestOver
from fourcorners.devices.policy import number, span

__all__ = [
    "FACE_PURPOSE",
    "MOVES",
    "Bound",
    "Event",
    "Factor",
    "Happening",
    "Knock",
    "Method",
    "Plan",
    "Status",
    "advance",
    "choose",
    "is_trusted",
    "lets_in",
    "opens",
    "seen_at",
]


FACE_PURPOSE = "login_new_device"
"""What a face check is asked for here (FR1): one that was passed for something else lets nobody in."""


class Status(StrEnum):
    """Where a request to come in stands (DEV2)."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    LOCKED = "locked"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: frozenset(Status) - {Status.PENDING},
    **{end: frozenset() for end in Status if end is not Status.PENDING},
}
"""Every move that is allowed; what is decided stays decided."""


class Factor(StrEnum):
    """One thing that shows who it is."""

    DEVICE = "device"
    EMAIL = "email"
    PHONE = "phone"
    AUTHENTICATOR = "authenticator"
    FACE = "face"
    PERSON = "person"


class Method(StrEnum):
    """What the server asks for: the face, a trusted device, or all security items that are bound (DEV3).

    `PERSON`: somebody of the staff has decided on this very device, and the hold is over (DEV8).
    """

    FACE = "face"
    DEVICE = "device"
    ITEMS = "items"
    PERSON = "person"


class Happening(StrEnum):
    """What can happen to a request. `SHOWN`: a factor was shown; `WRONG`: a code did not fit."""

    SHOWN = "shown"
    WRONG = "wrong"
    DENIED = "denied"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and to which factor, if to one."""

    what: Happening
    factor: Factor | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What the server knows of an account when a new device knocks; nothing in it is said by that device.

    `trusted_devices` are those used within the last days of trust. `face_offered`: the face of the verified person is
    kept, and the device has said that it has a camera; one that says it has none is asked for something else, never for
    less. `let_in_by_person`: a decision by hand on this device stands, and its hold is over.
    """

    identity_verified: bool
    face_offered: bool
    trusted_devices: int
    phone: bool
    authenticator: bool
    let_in_by_person: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The method, and all factors that are needed: every one of them."""

    method: Method
    needed: frozenset[Factor]


@dataclass(frozen=True, slots=True)
class Knock:
    """A device's request to come in. `wrong` counts the codes that did not fit; `face_at`: when the face passed."""

    method: Method
    needed: frozenset[Factor]
    opened_at: datetime
    status: Status = Status.PENDING
    shown: frozenset[Factor] = frozenset()
    wrong: int = 0
    face_at: datetime | None = None

    @property
    def missing(self) -> frozenset[Factor]:
        """What is still to be shown."""
        return self.needed - self.shown


def choose(bound: Bound) -> Plan:
    """What the server asks of a new device. It takes no wish of the device, so that nobody can choose the weakest.

    A face is compared, and so mistaken once in some ten thousand strangers: the mailbox is asked for besides, so that
    the way by the face is never the easier one to guess.
    """
    if bound.let_in_by_person:
        return Plan(Method.PERSON, frozenset({Factor.PERSON}))
    if bound.identity_verified and bound.face_offered:
        return Plan(Method.FACE, frozenset({Factor.FACE, Factor.EMAIL}))
    if bound.trusted_devices:
        return Plan(Method.DEVICE, frozenset({Factor.DEVICE}))
    items = {Factor.EMAIL}
    if bound.phone:
        items.add(Factor.PHONE)
    if bound.authenticator:
        items.add(Factor.AUTHENTICATOR)
    return Plan(Method.ITEMS, frozenset(items))


def opens(plan: Plan, now: datetime, shown: frozenset[Factor] = frozenset()) -> Knock:
    """A new request. `shown` is what the sign-in itself has proved already, such as the address of a mailed link."""
    return _settled(Knock(plan.method, plan.needed, now, shown=shown & plan.needed))


def seen_at(knock: Knock, now: datetime) -> Knock:
    """The request as it stands at `now`: what nobody decided in its time has run out, a pass of the face too (FR1)."""
    if knock.status is not Status.PENDING:
        return knock
    if now - knock.opened_at >= span("request", "lifetime_minutes"):
        return replace(knock, status=Status.EXPIRED)
    stale = Factor.FACE in knock.shown and not _face_holds(knock, now)
    return replace(knock, shown=knock.shown - {Factor.FACE}, face_at=None) if stale else knock


def advance(knock: Knock, event: Event, now: datetime) -> Knock:
    """The request after `event`. Raises RequestOver, and FactorNotAsked for what the server did not ask for."""
    current = seen_at(knock, now)
    if current.status is not Status.PENDING:
        raise RequestOver("This request is over. Sign in again on the new device.", status=current.status.value)
    if event.what is Happening.DENIED:
        return replace(current, status=Status.DENIED)
    if event.what is Happening.CANCELLED:
        return replace(current, status=Status.CANCELLED)
    if event.factor is None or event.factor not in current.needed:
        raise FactorNotAsked("That was not asked for.", asked=sorted(current.needed))
    if event.what is Happening.SHOWN:
        face_at = now if event.factor is Factor.FACE else current.face_at
        return _settled(replace(current, shown=current.shown | {event.factor}, face_at=face_at))
    wrong = current.wrong + 1
    locked = wrong >= number("request", "wrong_codes_max")
    return replace(current, wrong=wrong, status=Status.LOCKED if locked else Status.PENDING)


def lets_in(knock: Knock, now: datetime) -> bool:
    """May the session that knocked become whole? Only soon after, so that an approval is not kept for later."""
    fresh = now - knock.opened_at < span("request", "lifetime_minutes")
    face = Factor.FACE not in knock.needed or _face_holds(knock, now)
    return knock.status is Status.APPROVED and not knock.missing and fresh and face


def is_trusted(trusted_since: datetime | None, used_at: datetime, removed_at: datetime | None, now: datetime) -> bool:
    """Is this device trusted at `now`? Trust lapses when it is not used (DEV11)."""
    unused = now - used_at
    return trusted_since is not None and removed_at is None and unused < span("trust", "unused_days")


def _face_holds(knock: Knock, now: datetime) -> bool:
    return knock.face_at is not None and Pass(FACE_PURPOSE, "", knock.face_at).holds(FACE_PURPOSE, "", now)


def _settled(knock: Knock) -> Knock:
    return knock if knock.missing else replace(knock, status=Status.APPROVED)
