"""Work that was lost is handed over again; work that brings workers down is set aside."""

from sqlalchemy import create_engine, text

from cases import submitted_case
from fourcorners.clearance.queries import find_review
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.infra.mail import write_mail
from fourcorners.people.queries import get_verification
from fourcorners.workflows import Dispatch, make_work_tables
from fourcorners.workflows.dispatch import work_url
from fourcorners.workflows.retries import retries_of
from fourcorners.workflows.stuck import sweep_stuck
from fourcorners.workflows.worker import Worker


def test_lost_work_is_handed_over_again(floor, clock):
    case, submission = submitted_case(floor)
    with floor.database.write() as db:
        mark_taken(db, list_waiting(db)[0].id)
    assert sweep_stuck(floor.database) == 0
    clock.move(minutes=16)
    assert sweep_stuck(floor.database) == 1
    assert sweep_stuck(floor.database) == 0
    with floor.database.read() as db:
        assert list_waiting(db)[0].payload == {"verification": case, "submission": submission}


def test_waits_grow_and_end():
    retries = retries_of("verification.run")
    waits = [retries.wait_s(tried) for tried in range(1, retries.tries + 1)]
    assert waits[:4] == [1, 4, 16, 60]
    assert waits[-1] is None
    day_s = sum(retries_of("mail.deliver").wait_s(tried) for tried in range(1, retries_of("mail.deliver").tries))
    assert 18 * 3600 < day_s < 30 * 3600


def test_what_brings_workers_down_goes_to_a_person_and_other_work_is_begun_again(sqlite_floor):
    """After a hundred deaths of its worker DBOS leaves work lying; nothing is lost with it."""
    floor = sqlite_floor
    make_work_tables(floor.settings)
    worker = Worker(floor)
    worker.dispatch = Dispatch(floor.database, floor.settings)
    floor.database.after_commit.append(worker.dispatch)
    case, _ = submitted_case(floor)
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        write_mail(db, owner=owner, kind="test", to="a@example.org", subject="s", text="t")
    queue = create_engine(work_url(floor.settings))
    with queue.begin() as connection:
        connection.execute(text("UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"))
    worker.go_on()
    with queue.connect() as connection:
        left = connection.execute(text("SELECT status, queue_name FROM workflow_status")).all()
    queue.dispose()
    worker.dispatch.close()
    assert [tuple(row) for row in left] == [("ENQUEUED", "errands")]
    with floor.database.read() as db:
        assert find_review(db, case).reasons == ["check_not_made"]
