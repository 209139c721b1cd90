"""Lists in the house: imported from files, kept version by version, one of each name in force."""

import gzip
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import Database, ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.sealing import HOUSE, open_sealed, seal
from fourcorners.kit.data import load_toml
from fourcorners.kit.ids import new_id
from fourcorners.screening.errors import ListChanged, ListNameInvalid, ListUnreadable
from fourcorners.screening.matching import LoadedList
from fourcorners.screening.model import Entry
from fourcorners.screening.models import ScreeningList
from fourcorners.screening.reading import Form, Reading, form_of, read_entries

__all__ = ["CHANGED", "Imported", "against", "import_list", "list_versions", "lists_in_force", "loaded", "retire_list"]

CHANGED = "screening.lists_changed"
"""The kind of durable work that screens everybody again; its payload is empty."""
LIST = "screening list"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
GZIP_LEVEL = 6
_loading = threading.Lock()
_at_hand: dict[str, LoadedList] = {}


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. `is_new` is false where the version in force came of the very same file."""

    version: ScreeningList
    reading: Reading
    is_new: bool


def import_list(database: Database, blobs: Blobs, path: Path, name: str, *, actor: str) -> Imported:
    """Read a file and put it in force as the next version of `name`; everybody is screened again after the commit.

    All or nothing: the version before stays in force until this one is whole. Raises ListNameInvalid, ListFormUnknown,
    ListUnreadable (too many bad rows, or no entry at all), ListChanged, StoreUnavailable.
    """
    if not NAME.fullmatch(name):
        raise ListNameInvalid("A list's name is of 1 to 40 lower-case letters, digits and hyphens.", name=name[:60])
    form, reading, digest = form_of(path), Reading(), _digest(path)
    with database.read() as db:
        before = _in_force(db, name)
        if before is not None and before.file_sha256 == digest:
            return Imported(before, reading, is_new=False)
    data = _packed(path, form, reading)
    _check_readable(reading)
    identity = new_id("lst")
    key = f"lists/{name}/{identity}.jsonl.gz.sealed"
    try:
        with database.write() as db:
            blobs.put(key, seal(db, HOUSE, data, f"{LIST} {identity}"))
            made = _in_force_from_now(db, identity, name, key, digest, reading, actor)
    except IntegrityError as error:
        blobs.delete(key)
        raise ListChanged("Somebody else imported this list a moment ago. Please try again.") from error
    return Imported(made, reading, is_new=True)


def retire_list(db: WriteSession, name: str, *, actor: str) -> ScreeningList:
    """Ask a list no more; its versions are kept, and so is what was decided. Raises NotFound."""
    found = _in_force(db, name)
    if found is None:
        raise NotFound("There is no list of that name in force.")
    found.in_force, found.retired_at = False, db.now
    details = {"name": name, "number": found.number}
    audit(db, actor=actor, action="screening.list_retired", subject=found.id, details=details)
    hand_over(db, CHANGED, {})
    db.flush()
    return found


def list_versions(db: ReadSession) -> list[ScreeningList]:
    """All versions of all lists, by name, the newest first."""
    return list(db.scalars(select(ScreeningList).order_by(ScreeningList.name, ScreeningList.number.desc())))


def lists_in_force(db: ReadSession) -> list[ScreeningList]:
    """The versions that are asked, by name."""
    return list(db.scalars(select(ScreeningList).where(ScreeningList.in_force).order_by(ScreeningList.name)))


def loaded(database: Database, blobs: Blobs) -> list[LoadedList]:
    """The lists in force, readied once a process and version: a million entries take some 25 s and 0.8 GB."""
    with database.read() as db:
        wanted = lists_in_force(db)
        with _loading:
            for version in wanted:
                if version.id not in _at_hand:
                    data = open_sealed(db, HOUSE, blobs.get(version.blob_key), f"{LIST} {version.id}")
                    _at_hand[version.id] = LoadedList.of(version.name, str(version.number), _unpacked(data))
            return [_at_hand[version.id] for version in wanted]


def against(versions: Mapping[str, str]) -> str:
    """One short mark for versions of lists and the rules: a subject with another one is to be screened again."""
    rules = load_toml("fourcorners.screening", "screening.toml")["version"]
    return sha256(json.dumps([sorted(versions.items()), rules]).encode()).hexdigest()


def _in_force(db: ReadSession, name: str) -> ScreeningList | None:
    query = select(ScreeningList).where(ScreeningList.name == name, ScreeningList.in_force)
    return db.scalars(query).one_or_none()


def _in_force_from_now(
    db: WriteSession, identity: str, name: str, key: str, digest: str, reading: Reading, actor: str
) -> ScreeningList:
    for earlier in db.scalars(select(ScreeningList).where(ScreeningList.name == name, ScreeningList.in_force)):
        earlier.in_force, earlier.retired_at = False, db.now
    highest = db.scalar(select(func.max(ScreeningList.number)).where(ScreeningList.name == name)) or 0
    made = ScreeningList(
        id=identity,
        name=name,
        number=highest + 1,
        in_force=True,
        blob_key=key,
        file_sha256=digest,
        entries=reading.entries,
        told=_told(reading),
        imported_by=actor,
        imported_at=db.now,
    )
    db.add(made)
    db.flush()
    details = {"name": name, "number": made.number, "sha256": digest, "entries": made.entries, "bad": reading.bad}
    audit(db, actor=actor, action="screening.list_imported", subject=identity, details=details)
    hand_over(db, CHANGED, {})
    return made


def _told(reading: Reading) -> dict[str, Any]:
    return {
        "bad": reading.bad,
        "dropped_values": reading.dropped_values,
        "left_out": dict(reading.left_out),
        "lines": [[row.line, row.why] for row in reading.told if not row.is_kept],
    }


def _check_readable(reading: Reading) -> None:
    share = load_toml("fourcorners.screening", "lists.toml")["bad_share_max"]
    if not reading.entries or reading.bad > share * (reading.entries + reading.bad):
        first = next((row for row in reading.told if not row.is_kept), None)
        where = "" if first is None else f" The first: line {first.line}, {first.why}."
        raise ListUnreadable(
            f"{reading.entries:,} rows are entries and {reading.bad:,} are bad: the file replaces nothing.{where}",
            entries=reading.entries,
            bad=reading.bad,
        )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            made = sha256()
            while part := stream.read(1 << 20):
                made.update(part)
            return made.hexdigest()
    except OSError as error:
        raise ListUnreadable(f"The file cannot be opened: {error.strerror}.") from error


def _packed(path: Path, form: Form, reading: Reading) -> bytes:
    try:
        with path.open(encoding="utf-8-sig", newline="" if form is Form.CSV else None) as stream:
            entries = read_entries(stream, form, reading)
            lines = "".join(f"{json.dumps(entry.to_dict(), ensure_ascii=False)}\n" for entry in entries)
    except UnicodeDecodeError as error:
        raise ListUnreadable("The file is not UTF-8.") from error
    return gzip.compress(lines.encode("utf-8", "surrogatepass"), GZIP_LEVEL, mtime=0)


def _unpacked(data: bytes) -> Iterator[Entry]:
    for line in gzip.decompress(data).decode("utf-8", "surrogatepass").splitlines():
        yield Entry.from_dict(json.loads(line))
