"""Master keys: they wrap the keys of people, and nothing else."""

import binascii
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fourcorners.infra.errors import MasterKeyInvalid

__all__ = ["KEY_BYTES", "NONCE_BYTES", "Keyring", "master_key_from", "new_master_key"]

KEY_BYTES = 32
NONCE_BYTES = 12
NAME_BYTES = 4


@dataclass(frozen=True)
class Keyring:
    """The master key in force and earlier ones. A wrapped key begins with the name of its master key."""

    master: bytes = field(repr=False)
    old: tuple[bytes, ...] = field(default=(), repr=False)

    def wrap(self, key: bytes, owner: str) -> bytes:
        """`key` encrypted for storage (AES-256-GCM, bound to `owner`)."""
        nonce = os.urandom(NONCE_BYTES)
        return _name(self.master) + nonce + AESGCM(self.master).encrypt(nonce, key, owner.encode())

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """The key again. Raises MasterKeyInvalid when no master key of this ring wrapped it."""
        name, nonce, rest = (
            wrapped[:NAME_BYTES],
            wrapped[NAME_BYTES:][:NONCE_BYTES],
            wrapped[NAME_BYTES + NONCE_BYTES :],
        )
        for master in (self.master, *self.old):
            if _name(master) == name:
                try:
                    return AESGCM(master).decrypt(nonce, rest, owner.encode())
                except InvalidTag as error:
                    raise MasterKeyInvalid("A stored key was changed, or belongs to somebody else.") from error
        raise MasterKeyInvalid("The data were sealed under another master key. Set the one that was used.")

    def is_current(self, wrapped: bytes) -> bool:
        """Was it wrapped under the master key in force?"""
        return wrapped[:NAME_BYTES] == _name(self.master)


def master_key_from(text: str) -> bytes:
    """A master key from base64. Raises MasterKeyInvalid."""
    try:
        key = b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MasterKeyInvalid("The master key is not base64.") from error
    if len(key) != KEY_BYTES:
        raise MasterKeyInvalid(f"The master key must be {KEY_BYTES} bytes, not {len(key)}.")
    return key


def new_master_key(path: Path) -> bytes:
    """The master key in the file `path`, which only its owner may read; made now if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return master_key_from(path.read_text(encoding="ascii"))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(b64encode(os.urandom(KEY_BYTES)).decode())
        file.flush()
        os.fsync(file.fileno())
    return master_key_from(path.read_text(encoding="ascii"))


def _name(master: bytes) -> bytes:
    return sha256(b"fourcorners master key" + master).digest()[:NAME_BYTES]
