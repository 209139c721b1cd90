"""Decisions: by the machine where it is sure, by a person on the rest; and the gate."""

import pickle

import pytest

from cases import because, new_case, put_in_force, settled_case, staff
from fourcorners.clearance import Cleared, Outcome, require
from fourcorners.clearance.actions import decide, settle
from fourcorners.clearance.errors import AlreadyDecided, NotCleared, ReasonUnknown
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.people import Item, ItemState, State
from fourcorners.people.models import Applicant
from fourcorners.people.queries import get_verification, item_states, list_items, state_of


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ("approve", State.VERIFIED),
        ("resubmit", State.ACTION_REQUIRED),
        ("review", State.UNDER_REVIEW),
        ("reject", State.REJECTED_FINAL),
    ],
)
def test_the_machines_decision_moves_the_case(floor, decision, state):
    case, _ = settled_case(floor, decision)
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is state
        assert (find_review(db, case) is not None) is (decision == "review")


def test_a_verified_person_has_the_level_and_the_expiry_of_the_document(floor):
    case, _ = settled_case(floor, "approve")
    with floor.database.read() as db:
        verification = get_verification(db, case)
        assert verification.expires_on.isoformat() == "2031-02-28"
        assert db.get(Applicant, verification.applicant_id).level == 2


def test_each_item_keeps_its_own_reasons(floor):
    """IND7, FAI16: several reasons together, each with the item to do again."""
    told = [because("blurred"), because("glare"), because("sunglasses", redo="selfie"), because("unsigned", "review")]
    case, _ = settled_case(floor, "resubmit", because=told)
    with floor.database.read() as db:
        reasons = {item.name: item.reasons for item in list_items(db, case) if item.reasons}
        assert reasons == {"document_front": ["blurred", "glare"], "selfie": ["sunglasses"]}
        assert item_states(db, case)[Item.LIVE] is ItemState.ACCEPTED


def test_what_the_applicant_cannot_mend_goes_to_a_person(floor):
    put_in_force(floor, """[rules.effects.underage]\nfail = "resubmit" """)
    case, _ = settled_case(floor, "reject")
    with floor.database.read() as db:
        assert find_review(db, case).closed_at is None


def test_settling_twice_decides_once(floor):
    case, run = settled_case(floor, "approve")
    with floor.database.write() as db:
        settle(db, run)
        assert len(list_decisions(db, case)) == 1


def test_a_person_decides_what_the_machine_could_not(floor):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        decide(db, case, actor=staff(), outcome=Outcome.RESUBMIT, items={Item.SELFIE: ["blurred"]}, note="dark")
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.ACTION_REQUIRED
        assert find_review(db, case).closed_at is not None
        assert [d.by for d in list_decisions(db, case)] == ["system", "acc_anna"]
        assert b"dark" not in list_decisions(db, case)[1].note
    with pytest.raises(AlreadyDecided), floor.database.write() as db:
        decide(db, case, actor=staff(name="bo"), outcome=Outcome.APPROVE)


@pytest.mark.parametrize(
    ("outcome", "items", "reasons"),
    [
        (Outcome.REJECT, {}, []),
        (Outcome.REJECT, {}, ["no_such_reason"]),
        (Outcome.RESUBMIT, {}, ["blurred"]),
        (Outcome.RESUBMIT, {Item.SELFIE: []}, ["blurred"]),
    ],
)
def test_a_refusal_names_reasons_of_the_catalogue(floor, outcome, items, reasons):
    """FAI16."""
    case, _ = settled_case(floor, "review")
    with pytest.raises(ReasonUnknown), floor.database.write() as db:
        decide(db, case, actor=staff(), outcome=outcome, items=items, reasons=reasons)


def test_only_the_gate_makes_a_cleared(floor):
    case, _ = settled_case(floor, "approve")
    with floor.database.write() as db:
        person = get_verification(db, case).applicant_id
        cleared = require(db, person, "withdraw")
        assert (cleared.applicant_id, cleared.level) == (person, 2)
        with pytest.raises(TypeError):
            Cleared(person, 2, "withdraw", object())
        with pytest.raises(TypeError):
            pickle.dumps(cleared)
        db.get(Applicant, person).hold = True
        with pytest.raises(NotCleared):
            require(db, person, "withdraw")


def test_nobody_passes_the_gate_unverified(floor):
    case = new_case(floor)
    with floor.database.write() as db, pytest.raises(NotCleared) as refused:
        require(db, get_verification(db, case).applicant_id, "trade")
    assert refused.value.fields == {"level": 0, "needed": "trade"}
