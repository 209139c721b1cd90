"""Links in mails: joining and forgotten passwords. They prove that the address is one's own, once, for a while.

Nobody learns from an answer whether there is an account: that is said in the mail, to whoever owns the address.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import func, select, update

from fourcorners.accounts.actions.sessions import (
    Further,
    Opened,
    Proof,
    end_other_sessions,
    nothing_further,
    open_session,
)
from fourcorners.accounts.errors import AccountDisabled, EmailInvalid, LinkSpent
from fourcorners.accounts.models import Account, Link
from fourcorners.accounts.policy import number, span
from fourcorners.accounts.queries import SEALED, email_key, find_by_email, find_link, get_account, person_of
from fourcorners.accounts.rules import Kind, Role
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.ids import new_id

__all__ = ["JOIN", "RESET", "Wording", "follow_link", "forgot_password", "make_account", "make_link", "send", "sign_up"]

JOIN, RESET = "join", "reset"
SPANS = {JOIN: "join_hours", RESET: "reset_minutes"}
FORM = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]{1,190}\.[^\s@<>\"(),:;\\\[\].]{2,63}")

Wording: TypeAlias = Callable[[str, str, str], tuple[str, str]]
"""Subject and text of a mail: given its kind (`join`, `known`, `reset`), the locale, and its link's token."""


def sign_up(db: WriteSession, email: str, name: str, *, actor: str, locale: str, wording: Wording) -> None:
    """A customer asks for an account: a mail goes out, whatever there is already. Raises EmailInvalid."""
    account = find_by_email(db, check_email(email))
    if account is None:
        account = make_account(db, email, name, Kind.CUSTOMER, None, locale, actor=actor)
        send(db, account, JOIN, wording, actor=actor)
    elif account.verified_at is None:
        send(db, account, JOIN, wording, actor=actor)
    else:
        _write(db, account, "known", "", wording)


def forgot_password(db: WriteSession, email: str, *, actor: str, wording: Wording) -> None:
    """Send a link to set a new password, if there is such an account; nobody is told whether. Raises EmailInvalid."""
    account = find_by_email(db, check_email(email))
    if account is not None and account.disabled_at is None:
        send(db, account, RESET if account.verified_at else JOIN, wording, actor=actor)


def follow_link(
    db: WriteSession, token: str, new_hash: str, proof: Proof, further: Further = nothing_further
) -> Opened:
    """Set the password that a link allows, and sign in: the address is proved. Raises LinkSpent, AccountDisabled."""
    link = find_link(db, token)
    used = db.execute(
        update(Link).where(Link.token_hash == hash_of(token), Link.used_at.is_(None)).values(used_at=db.now)
    )
    if link is None or getattr(used, "rowcount", 0) != 1:
        raise LinkSpent("This link was used before, or has run out. Ask for a new one.")
    account = get_account(db, link.account)
    if account.disabled_at is not None:
        raise AccountDisabled("This account was switched off.")
    account.password_hash, account.password_at = new_hash, db.now
    account.verified_at = account.verified_at or db.now
    still_open = update(Link).where(Link.account == account.id, Link.used_at.is_(None))
    db.execute(still_open.values(used_at=db.now))
    audit(
        db,
        actor=account.id,
        action="password.set",
        subject=account.id,
        owner=account.id,
        details={"by": link.purpose},
    )
    end_other_sessions(db, account.id, actor=account.id, but=None, why="password_set")
    return open_session(db, account, proof, further, actor=account.id)


def check_email(email: str) -> str:
    """The address as we keep it. Raises EmailInvalid."""
    plain = unicodedata.normalize("NFC", email.strip())
    if FORM.fullmatch(plain) is None or len(plain) > 254:
        raise EmailInvalid("This is not a complete e-mail address.")
    return plain


def make_account(
    db: WriteSession, email: str, name: str, kind: Kind, role: Role | None, locale: str, *, actor: str
) -> Account:
    """An account that nobody can sign in to yet. Raises EmailInvalid."""
    account_id, address = new_id("acc"), check_email(email)
    sealed = seal_json(db, account_id, {"email": address, "name": " ".join(name.split())[:120]}, SEALED)
    account = Account(
        id=account_id,
        kind=kind,
        role=role,
        email_key=email_key(db, address),
        sealed=sealed,
        locale=locale,
        created_at=db.now,
    )
    db.add(account)
    db.flush()
    details = {"kind": kind, "role": role}
    audit(db, actor=actor, action="account.made", subject=account.id, owner=account.id, details=details)
    return account


def make_link(db: WriteSession, account: Account, purpose: str, *, actor: str) -> str:
    """The token of a new link."""
    token = new_secret()
    expires_at = db.now + span("link", SPANS[purpose])
    db.add(
        Link(
            id=new_id("link"),
            account=account.id,
            purpose=purpose,
            token_hash=hash_of(token),
            created_at=db.now,
            expires_at=expires_at,
        )
    )
    audit(
        db,
        actor=actor,
        action="link.made",
        subject=account.id,
        owner=account.id,
        details={"purpose": purpose},
    )
    return token


def send(db: WriteSession, account: Account, purpose: str, wording: Wording, *, actor: str) -> None:
    """Mail a link, unless enough were mailed within the hour."""
    since = db.now - timedelta(hours=1)
    sent = select(func.count()).select_from(Link).where(Link.account == account.id, Link.created_at > since)
    if (db.scalar(sent) or 0) < number("link", "mails_an_hour_max"):
        _write(db, account, purpose, make_link(db, account, purpose, actor=actor), wording)


def _write(db: WriteSession, account: Account, kind: str, token: str, wording: Wording) -> None:
    subject, text = wording(kind, account.locale, token)
    to = person_of(db, account).email
    write_mail(db, owner=account.id, kind=f"account.{kind}", to=to, subject=subject, text=text)
