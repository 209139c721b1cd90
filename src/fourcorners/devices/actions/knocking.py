"""A device knocks: what is known of it and of the account, and the request that the server opens for it."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.showing import send_link
from fourcorners.devices.actions.writing import write_down
from fourcorners.devices.by_hand import opens_door
from fourcorners.devices.counters import KNOCKS, check_counter
from fourcorners.devices.models import Device, DeviceRequest
from fourcorners.devices.queries import (
    CODE,
    SEEN,
    Seen,
    find_number,
    find_ticket,
    has_authenticator,
    knock_of,
    list_devices,
    list_visits,
    ticket_of,
)
from fourcorners.devices.risk import Risk, assess
from fourcorners.devices.rules import Bound, Event, Factor, Happening, Status, advance, choose, opens, seen_at
from fourcorners.devices.verified import face_can_be_asked, find_verified
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal, seal_json
from fourcorners.kit.ids import new_id

__all__ = ["Offers", "open_request", "risk_of"]


@dataclass(frozen=True, slots=True)
class Offers:
    """What could be asked for here: `camera`, as the browser says; `telephone`, where the operator has a provider."""

    camera: bool = False
    telephone: bool = True


def risk_of(db: WriteSession, device: Device, seen: Seen) -> Risk:
    """Which rules speak. Where no place is known, two of them rest."""
    others = select(Device.used_at).where(Device.key_hash == device.key_hash, Device.account != device.account)
    return assess(list_visits(db, device.account), seen.where, db.now, list(db.scalars(others)))


def open_request(
    db: WriteSession,
    session: str,
    device: Device,
    seen: Seen,
    risk: Risk,
    offers: Offers,
    *,
    shown: frozenset[Factor],
    actor: str,
    wording: Wording,
) -> DeviceRequest:
    """A new request; an earlier one of the same device is given up (DEV2). `shown`: what the sign-in has proved.

    Raises TooOften.
    """
    all_of_it = select(DeviceRequest).where(DeviceRequest.account == actor).with_for_update()
    earlier = list(db.scalars(all_of_it.order_by(DeviceRequest.opened_at.desc()).limit(2 * KNOCKS.most)))
    check_counter(KNOCKS, [request.opened_at for request in earlier], db.now)
    for request in earlier:
        if request.device == device.id and seen_at(knock_of(request), db.now).status is Status.PENDING:
            given_up = advance(knock_of(request), Event(Happening.CANCELLED), db.now)
            write_down(db, request, given_up, actor=actor)
    trusted = [other for other in list_devices(db, actor) if other.id != device.id]
    phone = offers.telephone and find_number(db, actor) is not None
    person = find_verified(db, actor)
    face = offers.camera and face_can_be_asked(db, person)
    ticket = find_ticket(db, actor, device.id)
    decided = ticket is not None and opens_door(ticket_of(db, ticket), db.now)
    bound = Bound(person is not None, face, len(trusted), phone, has_authenticator(db, actor), decided)
    knock = opens(choose(bound), db.now, shown | {Factor.PERSON} if decided else shown)
    about = {"agent": seen.agent[:300], "address": seen.address, "place": seen.place, "risk": risk.to_dict()}
    request = DeviceRequest(
        id=new_id("dvr"),
        account=actor,
        device=device.id,
        session=session,
        method=knock.method,
        needed=sorted(factor.value for factor in knock.needed),
        shown=sorted(factor.value for factor in knock.shown),
        status=knock.status,
        wrong=0,
        secret=seal(db, actor, secrets.token_bytes(20), CODE),
        sealed=seal_json(db, actor, about, SEEN),
        opened_at=db.now,
    )
    db.add(request)
    db.flush()
    details = {"device": device.id, "method": request.method, "needed": request.needed, "risk": risk.to_dict()}
    audit(db, actor=actor, action="device_request.opened", subject=request.id, owner=actor, details=details)
    if Factor.EMAIL in knock.missing:
        send_link(db, request.id, actor=actor, wording=wording)
    elif knock.status is Status.PENDING:
        notify(db, actor, "asked", wording, request=request)
    return request
