"""Hand-overs do not pile up: those whose work is done go after the stated time, the others stay."""

from sqlalchemy import select

from fourcorners.infra.handover import HandOver, hand_over, mark_taken
from fourcorners.workflows import Dispatch, make_work_tables
from fourcorners.workflows import dispatch as dispatching
from fourcorners.workflows.retries import rules


def handed_over(floor, count=1):
    with floor.database.write() as db:
        return [hand_over(db, "mail.deliver", {"mail": f"mail_{n}"}) for n in range(count)]


def left(floor):
    with floor.database.read() as db:
        return set(db.scalars(select(HandOver.id)))


def test_what_was_done_long_ago_goes_and_what_is_still_to_be_done_stays(floor, clock, monkeypatch):
    monkeypatch.setattr(dispatching, "FORGOTTEN_AT_ONCE", 2)
    make_work_tables(floor.settings)
    dispatch = Dispatch(floor.database, floor.settings)
    begun, done, unknown, never_taken = handed_over(floor, 4)
    dispatch([begun, done])
    dispatch.client.cancel_workflow(done)
    with floor.database.write() as db:
        mark_taken(db, unknown)  # the queue has forgotten it, as it does with what was done
    clock.move(days=rules()["forget_after_days"] - 1)
    dispatch.forget()
    assert left(floor) == {begun, done, unknown, never_taken}
    late = handed_over(floor)[0]
    with floor.database.write() as db:
        mark_taken(db, late)
    clock.move(days=2)
    dispatch.forget()
    assert left(floor) == {begun, never_taken, late}
    dispatch.close()
