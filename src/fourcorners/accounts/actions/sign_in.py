"""Signing in with a password, proving it again, and changing it.

A password is proved outside a transaction, as that is slow: `find_candidate`, `passwords.prove`, then one of these.
"""

from sqlalchemy import delete, select

from fourcorners.accounts.actions.sessions import (
    Further,
    Opened,
    Proof,
    check_fresh,
    end_other_sessions,
    nothing_further,
    open_session,
)
from fourcorners.accounts.errors import SignInThrottled
from fourcorners.accounts.models import Account, Attempt, SignInSession
from fourcorners.accounts.passwords import PasswordProof
from fourcorners.accounts.policy import span
from fourcorners.accounts.queries import Candidate, get_account, is_throttled
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.kit.ids import new_id

__all__ = ["change_password", "confirm_identity", "sign_in"]

NOBODY = "nobody"
"""The actor of what happens before anybody has proved who they are."""


def sign_in(
    db: WriteSession, candidate: Candidate, password: PasswordProof, proof: Proof, further: Further = nothing_further
) -> Opened | None:
    """A session, or None where the password does not fit: the same answer whatever was wrong. Raises SignInThrottled.

    The failure is counted with this transaction, so it is an answer and not a refusal.
    """
    if is_throttled(db, candidate.email_key, candidate.address_key):
        raise SignInThrottled("Too many attempts. Wait a quarter of an hour, or use the link to set a new password.")
    account = db.scalar(select(Account).where(Account.email_key == candidate.email_key))
    current = account.password_hash if account and account.disabled_at is None else None
    if account is None or not password.fits or current != password.stored:
        _count_failure(db, candidate, NOBODY if account is None else account.id)
        return None
    if password.rehashed:
        account.password_hash = password.rehashed
    db.execute(delete(Attempt).where(Attempt.key == candidate.email_key))
    return open_session(db, account, proof, further, actor=account.id)


def confirm_identity(
    db: WriteSession, session_id: str, candidate: Candidate, password: PasswordProof, *, actor: str
) -> bool:
    """Prove again who sits there, for a short while of greater trust. Raises SignInThrottled, NotFound."""
    if is_throttled(db, candidate.email_key, candidate.address_key):
        raise SignInThrottled("Too many attempts. Wait a quarter of an hour.")
    account, session = get_account(db, actor), db.get(SignInSession, session_id)
    fits = password.fits and account.password_hash == password.stored and account.email_key == candidate.email_key
    if session is None or session.account != actor or not fits:
        _count_failure(db, candidate, account.id)
        return False
    session.proved_at = db.now
    audit(db, actor=actor, action="session.confirmed", subject=session.id, owner=actor, details={"by": "password"})
    return True


def change_password(db: WriteSession, session_id: str, new_hash: str, *, actor: str) -> Opened:
    """A new password: all other sessions end, this one goes on under a new token. Raises NotFresh."""
    session, account = check_fresh(db, session_id, actor=actor), get_account(db, actor)
    token = new_secret()
    account.password_hash, account.password_at, session.token_hash = new_hash, db.now, hash_of(token)
    audit(db, actor=actor, action="password.changed", subject=account.id, owner=account.id)
    end_other_sessions(db, actor, actor=actor, but=session.id, why="password_changed")
    return Opened(session.id, account.id, token, None)


def _count_failure(db: WriteSession, candidate: Candidate, subject: str) -> None:
    db.execute(delete(Attempt).where(Attempt.at <= db.now - span("throttle", "window_minutes")))
    for key in (candidate.email_key, candidate.address_key):
        db.add(Attempt(id=new_id("att"), key=key, at=db.now))
    audit(db, actor=NOBODY, action="sign_in.failed", subject=subject)
