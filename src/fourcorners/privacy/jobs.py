"""Regular sweeps: what has been kept long enough goes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from fourcorners.evidence.models import FaceTemplate, Upload
from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import Database
from fourcorners.infra.mail import Mail
from fourcorners.infra.phone import PhoneMessage
from fourcorners.institutions.models import Institution
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.kit.ids import made_at
from fourcorners.people import State
from fourcorners.people.models import Applicant, Verification
from fourcorners.privacy.actions import erase
from fourcorners.privacy.errors import MustBeKept
from fourcorners.privacy.institutions import erase_institution
from fourcorners.privacy.rules import span

__all__ = ["remove_files", "sweep_orphans", "sweep_retention"]

SYSTEM = "system"
DRAFTS = (State.NOT_STARTED, State.IN_PROGRESS)


def remove_files(database: Database, blobs: Blobs, upload_ids: Sequence[str]) -> None:
    """Remove the sealed files of uploads that are marked as removed; others are left."""
    with database.read() as db:
        query = select(Upload.blob_key).where(Upload.id.in_(upload_ids), Upload.removed_at.is_not(None))
        keys = list(db.scalars(query))
    for key in keys:
        blobs.delete(key)


def sweep_retention(database: Database) -> int:
    """Erase those whose time is over, one a transaction; old mails and face vectors too. Returns how many."""
    erased = 0
    people, institutions = list(_due(database)), list(_due_institutions(database))
    for act, (owner, why) in [*((erase, one) for one in people), *((erase_institution, one) for one in institutions)]:
        with database.write() as db:
            try:
                act(db, owner, actor=SYSTEM, why=why)
            except MustBeKept:
                continue  # somebody set a hold a moment ago
            erased += 1
    with database.write() as db:
        mails = db.execute(delete(Mail).where(Mail.sent_at < db.now - span("mails")).returning(Mail.id)).all()
        old = PhoneMessage.expires_at < db.now - span("mails")
        calls = db.execute(delete(PhoneMessage).where(old).returning(PhoneMessage.id)).all()
        faces = db.execute(
            delete(FaceTemplate).where(FaceTemplate.expires_at < db.now).returning(FaceTemplate.owner_id)
        ).all()
        if mails or faces or calls:
            details = {"mails": len(mails), "calls": len(calls), "face_templates": len(faces)}
            audit(db, actor=SYSTEM, action="retention.swept", subject=SYSTEM, details=details)
    return erased


def sweep_orphans(database: Database, blobs: Blobs) -> int:
    """Remove sealed files that no row knows and that are older than any transaction. Returns how many."""
    with database.read() as db:
        before: datetime = db.now - span("orphans")
        old = [key for key in blobs.list() if (at := made_at(key.rpartition("/")[2])) is not None and at < before]
        known = set(db.scalars(select(Upload.blob_key).where(Upload.removed_at.is_(None))))
    orphans = [key for key in old if key not in known]
    for key in orphans:
        blobs.delete(key)
    return len(orphans)


def _due(database: Database) -> Iterator[tuple[str, str]]:
    with database.read() as db:
        free = (Applicant.erased_at.is_(None), Applicant.legal_hold.is_(False))
        closed = select(Applicant.id).where(*free, Applicant.closed_at < db.now - span("documents"))
        yield from ((applicant_id, "retention") for applicant_id in db.scalars(closed))
        drafts = (
            select(Applicant.id)
            .join(Verification, Verification.applicant_id == Applicant.id)
            .where(
                *free,
                or_(*(Verification.state == state for state in DRAFTS)),
                Verification.submitted_at.is_(None),
                Verification.updated_at < db.now - span("drafts"),
            )
        )
        yield from ((applicant_id, "draft") for applicant_id in db.scalars(drafts))


def _due_institutions(database: Database) -> Iterator[tuple[str, str]]:
    with database.read() as db:
        free = (Institution.erased_at.is_(None), Institution.legal_hold.is_(False))
        closed = select(Institution.id).where(*free, Institution.closed_at < db.now - span("documents"))
        yield from ((institution_id, "retention") for institution_id in db.scalars(closed))
        drafts = select(Institution.id).where(
            *free,
            Institution.state == InstitutionState.DRAFT,
            Institution.submitted_at.is_(None),
            Institution.updated_at < db.now - span("drafts"),
        )
        yield from ((institution_id, "draft") for institution_id in db.scalars(drafts))
