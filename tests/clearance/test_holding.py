"""A hold after an approval was taken back: who is held, and what ends it (IND9)."""

import pytest

from cases import fill_in, finished_run, settled_case, staff
from fourcorners.accounts.errors import NotAllowed
from fourcorners.clearance import Outcome, require
from fourcorners.clearance.actions import decide, lift_hold, overrule, settle
from fourcorners.clearance.errors import NotCleared, NotHeld, TextMissing
from fourcorners.clearance.queries import find_review, list_notes, read_text
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.people import State
from fourcorners.people.actions import submit
from fourcorners.people.queries import get_applicant, get_verification, state_of

SENIOR = staff("senior_reviewer", "siv")


def held_case(floor):
    case, _ = settled_case(floor, "approve")
    with floor.database.write() as db:
        overrule(db, case, actor=SENIOR, outcome=Outcome.RESUBMIT, reasons=["face_mismatch"])
    return case


def is_held(floor, case):
    with floor.database.read() as db:
        return get_applicant(db, get_verification(db, case).applicant_id).hold


def actions(floor):
    with floor.database.read() as db:
        assert verify_chain(db).broken_at is None
        return [(e.action, e.actor) for e in db.query(AuditEvent).order_by(AuditEvent.seq) if "hold." in e.action]


def test_the_machine_leaves_whoever_is_held_to_a_person_whose_approval_ends_the_hold(floor):
    case = held_case(floor)
    assert is_held(floor, case)
    fill_in(floor, case)
    with floor.database.write() as db:
        submission = submit(db, case, actor=get_verification(db, case).applicant_id).id
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
        assert state_of(get_verification(db, case)) is State.UNDER_REVIEW
        assert (find_review(db, case).kind, find_review(db, case).reasons) == ("person", ["further_review"])
    with floor.database.write() as db:
        decide(db, case, actor=staff(), outcome=Outcome.APPROVE)
    with floor.database.write() as db:
        assert require(db, get_verification(db, case).applicant_id, "withdraw").level == 2
    assert not is_held(floor, case)
    assert actions(floor) == [("hold.set", "acc_siv"), ("hold.lifted", "acc_anna")]


def test_a_senior_lifts_it_with_a_reason(floor):
    case = held_case(floor)
    for actor, note, refusal in ((staff(), "Fine.", NotAllowed), (SENIOR, "  ", TextMissing)):
        with pytest.raises(refusal), floor.database.write() as db:
            lift_hold(db, case, actor=actor, note=note)
    with pytest.raises(NotCleared), floor.database.write() as db:
        require(db, get_verification(db, case).applicant_id, "withdraw")
    with floor.database.write() as db:
        lift_hold(db, case, actor=SENIOR, note="It was the twin.")
    with floor.database.write() as db:
        assert require(db, get_verification(db, case).applicant_id, "withdraw").level == 2
        assert [read_text(db, note) for note in list_notes(db, case)] == ["It was the twin."]
        assert state_of(get_verification(db, case)) is State.EXPIRED_REVERIFY, "verified anew all the same"
    with pytest.raises(NotHeld), floor.database.write() as db:
        lift_hold(db, case, actor=SENIOR, note="Once more.")
    assert actions(floor) == [("hold.set", "acc_siv"), ("hold.lifted", "acc_siv")]
