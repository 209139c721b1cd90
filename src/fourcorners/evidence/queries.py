"""Reads of evidence."""

from sqlalchemy import select

from fourcorners.evidence.models import LiveCheck, Run, Upload
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_json, open_sealed
from fourcorners.verdict import Basis

__all__ = [
    "BASIS",
    "BYTES",
    "NAME",
    "VERDICT",
    "find_run",
    "get_run",
    "get_upload",
    "list_live_checks",
    "list_runs",
    "list_uploads",
    "read_basis",
    "read_name",
    "read_upload",
    "read_verdict",
]

BASIS = "basis"
BYTES = "upload"
NAME = "file name"
VERDICT = "verdict"


def get_upload(db: ReadSession, upload_id: str) -> Upload:
    """Raises NotFound."""
    upload = db.get(Upload, upload_id)
    if upload is None:
        raise NotFound("There is no such upload.")
    return upload


def list_uploads(db: ReadSession, case_id: str) -> list[Upload]:
    """Every file that was handed in for a case, the first one first."""
    return list(db.scalars(select(Upload).where(Upload.case_id == case_id).order_by(Upload.created_at, Upload.id)))


def read_upload(db: ReadSession, blobs: Blobs, upload: Upload) -> bytes:
    """The bytes as they were handed in. Raises NotFound when they were removed, KeyDestroyed after erasure."""
    if upload.removed_at is not None:
        raise NotFound("The file was removed when its time was over.")
    return open_sealed(db, upload.owner_id, blobs.get(upload.blob_key), f"{BYTES} {upload.id}")


def read_name(db: ReadSession, upload: Upload) -> str:
    """What the sender called the file; empty for a picture from the camera. Raises KeyDestroyed after erasure."""
    return "" if upload.file_name is None else open_sealed(db, upload.owner_id, upload.file_name, NAME).decode()


def get_run(db: ReadSession, run_id: str) -> Run:
    """Raises NotFound."""
    run = db.get(Run, run_id)
    if run is None:
        raise NotFound("There is no such run.")
    return run


def find_run(db: ReadSession, submission_id: str) -> Run | None:
    """The run of this submission, if it has begun."""
    return db.scalars(select(Run).where(Run.submission_id == submission_id)).one_or_none()


def list_runs(db: ReadSession, case_id: str) -> list[Run]:
    """All runs of a case, the first one first."""
    return list(db.scalars(select(Run).where(Run.case_id == case_id).order_by(Run.started_at, Run.id)))


def read_verdict(db: ReadSession, run: Run) -> bytes:
    """The canonical JSON of what a finished run found. Raises NotFound, KeyDestroyed."""
    if run.verdict is None:
        raise NotFound("This run has not finished.")
    return open_sealed(db, run.owner_id, run.verdict, f"{VERDICT} {run.id}")


def read_basis(db: ReadSession, run: Run) -> Basis:
    """What the decision on a finished run rests on. Raises NotFound, KeyDestroyed."""
    if run.basis is None:
        raise NotFound("This run has not finished.")
    return Basis.from_dict(open_json(db, run.owner_id, run.basis, f"{BASIS} {run.id}"))


def list_live_checks(db: ReadSession, owner_id: str, purpose: str | None = None) -> list[LiveCheck]:
    """All challenges of a person, the first one first."""
    query = select(LiveCheck).where(LiveCheck.owner_id == owner_id).order_by(LiveCheck.issued_at, LiveCheck.id)
    return list(db.scalars(query if purpose is None else query.where(LiveCheck.purpose == purpose)))
