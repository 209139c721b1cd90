"""Versions of lists, and what screening found. Whatever names somebody who is screened is sealed under their key."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Json, Model

__all__ = ["ScreenedSubject", "ScreeningHit", "ScreeningList"]


class ScreeningList(Model):
    """One version of a list, kept for good: of the versions of a name the one with `in_force` is asked.

    `told` holds what came of reading the file. `retired_at` is set on a list that is asked no more.
    """

    __tablename__ = "screening_lists"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    in_force: Mapped[bool]
    blob_key: Mapped[str] = mapped_column(String(120))
    file_sha256: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]
    told: Mapped[dict[str, Any]] = mapped_column(Json)
    imported_by: Mapped[str] = mapped_column(Id)
    imported_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("name", "number"), Index("ix_screening_lists_in_force", "in_force"))


class ScreenedSubject(Model):
    """How somebody was last screened: against which versions of which lists, by which rules, with what outcome.

    `case_id` is the case in which hits are decided, `owner_id` whose key seals them. `more` hits were not kept.
    """

    __tablename__ = "screened_subjects"

    subject_id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str] = mapped_column(String(16))
    lists: Mapped[dict[str, Any]] = mapped_column(Json)
    against: Mapped[str] = mapped_column(String(64))
    subject_print: Mapped[str] = mapped_column(String(64))
    hits: Mapped[int]
    more: Mapped[int]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_screened_subjects_case_id", "case_id"),
        Index("ix_screened_subjects_owner_id", "owner_id"),
    )


class ScreeningHit(Model):
    """An entry that may be somebody. `told`, sealed, is the hit with its reasons; `note`, sealed, why it was decided.

    `state` is `open`, `true_match`, `not_same`, or `gone` (no longer found, never decided). A decision stands as long
    as `entry_sha256` and `subject_print` do.
    """

    __tablename__ = "screening_hits"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    subject_id: Mapped[str] = mapped_column(Id)
    case_id: Mapped[str] = mapped_column(Id)
    owner_id: Mapped[str] = mapped_column(Id)
    list_name: Mapped[str] = mapped_column(String(40))
    list_number: Mapped[int]
    entry_id: Mapped[str] = mapped_column(String(200))
    entry_sha256: Mapped[str] = mapped_column(String(64))
    subject_print: Mapped[str] = mapped_column(String(64))
    score: Mapped[float] = mapped_column(Float)
    state: Mapped[str] = mapped_column(String(10))
    told: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_by: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None]
    found_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("subject_id", "list_name", "entry_id"),
        Index("ix_screening_hits_state", "state", "found_at"),
        Index("ix_screening_hits_case_id", "case_id"),
        Index("ix_screening_hits_owner_id", "owner_id"),
    )
