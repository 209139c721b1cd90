"""Idempotency: what a key was answered once, it is answered again, and the thing is not done a second time.

The row is written in the transaction that does the thing: either both are there or neither. Somebody who asks the
same at the same moment waits for that transaction, and is then given its answer.
"""

from dataclasses import dataclass

from sqlalchemy import delete, text

from fourcorners.accounts.errors import IdempotencyConflict
from fourcorners.accounts.models import Answer
from fourcorners.accounts.policy import span
from fourcorners.accounts.secret import hash_of
from fourcorners.infra.db import Database, ReadSession, WriteSession
from fourcorners.infra.sealing import open_sealed, seal

__all__ = ["Asked", "Kept", "find_answer", "keep_answer", "one_at_a_time", "sweep_answers"]

CONTEXT = "api answer"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, the idempotency key they chose, and the hash of what they ask."""

    api_key: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before: its status and its bytes."""

    status: int
    body: bytes


def find_answer(db: ReadSession, asked: Asked) -> Kept | None:
    """The answer of the last day to the same request. Raises IdempotencyConflict for another request, KeyDestroyed."""
    row = db.get(Answer, (asked.api_key, hash_of(asked.name)))
    if row is None or db.now - row.at >= span("key", "answers_kept_hours"):
        return None
    if row.asked != asked.digest:
        raise IdempotencyConflict("This idempotency key stands for another request.")
    return Kept(row.status, open_sealed(db, row.owner, row.sealed, CONTEXT))


def one_at_a_time(db: WriteSession, asked: Asked) -> None:
    """Wait until nobody else answers the same key. (On SQLite there is only one writer at a time anyway.)"""
    if db.get_bind().dialect.name == "postgresql":
        number = int(hash_of(f"{asked.api_key} {asked.name}")[:15], 16)
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def keep_answer(db: WriteSession, asked: Asked, *, owner: str, status: int, body: bytes) -> None:
    """Keep it with the transaction that it tells of, which has begun with `one_at_a_time`."""
    name_hash = hash_of(asked.name)
    old = (Answer.api_key == asked.api_key, Answer.name_hash == name_hash)
    db.execute(delete(Answer).where(*old, Answer.at <= db.now - span("key", "answers_kept_hours")))
    db.add(
        Answer(
            api_key=asked.api_key,
            name_hash=name_hash,
            asked=asked.digest,
            owner=owner,
            status=status,
            sealed=seal(db, owner, body, CONTEXT),
            at=db.now,
        )
    )
    db.flush()


def sweep_answers(database: Database) -> int:
    """Forget answers that are older than a day. Returns how many."""
    with database.write() as db:
        old = delete(Answer).where(Answer.at <= db.now - span("key", "answers_kept_hours"))
        return len(db.execute(old.returning(Answer.name_hash)).all())
