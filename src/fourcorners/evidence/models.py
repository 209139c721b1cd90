"""Uploads, runs of the checks, live challenges. The bytes are sealed files; the tables say where they are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Json, Model

__all__ = ["FaceTemplate", "LiveCheck", "Run", "Upload"]


class Upload(Model):
    """One file as it was handed in. `case_id` is the verification or application that it belongs to."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(Id)
    case_id: Mapped[str] = mapped_column(Id)
    item: Mapped[str] = mapped_column(String(32))
    blob_key: Mapped[str] = mapped_column(String(80), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    source: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_uploads_case_id", "case_id"), Index("ix_uploads_owner_id", "owner_id"))


class Run(Model):
    """One run of all checks on one submission. `verdict` is the sealed canonical JSON; `uploads` maps items to uploads.

    `about` holds what a policy asks of a case, in codes: applicant, level, residence, document, issuer.
    `basis` is what the decision rests on (`verdict.Basis`), sealed: small, so that policies can be tried on many runs.
    `matches` notes who else had the same marks or face when the run was made: ids by kind, None until it was searched.
    The same uploads, claims, day and versions give the same bytes again: `verdict_sha256` holds a replay to that.
    """

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(Id)
    case_id: Mapped[str] = mapped_column(Id)
    submission_id: Mapped[str] = mapped_column(Id)
    today: Mapped[date]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    uploads: Mapped[dict[str, Any]] = mapped_column(Json)
    about: Mapped[dict[str, Any]] = mapped_column(Json)
    matches: Mapped[dict[str, Any] | None] = mapped_column(Json)
    decision: Mapped[str | None] = mapped_column(String(16))
    reasons: Mapped[list[str]] = mapped_column(Json)
    versions: Mapped[dict[str, Any]] = mapped_column(Json)
    basis: Mapped[bytes | None] = mapped_column(LargeBinary)
    verdict_sha256: Mapped[str | None] = mapped_column(String(64))
    verdict: Mapped[bytes | None] = mapped_column(LargeBinary)  # last, for it is large

    __table_args__ = (
        UniqueConstraint("submission_id"),
        Index("ix_runs_case_id", "case_id"),
        Index("ix_runs_finished_at", "finished_at"),
    )


class LiveCheck(Model):
    """One challenge (FR1): issued with a nonce, answered once, judged. `report` is the sealed judgement."""

    __tablename__ = "live_checks"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(Id)
    case_id: Mapped[str] = mapped_column(Id)
    purpose: Mapped[str] = mapped_column(String(20))
    session: Mapped[str] = mapped_column(Id)
    policy: Mapped[str] = mapped_column(String(16))
    steps: Mapped[list[str]] = mapped_column(Json)
    nonce: Mapped[str] = mapped_column(String(32), unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    code: Mapped[str | None] = mapped_column(String(32))
    report: Mapped[bytes | None] = mapped_column(LargeBinary)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    portrait_upload_id: Mapped[str | None] = mapped_column(Id)

    __table_args__ = (Index("ix_live_checks_owner_id", "owner_id", "purpose"),)


class FaceTemplate(Model):
    """The face vector of a verified person, sealed under their key, for the search for duplicates (IND5)."""

    __tablename__ = "face_templates"

    owner_id: Mapped[str] = mapped_column(Id, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    embedder: Mapped[str] = mapped_column(String(96))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
