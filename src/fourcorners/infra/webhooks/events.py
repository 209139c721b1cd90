"""Tell of an event: written in the transaction of the change, delivered afterwards by durable work."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from fourcorners.infra.db.database import WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.webhooks.models import Delivery, Endpoint, Event
from fourcorners.kit.canonical import canonical_json
from fourcorners.kit.data import load_toml
from fourcorners.kit.ids import new_id

__all__ = ["DELIVER", "body_of", "kinds", "queue_delivery", "rules", "subject_of", "tell"]

DELIVER = "webhook.deliver"
"""The kind of durable work that sends one message; its payload is `{"delivery": id}`."""


def tell(db: WriteSession, kind: str, *, about: str, sandbox: bool, **data: object) -> Event:
    """Note that it happened, and hand a message over for each endpoint of the same world that wants to know.

    `about` is the id of the applicant or institution; `data` holds ids and codes only. A kind that webhooks.toml does
    not list is a bug.
    """
    if kind not in kinds():
        raise KeyError(kind)
    event = Event(id=new_id("evt"), kind=kind, sandbox=sandbox, about_id=about, data=dict(data), at=db.now)
    db.add(event)
    db.flush()
    working = (Endpoint.sandbox.is_(sandbox), Endpoint.disabled_at.is_(None), Endpoint.removed_at.is_(None))
    for endpoint in db.scalars(select(Endpoint).where(*working).order_by(Endpoint.id)):
        if not endpoint.events or kind in endpoint.events:
            queue_delivery(db, endpoint.id, event.id)
    return event


def queue_delivery(db: WriteSession, endpoint_id: str, event_id: str) -> Delivery:
    """One message on its way, once the transaction is committed."""
    delivery = Delivery(id=new_id("dlv"), endpoint_id=endpoint_id, event_id=event_id, created_at=db.now)
    db.add(delivery)
    db.flush()
    hand_over(db, DELIVER, {"delivery": delivery.id})
    return delivery


def body_of(event: Event) -> bytes:
    """The body of the message: the same bytes at every try."""
    told = {subject_of(event): event.about_id, **event.data}
    when = event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return canonical_json(
        {"id": event.id, "type": event.kind, "timestamp": when, "sandbox": event.sandbox, "data": told}
    )


def subject_of(event: Event) -> str:
    """Whom an event is about, by the name that its data give them: `applicant` or `institution`."""
    return "institution" if event.kind.startswith("institution.") else "applicant"


def kinds() -> Mapping[str, str]:
    """Every kind of event, and what it says."""
    table: Mapping[str, str] = rules()["kinds"]
    return table


def rules() -> dict[str, Any]:
    """webhooks.toml, which explains the fields."""
    return load_toml("fourcorners.infra.webhooks", "webhooks.toml")
