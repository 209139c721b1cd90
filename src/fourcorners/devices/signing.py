"""Signatures of a device: ECDSA on P-256, made by the browser (W3C Web Cryptography) with a key that never leaves it.

What is signed names the request, so that a signature is good for nothing else: method, path, challenge. The challenge
holds the server's time and is sealed to the session, so no clock of a client is asked; using it spends it.
"""

import base64
import binascii
import hmac
import secrets
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from fourcorners.devices.errors import KeyUnusable, ProofRefused
from fourcorners.devices.policy import span

__all__ = ["check_challenge", "check_signature", "fingerprint_of", "message", "new_challenge", "read_key"]

HALF = 32
"""Bytes of each of the two numbers of a signature."""


def read_key(text: str) -> bytes:
    """A public key as the browser exports it (SPKI, base64url), in its one DER form. Raises KeyUnusable."""
    try:
        key = load_der_public_key(_bytes(text))
    except (ValueError, TypeError, binascii.Error) as error:
        raise KeyUnusable("This is not a public key.") from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise KeyUnusable("This is not a key on the curve P-256.")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def fingerprint_of(key: bytes) -> str:
    """What a key is found by: 64 hex digits."""
    return sha256(key).hexdigest()


def new_challenge(secret: bytes, session: str, now: datetime) -> str:
    """Something to sign: random, with the time, sealed to the session. Nothing is stored until it is used."""
    body = f"{secrets.token_urlsafe(16)}.{int(now.timestamp())}"
    return f"{body}.{_seal(secret, session, body)}"


def check_challenge(secret: bytes, session: str, challenge: str, now: datetime) -> None:
    """Raises ProofRefused unless it is ours, of this session, and still good."""
    body, _, seal = challenge.rpartition(".")
    moment = body.partition(".")[2]
    if not hmac.compare_digest(seal.encode(), _seal(secret, session, body).encode()) or not moment.isascii():
        raise ProofRefused("This was not asked of this device.")
    if not moment.isdigit():
        raise ProofRefused("This was not asked of this device.")
    age = now - datetime.fromtimestamp(int(moment), UTC)
    if age >= span("proof", "challenge_minutes"):
        raise ProofRefused("That took too long. Please try again.")


def message(method: str, path: str, challenge: str) -> bytes:
    """What a device signs."""
    return f"fourcorners device 1\n{method}\n{path}\n{challenge}".encode()


def check_signature(key: bytes, method: str, path: str, challenge: str, signature: str) -> None:
    """Raises ProofRefused unless this key signed this request (64 bytes, base64url)."""
    public = load_der_public_key(key)
    if not isinstance(public, EllipticCurvePublicKey):
        raise TypeError("a key that was kept is not on a curve")
    try:
        raw = _bytes(signature)
        if len(raw) != 2 * HALF:
            raise ProofRefused("This is no signature.")
        numbers = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
        public.verify(encode_dss_signature(*numbers), message(method, path, challenge), ECDSA(SHA256()))
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise ProofRefused("This was not signed by this device.") from error


def _seal(secret: bytes, session: str, body: str) -> str:
    return hmac.new(secret, f"device challenge\0{session}\0{body}".encode(), sha256).hexdigest()


def _bytes(text: str) -> bytes:
    plain = text.encode("ascii", "replace")
    return base64.b64decode(plain.replace(b"-", b"+").replace(b"_", b"/") + b"=" * (-len(plain) % 4), validate=True)
