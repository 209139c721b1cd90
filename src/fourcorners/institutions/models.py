"""Institutions and their applications. Whatever names somebody or something is sealed under the institution's key."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Json, Model

__all__ = [
    "Assessment",
    "Attestation",
    "Editor",
    "EditorGrant",
    "Institution",
    "InstitutionSubmission",
    "ItemRuling",
    "Paper",
    "Party",
    "Section",
    "Signature",
    "UserChange",
]


class Institution(Model):
    """An institution with its one application, which is also the case that is decided; `state` is INS3's.

    `reference` is the business's own name for it, `contact` the sealed e-mail. `kind` and `country` are kept beside
    the sections once they are known, for the queue. `hold` stops what approval unlocks, `legal_hold` stops erasure.
    `risk` is the level of the latest assessment, `review_on` the day of the next periodic review, `round` counts those;
    while `renewing`, an approved institution looks through its application, and stays approved.
    `user_party` is the authorised user whom access belongs to, set when the application is approved (INS14).
    """

    __tablename__ = "institutions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str | None] = mapped_column(Id, unique=True)
    reference: Mapped[str | None] = mapped_column(String(128), unique=True)
    locale: Mapped[str] = mapped_column(String(16))
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str | None] = mapped_column(String(32))
    country: Mapped[str | None] = mapped_column(String(2))
    risk: Mapped[str | None] = mapped_column(String(12))
    round: Mapped[int] = mapped_column(default=1)
    renewing: Mapped[bool] = mapped_column(default=False)
    user_party: Mapped[str | None] = mapped_column(Id)
    sandbox: Mapped[bool] = mapped_column(default=False)
    hold: Mapped[bool] = mapped_column(default=False)
    legal_hold: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    review_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institutions_state", "state", "due_at"), Index("ix_institutions_review", "review_on"))


class Section(Model):
    """One section of an application: its fields, sealed (`versioned.Versioned`), with the version of the whole."""

    __tablename__ = "institution_sections"

    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    updated_by: Mapped[str] = mapped_column(Id)
    updated_at: Mapped[datetime]


class Party(Model):
    """A person or entity with one or several roles, entered once (INS5). `applicant_id`: verified by a link instead."""

    __tablename__ = "institution_parties"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    applicant_id: Mapped[str | None] = mapped_column(Id, unique=True)
    invited_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_parties_institution_id", "institution_id"),)


class Paper(Model):
    """A file that stands for a paper of the institution, or of one of its people; `about`: what was said of it, sealed.

    `upload_id` is the evidence. A paper that was replaced or taken back keeps its row with `removed_at`.
    """

    __tablename__ = "institution_papers"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    party_id: Mapped[str | None] = mapped_column(Id, ForeignKey("institution_parties.id"))
    paper: Mapped[str] = mapped_column(String(32))
    upload_id: Mapped[str] = mapped_column(Id)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_papers_institution_id", "institution_id"),)


class Attestation(Model):
    """One attestation, ticked on its own (INS13). `sealed` holds who ticked it and from which network address."""

    __tablename__ = "institution_attestations"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    key: Mapped[str] = mapped_column(String(32))
    text_version: Mapped[str] = mapped_column(String(16))
    text_sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(Id)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_attestations_institution_id", "institution_id", "key"),)


class Signature(Model):
    """A signature, `typed` or `drawn`. `sealed`: signer, address, name or strokes, and the hash of what was signed.

    A change of anything that was signed makes it lapse: its hash is that of another content.
    """

    __tablename__ = "institution_signatures"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    kind: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column(Id)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_institution_signatures_institution_id", "institution_id"),)


class Editor(Model):
    """Somebody who fills in an application: `owner` began it, an `editor` was invited. E-mail and name are sealed."""

    __tablename__ = "institution_editors"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    account_id: Mapped[str | None] = mapped_column(Id)
    email_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    role: Mapped[str] = mapped_column(String(8))
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("institution_id", "email_key"),
        Index("ix_institution_editors_account_id", "account_id"),
    )


class EditorGrant(Model):
    """What lets a browser act as an editor without an account: `link` (by mail) or `browser` (its cookie), hashed."""

    __tablename__ = "institution_grants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    editor_id: Mapped[str] = mapped_column(Id, ForeignKey("institution_editors.id"))
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_grants_editor_id", "editor_id"),)


class InstitutionSubmission(Model):
    """One time that it was submitted, or a question answered; `content`: all that it said, sealed."""

    __tablename__ = "institution_submissions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    number: Mapped[int]
    round: Mapped[int]
    by: Mapped[str] = mapped_column(Id)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    content_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("institution_id", "number"),)


class Assessment(Model):
    """What the machine found in one submission: `found` is sealed canonical JSON, `risk` its scorecard's level."""

    __tablename__ = "institution_assessments"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    submission_id: Mapped[str] = mapped_column(Id, ForeignKey("institution_submissions.id"), unique=True)
    today: Mapped[date]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    risk: Mapped[str | None] = mapped_column(String(12))
    reasons: Mapped[list[str]] = mapped_column(Json)
    versions: Mapped[dict[str, Any]] = mapped_column(Json)
    found_sha256: Mapped[str | None] = mapped_column(String(64))
    found: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_institution_assessments_institution_id", "institution_id"),)


class ItemRuling(Model):
    """What a reviewer said of one item (INS16): `section:...`, `party:...` or `paper:...`.

    `of` is the fingerprint of what the item was at that time: what was changed since is open again.
    """

    __tablename__ = "institution_rulings"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    item: Mapped[str] = mapped_column(String(120))
    of: Mapped[str] = mapped_column(String(64))
    accepted: Mapped[bool]
    reasons: Mapped[list[str]] = mapped_column(Json)
    by: Mapped[str] = mapped_column(Id)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_rulings_institution_id", "institution_id", "item"),)


class UserChange(Model):
    """Another authorised user for an approved institution (INS14). Access moves on approval only."""

    __tablename__ = "institution_user_changes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    institution_id: Mapped[str] = mapped_column(Id, ForeignKey("institutions.id"))
    state: Mapped[str] = mapped_column(String(16))
    old_party: Mapped[str | None] = mapped_column(Id)
    new_party: Mapped[str] = mapped_column(Id)
    by: Mapped[str] = mapped_column(Id)
    reasons: Mapped[list[str]] = mapped_column(Json)
    decided_by: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_institution_user_changes_institution_id", "institution_id", "state"),)
