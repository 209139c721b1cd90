"""Close, hold, erase, hand out: what a person, or the law, may ask about their data."""

from sqlalchemy import delete, select

from fourcorners.clearance.actions import follow_hits
from fourcorners.clearance.models import Decision
from fourcorners.evidence.models import FaceTemplate, Upload
from fourcorners.infra.audit import audit
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.mail import Mail
from fourcorners.infra.sealing import destroy_key
from fourcorners.infra.webhooks import tell
from fourcorners.people.models import Applicant, IdentityMark, Verification
from fourcorners.people.queries import get_applicant, get_verification_of
from fourcorners.privacy.rules import check_may_erase
from fourcorners.screening.actions import forget

__all__ = ["REMOVE", "close", "erase", "hold", "was_verified"]

REMOVE = "files.remove"
"""The kind of durable work that removes files whose rows say so; its payload is `{"uploads": [id]}`."""


def close(db: WriteSession, applicant_id: str, *, actor: str) -> None:
    """The relation with this person ends: spans of retention begin. A second time changes nothing."""
    person = get_applicant(db, applicant_id)
    if person.closed_at is None:
        person.closed_at = db.now
        audit(db, actor=actor, action="applicant.closed", subject=applicant_id, owner=applicant_id)
        tell(db, "applicant.closed", about=person.id, sandbox=person.sandbox)


def hold(db: WriteSession, applicant_id: str, *, actor: str, on: bool, why: str) -> None:
    """Set or lift a legal hold, which stops every erasure. `why` is kept sealed."""
    person = get_applicant(db, applicant_id)
    if person.legal_hold != on:
        person.legal_hold = on
        action = "legal_hold.set" if on else "legal_hold.lifted"
        audit(db, actor=actor, action=action, subject=applicant_id, owner=applicant_id, private={"why": why})


def erase(db: WriteSession, applicant_id: str, *, actor: str, why: str = "request") -> None:
    """Destroy the person's key; rows without names stay, and the audit chain stays whole. Raises MustBeKept.

    Keyed hashes, face vector, hits on lists and mails go at once; the files, which nobody can open any more, are
    removed after the commit. A second time changes nothing.
    """
    person = db.get(Applicant, get_applicant(db, applicant_id).id, with_for_update=True)
    if person is None or person.erased_at is not None:
        return
    check_may_erase(
        legal_hold=person.legal_hold,
        verified_ever=was_verified(db, applicant_id),
        closed_at=person.closed_at,
        now=db.now,
    )
    audit(db, actor=actor, action="applicant.erased", subject=applicant_id, owner=applicant_id, details={"why": why})
    gone = []
    for upload in db.scalars(select(Upload).where(Upload.owner_id == applicant_id, Upload.removed_at.is_(None))):
        upload.removed_at = db.now
        gone.append(upload.id)
    if gone:
        hand_over(db, REMOVE, {"uploads": gone})
    db.execute(delete(FaceTemplate).where(FaceTemplate.owner_id == applicant_id))
    db.execute(delete(IdentityMark).where(IdentityMark.applicant_id == applicant_id))
    db.execute(delete(Mail).where(Mail.owner == applicant_id))
    forget(db, applicant_id)
    follow_hits(db, get_verification_of(db, applicant_id).id, actor=actor)
    destroy_key(db, applicant_id)
    person.reference, person.erased_at = None, db.now
    person.closed_at = person.closed_at or db.now
    db.flush()
    tell(db, "applicant.erased", about=person.id, sandbox=person.sandbox, why=why)


def was_verified(db: ReadSession, applicant_id: str) -> bool:
    """Was this person ever verified? Then the duty to keep records holds."""
    query = select(Decision.id).where(Decision.owner_id == applicant_id, Decision.outcome == "approve").limit(1)
    reached = select(Verification.id).where(Verification.applicant_id == applicant_id, Verification.state == "verified")
    return db.scalar(query) is not None or db.scalar(reached.limit(1)) is not None
