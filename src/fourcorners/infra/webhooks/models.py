"""Tables of webhooks: what happened, who wants to be told, and how the telling went."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db.model import Id, Json, Model

__all__ = ["Delivery", "DeliveryTry", "Endpoint", "Event"]


class Endpoint(Model):
    """An address of a business that is told of events; of `events` only, if it lists any, and of its own world only.

    Secrets are sealed with the house's key. `old_secret` signs besides the new one until `old_secret_until`.
    `failing_since` is the first failure after the last success.
    """

    __tablename__ = "webhook_endpoints"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    label: Mapped[str] = mapped_column(String(80))
    events: Mapped[list[str]] = mapped_column(Json)
    sandbox: Mapped[bool]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_secret_until: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_why: Mapped[str | None] = mapped_column(String(16))
    removed_at: Mapped[datetime | None]


class Event(Model):
    """Something that happened, in ids and codes; `id` is also the id of every message that tells it."""

    __tablename__ = "webhook_events"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(48))
    sandbox: Mapped[bool]
    about_id: Mapped[str] = mapped_column(Id)
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_webhook_events_sandbox", "sandbox", "id"),)


class Delivery(Model):
    """One event on its way to one endpoint. `done_at`: it was taken; `given_up_at`: it is not tried again."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(Id, ForeignKey("webhook_endpoints.id"))
    event_id: Mapped[str] = mapped_column(Id, ForeignKey("webhook_events.id"))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_webhook_deliveries_endpoint_id", "endpoint_id", "id"),)


class DeliveryTry(Model):
    """One try: the HTTP status that came back, or the code of what went wrong before there was one."""

    __tablename__ = "webhook_tries"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    delivery_id: Mapped[str] = mapped_column(Id, ForeignKey("webhook_deliveries.id"))
    at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(32))
    took_ms: Mapped[int]

    __table_args__ = (Index("ix_webhook_tries_delivery_id", "delivery_id", "id"),)
