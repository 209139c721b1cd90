"""Sessions. An edge opens one; actions are handed a `WriteSession` first and never commit, queries take either kind.

`with database.write() as db:` is one transaction: it is committed when the block ends well and rolled back otherwise.
Its audit events are chained, and its work is handed over, at the very end: see `audit.py` and `handover.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session

from fourcorners.infra.db.engine import open_engine
from fourcorners.infra.errors import Busy, StoreUnavailable
from fourcorners.infra.logs import log
from fourcorners.kit.clock import Clock, system_clock

if TYPE_CHECKING:
    from fourcorners.infra.sealing import Keyring

__all__ = ["Database", "ReadSession", "WriteSession"]

SERIALISATION = ("40001", "40P01", "55P03")  # PostgreSQL: serialization failure, deadlock, lock timeout


class ReadSession(Session):
    """Reads a consistent state. `now` is the time of the transaction, `keyring` opens what is sealed."""

    now: datetime
    keyring: "Keyring"


class WriteSession(ReadSession):
    """Reads and writes. What is noted here is written with the transaction, or not at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        super().__init__(*args, **kwargs)
        self.audit_notes: list[Any] = []
        self.handed_over: list[str] = []


class Database:
    """One database. `at_commit` are called with the session just before, `after_commit` just after a commit."""

    def __init__(self, url: str, keyring: "Keyring", clock: Clock = system_clock) -> None:
        self.engine: Engine = open_engine(url)
        self.keyring = keyring
        self.clock = clock
        self.at_commit: list[Callable[[WriteSession], None]] = []
        self.after_commit: list[Callable[[list[str]], None]] = []
        self._reads = self.engine.execution_options(postgresql_readonly=True)
        self._writes = self.engine.execution_options(writes=True)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        """A session that cannot write. Raises Busy, StoreUnavailable."""
        with _refusing(), ReadSession(self._reads, autoflush=False) as db:
            self._equip(db)
            yield db

    @contextmanager
    def write(self) -> Iterator[WriteSession]:
        """One transaction. Raises Busy (nothing was changed; try again) and StoreUnavailable."""
        with _refusing(), WriteSession(self._writes, expire_on_commit=False) as db:
            self._equip(db)
            db.connection()  # begins now: on SQLite this waits for other writers, before anything is read
            yield db
            for last in self.at_commit:
                last(db)
            with _unsure():
                db.commit()
            if db.handed_over:
                for then in self.after_commit:
                    then(db.handed_over)

    def has_tables(self) -> bool:
        """Has `fourcorners migrate` been run?"""
        return inspect(self.engine).has_table("audit_events")

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _equip(self, db: ReadSession) -> None:
        db.now = self.clock()
        db.keyring = self.keyring


@contextmanager
def _unsure() -> Iterator[None]:
    """A connection that breaks while a commit is answered tells nobody whether it was one."""
    try:
        yield
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        _tell_cause(error)
        said = "The database went away while this was being saved. See whether it was saved before you try again."
        raise StoreUnavailable(said, saved="unknown") from error


@contextmanager
def _refusing() -> Iterator[None]:
    """Around the session, not in it: giving a connection back that broke meanwhile raises as well."""
    try:
        yield
    except NoneFree as error:
        raise Busy("Too many are at work on the database just now. Please try again.") from error
    except OperationalError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in SERIALISATION or "database is locked" in str(error.orig):
            raise Busy("Somebody else is changing this just now. Please try again.") from error
        _tell_cause(error)
        raise StoreUnavailable("The database does not answer just now. Nothing was changed.") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            _tell_cause(error)
            raise StoreUnavailable("The database went away. Nothing was changed.") from error
        raise


def _tell_cause(error: DBAPIError) -> None:
    """For the operator: `SQLITE_FULL`, `sqlstate:53100`. What could be a value of somebody's stays out."""
    state = getattr(error.orig, "sqlstate", None)
    name = getattr(error.orig, "sqlite_errorname", None) or type(error.orig).__name__
    log.error("database.unavailable", cause=f"sqlstate:{state}" if state else name)
