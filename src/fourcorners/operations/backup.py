"""Back-up and restore: all rows and all sealed files in one TAR, the same for SQLite and PostgreSQL.

The master key is not in it: whoever has the back-up alone can open nothing. A back-up of one engine restores into the
other, which is also how an installation moves from one machine to many.
"""

import hashlib
import io
import json
import tarfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, func, insert, select

from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import Database, UtcDateTime
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import HandOver
from fourcorners.migrations import current_revision, is_current, tables
from fourcorners.operations.errors import BackupDamaged, BackupForeign, DatabaseNotEmpty

__all__ = ["backup", "restore"]

LIST = "list.json"
ROWS_AT_ONCE = 500


def backup(database: Database, blobs: Blobs, path: Path) -> dict[str, int]:
    """Write the back-up to `path`, whole or not at all; says how many rows and files are in it.

    All rows are of one moment. A file that is removed meanwhile is left out, as its row says that it is gone.
    """
    half = path.with_name(f"{path.name}.part")
    digests: dict[str, str] = {}
    rows = 0
    with tarfile.open(half, "w") as archive:
        with database.engine.connect().execution_options(isolation_level=_one_moment(database)) as connection:
            for table in tables().sorted_tables:
                lines = list(_lines(connection, table))
                rows += len(lines)
                _add(archive, digests, f"tables/{table.name}.jsonl", "".join(lines).encode())
        keys = blobs.list()
        for key in keys:
            try:
                _add(archive, digests, f"files/{key}", blobs.get(key))
            except NotFound:
                continue
        told = {"revision": current_revision(database), "parts": digests}
        _add(archive, {}, LIST, json.dumps(told, sort_keys=True).encode())
    half.replace(path)
    return {"rows": rows, "files": len(keys)}


def restore(database: Database, blobs: Blobs, path: Path) -> dict[str, int]:
    """Fill an empty database, whose tables are made, and the file store. All rows come in one transaction.

    Work that had been given to a queue is handed over again; doing it twice does it once. Raises BackupDamaged,
    BackupForeign, DatabaseNotEmpty.
    """
    told = _check(path)
    if told["revision"] != current_revision(database) or not is_current(database):
        raise BackupForeign("The back-up is of another form of the tables.", revision=told["revision"])
    rows = files = 0
    with tarfile.open(path) as archive:
        with database.engine.execution_options(writes=True).begin() as connection:
            _check_empty(connection)
            for table in reversed(tables().sorted_tables):
                connection.execute(table.delete())  # the foundation that `migrate` laid: the back-up brings its own
            for table in tables().sorted_tables:
                rows += _fill(connection, table, _read(archive, f"tables/{table.name}.jsonl"))
            connection.execute(HandOver.__table__.update().values(taken_at=None))  # type: ignore[attr-defined]
        for name in told["parts"]:
            if name.startswith("files/"):
                blobs.put(name.removeprefix("files/"), _read(archive, name))
                files += 1
    return {"rows": rows, "files": files}


def _one_moment(database: Database) -> str:
    return "SERIALIZABLE" if database.dialect == "sqlite" else "REPEATABLE READ"


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield json.dumps({column.name: _plain(row[column.name]) for column in table.columns}, ensure_ascii=False) + "\n"


def _plain(value: object) -> Any:  # noqa: ANN401 - any plain value
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _fill(connection: Connection, table: Table, data: bytes) -> int:
    rows = [
        {name: _typed(table, name, value) for name, value in json.loads(line).items()} for line in data.splitlines()
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])
    return len(rows)


def _typed(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 - any plain value
    kind = table.columns[name].type
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _check(path: Path) -> dict[str, Any]:
    """Every part is there with its digest, before anything is written."""
    try:
        with tarfile.open(path) as archive:
            told: dict[str, Any] = json.loads(_read(archive, LIST))
            for name, digest in told["parts"].items():
                if hashlib.sha256(_read(archive, name)).hexdigest() != digest:
                    raise BackupDamaged("A part of the back-up was changed.", part=name)
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError) as error:
        raise BackupDamaged("The back-up is not whole.") from error
    return told


def _check_empty(connection: Connection) -> None:
    for name in ("accounts", "applicants", "audit_events", "uploads"):
        table = tables().tables[name]
        if connection.scalar(select(func.count()).select_from(table)):
            raise DatabaseNotEmpty("The database has rows already: restore into an empty one.", table=name)


def _add(archive: tarfile.TarFile, digests: dict[str, str], name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))
    digests[name] = hashlib.sha256(data).hexdigest()


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise BackupDamaged("A part of the back-up is missing.", part=name)
    return member.read()
