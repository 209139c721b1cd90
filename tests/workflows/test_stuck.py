"""A submission whose work was lost is handed over again."""

from cases import submitted_case
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.workflows.retries import retries_of
from fourcorners.workflows.stuck import sweep_stuck


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
