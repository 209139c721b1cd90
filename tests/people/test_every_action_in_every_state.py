"""The table of all acts and states, on real rows: an act moves a case as it says, or is refused and changes nothing.

IND2, IND7, IND8: nothing but the allowed moves, by whatever act; who is verified is read-only until verified anew.
"""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import func, select

from cases import DETAILS, fill_in, new_case
from engines import TestClock, open_test_floor
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.handover import HandOver
from fourcorners.people import Item, State
from fourcorners.people import actions as act
from fourcorners.people.errors import WrongState
from fourcorners.people.queries import get_verification, state_of
from fourcorners.people.reopening import return_to_review, verify_anew
from fourcorners.people.rules import MOVES

S, A = State, "system"
ACTS = {
    "state_residence": lambda db, v: act.state_residence(db, v, actor=A, residence="SE", nationality="SE"),
    "enter_details": lambda db, v: act.enter_details(db, v, actor=A, details=DETAILS),
    "choose_document": lambda db, v: act.choose_document(db, v, actor=A, kind="passport", country="SE"),
    "give_item": lambda db, v: act.give_item(db, v, actor=A, item=Item.SELFIE, upload_id="upl_x"),
    "tell_household": lambda db, v: act.tell_household(db, v, actor=A, owner="Ann", relation="parent"),
    "ask_person": lambda db, v: act.ask_person(db, v, actor=A, challenge="none", live_check="liv_x"),
    "submit": lambda db, v: act.submit(db, v, actor=A),
    "verify": lambda db, v: act.conclude(db, v, actor=A, to=S.VERIFIED),
    "require_action": lambda db, v: act.conclude(db, v, actor=A, to=S.ACTION_REQUIRED, redo={Item.SELFIE: ["blurred"]}),
    "reject": lambda db, v: act.conclude(db, v, actor=A, to=S.REJECTED_FINAL),
    "ask_again": lambda db, v: act.ask_again(db, v, actor=A, due_in=timedelta(hours=1)),
    "verify_anew": lambda db, v: verify_anew(db, v, actor=A, trigger="risk"),
    "return_to_review": lambda db, v: return_to_review(db, v, actor=A),
}
FILLING = {"enter_details", "choose_document", "give_item", "tell_household", "ask_person"}
LEADS_TO = {  # (act, state): the state after it; what is not here is refused
    **{(name, state): state for name in FILLING for state in (S.IN_PROGRESS, S.ACTION_REQUIRED)},
    **{("state_residence", state): S.IN_PROGRESS for state in (S.NOT_STARTED, S.IN_PROGRESS, S.EXPIRED_REVERIFY)},
    **{("submit", state): S.UNDER_REVIEW for state in (S.IN_PROGRESS, S.ACTION_REQUIRED)},
    ("return_to_review", S.ACTION_REQUIRED): S.UNDER_REVIEW,
    ("verify", S.UNDER_REVIEW): S.VERIFIED,
    ("require_action", S.UNDER_REVIEW): S.ACTION_REQUIRED,
    ("reject", S.UNDER_REVIEW): S.REJECTED_FINAL,
    ("ask_again", S.UNDER_REVIEW): S.UNDER_REVIEW,
    ("verify_anew", S.VERIFIED): S.EXPIRED_REVERIFY,
}


@pytest.fixture(scope="module")
def floor(tmp_path_factory):
    opened = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    yield opened
    opened.close()


def traces(floor):
    with floor.database.read() as db:
        return [db.scalar(select(func.count()).select_from(table)) for table in (AuditEvent, HandOver)]


@pytest.mark.parametrize(("name", "state"), list(product(ACTS, State)))
def test_each_act_in_each_state(floor, name, state):
    case = new_case(floor)
    fill_in(floor, case)
    with floor.database.write() as db:
        get_verification(db, case).state = state
    before, leads_to = traces(floor), LEADS_TO.get((name, state))
    if leads_to is None:
        with pytest.raises(WrongState), floor.database.write() as db:
            ACTS[name](db, case)
        assert traces(floor) == before
    else:
        with floor.database.write() as db:
            ACTS[name](db, case)
        assert traces(floor) == before if name == "choose_document" else traces(floor)[0] > before[0]
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is (leads_to or state)


def test_acts_make_every_move_that_is_allowed_and_no_other():
    moved = {(state, to) for (_, state), to in LEADS_TO.items() if to is not state}
    assert moved == {(state, to) for state, moves in MOVES.items() for to in moves}
    written = {name for name in act.__all__ if name.islower()} | {"verify_anew", "return_to_review"}
    covered = {*ACTS, "conclude", "open_for_reverification", "register_applicant"}
    assert written <= covered, "an act without a row"
