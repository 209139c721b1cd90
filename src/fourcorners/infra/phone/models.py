"""The table of calls and text messages."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Id, Model

__all__ = ["PhoneMessage"]


class PhoneMessage(Model):
    """One call or text, sealed for `owner`. After `expires_at` it is not placed any more: nobody would wait for it.

    `kind` is `call` or `text`. `sent_at` is set once; `shown_only`: by the Null twin, which calls nobody.
    """

    __tablename__ = "phone_messages"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(8))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    shown_only: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_phone_messages_owner", "owner", "created_at"),)
