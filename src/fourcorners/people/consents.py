"""What applicants agreed to, and what becomes of a draft when they take it back (GDPR, article 7)."""

from datetime import datetime

from sqlalchemy import select

from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.kit.canonical import sha256_hex
from fourcorners.kit.ids import new_id
from fourcorners.people.models import Consent, VerificationItem
from fourcorners.people.queries import get_verification_of, state_of
from fourcorners.people.rules import OPEN_FOR_ITEMS, Item, ItemState, State, flow

__all__ = ["BIOMETRIC", "agree", "ask_for_face_again", "find_consent", "has_agreed", "take_back", "taken_back_at"]

BIOMETRIC = "biometric"
"""The consent to the comparison of faces (GDPR, article 9(2)(a))."""

OF_THE_FACE = (Item.SELFIE, Item.LIVE)


def agree(db: WriteSession, applicant_id: str, kind: str, *, actor: str, text: str, locale: str) -> None:
    """Keep that the applicant agreed to `text`, which was shown in `locale`: its version and its hash."""
    consent = Consent(
        id=new_id("con"),
        applicant_id=applicant_id,
        kind=kind,
        text_version=flow()["consents"][kind],
        text_sha256=sha256_hex(text.encode()),
        locale=locale,
        at=db.now,
    )
    db.add(consent)
    db.flush()
    details = {"kind": kind, "version": consent.text_version, "sha256": consent.text_sha256, "locale": locale}
    audit(db, actor=actor, action="consent.given", subject=consent.id, owner=applicant_id, details=details)


def find_consent(db: ReadSession, applicant_id: str, kind: str) -> Consent | None:
    """What they agreed to last, taken back or not; of whichever version."""
    given = select(Consent).where(Consent.applicant_id == applicant_id, Consent.kind == kind)
    return db.scalars(given.order_by(Consent.at.desc(), Consent.id.desc()).limit(1)).one_or_none()


def has_agreed(db: ReadSession, applicant_id: str, kind: str) -> bool:
    """Did they agree to the present version of that text, and has it not been taken back?"""
    last = find_consent(db, applicant_id, kind)
    return last is not None and last.withdrawn_at is None and last.text_version == flow()["consents"][kind]


def taken_back_at(db: ReadSession, applicant_id: str, kind: str) -> datetime | None:
    """When they took it back; None for who never agreed here, or agreed again."""
    last = find_consent(db, applicant_id, kind)
    return None if last is None else last.withdrawn_at


def take_back(db: WriteSession, applicant_id: str, kind: str, *, actor: str) -> bool:
    """From now on it holds no longer; gives whether anything was taken back."""
    holds = select(Consent).where(
        Consent.applicant_id == applicant_id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    ended = list(db.scalars(holds.order_by(Consent.at)))
    for consent in ended:
        consent.withdrawn_at = db.now
        details = {"kind": kind, "version": consent.text_version}
        audit(db, actor=actor, action="consent.withdrawn", subject=consent.id, owner=applicant_id, details=details)
    db.flush()
    return bool(ended)


def ask_for_face_again(db: WriteSession, applicant_id: str) -> None:
    """In a draft, and where something is to be done again, selfie and live check are asked for anew."""
    verification = get_verification_of(db, applicant_id)
    if (state := state_of(verification)) not in OPEN_FOR_ITEMS:
        return
    for item in OF_THE_FACE:
        row = db.get(VerificationItem, (verification.id, item.value))
        if row is not None and row.state != ItemState.MISSING:
            row.state = ItemState.REDO if state is State.ACTION_REQUIRED else ItemState.MISSING
            row.upload_id = row.upload_id if state is State.ACTION_REQUIRED else None
            row.updated_at = db.now
    verification.updated_at = db.now
    db.flush()
