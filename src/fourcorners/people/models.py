"""Applicants and their verifications. Whatever names a person is sealed under the applicant's own key."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Json, Model

__all__ = ["Applicant", "Consent", "Grant", "IdentityMark", "Submission", "Verification", "VerificationItem"]


class Applicant(Model):
    """Somebody who is to be verified. `reference` is the business's own name for them, `contact` their sealed e-mail.

    `hold` stops what verification unlocks; `legal_hold` stops erasure; `sandbox` marks a test without a person,
    `persona` one of those who always end the same way.
    """

    __tablename__ = "applicants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str | None] = mapped_column(Id, unique=True)
    reference: Mapped[str | None] = mapped_column(String(128), unique=True)
    locale: Mapped[str] = mapped_column(String(16))
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    level: Mapped[int] = mapped_column(default=0)
    sandbox: Mapped[bool] = mapped_column(default=False)
    persona: Mapped[str | None] = mapped_column(String(40))
    hold: Mapped[bool] = mapped_column(default=False)
    legal_hold: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Verification(Model):
    """The individual verification of one applicant. A re-verification is a new `round` of the same row (IND9).

    `claims` is the sealed personal data (`checks.claims.Claims` as JSON, and more keys of the flow); `household`,
    sealed too, names the owner or leaseholder with whom the applicant lives (POA7). `challenge_policy` is one of
    `checks.live`'s, `person` for a person who looks instead (FR6), or `none`.
    """

    __tablename__ = "verifications"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    applicant_id: Mapped[str] = mapped_column(Id, ForeignKey("applicants.id"), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    round: Mapped[int] = mapped_column(default=1)
    trigger: Mapped[str] = mapped_column(String(32), default="onboarding")
    level_wanted: Mapped[int] = mapped_column(default=2)
    residence: Mapped[str | None] = mapped_column(String(2))
    nationality: Mapped[str | None] = mapped_column(String(2))
    document_kind: Mapped[str | None] = mapped_column(String(32))
    document_country: Mapped[str | None] = mapped_column(String(2))
    claims: Mapped[bytes | None] = mapped_column(LargeBinary)
    household: Mapped[bytes | None] = mapped_column(LargeBinary)
    challenge_policy: Mapped[str] = mapped_column(String(16), default="standard")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]

    __table_args__ = (Index("ix_verifications_state", "state", "due_at"),)


class VerificationItem(Model):
    """One item of a verification: its state, the upload that stands for it, and why it must be done again.

    A proof of address in several files has the others in `further`. For the live check it is the id of its record.
    """

    __tablename__ = "verification_items"

    verification_id: Mapped[str] = mapped_column(Id, ForeignKey("verifications.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    upload_id: Mapped[str | None] = mapped_column(Id)
    further: Mapped[list[str]] = mapped_column(Json)
    reasons: Mapped[list[str]] = mapped_column(Json)
    updated_at: Mapped[datetime]


class Submission(Model):
    """One time that a verification was submitted; `number` counts from 1 over all rounds."""

    __tablename__ = "submissions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    verification_id: Mapped[str] = mapped_column(Id, ForeignKey("verifications.id"))
    number: Mapped[int]
    round: Mapped[int]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("verification_id", "number"),)


class IdentityMark(Model):
    """A keyed hash that finds the same person again (IND5): of the document, or of name, birth date and country."""

    __tablename__ = "identity_marks"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    applicant_id: Mapped[str] = mapped_column(Id, ForeignKey("applicants.id"))
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("kind", "digest", "applicant_id"),)


class Grant(Model):
    """What lets a browser act for one applicant without an account: only the hash of its secret is kept.

    `kind` is `link` (sent by mail), `phone` (shown as a QR code) or `browser` (the cookie of whoever opened one).
    """

    __tablename__ = "applicant_grants"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    applicant_id: Mapped[str] = mapped_column(Id, ForeignKey("applicants.id"))
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_applicant_grants_applicant_id", "applicant_id"),)


class Consent(Model):
    """What an applicant agreed to: `kind`, the version of its text, its locale and the SHA-256 of what was shown.

    `withdrawn_at` says since when it holds no longer; the row stays, since what was done before was lawful.
    """

    __tablename__ = "consents"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    applicant_id: Mapped[str] = mapped_column(Id, ForeignKey("applicants.id"))
    kind: Mapped[str] = mapped_column(String(16))
    text_version: Mapped[str] = mapped_column(String(16))
    text_sha256: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_consents_applicant_id", "applicant_id", "kind"),)
