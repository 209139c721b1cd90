"""A browser arrives with its key: known and trusted, it comes in; unknown, it knocks."""

from dataclasses import dataclass

from sqlalchemy import select

from fourcorners.accounts import Kind, Opened, Proof, complete_session
from fourcorners.accounts.models import Account, SignInSession
from fourcorners.devices.actions.by_hand import use_ticket
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.actions.knocking import Offers, open_request, risk_of
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.signing import Signed, bind, spend
from fourcorners.devices.actions.writing import write_down
from fourcorners.devices.models import Device, DeviceRequest
from fourcorners.devices.policy import number
from fourcorners.devices.queries import SEEN, Seen, find_device, knock_of, list_devices, seen_of, trusts
from fourcorners.devices.rules import Factor, Method, lets_in, seen_at
from fourcorners.devices.signing import fingerprint_of, read_key
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.ids import new_id

__all__ = ["BY", "Arrived", "arrive", "ask_device", "ask_device_of_customers"]

BY = {"password": "device", "link": "device_mailed", "passkey": "device_passkey"}
"""What a half session waits for, by how it was opened."""

NOTHING = Offers()
PLACES_MAX = 20
"""Places that a device remembers."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where an arrival led: in (`opened`), or to a request that waits."""

    opened: Opened | None
    request: DeviceRequest | None


def ask_device(db: WriteSession, account: Account, proof: Proof) -> str:
    """The further factor of every sign-in: the browser shows its key (`accounts.Further`).

    A password that was set anew by a link takes all trust away first (DEV11).
    """
    if proof.by == "link":
        clear_trust(db, account.id, why="password_reset", actor=account.id)
    return BY[proof.by]


def ask_device_of_customers(db: WriteSession, account: Account, proof: Proof) -> str | None:
    """As `ask_device`, and nothing further of the staff: for the demonstration, whose mails lie on a page anyhow."""
    return ask_device(db, account, proof) if account.kind == Kind.CUSTOMER else None


def arrive(
    db: WriteSession,
    session_id: str,
    public: str,
    signed: Signed,
    seen: Seen,
    *,
    actor: str,
    wording: Wording,
    offers: Offers = NOTHING,
) -> Arrived:
    """A half session's browser shows its key. Raises NotFound, KeyUnusable, ProofRefused, RequestOver, TooOften.

    A trusted device comes in at once, unless a rule of risk asks it again; one whose request was approved, too; a
    passkey is proof of a device by itself. Any other opens a request, and the server chooses how it is decided.
    """
    session = db.get(SignInSession, session_id, with_for_update=True, populate_existing=True)
    if session is None or session.account != actor or session.ended_at is not None or session.pending is None:
        raise NotFound("There is no sign-in that waits for this.")
    key = read_key(public)
    spend(db, session.id, key, signed)
    device = find_device(db, actor, fingerprint_of(key)) or _meet(db, actor, key, seen)
    risk = risk_of(db, device, seen)
    if session.pending == BY["passkey"] or (trusts(device, db.now) and not risk.asks_again):
        new = not trusts(device, db.now)
        by = "passkey" if session.pending == BY["passkey"] else "trusted"
        opened = _come_in(db, session, device, seen, by=by, actor=actor)
        if new:
            notify(db, actor, "let_in", wording, request=device)
        return Arrived(opened, None)
    mine = _request_of(db, session.id, device.id)
    if mine is None:
        mailed = frozenset({Factor.EMAIL}) if session.pending == BY["link"] else frozenset[Factor]()
        mine = open_request(db, session.id, device, seen, risk, offers, shown=mailed, actor=actor, wording=wording)
    knock = seen_at(knock_of(mine), db.now)
    write_down(db, mine, knock, actor=actor)
    if lets_in(knock, db.now):
        if knock.method is Method.PERSON:
            use_ticket(db, actor, device.id)
        opened = _come_in(db, session, device, seen, by=mine.method, actor=actor)
        notify(db, actor, "let_in", wording, request=mine)
        return Arrived(opened, mine)
    return Arrived(None, mine)


def _come_in(db: WriteSession, session: SignInSession, device: Device, seen: Seen, *, by: str, actor: str) -> Opened:
    """The session is whole and belongs to this device, which is trusted from now on."""
    if not trusts(device, db.now):
        device.trusted_since, device.removed_at = db.now, None
        audit(db, actor=actor, action="device.trusted", subject=device.id, owner=actor, details={"by": by})
        others = [other for other in list_devices(db, actor) if other.id != device.id]
        for old in others[number("trust", "devices_max") - 1 :]:
            old.trusted_since = None
            audit(db, actor=actor, action="device.lapsed", subject=old.id, owner=actor, details={"why": "too_many"})
    opened = complete_session(db, session.id, actor=actor)
    bind(db, session.id, device, seen)
    _remember(db, device, seen)
    return opened


def _meet(db: WriteSession, account: str, key: bytes, seen: Seen) -> Device:
    about = {"name": "", "agent": seen.agent[:300], "address": seen.address, "place": seen.place}
    device = Device(
        id=new_id("dev"),
        account=account,
        key_hash=fingerprint_of(key),
        key=key,
        sealed=seal_json(db, account, about, SEEN),
        created_at=db.now,
        used_at=db.now,
    )
    db.add(device)
    db.flush()
    audit(db, actor=account, action="device.met", subject=device.id, owner=account)
    return device


def _remember(db: WriteSession, device: Device, seen: Seen) -> None:
    """What the device says of itself now, and that it was here: of each place the last time, the latest places."""
    about = seen_of(db, device)
    visits = about.get("visits", [])
    if seen.where is not None:
        here = [seen.where.name, seen.where.latitude, seen.where.longitude, db.now.isoformat()]
        visits = [here, *(visit for visit in visits if visit[0] != here[0])][:PLACES_MAX]
    now = {"agent": seen.agent[:300], "address": seen.address, "place": seen.place, "visits": visits}
    device.sealed = seal_json(db, device.account, {**about, **now}, SEEN)


def _request_of(db: WriteSession, session: str, device: str) -> DeviceRequest | None:
    mine = select(DeviceRequest).where(DeviceRequest.session == session, DeviceRequest.device == device)
    return db.scalar(mine.with_for_update().order_by(DeviceRequest.opened_at.desc(), DeviceRequest.id.desc()).limit(1))
