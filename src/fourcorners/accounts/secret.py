"""Secrets that are shown once and kept as their hash. They are random and long, so one pass of SHA-256 is enough."""

import secrets
from hashlib import sha256

__all__ = ["hash_of", "new_secret"]

SECRET_BYTES = 32


def new_secret() -> str:
    """43 characters that fit into an address, of 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """What is stored instead: 64 hex digits."""
    return sha256(secret.encode()).hexdigest()
