"""INS3, INS16: assessed, queued, ruled on item by item, asked, decided, by two where the risk asks; on both engines."""

import json

import pytest

from cases import staff
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import add_note, answer, claim, claim_next, look_at, release
from fourcorners.clearance.errors import (
    AlreadyDecided,
    CaseTaken,
    ItemsOpen,
    NotInReview,
    SecondPersonNeeded,
)
from fourcorners.clearance.institutions import ask_institution, decide_institution, rule_item, standings
from fourcorners.clearance.queries import find_review, list_decisions, list_messages, list_notes, read_text
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.webhooks import Event
from fourcorners.institutions.actions import remove_paper, reopen, sign, submit, withdraw
from fourcorners.institutions.errors import ApplicationIncomplete, TransitionNotAllowed
from fourcorners.institutions.queries import (
    find_assessment,
    get_institution,
    list_papers,
    list_submissions,
    read_assessment,
)
from fourcorners.institutions.reading import progress_of
from fourcorners.institutions.reasons import InstitutionReasonUnknown
from institution_cases import (
    ORIGIN,
    accept_all,
    approved,
    give_paper,
    hand_over,
    in_review,
    pdf,
    save,
    submitted,
    work_off,
)

ANNA, BERTA, CARL = staff(), staff(name="berta"), staff("senior_reviewer", name="carl")


def state(floor, institution):
    with floor.database.read() as db:
        return get_institution(db, institution).state


def paper_item(floor, institution, key):
    with floor.database.read() as db:
        return f"paper:{next(p.id for p in list_papers(db, institution) if p.paper == key)}"


def test_a_submission_is_assessed_with_proofs_and_waits_for_a_person(floor):
    institution = in_review(floor)
    with floor.database.read() as db:
        done = find_assessment(db, institution)
        found = read_assessment(db, done)
        assert found["ownership"]["owners"][0]["name"] == "Ann Lee"
        assert found["ownership"]["owners"][0]["grounds"][0]["adds_up"] is True
        assert "paper_missing" in found["ownership"]["notes"]
        assert "ownership_unclear" in done.reasons
        review = find_review(db, institution)
        assert (review.kind, review.country, review.waits_for) == ("institution", "CH", "reviewer")
        assert review.due_at == get_institution(db, institution).due_at
        assert b"Ann Lee" not in done.found
        told = [e.kind for e in db.query(Event).order_by(Event.id)]
        assert told == ["institution.created", "institution.submitted", "institution.under_manual_review"]


def test_people_take_look_note_and_give_back(floor):
    institution = in_review(floor)
    with floor.database.write() as db:
        assert claim_next(db, actor=ANNA).case_id == institution
        look_at(db, institution, actor=ANNA, what="case")
        note = add_note(db, institution, actor=ANNA, text="Ask for the register.")
        assert read_text(db, list_notes(db, institution)[0]) == "Ask for the register."
        assert note.owner_id == institution
    with floor.database.write() as db, pytest.raises(CaseTaken):
        claim(db, institution, actor=BERTA)
    with floor.database.write() as db, pytest.raises(CaseTaken):
        rule_item(db, institution, "section:addresses", actor=BERTA, accepted=True)
    with floor.database.write() as db:
        assert release(db, institution, actor=ANNA).assignee is None


def test_approval_needs_every_item_and_two_people_where_the_risk_is_high(floor):
    institution = in_review(floor, exposed=True)
    with floor.database.write() as db, pytest.raises(ItemsOpen) as refused:
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
    assert "section:ownership" in refused.value.fields["items"]
    items = accept_all(floor, institution, ANNA)
    assert {item.partition(":")[0] for item in items} == {"section", "party", "paper"}
    with floor.database.write() as db:
        first = decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE, note="Fine.", key="dec_one")
        assert decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE, key="dec_one").id == first.id
        assert first.standing == "proposed"
        assert find_review(db, institution).waits_for == "second"
    with floor.database.write() as db, pytest.raises(SecondPersonNeeded):
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
    with floor.database.write() as db:
        second = decide_institution(db, institution, actor=BERTA, outcome=Outcome.APPROVE)
        assert (second.standing, second.seconds) == ("effective", first.id)
    work_off(floor)
    with floor.database.read() as db:
        row = get_institution(db, institution)
        assert (row.state, row.review_on.isoformat(), row.due_at) == ("approved", "2027-11-01", None)
        assert row.user_party is not None
        assert find_review(db, institution).closed_at is not None
        subjects = [read_mail(db, m.id).subject for m in list_mails(db, institution)]
        assert sorted(subjects) == ["Muster Handel AG is verified", "We received the application of Muster Handel AG"]
        assert verify_chain(db).broken_at is None
    with floor.database.write() as db, pytest.raises(AlreadyDecided):
        decide_institution(db, institution, actor=CARL, outcome=Outcome.APPROVE)


def test_where_two_disagree_a_senior_settles(floor):
    institution = in_review(floor, exposed=True)
    accept_all(floor, institution, ANNA)
    with floor.database.write() as db:
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
        no = decide_institution(db, institution, actor=BERTA, outcome=Outcome.REJECT, reasons=["owners_unclear"])
        assert no.standing == "proposed"
    with floor.database.write() as db:
        decide_institution(db, institution, actor=CARL, outcome=Outcome.APPROVE)
        assert [d.standing for d in list_decisions(db, institution)] == ["effective", "overruled", "effective"]
    assert state(floor, institution) == "approved"


def test_a_refusal_says_what_is_wrong_and_is_opened_again(floor):
    """INS3: feedback names the item; what was not named stays; the item must be changed before it is submitted anew."""
    institution = in_review(floor)
    item = paper_item(floor, institution, "articles")
    with floor.database.write() as db:
        for wrong in ([], ["identity_not_proved"], ["risk_high"]):
            with pytest.raises(InstitutionReasonUnknown):
                rule_item(db, institution, item, actor=ANNA, accepted=False, reasons=wrong)
        rule_item(db, institution, "section:addresses", actor=ANNA, accepted=True)
        rule_item(db, institution, item, actor=ANNA, accepted=False, reasons=["paper_incomplete"], note="Page 2 lacks")
        with pytest.raises(InstitutionReasonUnknown):
            decide_institution(db, institution, actor=ANNA, outcome=Outcome.REJECT, reasons=["paper_incomplete"])
        made = decide_institution(db, institution, actor=ANNA, outcome=Outcome.REJECT)
        assert (made.standing, made.items) == ("effective", {item: ["paper_incomplete"]})
    work_off(floor)
    with floor.database.write() as db:
        letter = read_mail(db, list_mails(db, institution)[0].id)
        assert "Memorandum and articles of association:\n- Pages are missing." in letter.text
        reopen(db, institution, actor="edi_test")
        reopen(db, institution, actor="edi_test")
        progress = progress_of(db, get_institution(db, institution), today=db.now.date())
        assert [(i.section, i.item) for i in progress.items] == [("documents", "articles")]
        assert progress.states["documents"] == "error"
    with pytest.raises(ApplicationIncomplete, match="reviewer did not accept"):
        hand_over(floor, institution)
    with floor.database.write() as db:
        remove_paper(db, institution, item.partition(":")[2], actor="edi_test")
    give_paper(floor, institution, "articles", data=pdf("every page"))
    with floor.database.write() as db:
        sign(db, institution, actor="edi_test", signer="Ann Lee", kind="typed")
    hand_over(floor, institution)
    work_off(floor)
    with floor.database.read() as db:
        now = standings(db, institution)
        assert now["section:addresses"].accepted is True, "what nobody changed keeps its ruling"
        assert now[paper_item(floor, institution, "articles")].accepted is None
        assert find_review(db, institution).closed_at is None


def test_a_question_stops_the_application_until_it_is_answered(floor):
    """INS16: by mail, with a thread; papers may come with the answer, which is assessed anew."""
    institution = in_review(floor)
    with floor.database.write() as db:
        ask_institution(db, institution, actor=ANNA, text="Who is  Mr Blue?", origin=ORIGIN)
        letter = read_mail(db, list_mails(db, institution)[0].id)
        assert "Who is Mr Blue?" in letter.text
        assert f"{ORIGIN}/institution" in letter.text
        assert get_institution(db, institution).state == "info_requested"
        assert find_review(db, institution).waits_for == "applicant"
    accept_all(floor, institution, ANNA)
    with floor.database.write() as db, pytest.raises(TransitionNotAllowed):
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
    with pytest.raises(Exception, match="cannot be changed"):
        save(floor, institution, "basic_info", {"industry": "other"})
    give_paper(floor, institution, "supplement_letter")
    with floor.database.write() as db:
        answer(db, institution, actor="edi_test", text="He left in May.")
    assert work_off(floor) == ["institution.assess"]
    with floor.database.write() as db:
        assert [m.direction for m in list_messages(db, institution)] == ["out", "in"]
        assert (state(floor, institution), len(list_submissions(db, institution))) == ("under_review", 2)
        assert find_review(db, institution).waits_for == "reviewer"
        assert standings(db, institution)[paper_item(floor, institution, "supplement_letter")].accepted is None
        with pytest.raises(NotInReview):
            answer(db, institution, actor="edi_test", text="Again.")


def test_what_is_withdrawn_leaves_the_queue(floor):
    institution = in_review(floor)
    with floor.database.write() as db:
        withdraw(db, institution, actor="edi_test")
    with floor.database.write() as db, pytest.raises(NotInReview):
        claim(db, institution, actor=ANNA)
    work_off(floor)
    with floor.database.read() as db:
        assert find_review(db, institution).closed_at is not None


def test_work_that_was_lost_or_came_late_changes_nothing_twice(floor):
    institution, _ = submitted(floor)
    with floor.database.write() as db:
        withdraw(db, institution, actor="edi_test")
    work_off(floor)
    with floor.database.read() as db:
        assert find_review(db, institution) is None
        assert find_assessment(db, institution) is not None
        assert json.dumps(read_assessment(db, find_assessment(db, institution)))


@pytest.mark.parametrize("kind", ["trust", "government_owned", "non_profit", "private_financial_institution"])
def test_other_kinds_come_through_as_well(sqlite_floor, kind):
    institution = approved(sqlite_floor, kind)
    with sqlite_floor.database.read() as db:
        assert get_institution(db, institution).state == "approved"
        found = read_assessment(db, find_assessment(db, institution))
        assert (found["ownership"] is None) is (kind == "non_profit")
    with sqlite_floor.database.write() as db, pytest.raises(TransitionNotAllowed):
        submit(db, institution, actor="edi_test", origin=ORIGIN)
