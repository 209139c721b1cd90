"""The table of mails."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Model

__all__ = ["Mail"]


class Mail(Model):
    """One mail, sealed for `owner`. `sent_at` is set once; `shown_only`: by the Null twin, which sends nothing."""

    __tablename__ = "mails"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    shown_only: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_mails_owner", "owner"),)
