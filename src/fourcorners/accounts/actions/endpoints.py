"""Endpoints of webhooks: who may be told, with which secret, and once more by hand.

Staff need the permission for it, programs an API key with the scope; either way only in the world that is named.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import func, select

from fourcorners.accounts.errors import ScopeMissing
from fourcorners.accounts.models import ApiKey
from fourcorners.accounts.queries import actor_of
from fourcorners.accounts.rules import Permission, Scope, check_can
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import HOUSE, open_sealed, seal
from fourcorners.infra.settings import Settings
from fourcorners.infra.webhooks.deliver import SECRET
from fourcorners.infra.webhooks.errors import EventUnknown, TooManyEndpoints
from fourcorners.infra.webhooks.events import kinds, queue_delivery, rules
from fourcorners.infra.webhooks.models import Delivery, Endpoint
from fourcorners.infra.webhooks.network import check_url
from fourcorners.kit.ids import new_id
from fourcorners.kit.standard_webhooks import new_webhook_secret

__all__ = ["add_endpoint", "change_endpoint", "get_endpoint", "remove_endpoint", "renew_secret", "send_again"]

LABEL_LETTERS_MAX = 80


def add_endpoint(
    db: WriteSession,
    settings: Settings,
    *,
    actor: str,
    url: str,
    sandbox: bool,
    events: Collection[str] = (),
    label: str = "",
) -> tuple[Endpoint, str]:
    """A new endpoint, and its secret. Without `events` it is told of everything.

    Raises EndpointUrlInvalid, EventUnknown, TooManyEndpoints, NotAllowed, ScopeMissing.
    """
    _check_may(db, actor)
    check_url(url, settings)
    there = select(func.count()).select_from(Endpoint).where(Endpoint.removed_at.is_(None))
    if (db.scalar(there) or 0) >= rules()["endpoints_max"]:
        raise TooManyEndpoints("Remove an endpoint first.", endpoints_max=rules()["endpoints_max"])
    secret, endpoint_id = new_webhook_secret(), new_id("whk")
    endpoint = Endpoint(
        id=endpoint_id,
        url=url,
        label=" ".join(label.split())[:LABEL_LETTERS_MAX],
        events=_known(events),
        sandbox=sandbox,
        secret=seal(db, HOUSE, secret.encode(), f"{SECRET} {endpoint_id}"),
        made_by=actor,
        created_at=db.now,
    )
    db.add(endpoint)
    db.flush()
    audit(db, actor=actor, action="webhook.added", subject=endpoint.id, details={"events": endpoint.events})
    return endpoint, secret


def change_endpoint(
    db: WriteSession,
    settings: Settings,
    endpoint_id: str,
    *,
    actor: str,
    sandbox: bool | None,
    url: str | None = None,
    events: Collection[str] | None = None,
    label: str | None = None,
    working: bool | None = None,
) -> Endpoint:
    """Change what is given. `working` switches it on, with a clean slate, or off.

    Raises NotFound, EndpointUrlInvalid, EventUnknown, NotAllowed, ScopeMissing.
    """
    _check_may(db, actor)
    endpoint = get_endpoint(db, endpoint_id, sandbox=sandbox)
    if url is not None:
        check_url(url, settings)
        endpoint.url = url
    if events is not None:
        endpoint.events = _known(events)
    if label is not None:
        endpoint.label = " ".join(label.split())[:LABEL_LETTERS_MAX]
    if working is True:
        endpoint.disabled_at, endpoint.disabled_why, endpoint.failing_since = None, None, None
    if working is False and endpoint.disabled_at is None:
        endpoint.disabled_at, endpoint.disabled_why = db.now, "by_hand"
    details = {"events": endpoint.events, "working": endpoint.disabled_at is None, "url": url is not None}
    audit(db, actor=actor, action="webhook.changed", subject=endpoint.id, details=details)
    return endpoint


def renew_secret(db: WriteSession, endpoint_id: str, *, actor: str, sandbox: bool | None) -> tuple[Endpoint, str]:
    """A new secret; the one before it signs besides for a day. Raises NotFound, NotAllowed, ScopeMissing."""
    _check_may(db, actor)
    endpoint = get_endpoint(db, endpoint_id, sandbox=sandbox)
    context = f"{SECRET} {endpoint.id}"
    old, secret = open_sealed(db, HOUSE, endpoint.secret, context), new_webhook_secret()
    endpoint.old_secret = seal(db, HOUSE, old, context)
    endpoint.old_secret_until = db.now + timedelta(hours=rules()["overlap_h"])
    endpoint.secret = seal(db, HOUSE, secret.encode(), context)
    audit(db, actor=actor, action="webhook.secret_renewed", subject=endpoint.id)
    return endpoint, secret


def remove_endpoint(db: WriteSession, endpoint_id: str, *, actor: str, sandbox: bool | None) -> None:
    """Nothing is sent there any more; its log stays. Raises NotFound, NotAllowed, ScopeMissing."""
    _check_may(db, actor)
    endpoint = get_endpoint(db, endpoint_id, sandbox=sandbox)
    endpoint.removed_at = db.now
    audit(db, actor=actor, action="webhook.removed", subject=endpoint.id)


def send_again(db: WriteSession, delivery_id: str, *, actor: str, sandbox: bool | None) -> Delivery:
    """The same message once more, under the same id: a new delivery of the same event.

    Raises NotFound, NotAllowed, ScopeMissing.
    """
    _check_may(db, actor)
    delivery = db.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound("There is no such delivery.")
    endpoint = get_endpoint(db, delivery.endpoint_id, sandbox=sandbox)
    again = queue_delivery(db, endpoint.id, delivery.event_id)
    audit(db, actor=actor, action="webhook.sent_again", subject=endpoint.id, details={"delivery": again.id})
    return again


def get_endpoint(db: ReadSession, endpoint_id: str, *, sandbox: bool | None) -> Endpoint:
    """The endpoint, if it is of that world (None: either). Raises NotFound."""
    endpoint = db.get(Endpoint, endpoint_id)
    if endpoint is None or endpoint.removed_at is not None or sandbox not in (None, endpoint.sandbox):
        raise NotFound("There is no such endpoint.")
    return endpoint


def _check_may(db: ReadSession, actor: str) -> None:
    key = db.get(ApiKey, actor)
    if key is None:
        check_can(actor_of(db, actor), Permission.MANAGE_WEBHOOKS)
    elif Scope.WEBHOOKS_WRITE not in key.scopes or key.revoked_at is not None:
        raise ScopeMissing("This API key is not good for that.", scope=Scope.WEBHOOKS_WRITE.value)


def _known(events: Collection[str]) -> list[str]:
    if unknown := sorted(set(events) - set(kinds())):
        raise EventUnknown("There is no event of this name.", unknown=[each[:48] for each in unknown])
    return sorted(set(events))
