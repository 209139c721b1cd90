"""The owner answers a request on a trusted device, or calls it off on the new one (DEV4, DEV9)."""

from fourcorners.accounts.actions import end_session
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.writing import lock_request, move
from fourcorners.devices.errors import DeviceUnknown
from fourcorners.devices.models import Device, DeviceRequest
from fourcorners.devices.one_time import code_fits
from fourcorners.devices.queries import find_request_of, secret_of, trusts
from fourcorners.devices.rules import Event, Factor, Happening, Knock
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound

__all__ = ["allow", "cancel", "deny", "refuse"]


def allow(db: WriteSession, request_id: str, typed: str, device: Device | None, *, actor: str) -> Knock:
    """The code that the new device shows was typed on `device`, which has signed for it.

    A wrong code is counted with this transaction, so it is an answer: the request as it stands, with what is missing.
    Raises NotFound, DeviceUnknown, RequestOver, FactorNotAsked.
    """
    request = lock_request(db, request_id)
    if request.account != actor:
        raise NotFound("There is no such request.")
    if device is None or device.id == request.device or not trusts(device, db.now):
        raise DeviceUnknown("Only a device that is trusted can let another one in.")
    device.used_at = db.now
    fits = code_fits(secret_of(db, request), request.opened_at, db.now, typed)
    knock = move(db, request, Event(Happening.SHOWN if fits else Happening.WRONG, Factor.DEVICE), actor=actor)
    details = {"factor": Factor.DEVICE, "by": device.id}
    audit(
        db,
        actor=actor,
        action="device_request.factor_shown" if fits else "device_request.code_wrong",
        subject=request.id,
        owner=actor,
        details=details,
    )
    return knock


def deny(db: WriteSession, request_id: str, *, actor: str, wording: Wording) -> None:
    """It is not the owner: the half session ends, a mail says so and what to do. Raises NotFound, RequestOver."""
    request = lock_request(db, request_id)
    if request.account != actor:
        raise NotFound("There is no such request.")
    refuse(db, request, actor=actor, wording=wording)


def refuse(db: WriteSession, request: DeviceRequest, *, actor: str, wording: Wording) -> None:
    """End a request and its session, and alert the owner (DEV9)."""
    move(db, request, Event(Happening.DENIED), actor=actor)
    end_session(db, request.session, actor=request.account)
    notify(db, request.account, "denied", wording, request=request)


def cancel(db: WriteSession, session: str, *, actor: str) -> None:
    """Whoever knocks calls it off: request and half session end. Raises RequestOver."""
    request = find_request_of(db, session)
    if request is not None:
        move(db, lock_request(db, request.id), Event(Happening.CANCELLED), actor=actor)
    end_session(db, session, actor=actor)
