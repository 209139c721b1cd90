"""Workers are killed at random moments: no verification is lost, none is decided twice, the audit chain is whole.

`make test` kills a few times; FOURCORNERS_LONG=1 kills 200 times during 600 verifications on each engine.
"""

import os
import random
import signal
import time
from collections import Counter

import pytest
from sqlalchemy import func, select

from cases import new_case, submitted_case
from engines import open_test_floor, stamp
from fourcorners.clearance.models import Decision
from fourcorners.evidence.models import Run
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import Mail
from fourcorners.people.actions import submit
from fourcorners.people.models import Verification
from fourcorners.people.personas import make_persona
from fourcorners.people.queries import get_verification
from fourcorners.workflows.dispatch import Dispatch, make_work_tables
from worker_nursery import nursery

LONG = bool(os.environ.get("FOURCORNERS_LONG"))
CASES, KILLS = (600, 200) if LONG else (12, 3)
REAL_EVERY = 6 if LONG else 1
"""Every so many-th case has pictures that are checked; the others are of a persona: all else is the same for them."""

LATEST_S = 2.0
AT_LONGEST_S = 20
PATIENCE_S = 9000 if LONG else 200


def wait_for_start(log, times, until):
    """Until the log says so many times that a worker has begun: only then a kill can hit work."""
    while log.read_text().count("worker.started") < times and time.monotonic() < until:
        time.sleep(0.02)


def left_over(floor):
    """Cases that are not decided yet, and letters about them that are not written or sent."""
    with floor.database.read() as db:
        sent = db.scalar(select(func.count()).select_from(Mail).where(Mail.sent_at.is_not(None)))
        return db.scalar(select(func.count()).where(Verification.state == "under_review")) + CASES - sent


def hand_in(floor, *, real):
    if real:
        submitted_case(floor)
        return
    case = new_case(floor, sandbox=True)
    with floor.database.write() as db:
        make_persona(db, get_verification(db, case), "blurred_document", actor="system")
        submit(db, case, actor="system")


def kill_again_and_again(floor, dispatch, start, log, until):
    """Submit cases and kill whoever works on them; the last worker goes on, and is given back."""
    rng = random.Random(7)  # noqa: S311 - moments, not secrets
    worker = start()
    for killed in range(KILLS):
        wait_for_start(log, killed + 1, until)
        for number in range(killed * CASES // KILLS, (killed + 1) * CASES // KILLS):
            # every other one is left for the sweep, as if the web process had died after its commit
            floor.database.after_commit[:] = [dispatch] if number % 2 else []
            hand_in(floor, real=number % REAL_EVERY == 0)
        began, moment, at_last = worker.worked_s(), rng.uniform(0, LATEST_S), time.monotonic() + AT_LONGEST_S
        while worker.worked_s() - began < moment and time.monotonic() < at_last:
            time.sleep(0.005)
        worker.signal(signal.SIGKILL)
        worker.wait()
        worker = start()
    return worker


@pytest.mark.timeout(PATIENCE_S + 100)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_killed_worker_loses_nothing_and_does_nothing_twice(engine, tmp_path, clock):
    floor = open_test_floor(engine, tmp_path, clock, blob_url=(tmp_path / "blobs").as_uri())
    stamp(floor)
    make_work_tables(floor.settings)
    dispatch = Dispatch(floor.database, floor.settings)
    log, until = tmp_path / "worker.log", time.monotonic() + PATIENCE_S
    with nursery(floor, log=log, FOURCORNERS_EXECUTOR="one", FOURCORNERS_CHECKS_AT_ONCE="4") as start:
        worker = kill_again_and_again(floor, dispatch, start, log, until)
        while left_over(floor) and time.monotonic() < until:
            time.sleep(0.2)
        worker.signal(signal.SIGTERM)
        worker.wait()
    dispatch.close()
    with floor.database.read() as db:
        states = Counter(db.scalars(select(Verification.state)))
        assert states["action_required"] == CASES, (states, log.read_text()[-2000:])
        assert db.scalar(select(func.count()).select_from(Run)) == CASES
        assert set(Counter(db.scalars(select(Decision.case_id))).values()) == {1}
        assert set(
            Counter(db.scalars(select(AuditEvent.subject).where(AuditEvent.action == "case.decided"))).values()
        ) == {1}
        assert list_waiting(db) == []
        assert set(Counter(db.scalars(select(Mail.owner))).values()) == {1}
        assert db.scalar(select(func.count()).select_from(Mail).where(Mail.sent_at.is_not(None))) == CASES
        assert verify_chain(db).broken_at is None
    floor.close()
