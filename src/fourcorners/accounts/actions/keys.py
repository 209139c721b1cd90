"""API keys: shown once, kept as a hash, good for their scopes only."""

from collections.abc import Collection

from sqlalchemy import func, select

from fourcorners.accounts.errors import TooMany
from fourcorners.accounts.models import ApiKey
from fourcorners.accounts.policy import number, span
from fourcorners.accounts.queries import KEYS, actor_of
from fourcorners.accounts.rules import Permission, Scope, check_can
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.kit.ids import new_id

__all__ = ["make_key", "note_key_use", "revoke_key"]

SHOWN = 4


def make_key(
    db: WriteSession, name: str, scopes: Collection[Scope], *, actor: str, sandbox: bool
) -> tuple[ApiKey, str]:
    """A new key, and its text, which nobody sees again. Raises NotAllowed, TooMany."""
    check_can(actor_of(db, actor), Permission.MANAGE_KEYS)
    working = select(func.count()).select_from(ApiKey).where(ApiKey.revoked_at.is_(None))
    if (db.scalar(working) or 0) >= number("key", "kept_max"):
        raise TooMany("Revoke a key first.", kept_max=number("key", "kept_max"))
    text = KEYS[sandbox] + new_secret()
    key = ApiKey(
        id=new_id("key"),
        name=" ".join(name.split())[:80],
        shown=text[: len(KEYS[sandbox]) + SHOWN],
        secret_hash=hash_of(text),
        scopes=sorted(scopes),
        sandbox=sandbox,
        made_by=actor,
        created_at=db.now,
    )
    db.add(key)
    details = {"scopes": key.scopes, "sandbox": sandbox}
    audit(db, actor=actor, action="key.made", subject=key.id, details=details)
    return key, text


def revoke_key(db: WriteSession, key_id: str, *, actor: str) -> None:
    """It works no longer, at once. Raises NotAllowed, NotFound."""
    check_can(actor_of(db, actor), Permission.MANAGE_KEYS)
    key = db.get(ApiKey, key_id)
    if key is None:
        raise NotFound("There is no such key.")
    if key.revoked_at is None:
        key.revoked_at = db.now
        audit(db, actor=actor, action="key.revoked", subject=key.id)


def note_key_use(db: WriteSession, key_id: str, *, actor: str) -> None:
    """Keep when a key was last used, at most once a minute. The key is the actor; what it does is audited."""
    key = db.get(ApiKey, key_id)
    due = key is not None and (key.used_at is None or db.now - key.used_at >= span("key", "touch_seconds"))
    if key is not None and due and key.id == actor:
        key.used_at = db.now
