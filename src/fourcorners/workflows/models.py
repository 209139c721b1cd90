"""Which workers are alive, and when a sweep was last asked for."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from fourcorners.infra.db import Model

__all__ = ["SweepAsked", "WorkerSeen"]


class WorkerSeen(Model):
    """A worker process by its name (setting `executor`), and when it last said that it is alive."""

    __tablename__ = "workers_seen"

    executor: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SweepAsked(Model):
    """A regular sweep that cannot be undone, and when its turn last was, by the clock of that moment."""

    __tablename__ = "sweeps_asked"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
