"""Keep what is handed in, and what the checks found in it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import func, select

from fourcorners.evidence.models import Run, Upload
from fourcorners.evidence.originals import MEDIA_TYPES, check_institution_file
from fourcorners.evidence.queries import BASIS, BYTES, NAME, VERDICT, find_run, get_run
from fourcorners.evidence.rules import check_quota, check_source, group_of_item, quota_span
from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal, seal_json
from fourcorners.kit.canonical import sha256_hex
from fourcorners.kit.ids import new_id
from fourcorners.verdict import basis_of
from fourcorners.vision.decode import decode
from fourcorners.vision.papers import open_paper

__all__ = ["begin_run", "check_file", "finish_run", "note_matches", "store_upload"]


def check_file(item: str, data: bytes, name: str = "") -> str:
    """The media type of a file that can stand for `item`; slow (it is decoded), so do it before a transaction begins.

    Raises the refusals of `vision.decode` and `vision.papers`, whose codes are reasons of the catalogue; ItemUnknown.
    """
    if group_of_item(item) == "institution":
        return check_institution_file(item, data, name)
    if group_of_item(item) == "picture":
        return MEDIA_TYPES[decode(data, name=name or None, strict_name=bool(name)).format]
    return MEDIA_TYPES[open_paper(data, name or None).format]


def store_upload(
    db: WriteSession,
    blobs: Blobs,
    *,
    actor: str,
    owner_id: str,
    case_id: str,
    item: str,
    data: bytes,
    media_type: str,
    source: str,
    name: str = "",
) -> Upload:
    """Seal and keep a file that `check_file` has taken.

    Raises SourceNotAllowed, ItemUnknown, TooManyFiles, StoreUnavailable.

    If the transaction fails afterwards, the sealed file has no row and is swept away later.
    """
    check_source(item, source)
    recent = select(func.count(), func.coalesce(func.sum(Upload.size_bytes), 0)).where(
        Upload.owner_id == owner_id, Upload.created_at > db.now - quota_span()
    )
    files, bytes_given = db.execute(recent).one()
    check_quota(item, files, bytes_given, len(data))
    upload = Upload(
        id=new_id("upl"),
        owner_id=owner_id,
        case_id=case_id,
        item=item,
        sha256=sha256(data).hexdigest(),
        media_type=media_type,
        size_bytes=len(data),
        source=source,
        file_name=seal(db, owner_id, name.encode(), NAME) if name else None,
        created_at=db.now,
    )
    upload.blob_key = f"{owner_id}/{upload.id}"
    blobs.put(upload.blob_key, seal(db, owner_id, data, f"{BYTES} {upload.id}"))
    db.add(upload)
    db.flush()
    details = {"item": item, "source": source, "size_bytes": len(data), "sha256": upload.sha256, "case": case_id}
    audit(db, actor=actor, action="upload.stored", subject=upload.id, owner=owner_id, details=details)
    return upload


def begin_run(
    db: WriteSession,
    *,
    owner_id: str,
    case_id: str,
    submission_id: str,
    uploads: Mapping[str, str],
    today: date,
    about: Mapping[str, object] | None = None,
) -> Run:
    """The run of a submission; one that has begun already keeps its day, its uploads and what it is about."""
    run = find_run(db, submission_id)
    if run is None:
        run = Run(
            id=new_id("run"),
            owner_id=owner_id,
            case_id=case_id,
            submission_id=submission_id,
            today=today,
            started_at=db.now,
            uploads=dict(uploads),
            about=dict(about or {}),
            reasons=[],
            versions={},
        )
        db.add(run)
        db.flush()
        audit(db, actor="system", action="run.begun", subject=run.id, owner=owner_id, details={"case": case_id})
    return run


def note_matches(db: WriteSession, run_id: str, matches: Mapping[str, object]) -> Run:
    """Keep whom the search for duplicates found; the first answer stays, so that a replay gives the same bytes."""
    run = get_run(db, run_id)
    if run.matches is None:
        run.matches = dict(matches)
        db.flush()
    return run


def finish_run(
    db: WriteSession,
    run_id: str,
    *,
    verdict: bytes,
    decision: str,
    reasons: Sequence[str],
    versions: Mapping[str, object],
) -> Run:
    """Keep what was found; does nothing when the run has finished already."""
    run = get_run(db, run_id)
    if run.finished_at is not None:
        return run
    run.finished_at, run.decision = db.now, decision
    run.reasons, run.versions = list(reasons), dict(versions)
    run.verdict, run.verdict_sha256 = seal(db, run.owner_id, verdict, f"{VERDICT} {run.id}"), sha256_hex(verdict)
    run.basis = seal_json(db, run.owner_id, basis_of(json.loads(verdict)).to_dict(), f"{BASIS} {run.id}")
    db.flush()
    details = {"decision": decision, "reasons": list(reasons), "verdict_sha256": run.verdict_sha256}
    audit(db, actor="system", action="run.finished", subject=run.id, owner=run.owner_id, details=details)
    return run
