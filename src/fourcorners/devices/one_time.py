"""Codes that are good once: those shown on a new device, those of an authenticator (RFC 6238), and recovery codes."""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from fourcorners.devices.policy import number, span

__all__ = [
    "authenticator_address",
    "authenticator_step",
    "code_fits",
    "code_shown",
    "fresh_for",
    "hash_of_recovery",
    "new_authenticator_secret",
    "new_recovery_codes",
]


def code_shown(secret: bytes, opened_at: datetime, now: datetime) -> str:
    """The code that a new device shows at `now`: another one each minute, from a secret of the request alone."""
    return HOTP(secret, number("code", "digits"), SHA1()).generate(_window(opened_at, now)).decode()  # noqa: S303


def fresh_for(opened_at: datetime, now: datetime) -> float:
    """Seconds until the next code is shown."""
    lifetime = span("code", "lifetime_seconds").total_seconds()
    return lifetime - (now - opened_at).total_seconds() % lifetime


def code_fits(secret: bytes, opened_at: datetime, now: datetime, typed: str) -> bool:
    """Is this the code that is shown now? One that was shown before is not."""
    return hmac.compare_digest(code_shown(secret, opened_at, now).encode(), _plain(typed).encode())


def new_authenticator_secret() -> bytes:
    """A secret to be shared with an authenticator app."""
    return secrets.token_bytes(number("authenticator", "secret_bits") // 8)


def authenticator_address(secret: bytes, account: str, issuer: str = "Fourcorners") -> str:
    """The `otpauth:` address for a QR code; apps take the number of digits from it."""
    hotp = HOTP(secret, number("authenticator", "digits"), SHA1())  # noqa: S303
    plain = hotp.get_provisioning_uri(account, 0, issuer)
    step = number("authenticator", "step_seconds")
    return plain.replace("otpauth://hotp/", "otpauth://totp/").replace("counter=0", f"period={step}")


def authenticator_step(secret: bytes, now: datetime, typed: str, used_step: int | None) -> int | None:
    """The time step whose code was typed, or None. Steps up to `used_step` were used: no code is good twice.

    Keep the answer as the next `used_step` (RFC 6238, 5.2).
    """
    hotp = HOTP(secret, number("authenticator", "digits"), SHA1())  # noqa: S303 - what authenticator apps speak
    current = int(now.timestamp()) // number("authenticator", "step_seconds")
    first, last = current - number("authenticator", "steps_late"), current + number("authenticator", "steps_early")
    code, found = _plain(typed).encode(), None
    for step in range(first, last + 1):
        fits = hmac.compare_digest(hotp.generate(step), code)
        if fits and (used_step is None or step > used_step):
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Codes to be printed and kept, each in groups of four letters."""
    length = number("recovery", "bits") // 8
    drawn = [base64.b32encode(secrets.token_bytes(length)).decode() for _ in range(number("recovery", "codes"))]
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in drawn]


def hash_of_recovery(typed: str) -> str:
    """What is kept of a recovery code: 64 hex digits. Hyphens, spaces and small letters make no difference."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return sha256(letters.encode()).hexdigest()


def _window(opened_at: datetime, now: datetime) -> int:
    return int((now - opened_at) // span("code", "lifetime_seconds"))


def _plain(typed: str) -> str:
    return "".join(letter for letter in typed if letter in "0123456789") if typed.strip() else ""
