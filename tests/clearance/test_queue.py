"""The queue: filters, order, pages, clocks."""

import pytest

from cases import because, settled_case, staff
from fourcorners.clearance.actions import claim
from fourcorners.clearance.errors import CursorInvalid
from fourcorners.clearance.queue import Filters, count_waiting, list_queue


def shown(floor, **filters):
    with floor.database.read() as db:
        return [r.case_id for r in list_queue(db, Filters(**filters)).reviews]


def test_filters_and_order(floor, clock):
    early, _ = settled_case(floor, "review")
    clock.move(hours=23)
    late, _ = settled_case(floor, "review", because=(because("head_covered", "review", "selfie"),))
    with floor.database.write() as db:
        claim(db, late, actor=staff())
    assert shown(floor) == [early, late]
    assert shown(floor, sla="soon") == [early]
    assert shown(floor, sla="fine") == [late]
    assert shown(floor, reason="head_covered") == [late]
    assert shown(floor, reason="head%covered") == []
    assert shown(floor, assignee="nobody") == [early]
    assert shown(floor, assignee="acc_anna") == [late]
    assert shown(floor, older_h=5) == [early]
    assert shown(floor, country="SE", level=2, state="reviewer") == [early, late]
    assert shown(floor, country="DE") == shown(floor, level=3) == shown(floor, state="closed") == []
    clock.move(hours=2)
    assert shown(floor, sla="overdue") == [early]
    with floor.database.read() as db:
        assert (count_waiting(db), count_waiting(db, overdue=True)) == (2, 1)


def test_pages_follow_each_other_without_gap_or_twice(floor):
    cases = {settled_case(floor, "review")[0] for _ in range(5)}
    found, after = [], ""
    with floor.database.read() as db:
        while True:
            page = list_queue(db, Filters(), after, size=2)
            assert page.total == 5
            found += [r.case_id for r in page.reviews]
            after = page.after
            if not after:
                break
    assert (len(found), set(found)) == (5, cases)


@pytest.mark.parametrize("after", ["x", "2026-01-01~a", "~", "2026-01-01T00:00:00+00:00~"])
def test_a_made_up_place_is_refused(floor, after):
    with floor.database.read() as db, pytest.raises(CursorInvalid):
        list_queue(db, Filters(), after)
