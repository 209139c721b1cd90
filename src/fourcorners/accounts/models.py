"""Tables of accounts. Names and addresses are sealed per account; secrets are kept as hashes only."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Model

__all__ = ["Account", "Answer", "ApiKey", "Attempt", "Challenge", "Link", "Passkey", "SignInSession"]


class Account(Model):
    """Somebody who can sign in. `email_key` finds an address without showing it; `sealed` holds e-mail and name.

    `holder` says whose a customer's account is once that is fixed: a `person`'s, or an `institution`'s (INS15).
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    role: Mapped[str | None] = mapped_column(String(32))
    holder: Mapped[str | None] = mapped_column(String(12))
    email_key: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    locale: Mapped[str] = mapped_column(String(8))
    password_hash: Mapped[str | None] = mapped_column(String(256))
    password_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignInSession(Model):
    """A browser signed in, or half: `pending` says what is missing. `proved_at`: the last proof of who it is."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pending: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (Index("ix_sign_in_sessions_account", "account", "ended_at"),)


class Passkey(Model):
    """A passkey of an account. `name` is a place such as `this_device`, or what its owner calls it, sealed."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary)
    credential_hash: Mapped[str] = mapped_column(String(64), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Link(Model):
    """A link in a mail: one use, for one purpose, for a time."""

    __tablename__ = "sign_in_links"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Challenge(Model):
    """What a passkey was asked to sign: one use, for a few minutes. `account` is empty while nobody is signed in."""

    __tablename__ = "passkey_challenges"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Attempt(Model):
    """A sign-in that failed: `key` is the fingerprint of the e-mail or of the network address that was used."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_attempts_key", "key", "at"),)


class ApiKey(Model):
    """A key of a program. `shown` is its beginning, to tell keys apart; the rest is kept as a hash."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    shown: Mapped[str] = mapped_column(String(24))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    sandbox: Mapped[bool] = mapped_column(Boolean)
    made_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Answer(Model):
    """What an API key was answered under an idempotency key, sealed for whom it tells of.

    `asked` is the hash of the request: method, address and body. Kept for a day.
    """

    __tablename__ = "api_answers"

    api_key: Mapped[str] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked: Mapped[str] = mapped_column(String(64))
    owner: Mapped[str] = mapped_column(Id)
    status: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)
