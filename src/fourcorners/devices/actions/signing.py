"""Signatures of devices, taken once each; and sessions that go on only while their device signs."""

from dataclasses import dataclass

from sqlalchemy import delete

from fourcorners.devices.errors import DeviceUnknown, ProofSpent
from fourcorners.devices.models import Binding, Device, SpentChallenge
from fourcorners.devices.policy import span
from fourcorners.devices.queries import Seen, find_binding, trusts
from fourcorners.devices.signing import check_challenge, check_signature
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.kit.canonical import sha256_hex

__all__ = ["Signed", "bind", "check_signed", "renew_binding", "spend"]


@dataclass(frozen=True, slots=True)
class Signed:
    """What came with a request: method, path, the challenge that was signed, the signature; and the site's secret."""

    secret: bytes
    method: str
    path: str
    challenge: str
    signature: str


def spend(db: WriteSession, session: str, key: bytes, signed: Signed) -> None:
    """Take a signature, once. Raises ProofRefused, ProofSpent."""
    check_challenge(signed.secret, session, signed.challenge, db.now)
    check_signature(key, signed.method, signed.path, signed.challenge, signed.signature)
    db.execute(delete(SpentChallenge).where(SpentChallenge.spent_at < db.now - 2 * span("proof", "challenge_minutes")))
    name = sha256_hex(signed.challenge.encode())
    if db.get(SpentChallenge, name) is not None:
        raise ProofSpent("This signature was used before.")
    db.add(SpentChallenge(id=name, spent_at=db.now))
    db.flush()


def check_signed(db: WriteSession, session: str, signed: Signed, *, actor: str) -> Device | None:
    """The device that a session is bound to, which signed this request; None for a session that is bound to none.

    Raises ProofRefused, ProofSpent, DeviceUnknown once it was removed.
    """
    bound = find_binding(db, session)
    if bound is None:
        return None
    device = bound[1]
    if device.account != actor or not trusts(device, db.now):
        raise DeviceUnknown("This device is no longer trusted. Sign in again.")
    spend(db, session, device.key, signed)
    device.used_at = db.now
    return device


def renew_binding(db: WriteSession, session: str, signed: Signed, seen: Seen, *, actor: str) -> None:
    """The device of a session has signed again: the session goes on. Raises ProofRefused, DeviceUnknown."""
    bound = find_binding(db, session)
    if bound is None:
        return
    check_signed(db, session, signed, actor=actor)
    binding, device = bound
    if binding.seen_from != seen.mark:
        audit(db, actor=actor, action="session.moved", subject=session, owner=actor, details={"device": device.id})
    binding.proved_at, binding.seen_from = db.now, seen.mark


def bind(db: WriteSession, session: str, device: Device, seen: Seen) -> None:
    """From now on the session belongs to this device."""
    db.merge(Binding(session=session, device=device.id, proved_at=db.now, seen_from=seen.mark))
    device.used_at = db.now
