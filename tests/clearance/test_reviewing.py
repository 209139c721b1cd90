"""Reviewers at work: take, decide, second, disagree, overrule, exempt, ask; two at once, one form twice."""

import threading

import pytest

from cases import give, put_in_force, settled_case, staff
from fourcorners.accounts import Role
from fourcorners.accounts.errors import NotAllowed
from fourcorners.clearance import Outcome, require
from fourcorners.clearance.actions import (
    add_note,
    answer,
    ask,
    assign,
    claim,
    claim_next,
    decide,
    exempt,
    look_at,
    overrule,
    release,
)
from fourcorners.clearance.errors import (
    AlreadyDecided,
    CaseChanged,
    CaseTaken,
    ExceptionNotAllowed,
    NotCleared,
    NothingWaits,
    NotInReview,
    SecondPersonNeeded,
    TextMissing,
)
from fourcorners.clearance.queries import (
    exempt_reasons,
    find_review,
    list_decisions,
    list_exemptions,
    list_messages,
    list_notes,
    read_text,
)
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.kit.ids import new_id
from fourcorners.people import Item, State
from fourcorners.people.queries import get_verification, item_states, state_of
from signing_tools import add_member

ANNA, BO, SENIOR = staff(), staff(name="bo"), staff("senior_reviewer", "siv")


def said(floor, case, actor, outcome, **more):
    with floor.database.write() as db:
        return decide(db, case, actor=actor, outcome=outcome, **more)


def stands(floor, case):
    with floor.database.read() as db:
        return state_of(get_verification(db, case)), [(d.by, d.standing) for d in list_decisions(db, case)][1:]


def test_a_refusal_needs_a_second_person(floor):
    case, _ = settled_case(floor, "review")
    first = said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"])
    assert stands(floor, case) == (State.UNDER_REVIEW, [("acc_anna", "proposed")])
    with floor.database.read() as db:
        assert find_review(db, case).waits_for == "second"
    with pytest.raises(SecondPersonNeeded):
        said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"])
    second = said(floor, case, BO, Outcome.REJECT, reasons=["face_mismatch"])
    assert second.seconds == first.id
    expected = [("acc_anna", "effective"), ("acc_bo", "effective")]
    assert stands(floor, case) == (State.REJECTED_FINAL, expected)


def test_who_disagrees_calls_a_senior_and_both_decisions_stay(floor):
    case, _ = settled_case(floor, "review")
    said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"])
    said(floor, case, BO, Outcome.APPROVE)
    with floor.database.read() as db:
        assert find_review(db, case).waits_for == "senior"
    for tried in (ANNA, BO):
        with pytest.raises((SecondPersonNeeded, Exception)) as refused:
            said(floor, case, tried, Outcome.APPROVE)
        assert refused.value.code in ("not_allowed", "second_person_needed")
    said(floor, case, SENIOR, Outcome.APPROVE)
    state, decisions = stands(floor, case)
    assert state is State.VERIFIED
    assert decisions == [("acc_anna", "overruled"), ("acc_bo", "effective"), ("acc_siv", "effective")]


def test_a_senior_who_disagrees_needs_nobody_else(floor):
    case, _ = settled_case(floor, "review")
    said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"])
    said(floor, case, SENIOR, Outcome.APPROVE, note="same mole")
    assert stands(floor, case) == (State.VERIFIED, [("acc_anna", "overruled"), ("acc_siv", "effective")])


def test_nobody_approves_alone_against_what_the_policy_names(floor):
    put_in_force(floor, '[rules.four_eyes]\noutcomes = []\ndespite = ["face_uncertain"]')
    case, _ = settled_case(floor, "review")
    said(floor, case, ANNA, Outcome.APPROVE)
    assert stands(floor, case) == (State.UNDER_REVIEW, [("acc_anna", "proposed")])


def test_the_same_form_sent_twice_decides_once(floor):
    case, _ = settled_case(floor, "review")
    key = new_id("dec")
    first = said(floor, case, ANNA, Outcome.APPROVE, key=key, seen=1)
    assert said(floor, case, ANNA, Outcome.APPROVE, key=key, seen=1).id == first.id == key
    assert len(stands(floor, case)[1]) == 1
    with pytest.raises(AlreadyDecided):
        said(floor, case, ANNA, Outcome.RESUBMIT, items={Item.SELFIE: ["blurred"]}, key=key)
    with pytest.raises(AlreadyDecided):
        said(floor, case, BO, Outcome.APPROVE, key=key)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(floor):
    case, _ = settled_case(floor, "review")
    told, ready = [], threading.Barrier(2)

    def one(actor, outcome, items):
        ready.wait()
        try:
            said(floor, case, actor, outcome, items=items, seen=1)
            told.append("won")
        except AlreadyDecided as refusal:
            told.append(refusal.code)

    both = [
        threading.Thread(target=one, args=(ANNA, Outcome.APPROVE, {})),
        threading.Thread(target=one, args=(BO, Outcome.RESUBMIT, {Item.SELFIE: ["blurred"]})),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["already_decided", "won"]
    assert len(stands(floor, case)[1]) == 1


def test_a_proposal_made_meanwhile_is_not_seconded_unseen(floor):
    case, _ = settled_case(floor, "review")
    said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"], seen=1)
    with pytest.raises(CaseChanged):
        said(floor, case, BO, Outcome.REJECT, reasons=["face_mismatch"], seen=1)


def test_a_case_is_taken_by_one(floor):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        claim(db, case, actor=ANNA)
        claim(db, case, actor=ANNA)
        for tried in (claim, release):
            with pytest.raises(CaseTaken):
                tried(db, case, actor=BO)
        with pytest.raises(CaseTaken):
            decide(db, case, actor=BO, outcome=Outcome.APPROVE)
        with pytest.raises(NothingWaits):
            claim_next(db, actor=BO)
        assert claim_next(db, actor=ANNA).case_id == case
        release(db, case, actor=SENIOR)
        assert claim_next(db, actor=BO).assignee == "acc_bo"


def test_a_senior_gives_a_case_to_somebody_who_decides(floor):
    case, _ = settled_case(floor, "review")
    reviewer, _ = add_member(floor.database, "bo@example.org", Role.REVIEWER)
    technician, _ = add_member(floor.database, "dev@example.org", Role.DEVELOPER)
    with floor.database.write() as db:
        assert assign(db, case, actor=SENIOR, to=reviewer).assignee == reviewer
        for wrong, refused in ((technician, NotInReview), ("acc_nobody", NotFound)):
            with pytest.raises(refused):
                assign(db, case, actor=SENIOR, to=wrong)
        with pytest.raises(NotAllowed):
            assign(db, case, actor=ANNA, to=reviewer)


def test_the_next_case_is_one_that_you_may_decide(floor):
    case, _ = settled_case(floor, "review")
    said(floor, case, ANNA, Outcome.REJECT, reasons=["face_mismatch"])
    with floor.database.write() as db:
        with pytest.raises(NothingWaits):
            claim_next(db, actor=ANNA)
        assert claim_next(db, actor=BO).case_id == case


def test_overruling_a_resubmission_before_the_applicant_acts(floor):
    case, _ = settled_case(floor, "resubmit")
    with floor.database.write() as db:
        overrule(db, case, actor=SENIOR, outcome=Outcome.APPROVE, note="legible")
        assert item_states(db, case)[Item.DOCUMENT_FRONT] == "accepted"
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.VERIFIED
        assert [d.standing for d in list_decisions(db, case)] == ["overruled", "effective"]


def test_overruling_waits_for_what_was_handed_in_since(floor):
    case, _ = settled_case(floor, "resubmit")
    with floor.database.write() as db:
        give(floor, db, case, Item.DOCUMENT_FRONT)
    with pytest.raises(NotInReview), floor.database.write() as db:
        overrule(db, case, actor=SENIOR, outcome=Outcome.APPROVE)


def test_overruling_an_approval_takes_the_clearance_back(floor):
    case, _ = settled_case(floor, "approve")
    with floor.database.write() as db:
        overrule(db, case, actor=SENIOR, outcome=Outcome.RESUBMIT, reasons=["face_mismatch"])
    with floor.database.write() as db, pytest.raises(NotCleared):
        require(db, get_verification(db, case).applicant_id, "withdraw")
    assert stands(floor, case)[0] is State.EXPIRED_REVERIFY


def test_a_final_refusal_stays(floor):
    case, _ = settled_case(floor, "reject")
    with pytest.raises(AlreadyDecided), floor.database.write() as db:
        overrule(db, case, actor=SENIOR, outcome=Outcome.APPROVE)


def test_an_exception_holds_for_one_case(floor):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        exempt(db, case, actor=ANNA, reason="head_covered", note="head scarf")
        exempt(db, case, actor=ANNA, reason="head_covered", note="again")
        with pytest.raises(ExceptionNotAllowed):
            exempt(db, case, actor=ANNA, reason="face_mismatch", note="")
    with floor.database.read() as db:
        (made,) = list_exemptions(db, case)
        assert (read_text(db, made), b"scarf" in made.note) == ("head scarf", False)
        assert exempt_reasons(db, case) == {"head_covered"}


def test_a_question_goes_by_mail_and_the_answer_brings_the_case_back(floor, clock):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        with pytest.raises(NotInReview):
            answer(db, case, actor="app_1", text="hello")
        ask(db, case, actor=ANNA, text="Which name?", subject="A question", letter="Please open https://...")
        assert find_review(db, case).waits_for == "applicant"
    clock.move(hours=30)
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        answer(db, case, actor=owner, text="  My married name. ")
        review = find_review(db, case)
        assert (review.waits_for, (review.due_at - db.now).total_seconds()) == ("reviewer", 24 * 3600)
    with floor.database.read() as db:
        thread = [(m.direction, read_text(db, m)) for m in list_messages(db, case)]
        assert thread == [("out", "Which name?"), ("in", "My married name.")]
        assert read_mail(db, list_mails(db)[0].id).to == "anna@example.org"


def test_notes_are_sealed_and_views_are_noted(floor):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        add_note(db, case, actor=ANNA, text="looks like her brother")
        look_at(db, case, actor=staff("developer"), what="case")
        for text in ("", "x" * 5000):
            with pytest.raises(TextMissing):
                add_note(db, case, actor=ANNA, text=text)
    with floor.database.read() as db:
        (note,) = list_notes(db, case)
        assert (read_text(db, note), b"brother" in note.text) == ("looks like her brother", False)
        seen = db.query(AuditEvent).where(AuditEvent.action == "case.seen").one()
        assert (seen.actor, seen.subject, seen.details) == ("acc_anna", case, {"what": "case"})
        assert verify_chain(db).broken_at is None
