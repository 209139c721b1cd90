"""Reads: the devices of an account, who knocks, what a session is bound to, until when withdrawals are held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from fourcorners.accounts.secret import hash_of
from fourcorners.clearance.queries import list_decisions
from fourcorners.clearance.rules import Outcome
from fourcorners.devices.by_hand import MOVES, Stage, Ticket, stands_at
from fourcorners.devices.models import (
    Authenticator,
    Binding,
    Device,
    DeviceLink,
    DeviceRequest,
    DeviceTicket,
    PhoneNumber,
    RingOut,
    WithdrawalHold,
    WrongCode,
)
from fourcorners.devices.policy import span
from fourcorners.devices.ringing import Ring, Way
from fourcorners.devices.risk import Place, Visit
from fourcorners.devices.rules import Factor, Knock, Method, Status, is_trusted, seen_at
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_json, open_sealed

__all__ = [
    "CODE",
    "NUMBER",
    "SEEN",
    "Seen",
    "binding_is_due",
    "find_binding",
    "find_device",
    "find_link",
    "find_number",
    "find_number_to_prove",
    "find_request_of",
    "find_ring",
    "find_ticket",
    "find_ticket_by_link",
    "get_request",
    "get_ticket",
    "has_authenticator",
    "held_until",
    "knock_of",
    "lately_trusted",
    "latest_text",
    "list_devices",
    "list_knocking",
    "list_rings",
    "list_tickets",
    "list_visits",
    "list_wrong",
    "number_of",
    "ring_of",
    "secret_of",
    "seen_of",
    "ticket_of",
    "trusts",
]

NUMBER = "telephone number"
SEEN = "device"
CODE = "device code"
VISITORS_MAX = 20
"""Devices whose places are looked at."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser and its network say of themselves: shown to the owner, and never what is decided by."""

    agent: str
    address: str
    where: Place | None = None

    @property
    def place(self) -> str:
        """The name of the place; empty where it is not known."""
        return self.where.name if self.where else ""

    @property
    def mark(self) -> str:
        """One hash of both: does a session still come from where its device signed?"""
        return sha256(f"{self.agent}\0{self.address}".encode()).hexdigest()


def trusts(device: Device, now: datetime) -> bool:
    """Is this device trusted at `now`?"""
    return is_trusted(device.trusted_since, device.used_at, device.removed_at, now)


def list_devices(db: ReadSession, account: str) -> list[Device]:
    """The devices that the account trusts, the last used first."""
    kept = select(Device).where(Device.account == account, Device.trusted_since.is_not(None))
    found = db.scalars(kept.where(Device.removed_at.is_(None)).order_by(Device.used_at.desc(), Device.id))
    return [device for device in found if trusts(device, db.now)]


def lately_trusted(db: ReadSession, account: str, here: Device | None) -> list[Device]:
    """Devices that were let in since this one was, until their owner says on this one that they saw it (DEV9)."""
    since = None if here is None else here.told_at or here.trusted_since
    if here is None or since is None:
        return []
    others = [d for d in list_devices(db, account) if d.id != here.id]
    return [device for device in others if device.trusted_since is not None and device.trusted_since > since]


def find_device(db: ReadSession, account: str, key_hash: str) -> Device | None:
    """The device of a key, trusted or not."""
    return db.scalar(select(Device).where(Device.account == account, Device.key_hash == key_hash))


def seen_of(db: ReadSession, row: Device | DeviceRequest | DeviceTicket) -> dict[str, Any]:
    """What is sealed of a device or request: `name`, `agent`, `address`, `place`, `risk`, as far as it has them."""
    opened: dict[str, Any] = open_json(db, row.account, row.sealed, SEEN)
    return opened


def list_visits(db: ReadSession, account: str) -> list[Visit]:
    """Where and when the account was used, as far as the devices that came in last remember."""
    came_in = Device.trusted_since.is_not(None) | (Device.used_at > Device.created_at)
    latest = select(Device).where(Device.account == account, came_in).order_by(Device.used_at.desc(), Device.id)
    found = db.scalars(latest.limit(VISITORS_MAX))
    return [
        Visit(datetime.fromisoformat(at), Place(name, latitude, longitude))
        for device in found
        for name, latitude, longitude, at in seen_of(db, device).get("visits", [])
    ]


def secret_of(db: ReadSession, request: DeviceRequest) -> bytes:
    """What the code on the new device is made from."""
    return open_sealed(db, request.account, request.secret, CODE)


def knock_of(request: DeviceRequest) -> Knock:
    """The request as a plain value of the rules."""
    return Knock(
        Method(request.method),
        frozenset(Factor(factor) for factor in request.needed),
        request.opened_at,
        Status(request.status),
        frozenset(Factor(factor) for factor in request.shown),
        request.wrong,
        request.face_at,
    )


def get_request(db: ReadSession, request_id: str) -> DeviceRequest:
    """Raises NotFound."""
    request = db.get(DeviceRequest, request_id)
    if request is None:
        raise NotFound("There is no such request.")
    return request


def find_request_of(db: ReadSession, session: str) -> DeviceRequest | None:
    """The last request of a half session."""
    mine = select(DeviceRequest).where(DeviceRequest.session == session)
    return db.scalar(mine.order_by(DeviceRequest.opened_at.desc(), DeviceRequest.id.desc()).limit(1))


def list_knocking(db: ReadSession, account: str) -> list[DeviceRequest]:
    """Requests that wait for an answer now, the newest first."""
    since = db.now - span("request", "lifetime_minutes")
    waiting = select(DeviceRequest).where(
        DeviceRequest.account == account, DeviceRequest.status == Status.PENDING, DeviceRequest.opened_at > since
    )
    found = db.scalars(waiting.order_by(DeviceRequest.opened_at.desc(), DeviceRequest.id.desc()))
    return [request for request in found if seen_at(knock_of(request), db.now).status is Status.PENDING]


def find_link(db: ReadSession, token: str) -> DeviceLink | None:
    """A link that can still be used."""
    link = db.scalar(select(DeviceLink).where(DeviceLink.token_hash == hash_of(token)))
    fresh = link is not None and db.now - link.created_at < span("mail", "lifetime_minutes")
    return link if link is not None and fresh and link.used_at is None else None


def find_binding(db: ReadSession, session: str) -> tuple[Binding, Device] | None:
    """The device that a session belongs to; None where nothing was asked for when it was opened."""
    found = db.execute(
        select(Binding, Device).join(Device, Device.id == Binding.device).where(Binding.session == session)
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def binding_is_due(db: ReadSession, binding: Binding, seen: Seen) -> bool:
    """Must the device sign again? After a while, and at once when the session comes from elsewhere."""
    return db.now - binding.proved_at >= span("proof", "bound_minutes") or binding.seen_from != seen.mark


def has_authenticator(db: ReadSession, account: str) -> bool:
    """Is one bound?"""
    kept = db.get(Authenticator, account)
    return kept is not None and kept.confirmed_at is not None


def find_number(db: ReadSession, account: str) -> PhoneNumber | None:
    """The telephone number that is bound: proved, and not taken away."""
    bound = select(PhoneNumber).where(PhoneNumber.account == account, PhoneNumber.proved_at.is_not(None))
    latest = bound.where(PhoneNumber.ended_at.is_(None)).order_by(PhoneNumber.proved_at.desc(), PhoneNumber.id.desc())
    return db.scalar(latest.limit(1))


def find_number_to_prove(db: ReadSession, account: str) -> PhoneNumber | None:
    """The number to which a code was sent that can still be typed."""
    waiting = select(PhoneNumber).where(PhoneNumber.account == account, PhoneNumber.proved_at.is_(None))
    waiting = waiting.where(PhoneNumber.ended_at.is_(None)).order_by(PhoneNumber.created_at.desc()).limit(1)
    kept = db.scalar(waiting)
    fresh = kept is not None and db.now - kept.created_at < span("phone", "code_lifetime_minutes")
    return kept if fresh else None


def number_of(db: ReadSession, kept: PhoneNumber) -> str:
    """The number itself, such as `+4930123456`."""
    number: str = open_json(db, kept.account, kept.sealed, NUMBER)["number"]
    return number


def list_rings(db: ReadSession, way: Way, *, account: str = "", number_hash: str = "") -> list[datetime]:
    """When this account, or anybody at this number, was called or sent a text within the last day."""
    mine = RingOut.account == account if account else RingOut.number_hash == number_hash
    since = db.now - timedelta(days=1)
    return list(db.scalars(select(RingOut.placed_at).where(mine, RingOut.way == way, RingOut.placed_at > since)))


def find_ring(db: ReadSession, token: str) -> RingOut | None:
    """The call to whose address the provider speaks."""
    return db.scalar(select(RingOut).where(RingOut.token_hash == hash_of(token)))


def latest_text(db: ReadSession, request: str) -> RingOut | None:
    """The last text that was sent for a request."""
    mine = select(RingOut).where(RingOut.request == request, RingOut.way == Way.TEXT)
    return db.scalar(mine.order_by(RingOut.placed_at.desc(), RingOut.id.desc()).limit(1))


def ring_of(db: ReadSession, ring: RingOut, *, latest: bool = True) -> Ring:
    """A call or text as a plain value of the rules."""
    code = "" if ring.code is None else open_sealed(db, ring.account, ring.code, CODE).decode()
    return Ring(Way(ring.way), ring.placed_at, ring.answered_at is not None, code, latest)


def list_wrong(db: ReadSession, account: str, kind: str) -> list[datetime]:
    """When codes did not fit within the last day."""
    since = db.now - timedelta(days=1)
    wrong = select(WrongCode.at).where(WrongCode.account == account, WrongCode.kind == kind, WrongCode.at > since)
    return list(db.scalars(wrong))


def held_until(db: ReadSession, account: str) -> datetime | None:
    """Until when nothing may be withdrawn, if it is held now (DEV11). Whoever pays out asks this first."""
    last = db.scalar(select(func.max(WithdrawalHold.until)).where(WithdrawalHold.account == account))
    return last if last is not None and last > db.now else None


def get_ticket(db: ReadSession, ticket_id: str, *, lock: bool = False) -> DeviceTicket:
    """A device that waits for a person. Raises NotFound."""
    ticket = db.get(DeviceTicket, ticket_id, with_for_update=lock or None, populate_existing=lock)
    if ticket is None:
        raise NotFound("There is no such device.")
    return ticket


def ticket_of(db: ReadSession, ticket: DeviceTicket) -> Ticket:
    """A ticket as a plain value of the rules; whoever said yes stands among the decisions."""
    said = tuple(d.by for d in list_decisions(db, ticket.id) if d.outcome == Outcome.APPROVE)
    return Ticket(ticket.opened_at, Stage(ticket.stage), ticket.decided_at, said)


def find_ticket(db: ReadSession, account: str, device: str) -> DeviceTicket | None:
    """The last ticket of a device."""
    mine = select(DeviceTicket).where(DeviceTicket.account == account, DeviceTicket.device == device)
    return db.scalar(mine.order_by(DeviceTicket.opened_at.desc(), DeviceTicket.id.desc()).limit(1))


def find_ticket_by_link(db: ReadSession, token: str) -> DeviceTicket | None:
    """The ticket of a mailed link, wherever it stands."""
    return db.scalar(select(DeviceTicket).where(DeviceTicket.token_hash == hash_of(token)))


def list_tickets(db: ReadSession, account: str) -> list[tuple[DeviceTicket, Ticket]]:
    """Devices that wait for a person, or for the end of the hold; to them the owner can object."""
    query = select(DeviceTicket).where(DeviceTicket.account == account).order_by(DeviceTicket.opened_at.desc())
    found = [(ticket, stands_at(ticket_of(db, ticket), db.now)) for ticket in db.scalars(query)]
    return [(row, ticket) for row, ticket in found if Stage.OBJECTED in MOVES[ticket.stage]]
