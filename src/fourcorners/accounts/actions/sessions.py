"""Sessions: opened when somebody has proved who they are; ended by them, by time, or by a change of their rights."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select

from fourcorners.accounts.errors import NotFresh
from fourcorners.accounts.models import Account, SignInSession
from fourcorners.accounts.policy import number, span
from fourcorners.accounts.queries import SEEN, get_account, list_sessions
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.ids import new_id

__all__ = [
    "Further",
    "Opened",
    "Proof",
    "check_fresh",
    "complete_session",
    "end_other_sessions",
    "end_session",
    "is_fresh",
    "nothing_further",
    "open_session",
    "touch_session",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody proved who they are: `password`, `passkey` or `link`, and the browser and address it came from."""

    by: str
    agent: str
    address: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was just opened. `token` goes to the browser and is known nowhere else."""

    session: str
    account: str
    token: str
    pending: str | None


Further: TypeAlias = Callable[[WriteSession, Account, Proof], str | None]
"""The seam for a further factor: given a proof that holds, what is still missing? `None`: the session is whole.

Whoever asks for a further factor (a device that must be known) hands in such a function, shows its own page to sessions
that are `pending`, and calls `complete_session` in the end.
"""


def nothing_further(_db: WriteSession, _account: Account, _proof: Proof) -> None:
    """One proof is enough."""


def open_session(db: WriteSession, account: Account, proof: Proof, further: Further, *, actor: str) -> Opened:
    """A new session, whole or pending, with a token that was never used before."""
    token, pending = new_secret(), further(db, account, proof)
    sealed = seal_json(db, account.id, {"agent": proof.agent[:300], "address": proof.address}, SEEN)
    session = SignInSession(
        id=new_id("ses"),
        account=account.id,
        token_hash=hash_of(token),
        pending=pending,
        sealed=sealed,
        created_at=db.now,
        seen_at=db.now,
        proved_at=db.now,
    )
    for old in list_sessions(db, account)[number("session.every", "kept_max") - 1 :]:
        _end(db, old, "too_many", actor=actor)
    db.add(session)
    db.flush()
    details = {"by": proof.by, "pending": pending}
    audit(db, actor=actor, action="session.opened", subject=session.id, owner=account.id, details=details)
    return Opened(session.id, account.id, token, pending)


def complete_session(db: WriteSession, session_id: str, *, actor: str) -> Opened:
    """What was missing is there: the session is whole, under a new token. Raises NotFound if it is not pending."""
    session = db.get(SignInSession, session_id, with_for_update=True, populate_existing=True)
    if session is None or session.ended_at is not None or session.pending is None:
        raise NotFound("There is no sign-in that waits for this.")
    token, was = new_secret(), session.pending
    session.token_hash, session.pending, session.seen_at = hash_of(token), None, db.now
    audit(
        db,
        actor=actor,
        action="session.completed",
        subject=session.id,
        owner=session.account,
        details={"was": was},
    )
    return Opened(session.id, session.account, token, None)


def touch_session(db: WriteSession, session_id: str, *, actor: str) -> None:
    """It is in use. Not audited: it says nothing but that somebody looks at pages."""
    session = db.get(SignInSession, session_id)
    if session is not None and session.ended_at is None and session.account == actor:
        session.seen_at = max(session.seen_at, db.now)


def end_session(db: WriteSession, session_id: str, *, actor: str) -> None:
    """Sign out here, or end it from elsewhere. Raises NotFound for a session of somebody else."""
    session = db.get(SignInSession, session_id)
    if session is None or session.account != actor:
        raise NotFound("There is no such session.")
    if session.ended_at is None:
        _end(db, session, "signed_out", actor=actor)


def end_other_sessions(db: WriteSession, account_id: str, *, actor: str, but: str | None, why: str) -> int:
    """End every session of an account but one; how many that were."""
    others = [s for s in list_sessions(db, get_account(db, account_id)) if s.id != but]
    for session in others:
        _end(db, session, why, actor=actor)
    return len(others)


def is_fresh(db: ReadSession, session_id: str, *, actor: str) -> bool:
    """Has its owner proved who they are a short while ago?"""
    session = db.get(SignInSession, session_id)
    return (
        session is not None
        and session.account == actor
        and db.now - session.proved_at < span("session.every", "fresh_minutes")
    )


def check_fresh(db: WriteSession, session_id: str, *, actor: str) -> SignInSession:
    """The session, if its owner has proved who they are a short while ago. Raises NotFresh, NotFound."""
    session = db.scalar(
        select(SignInSession).where(
            SignInSession.id == session_id,
            SignInSession.account == actor,
            SignInSession.ended_at.is_(None),
            SignInSession.pending.is_(None),
        )
    )
    if session is None:
        raise NotFound("There is no such session.")
    if db.now - session.proved_at >= span("session.every", "fresh_minutes"):
        raise NotFresh("Enter your password or use your passkey again before you change this.")
    return session


def _end(db: WriteSession, session: SignInSession, why: str, *, actor: str) -> None:
    session.ended_at, session.ended_why = db.now, why
    audit(
        db,
        actor=actor,
        action="session.ended",
        subject=session.id,
        owner=session.account,
        details={"why": why},
    )
