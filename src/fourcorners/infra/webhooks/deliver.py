"""Send one message, and keep how it went."""

import time
from dataclasses import dataclass
from datetime import timedelta

from fourcorners.infra.audit import audit
from fourcorners.infra.db import Database, ReadSession, WriteSession
from fourcorners.infra.sealing import HOUSE, open_sealed
from fourcorners.infra.settings import Settings
from fourcorners.infra.webhooks.errors import WebhookFailed
from fourcorners.infra.webhooks.events import body_of, rules
from fourcorners.infra.webhooks.models import Delivery, DeliveryTry, Endpoint, Event
from fourcorners.infra.webhooks.network import post
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import new_id
from fourcorners.kit.standard_webhooks import signature_headers

__all__ = ["SECRET", "Sent", "give_up", "secrets_of", "send"]

SECRET = "webhook secret"  # noqa: S105 - what it is sealed as
GONE = 410


@dataclass(frozen=True, slots=True)
class Sent:
    """How a try went: `failure` is what to raise so that it is tried again; `disabled` the endpoint, if it was now."""

    failure: WebhookFailed | None = None
    disabled: str | None = None


def send(database: Database, settings: Settings, delivery_id: str) -> Sent:
    """One try, unless it was taken already or its endpoint is gone. No transaction is open while we wait for it."""
    with database.read() as db:
        found = _due(db, delivery_id)
        if found is None:
            return Sent()
        endpoint, event = found
        body, at_s = body_of(event), int(db.now.timestamp())
        signed = signature_headers(secrets_of(db, endpoint), event.id, at_s, body)
        url = endpoint.url
    began = time.perf_counter()
    status, failure = _post(
        url, body, {**signed, "content-type": "application/json", "user-agent": "Fourcorners"}, settings
    )
    took_ms = round((time.perf_counter() - began) * 1000)
    with database.write() as db:
        return _note(db, delivery_id, status, failure, took_ms)


def give_up(db: WriteSession, delivery_id: str) -> None:
    """All tries failed: it can still be sent again by hand."""
    delivery = db.get(Delivery, delivery_id)
    if delivery is not None and delivery.done_at is None:
        delivery.given_up_at = db.now


def secrets_of(db: ReadSession, endpoint: Endpoint) -> list[str]:
    """The secret in force, and while it is being replaced the one before it."""
    sealed = [endpoint.secret]
    if endpoint.old_secret is not None and endpoint.old_secret_until is not None and db.now < endpoint.old_secret_until:
        sealed.append(endpoint.old_secret)
    return [open_sealed(db, HOUSE, each, f"{SECRET} {endpoint.id}").decode() for each in sealed]


def _due(db: ReadSession, delivery_id: str) -> tuple[Endpoint, Event] | None:
    delivery = db.get(Delivery, delivery_id)
    if delivery is None or delivery.done_at is not None:
        return None
    endpoint, event = db.get(Endpoint, delivery.endpoint_id), db.get(Event, delivery.event_id)
    if endpoint is None or event is None or endpoint.disabled_at is not None or endpoint.removed_at is not None:
        return None
    return endpoint, event


def _post(
    url: str, body: bytes, headers: dict[str, str], settings: Settings
) -> tuple[int | None, WebhookFailed | None]:
    try:
        status = post(url, body, headers, settings)
    except Refusal as refusal:
        why = str(refusal.fields.get("why", refusal.code))
        return None, WebhookFailed("The endpoint could not be reached.", why=why)
    if 200 <= status < 300:
        return status, None
    return status, WebhookFailed("The endpoint did not take the message.", status=status, why="status")


def _note(db: WriteSession, delivery_id: str, status: int | None, failure: WebhookFailed | None, took_ms: int) -> Sent:
    delivery = db.get(Delivery, delivery_id, with_for_update=True)
    endpoint = None if delivery is None else db.get(Endpoint, delivery.endpoint_id, with_for_update=True)
    if delivery is None or endpoint is None:
        return Sent()
    why = None if failure is None or status is not None else str(failure.fields["why"])
    db.add(DeliveryTry(id=new_id("try"), delivery_id=delivery.id, at=db.now, status=status, error=why, took_ms=took_ms))
    if failure is None:
        delivery.done_at, delivery.given_up_at, endpoint.failing_since = db.now, None, None
        return Sent()
    endpoint.failing_since = endpoint.failing_since or db.now
    long = db.now - endpoint.failing_since >= timedelta(hours=rules()["disable_after_h"])
    if (status == GONE or long) and endpoint.disabled_at is None:
        endpoint.disabled_at, endpoint.disabled_why = db.now, "gone" if status == GONE else "failing"
        delivery.given_up_at = db.now
        details = {"why": endpoint.disabled_why}
        audit(db, actor="system", action="webhook.disabled", subject=endpoint.id, details=details)
        return Sent(failure=None, disabled=endpoint.id)
    return Sent(failure=failure)
