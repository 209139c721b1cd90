"""Decisions, the queue of cases for people, notes and messages, versions of the policy."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Json, Model

__all__ = ["Decision", "Exemption", "Message", "Note", "PolicyVersion", "Review"]


class Decision(Model):
    """One decision on a case; several stand side by side when a senior overrules (`overrules`) or two are needed.

    `standing` is `proposed` (waits for a second person), `effective`, or `overruled`. `items` maps items to reasons.
    """

    __tablename__ = "decisions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(Id)
    run_id: Mapped[str | None] = mapped_column(Id)
    number: Mapped[int]
    by: Mapped[str] = mapped_column(Id)
    outcome: Mapped[str] = mapped_column(String(16))
    standing: Mapped[str] = mapped_column(String(12))
    reasons: Mapped[list[str]] = mapped_column(Json)
    items: Mapped[dict[str, Any]] = mapped_column(Json)
    policy: Mapped[str] = mapped_column(String(64))
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    overrules: Mapped[str | None] = mapped_column(Id)
    seconds: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("case_id", "number"),)


class Exemption(Model):
    """A reason that somebody lets stand in one case, such as a head covering worn for religion. `note` says why."""

    __tablename__ = "exemptions"

    case_id: Mapped[str] = mapped_column(Id, primary_key=True)
    reason: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner_id: Mapped[str] = mapped_column(Id)
    by: Mapped[str] = mapped_column(Id)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class Review(Model):
    """A case that waits for a person; closed when a decision is effective.

    `kind` is that of the case, `device`, or `hits`: hits on lists of somebody who was cleared, and nothing else.
    """

    __tablename__ = "reviews"

    case_id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    country: Mapped[str | None] = mapped_column(String(2))
    level: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(Json)
    assignee: Mapped[str | None] = mapped_column(Id)
    waits_for: Mapped[str] = mapped_column(String(12), default="reviewer")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_reviews_closed_at", "closed_at", "due_at"),)


class Note(Model):
    """What reviewers write for each other; never shown to the applicant."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(Id)
    by: Mapped[str] = mapped_column(Id)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_notes_case_id", "case_id"),)


class Message(Model):
    """The thread with the applicant: `direction` is `out` (a request for information, by mail) or `in` (the answer)."""

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(Id)
    direction: Mapped[str] = mapped_column(String(3))
    by: Mapped[str] = mapped_column(Id)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_messages_case_id", "case_id"),)


class PolicyVersion(Model):
    """One version of the policy, as TOML; `active_from` is None for a draft. Never changed once active."""

    __tablename__ = "policy_versions"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    active_from: Mapped[datetime | None]
