"""The audit log: append-only, each event chained to the one before it by SHA-256, written with what it tells of.

An event names ids and codes only. What tells of a person goes into `sealed`, under that person's key: the chain is over
the sealed bytes, so it stays valid when the key is destroyed, and also when the bytes are dropped later.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db.database import ReadSession, WriteSession
from fourcorners.infra.db.model import Id, Json, Model
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.canonical import canonical_json, sha256_hex

__all__ = ["AuditEvent", "AuditHead", "Chain", "audit", "begin_chain", "chain_events", "verify_chain"]

GENESIS = "0" * 64
SEALED = "audit"


class AuditEvent(Model):
    """One event. `actor` is an id or `system`; `subject` the thing it happened to; `owner` the person it tells of."""

    __tablename__ = "audit_events"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Id)
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Id)
    owner: Mapped[str | None] = mapped_column(Id)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_sha256: Mapped[str | None] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_audit_events_subject", "subject"), Index("ix_audit_events_owner", "owner"))

    def digest(self) -> str:
        """The hash that this event should have."""
        moment = self.at.isoformat(timespec="microseconds")
        parts = [self.seq, moment, self.actor, self.action, self.subject, self.owner, self.details]
        return sha256_hex(canonical_json([*parts, self.sealed_sha256, self.previous]))


class AuditHead(Model):
    """The end of the chain: one row, locked by whoever appends."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Chain:
    """What a verification of the chain found: events looked at, the first one that is wrong and why, and the end."""

    events: int
    broken_at: int | None
    why: str
    head: str


def audit(
    db: WriteSession,
    *,
    actor: str,
    action: str,
    subject: str,
    owner: str | None = None,
    details: Mapping[str, object] | None = None,
    private: object = None,
) -> None:
    """Note an event, to be chained when the transaction ends. `private` (a plain value) is sealed for `owner`."""
    sealed = None
    if private is not None:
        if owner is None:
            raise ValueError("What is private belongs to somebody: name the owner.")
        sealed = seal_json(db, owner, private, SEALED)
    db.audit_notes.append(
        AuditEvent(
            at=db.now,
            actor=actor,
            action=action,
            subject=subject,
            owner=owner,
            details=dict(details or {}),
            sealed=sealed,
            sealed_sha256=None if sealed is None else sha256_hex(sealed),
        )
    )


def chain_events(db: WriteSession) -> None:
    """Append what was noted: the last act of a transaction, so that the chain's end is locked for a moment only."""
    if not db.audit_notes:
        return
    db.flush()
    head = db.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        raise LookupError("The audit chain has no beginning: run `fourcorners migrate`.")
    for event in db.audit_notes:
        event.seq, event.previous = head.seq + 1, head.hash
        event.hash = event.digest()
        head.seq, head.hash = event.seq, event.hash
        db.add(event)
    db.audit_notes = []
    db.flush()


def begin_chain(db: WriteSession) -> None:
    """Lay the first stone, once, when the tables are made."""
    if db.get(AuditHead, 1) is None:
        db.add(AuditHead(id=1, seq=0, hash=GENESIS))
        db.flush()


def verify_chain(db: ReadSession, anchor: tuple[int, str] | None = None) -> Chain:
    """Walk the whole chain. `anchor`, a (number, hash) noted elsewhere, shows whether the end was cut off."""
    seq, previous = 0, GENESIS
    query = select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    with closing(db.scalars(query)) as events:
        for event in events:
            wrong = _wrong(event, seq, previous)
            if wrong is None and anchor is not None and event.seq == anchor[0] and event.hash != anchor[1]:
                wrong = "the event is not the one that was anchored"
            if wrong is not None:
                return Chain(seq, event.seq, wrong, previous)
            seq, previous = event.seq, event.hash
    head = db.get(AuditHead, 1)
    if head is None or (head.seq, head.hash) != (seq, previous):
        return Chain(seq, seq + 1, "the end of the chain does not match its last event", previous)
    if anchor is not None and anchor[0] > seq:
        return Chain(seq, seq + 1, "events after the last one were removed: the anchor lies beyond it", previous)
    return Chain(seq, None, "", previous)


def _wrong(event: AuditEvent, seq: int, previous: str) -> str | None:
    if event.seq != seq + 1:
        return f"event {seq + 1} is missing"
    if event.previous != previous:
        return "it does not follow the event before it"
    if event.sealed is not None and sha256_hex(event.sealed) != event.sealed_sha256:
        return "its sealed part was changed"
    if event.hash != event.digest():
        return "it was changed"
    return None
