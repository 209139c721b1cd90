"""Sessions end by themselves, by their owner and by a change of rights (ASVS 5.0 V7)."""

import pytest

from fourcorners.accounts import Role, find_session, get_account
from fourcorners.accounts.actions import change_role, end_other_sessions, end_session, touch_session
from fourcorners.accounts.queries import list_sessions, seen_from
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.errors import NotFound
from signing_tools import PASSWORD, add_customer, add_member, try_password


def alive(database, opened):
    with database.read() as db:
        return find_session(db, opened.token) is not None


@pytest.mark.parametrize(("make", "idle", "hours"), [(add_member, 30, 12), (add_customer, 60, 24)])
def test_it_ends_when_idle_and_at_last_in_any_case(database, clock, make, idle, hours):
    account, opened = make(database)
    clock.move(minutes=idle - 1)
    with database.write() as db:
        touch_session(db, opened.session, actor=account)
    clock.move(minutes=idle - 1)
    assert alive(database, opened)
    clock.move(minutes=1)
    assert not alive(database, opened)
    with database.write() as db:
        touch_session(db, opened.session, actor=account)  # in use all the time: still it ends
    assert alive(database, opened)
    clock.move(hours=hours - 2 * idle / 60, minutes=1)
    with database.write() as db:
        touch_session(db, opened.session, actor=account)
    assert not alive(database, opened)


def test_its_owner_sees_and_ends_it_and_nobody_else_does(database):
    account, first = add_customer(database)
    second = try_password(database, "cleo@example.org", PASSWORD)
    other, _ = add_customer(database, "eve@example.org")
    with database.read() as db:
        listed = list_sessions(db, get_account(db, account))
        assert {s.id for s in listed} == {first.session, second.session}
        assert {seen_from(db, s) for s in listed} == {"Firefox on Linux", "Firefox"}
    with database.write() as db, pytest.raises(NotFound):
        end_session(db, first.session, actor=other)
    with database.write() as db:
        end_session(db, first.session, actor=account)
        end_session(db, first.session, actor=account)
    assert (alive(database, first), alive(database, second)) == (False, True)
    with database.read() as db:
        (event,) = db.query(AuditEvent).filter_by(action="session.ended")
        assert (event.subject, event.details) == (first.session, {"why": "signed_out"})


def test_all_others_end_at_once(database):
    account, first = add_customer(database)
    second = try_password(database, "cleo@example.org", PASSWORD)
    with database.write() as db:
        assert end_other_sessions(db, account, actor=account, but=second.session, why="asked") == 1
    assert (alive(database, first), alive(database, second)) == (False, True)


def test_another_role_ends_every_session(database):
    administrator, _ = add_member(database)
    member, opened = add_member(database, "rae@example.org", Role.REVIEWER)
    with database.write() as db:
        change_role(db, member, Role.SENIOR_REVIEWER, actor=administrator)
    assert not alive(database, opened)


def test_of_too_many_the_longest_unseen_ends(database, clock):
    _, first = add_customer(database)
    for _ in range(20):
        clock.move(seconds=1)
        last = try_password(database, "cleo@example.org", PASSWORD)
    assert (alive(database, first), alive(database, last)) == (False, True)
