"""The wrapped keys."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db.model import Id, Model

__all__ = ["SealingKey"]


class SealingKey(Model):
    """The key of one owner, wrapped under a master key. Once destroyed the row stays, without the key."""

    __tablename__ = "sealing_keys"

    owner: Mapped[str] = mapped_column(Id, primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
