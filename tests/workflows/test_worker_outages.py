"""A worker lives through a database that is cut off, and through a full disk: all its work is done in the end, once.

Only with FOURCORNERS_LONG=1: both wait until the worker looks for what it holds but does not do.
"""

import os
import signal
import time
from collections import Counter
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import func, select

from cases import submitted_case
from engines import open_test_floor, stamp, with_tables
from fourcorners.clearance.models import Decision
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.errors import Busy, StoreUnavailable
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import Mail
from fourcorners.kit.errors import Refusal
from fourcorners.workflows import Dispatch, make_work_tables
from outages import bring_back, cut_off, filled, lone_server, small_disk
from worker_nursery import nursery

pytestmark = pytest.mark.skipif(not os.environ.get("FOURCORNERS_LONG"), reason="only with FOURCORNERS_LONG=1")
CASES, OUTAGES, OUT_S, PATIENCE_S = 24, 3, 4, 600


@contextmanager
def postgres(tmp_path):
    """A server; what cuts it off for a while."""
    with lone_server() as server:

        @contextmanager
        def out():
            cut_off(server)
            yield
            bring_back(server)

        yield {"engine": "postgresql", "database_url": with_tables(server)}, out


@contextmanager
def sqlite(tmp_path):
    """A small disk; what fills it for a while."""
    with small_disk(tmp_path / "data", "64m"):
        yield {"engine": "sqlite"}, lambda: filled(tmp_path / "data")


def left_over(floor, dispatch):
    """What is not done yet: letters, and work that the queue knows of but that has no end."""
    with floor.database.read() as db:
        sent = db.scalar(select(func.count()).select_from(Mail).where(Mail.sent_at.is_not(None)))
    open_work = dispatch.client.list_workflows(name="work", status=["PENDING", "ENQUEUED", "DELAYED"], load_input=False)
    return CASES - sent + len(open_work)


@pytest.mark.timeout(PATIENCE_S + 200)
@pytest.mark.parametrize("place", [postgres, sqlite])
def test_outages_lose_nothing_and_need_no_restart(place, tmp_path, clock):
    with place(tmp_path) as (how, out):
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        floor = open_test_floor(folder=folder, clock=clock, blob_url=(folder / "blobs").as_uri(), **how)
        stamp(floor)
        make_work_tables(floor.settings)
        dispatch = Dispatch(floor.database, floor.settings)
        floor.database.after_commit.append(dispatch)
        log, until = tmp_path / "worker.log", time.monotonic() + PATIENCE_S
        with nursery(floor, log=log, FOURCORNERS_EXECUTOR="one", FOURCORNERS_CHECKS_AT_ONCE="4") as start:
            worker = start()
            while "worker.started" not in log.read_text() and time.monotonic() < until:
                time.sleep(0.05)
            for _ in range(OUTAGES):
                for _ in range(CASES // OUTAGES):
                    submitted_case(floor)
                time.sleep(1)
                with out():
                    time.sleep(OUT_S)
                    with pytest.raises((StoreUnavailable, Busy)):
                        submitted_case(floor)
            left = CASES
            while left and time.monotonic() < until:
                time.sleep(1)
                with suppress(Refusal):
                    left = left_over(floor, dispatch)
            assert worker.alive(), log.read_text()[-2000:]
            assert left == 0, log.read_text()[-2000:]
            worker.signal(signal.SIGTERM)
            worker.wait()
        with floor.database.read() as db:
            assert list_waiting(db) == []
            assert set(Counter(db.scalars(select(Decision.case_id))).values()) == {1}
            assert set(Counter(db.scalars(select(Mail.owner))).values()) == {1}
            assert verify_chain(db).broken_at is None
        dispatch.close()
        floor.close()
