"""Signatures of webhooks as Standard Webhooks writes them (standardwebhooks.com, specification 1.0.0).

What is signed is `id.timestamp.body`; the signature is `v1,` and the base64 of its HMAC-SHA-256. A header may hold
several, parted by spaces: while a secret is being replaced, the message is signed with both.
"""

import binascii
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping

from fourcorners.kit.errors import Refusal

__all__ = ["TOLERANCE_S", "WebhookRefused", "check_signature", "key_of", "new_webhook_secret", "signature_headers"]

PREFIX = "whsec_"
KEY_BYTES = 32
KEY_BYTES_MIN = 24
TOLERANCE_S = 300
"""How far the time of a message may lie from ours; what is older may be a recording that somebody plays again."""


class WebhookRefused(Refusal):
    """The message was not signed with our secret, was changed, or is too old to be believed; `why` says which."""

    code = "webhook_refused"


def new_webhook_secret() -> str:
    """A new secret: `whsec_` and the base64 of 32 random bytes."""
    return PREFIX + b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_of(secret: str) -> bytes:
    """The key in a secret. Raises WebhookRefused for what is no secret."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < KEY_BYTES_MIN:
        raise WebhookRefused("This is no secret of a webhook.", why="secret")
    return key


def signature_headers(keys: Iterable[str], message_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The three headers of a message, signed with each of the secrets `keys`. `at_s` is seconds since 1970."""
    signed = _signed(message_id, str(at_s), body)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(_signature(key_of(key), signed) for key in keys),
    }


def check_signature(keys: Iterable[str], headers: Mapping[str, str], body: bytes, now_s: float) -> str:
    """The id of a message that we sent a moment ago, by which the same message is known again.

    `headers` may be written in any case. Raises WebhookRefused.
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, moment = given["webhook-id"], given["webhook-timestamp"]
        said = given["webhook-signature"].split()
    except KeyError as missing:
        raise WebhookRefused("A header of the signature is missing.", why="headers") from missing
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12) or abs(now_s - int(moment)) > TOLERANCE_S:
        raise WebhookRefused("The message is too old, or from the future.", why="time")
    signed = _signed(message_id, moment, body)
    right = [_signature(key_of(key), signed).encode() for key in keys]
    if not any([hmac.compare_digest(own, theirs.encode()) for own in right for theirs in said]):  # noqa: C419 - all, always
        raise WebhookRefused("The signature does not fit.", why="signature")
    return message_id


def _signed(message_id: str, moment: str, body: bytes) -> bytes:
    return f"{message_id}.{moment}.".encode() + body


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()
