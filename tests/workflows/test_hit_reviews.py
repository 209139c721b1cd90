"""A hit on somebody who was cleared already calls a person, through the queue (INS16)."""

import pytest

from cases import fill_in, staff
from fourcorners.clearance import Outcome, require
from fourcorners.clearance.actions import claim_next, decide, decide_hit
from fourcorners.clearance.errors import CaseTaken, NothingWaits, NotInReview
from fourcorners.clearance.phases import Phase
from fourcorners.clearance.queries import find_review, phase_and_proposals
from fourcorners.clearance.queue import Filters, list_queue
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.webhooks.models import Event
from fourcorners.people import State
from fourcorners.people.actions import open_for_reverification, submit
from fourcorners.people.queries import get_verification, state_of
from fourcorners.privacy.export import history_of
from fourcorners.screening.queries import read_hit
from fourcorners.workflows.stuck import sweep_stuck
from listed_people import ANNA, NOBODY, bring, checked, hits

ADA, BO = staff(name="ada"), staff(name="bo")


def say(floor, case, *, same, actor=ADA):
    (hit,) = hits(floor, case)
    with floor.database.write() as db:
        return decide_hit(db, hit.id, actor=actor, same=same, note="Compared the papers.")


def review(floor, case):
    """Kind, reasons, and whether it is open; None where there never was one."""
    with floor.database.read() as db:
        found = find_review(db, case)
        return None if found is None else (found.kind, found.reasons, found.closed_at is None)


def state(floor, case):
    with floor.database.read() as db:
        return state_of(get_verification(db, case))


def told(floor):
    with floor.database.read() as db:
        return [(e.kind, e.data.get("outcome")) for e in db.query(Event).order_by(Event.id) if "hit_" in e.kind]


def test_a_new_hit_on_somebody_who_is_verified_waits_in_the_queue_until_it_is_decided(floor, tmp_path):
    case = checked(floor)
    assert review(floor, case) is None
    bring(floor, tmp_path, ANNA)
    assert review(floor, case) == ("hits", ["further_review"], True)
    with floor.database.write() as db:
        assert [r.case_id for r in list_queue(db, Filters(kind="hits")).reviews] == [case]
        assert claim_next(db, actor=ADA).case_id == case
        assert phase_and_proposals(db, get_verification(db, case))[0] is Phase.LISTED
        with pytest.raises(NothingWaits):
            claim_next(db, actor=BO)
        with pytest.raises(NotInReview):
            decide(db, case, actor=ADA, outcome=Outcome.APPROVE)
    with pytest.raises(CaseTaken):
        say(floor, case, same=False, actor=BO)
    say(floor, case, same=False)
    assert review(floor, case) == ("hits", ["further_review"], False)
    assert state(floor, case) is State.VERIFIED
    assert told(floor) == [("verification.hit_found", None), ("verification.hit_decided", "not_same")]
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        assert require(db, owner, "withdraw").level == 2
        done = [e.action for e in db.query(AuditEvent).order_by(AuditEvent.seq) if e.action.startswith("hit.")]
        assert done == ["hit.review_opened", "hit.decided", "hit.review_closed"]
        assert verify_chain(db).broken_at is None
        assert not [event for event in history_of(db, owner) if event["action"].startswith("hit.")]


def test_it_is_told_once_and_leaves_the_queue_with_the_entry(sqlite_floor, tmp_path):
    case = checked(sqlite_floor)
    bring(sqlite_floor, tmp_path, ANNA)
    bring(sqlite_floor, tmp_path, ANNA, NOBODY)
    assert told(sqlite_floor) == [("verification.hit_found", None)]
    bring(sqlite_floor, tmp_path, NOBODY)
    assert review(sqlite_floor, case) == ("hits", ["further_review"], False)
    bring(sqlite_floor, tmp_path, ANNA)
    assert review(sqlite_floor, case) == ("hits", ["further_review"], True)


def test_a_confirmed_hit_has_them_verified_anew_and_leaves_the_queue(sqlite_floor, tmp_path):
    case = checked(sqlite_floor)
    bring(sqlite_floor, tmp_path, ANNA)
    say(sqlite_floor, case, same=True)
    assert state(sqlite_floor, case) is State.EXPIRED_REVERIFY
    assert review(sqlite_floor, case) == ("hits", ["further_review"], False)


def test_whoever_is_verified_anew_meanwhile_comes_before_a_person_as_a_case(sqlite_floor, tmp_path, clock):
    """The review for the hit becomes that of the case, which the machine leaves to a person."""
    floor, case = sqlite_floor, checked(sqlite_floor)
    with floor.database.write() as db:
        open_for_reverification(db, case, actor="system", trigger="document_expired")
    bring(floor, tmp_path, ANNA)
    assert review(floor, case) == ("hits", ["further_review"], True)
    fill_in(floor, case)
    with floor.database.write() as db:
        submission = submit(db, case, actor=get_verification(db, case).applicant_id).id
        assert phase_and_proposals(db, get_verification(db, case))[0] is Phase.LISTED, "nothing was checked yet"
    clock.move(minutes=16)
    assert sweep_stuck(floor.database) == 1
    checked(floor, again=(case, submission))
    assert state(floor, case) is State.UNDER_REVIEW
    assert review(floor, case) == ("person", ["further_review"], True)
    say(floor, case, same=False)
    assert review(floor, case) == ("person", ["further_review"], True)
    with floor.database.write() as db:
        decide(db, case, actor=ADA, outcome=Outcome.APPROVE)
    assert (state(floor, case), review(floor, case)[2]) == (State.VERIFIED, False)


def test_the_name_on_the_document_is_screened_too(sqlite_floor, tmp_path):
    entry = {"id": "q1", "schema": "Person", "properties": {"name": ["Vladimir Orlov"]}}
    bring(sqlite_floor, tmp_path, entry)
    read = {
        "document": {"kind": "passport"},
        "fields": {
            "expiry_date": {"value": "2031-02-28"},
            "family_name": {
                "value": "ERIKSSON",
                "source": "print",
                "others": [{"value": "ORLOV", "source": "mrz"}],
            },
            "given_names": {
                "value": "ANNA MARIA",
                "source": "print",
                "others": [{"value": "VLADIMIR", "source": "mrz"}],
            },
        },
    }
    case = checked(sqlite_floor, read=read)
    (hit,) = hits(sqlite_floor, case)
    with sqlite_floor.database.read() as db:
        assert read_hit(db, hit)["name"] == "VLADIMIR ORLOV"
    assert state(sqlite_floor, case) is State.UNDER_REVIEW
    assert hits(sqlite_floor, checked(sqlite_floor)) == []
