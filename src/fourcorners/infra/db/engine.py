"""An engine for SQLite or PostgreSQL that behaves the same towards what is above it."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

__all__ = ["open_engine"]

BUSY_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 10_000
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
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
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

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
