"""Seal and open. `owner` is the id of the person (or `house` for what belongs to nobody); `context` says what it is.

What is sealed for one owner or context does not open as another's: both are bound to it.
"""

import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import IntegrityError

from fourcorners.infra.db.database import ReadSession, WriteSession
from fourcorners.infra.errors import KeyDestroyed, SealBroken
from fourcorners.infra.sealing.keyring import KEY_BYTES, NONCE_BYTES
from fourcorners.infra.sealing.models import SealingKey
from fourcorners.kit.canonical import canonical_json

__all__ = [
    "HOUSE",
    "destroy_key",
    "fingerprint",
    "is_erased",
    "make_house_key",
    "open_json",
    "open_sealed",
    "seal",
    "seal_json",
]

HOUSE = "house"
FORM = b"\x01"  # of what is sealed: this byte, the nonce, the ciphertext with its tag


def seal(db: WriteSession, owner: str, data: bytes, context: str) -> bytes:
    """`data` encrypted under the key of `owner` (AES-256-GCM); the key is made at first use. Raises KeyDestroyed."""
    nonce = os.urandom(NONCE_BYTES)
    return FORM + nonce + AESGCM(_own_key(db, owner)).encrypt(nonce, data, _bound(owner, context))


def open_sealed(db: ReadSession, owner: str, sealed: bytes, context: str) -> bytes:
    """What was sealed. Raises KeyDestroyed after erasure, SealBroken when it is not what was sealed."""
    if sealed[:1] != FORM:
        raise SealBroken("This is not in the form of sealed data.")
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(_key(db, owner)).decrypt(nonce, rest, _bound(owner, context))
    except (InvalidTag, ValueError) as error:
        raise SealBroken("The sealed data were changed, or belong to something else.") from error


def seal_json(db: WriteSession, owner: str, value: object, context: str) -> bytes:
    """A plain value, sealed."""
    return seal(db, owner, canonical_json(value), context)


def open_json(db: ReadSession, owner: str, sealed: bytes, context: str) -> Any:  # noqa: ANN401 - any plain value
    """A plain value that was sealed. Raises KeyDestroyed, SealBroken."""
    return json.loads(open_sealed(db, owner, sealed, context))


def fingerprint(db: ReadSession, text: str, context: str) -> str:
    """A keyed hash (HMAC-SHA-256, the house's key): equal texts meet; without the key nobody can try texts out."""
    return hmac.digest(_key(db, HOUSE), _bound(context, text), "sha256").hex()


def make_house_key(db: WriteSession) -> None:
    """The key of what belongs to nobody, once, when the tables are made."""
    _own_key(db, HOUSE)


def destroy_key(db: WriteSession, owner: str) -> None:
    """Erase: nothing that was sealed for `owner` opens any more, here or in any copy of the files."""
    key = db.get(SealingKey, owner, with_for_update=True)
    if key is None:
        db.add(SealingKey(owner=owner, wrapped=None, created_at=db.now, destroyed_at=db.now))
    elif key.destroyed_at is None:
        key.wrapped, key.destroyed_at = None, db.now
    db.flush()


def is_erased(db: ReadSession, owner: str) -> bool:
    """Was the key of `owner` destroyed?"""
    key = db.get(SealingKey, owner)
    return key is not None and key.destroyed_at is not None


def _own_key(db: WriteSession, owner: str) -> bytes:
    if db.get(SealingKey, owner) is None:
        wrapped = db.keyring.wrap(os.urandom(KEY_BYTES), owner)
        try:
            with db.begin_nested():
                db.add(SealingKey(owner=owner, wrapped=wrapped, created_at=db.now))
        except IntegrityError:
            db.expire_all()  # somebody else made it a moment ago: theirs is the key
    return _key(db, owner)


def _key(db: ReadSession, owner: str) -> bytes:
    key = db.get(SealingKey, owner)
    if key is None:
        raise SealBroken("Nothing was ever sealed for this owner.")
    if key.wrapped is None:
        raise KeyDestroyed("The data of this person were erased.")
    return db.keyring.unwrap(key.wrapped, owner)


def _bound(owner: str, context: str) -> bytes:
    return f"{len(owner)}:{owner}|{context}".encode()
