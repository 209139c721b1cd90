"""Keeping what the rules answered: a request moves in the database as it moved in `rules.advance`."""

from fourcorners.devices.models import DeviceRequest
from fourcorners.devices.queries import knock_of
from fourcorners.devices.rules import Event, Knock, advance
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound

__all__ = ["lock_request", "move", "write_down"]


def lock_request(db: WriteSession, request_id: str) -> DeviceRequest:
    """The request, held until the transaction ends, so that nobody answers it twice at once. Raises NotFound."""
    request = db.get(DeviceRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NotFound("There is no such request.")
    return request


def move(db: WriteSession, request: DeviceRequest, event: Event, *, actor: str) -> Knock:
    """Let `event` happen to a request. Raises RequestOver, FactorNotAsked."""
    knock = advance(knock_of(request), event, db.now)
    write_down(db, request, knock, actor=actor)
    return knock


def write_down(db: WriteSession, request: DeviceRequest, knock: Knock, *, actor: str) -> None:
    """Keep a request as the rules see it now; a move is audited."""
    moved = request.status != knock.status
    request.status, request.wrong, request.face_at = knock.status, knock.wrong, knock.face_at
    request.shown = sorted(factor.value for factor in knock.shown)
    if moved:
        request.decided_at = db.now
        details = {"device": request.device, "method": request.method, "shown": request.shown, "wrong": request.wrong}
        action = f"device_request.{knock.status}"
        audit(db, actor=actor, action=action, subject=request.id, owner=request.account, details=details)
