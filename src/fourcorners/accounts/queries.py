"""Reads: `get_` raises, `find_` gives None, `list_` a list."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from fourcorners.accounts.errors import KeyInvalid
from fourcorners.accounts.models import Account, ApiKey, Attempt, Link, Passkey, SignInSession
from fourcorners.accounts.policy import number, span
from fourcorners.accounts.rules import SYSTEM, Actor, Kind, Role
from fourcorners.accounts.secret import hash_of
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import fingerprint, open_json

__all__ = [
    "KEYS",
    "Candidate",
    "Person",
    "actor_of",
    "email_key",
    "find_by_email",
    "find_candidate",
    "find_link",
    "find_session",
    "get_account",
    "get_key",
    "is_throttled",
    "list_keys",
    "list_passkeys",
    "list_sessions",
    "list_staff",
    "person_of",
    "seen_from",
]

SEALED = "account"
SEEN = "session"
KEYS = {False: "fck_live_", True: "fck_test_"}
"""What an API key begins with, by whether it is one of the sandbox."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is sealed of an account."""

    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a password is to be proved against; without an account just as with one."""

    email_key: str
    address_key: str
    stored: str | None
    throttled: bool


def email_key(db: ReadSession, email: str) -> str:
    """The fingerprint by which an account is found."""
    return fingerprint(db, email.strip().casefold(), "email")


def find_by_email(db: ReadSession, email: str) -> Account | None:
    """The account of an e-mail address."""
    return db.scalar(select(Account).where(Account.email_key == email_key(db, email)))


def get_account(db: ReadSession, account_id: str) -> Account:
    """The account. Raises NotFound."""
    account = db.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def person_of(db: ReadSession, account: Account) -> Person:
    """Name and address. Raises KeyDestroyed once they were erased."""
    return Person(**open_json(db, account.id, account.sealed, SEALED))


def actor_of(db: ReadSession, actor: str) -> Actor:
    """Who acts, with their role as it is now. Raises NotFound."""
    if actor == SYSTEM.id:
        return SYSTEM
    account = get_account(db, actor)
    kind = Kind(account.kind) if account.disabled_at is None else None
    return Actor(account.id, kind, Role(account.role) if account.role else None)


def find_candidate(db: ReadSession, email: str, address: str) -> Candidate:
    """What is needed to prove a password. Reads the same, and as much, for an address that nobody has."""
    by_email, by_address = email_key(db, email), fingerprint(db, address, "address")
    account = db.scalar(select(Account).where(Account.email_key == by_email))
    stored = account.password_hash if account and account.disabled_at is None else None
    return Candidate(by_email, by_address, stored, is_throttled(db, by_email, by_address))


def is_throttled(db: ReadSession, by_email: str, by_address: str) -> bool:
    """Were there too many failures in the last minutes, for this e-mail or from this address?"""
    since = db.now - span("throttle", "window_minutes")

    def failures(key: str) -> int:
        counted = select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at > since)
        return db.scalar(counted) or 0

    return failures(by_email) >= number("throttle", "by_email") or failures(by_address) >= number(
        "throttle", "by_address"
    )


def find_session(db: ReadSession, token: str) -> tuple[SignInSession, Account] | None:
    """The session of a token, half or whole, unless it ended, was idle too long, or is too old."""
    found = db.execute(
        select(SignInSession, Account)
        .join(Account, Account.id == SignInSession.account)
        .where(SignInSession.token_hash == hash_of(token), SignInSession.ended_at.is_(None))
    ).one_or_none()
    if found is None:
        return None
    session, account = found
    return (session, account) if is_alive(db.now, session, account) else None


def is_alive(now: datetime, session: SignInSession, account: Account) -> bool:
    """Does it still hold at `now`?"""
    section = f"session.{account.kind}"
    return (
        session.ended_at is None
        and account.disabled_at is None
        and now - session.seen_at < span(section, "idle_minutes")
        and now - session.created_at < span(section, "absolute_hours")
    )


def list_sessions(db: ReadSession, account: Account) -> list[SignInSession]:
    """Where the account is signed in now, the last seen first."""
    kept = select(SignInSession).where(SignInSession.account == account.id, SignInSession.ended_at.is_(None))
    found = db.scalars(kept.order_by(SignInSession.seen_at.desc(), SignInSession.id.desc()))
    return [session for session in found if is_alive(db.now, session, account)]


def seen_from(db: ReadSession, session: SignInSession) -> str:
    """The browser that a session was opened with, as it named itself."""
    agent: str = open_json(db, session.account, session.sealed, SEEN)["agent"]
    return agent


def list_passkeys(db: ReadSession, account_id: str) -> list[tuple[Passkey, str]]:
    """The passkeys of an account with the names that it gave them, the oldest first."""
    found = db.scalars(select(Passkey).where(Passkey.account == account_id).order_by(Passkey.created_at, Passkey.id))
    return [(key, open_json(db, account_id, key.sealed, "passkey")["name"]) for key in found]


def find_link(db: ReadSession, token: str) -> Link | None:
    """A link that can still be used."""
    link = db.scalar(select(Link).where(Link.token_hash == hash_of(token)))
    return link if link and link.used_at is None and db.now < link.expires_at else None


def list_staff(db: ReadSession) -> list[tuple[Account, Person]]:
    """All members of staff, in the order in which they came."""
    found = db.scalars(select(Account).where(Account.kind == Kind.STAFF).order_by(Account.created_at, Account.id))
    return [(account, person_of(db, account)) for account in found]


def list_keys(db: ReadSession) -> list[ApiKey]:
    """All API keys, the newest first, those that still work before those that do not."""
    return list(
        db.scalars(select(ApiKey).order_by(ApiKey.revoked_at.is_not(None), ApiKey.created_at.desc(), ApiKey.id))
    )


def get_key(db: ReadSession, presented: str) -> ApiKey:
    """The key that a program presented. Raises KeyInvalid; looks nothing up that has not the form of a key."""
    key = None
    if presented.startswith(tuple(KEYS.values())) and len(presented) < 100:
        key = db.scalar(select(ApiKey).where(ApiKey.secret_hash == hash_of(presented), ApiKey.revoked_at.is_(None)))
    if key is None:
        raise KeyInvalid("This needs a valid API key.")
    return key
