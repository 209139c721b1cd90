"""Applicants are screened with each submission and whenever lists change; a hit leaves the case to a person (INS16)."""

import json
from datetime import timedelta

import pytest

from cases import finished_run, staff, submitted_case
from fourcorners.accounts.errors import NotAllowed
from fourcorners.clearance import Outcome, require
from fourcorners.clearance.actions import decide, decide_hit
from fourcorners.clearance.errors import NotCleared
from fourcorners.clearance.policy import read_policy, version_at
from fourcorners.clearance.policy.what_if import what_if
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.people import State
from fourcorners.people.actions import RUN
from fourcorners.people.queries import get_verification, state_of
from fourcorners.privacy.actions import erase
from fourcorners.screening.errors import HitsOpen
from fourcorners.screening.lists import CHANGED, import_list
from fourcorners.screening.queries import list_hits_of, list_screened
from fourcorners.workflows import perform

LISTED = {
    "id": "q1",
    "schema": "Person",
    "properties": {"name": ["Eriksson, Anna-Maria"], "birthDate": ["1974"], "country": ["se"]},
}
NAMESAKE = {
    "id": "q2",
    "schema": "Person",
    "properties": {"name": ["Anna Maria Eriksson"], "birthDate": ["1931-01-02"]},
}


def bring(floor, tmp_path, *rows):
    path = tmp_path / "list.json"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    import_list(floor.database, floor.blobs, path, "eu", actor="acc_1")


def checked(floor, **given):
    """A case of whom the pictures say nothing against them, as the worker leaves it."""
    case, submission = submitted_case(floor, **given)
    finished_run(floor, case, submission, "approve")
    perform(floor, RUN, {"verification": case, "submission": submission})
    return case


def state(floor, case):
    with floor.database.read() as db:
        return state_of(get_verification(db, case))


def hits(floor, case):
    with floor.database.read() as db:
        return list_hits_of(db, case)


def say(floor, case, *, same, actor=None):
    with floor.database.write() as db:
        return decide_hit(db, hits(floor, case)[0].id, actor=actor or staff(), same=same, note="Compared the papers.")


def approve(floor, case, actor=None):
    with floor.database.write() as db:
        return decide(db, case, actor=actor or staff(), outcome=Outcome.APPROVE)


def test_without_a_list_the_case_says_that_nobody_was_screened(floor):
    case = checked(floor)
    assert state(floor, case) is State.VERIFIED
    with floor.database.read() as db:
        assert [row.outcome for row in list_screened(db, case)] == ["not_screened"]


def test_a_hit_stops_the_machine_and_a_person_decides_it_before_the_case(floor, tmp_path):
    """Told as further_review, which says nothing to the applicant."""
    bring(floor, tmp_path, LISTED)
    case = checked(floor)
    assert state(floor, case) is State.UNDER_REVIEW
    with floor.database.read() as db:
        assert find_review(db, case).reasons == ["further_review"]
    with pytest.raises(HitsOpen):
        approve(floor, case)
    with pytest.raises(NotAllowed):
        say(floor, case, same=False, actor=staff("developer"))
    say(floor, case, same=False)
    approve(floor, case)
    assert state(floor, case) is State.VERIFIED


def test_with_another_birth_date_a_namesake_is_no_hit(floor, tmp_path):
    bring(floor, tmp_path, NAMESAKE)
    case = checked(floor)
    assert (state(floor, case), hits(floor, case)) == (State.VERIFIED, [])


def test_with_a_confirmed_hit_only_a_senior_approves_and_the_gate_stays_shut(floor, tmp_path):
    bring(floor, tmp_path, LISTED)
    case = checked(floor)
    say(floor, case, same=True)
    with pytest.raises(HitsOpen):
        approve(floor, case)
    with pytest.raises(NotAllowed):
        say(floor, case, same=False)
    approve(floor, case, staff("senior_reviewer"))
    assert state(floor, case) is State.VERIFIED
    with floor.database.write() as db, pytest.raises(NotCleared):
        require(db, get_verification(db, case).applicant_id, "deposit")
    say(floor, case, same=False, actor=staff("senior_reviewer"))
    with floor.database.write() as db:
        assert require(db, get_verification(db, case).applicant_id, "deposit").level == 2


def test_when_a_list_changes_everybody_is_screened_again(floor, tmp_path):
    case = checked(floor)
    sandboxed = checked(floor, sandbox=True)
    bring(floor, tmp_path, LISTED)
    perform(floor, CHANGED, {})
    assert [hit.state for hit in hits(floor, case)] == ["open"]
    assert hits(floor, sandboxed) == []
    assert state(floor, case) is State.VERIFIED, "until somebody has looked"
    with floor.database.read() as db:
        before = list_screened(db, case)[0].at
    perform(floor, CHANGED, {})
    with floor.database.read() as db:
        assert list_screened(db, case)[0].at == before
    say(floor, case, same=True)
    assert state(floor, case) is State.EXPIRED_REVERIFY


def test_a_draft_of_the_policy_is_not_said_to_flip_what_hits_have_stopped(floor, tmp_path):
    bring(floor, tmp_path, LISTED)
    case = checked(floor)
    with floor.database.read() as db:
        found = what_if(
            db, read_policy(version_at(db, db.now).text), db.now - timedelta(days=1), db.now + timedelta(days=1)
        )
        assert [d.outcome for d in list_decisions(db, case)] == ["review"]
    assert (found.runs, found.flips) == (1, [])


def test_with_the_person_what_was_found_is_erased(floor, tmp_path):
    bring(floor, tmp_path, LISTED)
    case = checked(floor)
    with floor.database.write() as db:
        erase(db, get_verification(db, case).applicant_id, actor="acc_1")
    assert hits(floor, case) == []
    with floor.database.read() as db:
        assert list_screened(db, case) == []
