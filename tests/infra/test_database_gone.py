"""The database goes away in the middle of something: a refusal that says so, nothing half done, and on it goes."""

import shutil
from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy import func, select, text

from cases import new_case
from engines import open_test_floor, postgres_server
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.errors import Busy, NotFound, StoreUnavailable
from fourcorners.people.actions import register_applicant
from fourcorners.people.models import Applicant


def break_connections():
    """Every connection to the server of this test process ends, as when it is stopped or the network breaks."""
    with psycopg.connect(postgres_server().get_uri(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def count(database):
    with database.read() as db:
        assert verify_chain(db).broken_at is None
        return db.scalar(select(func.count()).select_from(Applicant))


@pytest.fixture
def postgres(tmp_path, clock):
    opened = open_test_floor("postgresql", tmp_path, clock)
    yield opened.database
    opened.close()


def read_on(db):
    db.execute(text("SELECT 1"))


def refuse(db):
    raise NotFound("There is no such thing.")


@pytest.mark.parametrize("then", [read_on, refuse, lambda db: None])
@pytest.mark.parametrize("kind", ["read", "write"])
def test_a_connection_that_breaks_is_a_refusal_and_leaves_nothing(postgres, kind, then):
    """Whether another statement finds it out, a refusal was on its way, or only the end of the block finds it out."""
    with pytest.raises(StoreUnavailable) as refused, getattr(postgres, kind)() as db:
        if kind == "write":
            register_applicant(db, actor="system")
        read_on(db)
        break_connections()
        then(db)
    assert refused.value.retryable
    assert count(postgres) == 0
    with postgres.write() as db:
        register_applicant(db, actor="system")
    assert count(postgres) == 1


def test_whoever_is_not_told_of_a_commit_is_told_so(postgres):
    """The connection is gone when the transaction is to be committed: nobody here can know whether it was."""
    postgres.at_commit.append(lambda _: break_connections())
    with pytest.raises(StoreUnavailable) as refused, postgres.write() as db:
        register_applicant(db, actor="system")
    postgres.at_commit.pop()
    assert refused.value.fields == {"saved": "unknown"}
    assert count(postgres) == 0


def test_a_file_that_was_moved_takes_nothing_that_nobody_would_read(sqlite_floor, tmp_path):
    database, path, away = sqlite_floor.database, tmp_path / "fourcorners.db", tmp_path / "away.db"
    new_case(sqlite_floor)
    with pytest.raises(StoreUnavailable), database.write() as db:
        register_applicant(db, actor="system")
        path.rename(away)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            count(database)
    assert not path.exists(), "an empty database in its place would drop what stands in its log"
    away.rename(path)
    assert count(database) == 1
    new_case(sqlite_floor)
    shutil.copy(path, away)
    away.replace(path)
    with pytest.raises(StoreUnavailable):
        count(database)


def test_more_at_once_than_there_are_connections_wait_and_are_told(database):
    pool = database.engine.pool
    pool._timeout = 0.01
    with ExitStack() as open_ones:
        for _ in range(pool.size() + pool._max_overflow):
            open_ones.enter_context(database.read()).connection()
        with pytest.raises(Busy), database.read() as one_more:
            one_more.connection()
    assert count(database) == 0
