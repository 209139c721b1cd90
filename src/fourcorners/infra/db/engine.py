"""An engine for SQLite or PostgreSQL that behaves the same towards what is above it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from fourcorners.infra.errors import StoreUnavailable

__all__ = ["open_engine"]

BUSY_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 10_000
FILE = "file"
POOL_SIZE = 10
POOL_OVERFLOW = 20


def open_engine(url: str) -> Engine:
    """An engine on `url`. Writers on SQLite wait for each other at BEGIN, so that no read is stale when used."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    address = make_url(url).set(drivername="postgresql+psycopg")
    options = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c timezone=UTC"
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        connect_args={"options": options, "connect_timeout": 10},
    )


def _sqlite(url: str) -> Engine:
    path, opened = make_url(url).database or "", list[str]()
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine, "do_connect")
    def _open(*_: object) -> None:
        if opened and _file(path) is None:  # SQLite would begin an empty one, and drop the log of the one that was here
            raise StoreUnavailable("The database's file is not there (any more). Nothing was changed.")
        opened[:] = [path]

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, record: Any) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "trusted_schema=OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        record.info[FILE] = _file(path)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        _check_there(connection, path)
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "commit")
    def _commit(connection: Connection) -> None:
        _check_there(connection, path)

    return engine


def _check_there(connection: Connection, path: str) -> None:
    """A file that was removed or replaced still takes writes, which nobody would ever read: raises StoreUnavailable."""
    if connection.info.get(FILE) != _file(path):
        connection.invalidate()
        raise StoreUnavailable("The database's file is not the one that was opened. Nothing was changed.")


def _file(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
