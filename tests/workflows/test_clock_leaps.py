"""A clock that leaps, forwards or back: nothing is erased by mistake, nothing is lost, the chain stays whole."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cases import finished_run, new_case, submitted_case
from fourcorners.clearance.actions import settle
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.kit.ids import new_id
from fourcorners.operations.doctor import examine
from fourcorners.people import State
from fourcorners.people.models import Applicant, Verification
from fourcorners.people.queries import get_verification, state_of
from fourcorners.privacy import close
from fourcorners.workflows.held import Held
from fourcorners.workflows.models import SweepAsked
from fourcorners.workflows.retries import rules
from fourcorners.workflows.steady import is_steady
from fourcorners.workflows.sweeps import SWEEPS
from fourcorners.workflows.worker import Worker, sweep_once

ERASING = ("retention.sweep", "orphans.sweep", "expiry.watch")


@pytest.fixture
def worker(floor):
    """A worker that runs no queue; its sweeps are called by the test."""
    Worker.running = Worker(floor)
    yield Worker.running
    Worker.running = None


def sweep_all():
    for name in ERASING:
        sweep_once(name)


def closed_person(floor):
    case, submission = submitted_case(floor)
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
        verification = get_verification(db, case)
        verification.expires_on = (db.now + timedelta(days=900)).date()
        close(db, verification.applicant_id, actor="acc_1")
        return case, verification.applicant_id


def erased(floor, person):
    with floor.database.read() as db:
        return db.get(Applicant, person).erased_at is not None


def test_a_clock_that_leaps_ahead_erases_nobody_and_one_that_stays_there_does(floor, clock, worker):
    """Six years at once, then the right time again: files, people and approvals are all still there."""
    case, person = closed_person(floor)
    fresh = f"{person}/{new_id('upl', at_ms=int(clock().timestamp() * 1000))}"
    floor.blobs.put(fresh, b"of a transaction that is still open")
    sweep_all()
    clock.move(days=6 * 366)
    sweep_all()
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.VERIFIED
        waits = list(db.scalars(select(AuditEvent.details).where(AuditEvent.action == "sweep.waits")))
    assert {told["sweep"] for told in waits} == set(ERASING)
    assert not erased(floor, person)
    assert fresh in floor.blobs.list()
    assert {answer.question: answer.state for answer in examine(floor)}["clock"] == "note"
    clock.move(days=-6 * 366)
    sweep_all()
    assert not erased(floor, person)
    assert fresh in floor.blobs.list()
    clock.move(days=6 * 366)
    for _ in range(3):  # this time it is true: one turn is waited for, and no more
        sweep_all()
        clock.move(hours=8)
    assert erased(floor, person)
    assert fresh not in floor.blobs.list()


def test_a_clock_that_is_set_back_breaks_no_chain_and_holds_up_no_case(floor, clock):
    """Events are numbered, not sorted by their times; the doctor tells of it."""
    case, submission = submitted_case(floor)
    clock.move(hours=-5)
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
        assert state_of(get_verification(db, case)) is State.VERIFIED
    with floor.database.read() as db:
        assert verify_chain(db).broken_at is None
        actions = [e.action for e in db.scalars(select(AuditEvent).order_by(AuditEvent.seq))]
    assert actions.index("verification.submitted") < actions.index("case.decided")
    clock.move(days=-1)
    assert {answer.question: answer.state for answer in examine(floor)}["clock"] == "ill"
    assert new_case(floor)


def test_only_sweeps_that_can_be_repeated_for_ever_go_on_after_a_leap(sqlite_floor, clock):
    harmless = set(rules()["sweeps"]) - set(rules()["steady_h"])
    assert harmless == {"handovers.sweep", "workers.sweep", "stuck.sweep", "screening.sweep"}
    assert set(SWEEPS) < set(rules()["sweeps"])
    for name in rules()["sweeps"]:
        assert is_steady(sqlite_floor.database, name)
        clock.move(days=10)
        assert is_steady(sqlite_floor.database, name) is (name in harmless)
    with sqlite_floor.database.read() as db:
        assert set(db.scalars(select(SweepAsked.name))) == set(rules()["steady_h"])
        assert db.scalars(select(Verification.id)).all() == []


def test_work_that_is_held_but_not_done_is_told_from_work_that_takes_long():
    moment = 0.0
    held = Held(lambda: moment)
    with held.doing("long"):
        assert held.idle(["long", "idle"], 60) == []
        moment = 59.0
        assert held.idle(["long", "idle", "later"], 60) == []
        moment = 61.0
        assert held.idle(["long", "idle", "later"], 60) == ["idle"]
    assert held.idle(["long", "later"], 60) == [], "its end may be being written down just now"
    moment = 125.0
    assert held.idle(["long", "later"], 60) == ["long", "later"]
    assert held.idle(["later"], 60) == ["later"]
    assert held.idle(["long"], 60) == [], "it was gone in between"
