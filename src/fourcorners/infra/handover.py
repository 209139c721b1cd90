"""Hand-over of durable work: what must happen after a transaction is noted inside it, so that neither happens alone.

A row is written with the transaction. Just after the commit whoever runs durable work is told its id; if the process
dies in between, the next sweep finds the row. The id is the idempotency key of the work: handed over twice, done once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Index, String, delete, select, tuple_, update
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db.database import ReadSession, WriteSession
from fourcorners.infra.db.model import Id, Json, Model
from fourcorners.kit.ids import new_id

__all__ = ["HandOver", "hand_over", "list_taken", "list_waiting", "mark_taken", "remove_handed_over"]

Taken: TypeAlias = tuple[datetime, str]
"""When work was taken, and its id."""


class HandOver(Model):
    """Work to be done: `kind` names it (`verification.run`), `payload` holds ids; `taken_at`: when it was accepted."""

    __tablename__ = "hand_overs"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_hand_overs_taken_at", "taken_at", "created_at"),)


def hand_over(db: WriteSession, kind: str, payload: Mapping[str, object]) -> str:
    """Have `kind` done with `payload` once this transaction is committed. Returns the id of the work."""
    work = HandOver(id=new_id("ho"), kind=kind, payload=dict(payload), created_at=db.now)
    db.add(work)
    db.handed_over.append(work.id)
    return work.id


def list_waiting(db: ReadSession, at_most: int = 100) -> list[HandOver]:
    """Work that nobody has taken yet, the oldest first."""
    waiting = select(HandOver).where(HandOver.taken_at.is_(None)).order_by(HandOver.created_at).limit(at_most)
    return list(db.scalars(waiting))


def mark_taken(db: WriteSession, work: str) -> None:
    """The work is durable elsewhere now."""
    db.execute(update(HandOver).where(HandOver.id == work, HandOver.taken_at.is_(None)).values(taken_at=db.now))


def list_taken(db: ReadSession, before: datetime, *, after: Taken | None, at_most: int) -> list[Taken]:
    """What was taken before a moment, the oldest first; on the next page what comes `after` the last one."""
    order = (HandOver.taken_at, HandOver.id)
    query = select(*order).where(HandOver.taken_at < before)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return [(at, work) for at, work in db.execute(query.order_by(*order).limit(at_most)) if at is not None]


def remove_handed_over(db: WriteSession, works: Sequence[str]) -> None:
    """Nothing is left to be done of these."""
    db.execute(delete(HandOver).where(HandOver.id.in_(works)))
