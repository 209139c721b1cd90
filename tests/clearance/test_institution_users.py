"""INS14: another authorised user; and the periodic review of approved institutions; on both engines."""

import pytest

from cases import staff
from fourcorners.clearance import Outcome, require_institution
from fourcorners.clearance.actions import claim_next
from fourcorners.clearance.errors import NotCleared, NotInReview
from fourcorners.clearance.institutions import decide_institution
from fourcorners.clearance.queries import find_review
from fourcorners.evidence.actions import check_file
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions.actions import (
    begin_change,
    hand_in_for_change,
    invite_editor,
    remove_paper,
    sign,
    submit,
    submit_change,
    withdraw_change,
)
from fourcorners.institutions.actions.beginning import find_editor_by_secret, grant_editor
from fourcorners.institutions.errors import ApplicationIncomplete, ChangePending, NotOpenForChanges
from fourcorners.institutions.queries import (
    find_change,
    get_institution,
    list_editors,
    list_papers,
    list_parties,
    read_contact,
)
from fourcorners.institutions.reasons import InstitutionReasonUnknown
from fourcorners.workflows.sweeps import SWEEPS
from institution_cases import ORIGIN, PERSON, accept_all, approved, give_paper, in_review, pdf, save, work_off

ANNA, BERTA = staff(), staff(name="berta")
NEW = {**PERSON, "name": "Bob Ray", "email": "bob@example.org", "node": ""}
KEY = "pty_01jdkz6b3mfhvs5tq9w8e0r2xy"
PAPERS = ("authorisation", "identity_front", "identity_back", "proof_of_address")


def change_of(floor, institution, papers=PAPERS):
    with floor.database.write() as db:
        change = begin_change(db, institution, actor="edi_test", values=NEW, key=KEY)
        assert begin_change(db, institution, actor="edi_test", values=NEW, key=KEY).id == change.id
        for paper in papers:
            data = pdf(f"new {paper}")
            item = "institution_paper" if paper == "authorisation" else "institution_identity"
            hand_in_for_change(
                db, floor.blobs, change.id, actor="edi_test", paper=paper, data=data, media_type=check_file(item, data)
            )
        return change.id


def decide(floor, change, outcome, reasons=()):
    with floor.database.write() as db:
        decide_institution(db, change, actor=ANNA, outcome=outcome, reasons=reasons)
    with floor.database.write() as db:
        if find_review(db, change).closed_at is None:
            decide_institution(db, change, actor=BERTA, outcome=outcome, reasons=reasons)


def letters(floor, institution, kind):
    with floor.database.read() as db:
        return {
            read_mail(db, m.id).to: read_mail(db, m.id).subject for m in list_mails(db, institution) if kind in m.kind
        }


def test_access_moves_only_when_the_change_is_approved(floor):
    institution = approved(floor)
    with floor.database.write() as db:
        old = get_institution(db, institution).user_party
        editor = invite_editor(db, institution, actor="system", email=PERSON["email"], origin=ORIGIN)
        browser = grant_editor(db, editor, "browser", actor="system")
        require_institution(db, institution, "withdraw", user_party=old)
    change = change_of(floor, institution, PAPERS[:-1])
    with floor.database.write() as db, pytest.raises(ApplicationIncomplete) as refused:
        submit_change(db, change, actor="edi_test")
    assert refused.value.fields["items"] == ["proof_of_address"]
    with floor.database.write() as db:
        data = pdf("poa")
        hand_in_for_change(
            db, floor.blobs, change, actor="edi_test", paper="proof_of_address", data=data, media_type="application/pdf"
        )
        submit_change(db, change, actor="edi_test")
        assert submit_change(db, change, actor="edi_test").state == "under_review"
    work_off(floor)
    told = letters(floor, institution, f"change {change}")
    assert set(told) == {PERSON["email"], "bob@example.org"}, "dual notice"
    with floor.database.write() as db:
        assert claim_next(db, actor=ANNA).case_id == change
        for user, allowed in ((old, True), (KEY, False)):
            if allowed:
                require_institution(db, institution, "withdraw", user_party=user)
            else:
                with pytest.raises(NotCleared):
                    require_institution(db, institution, "withdraw", user_party=user)
        assert find_editor_by_secret(db, browser, ("browser",)) is not None
    decide(floor, change, Outcome.APPROVE)
    work_off(floor)
    with floor.database.write() as db:
        assert get_institution(db, institution).user_party == KEY
        require_institution(db, institution, "withdraw", user_party=KEY)
        with pytest.raises(NotCleared):
            require_institution(db, institution, "withdraw", user_party=old)
        assert find_editor_by_secret(db, browser, ("browser",)) is None, "the old user's browser is out"
        assert len(list_editors(db, institution)) == 2
        assert find_change(db, institution) is None
        assert get_institution(db, institution).state == "approved"
    assert set(letters(floor, institution, f"change {change} app")) == {PERSON["email"], "bob@example.org"}


def test_a_change_that_is_refused_or_taken_back_moves_nothing(floor):
    institution = approved(floor)
    with floor.database.read() as db:
        old, people = get_institution(db, institution).user_party, len(list_parties(db, institution))
    change = change_of(floor, institution)
    with floor.database.write() as db:
        with pytest.raises(ChangePending):
            begin_change(db, institution, actor="edi_test", values=NEW)
        submit_change(db, change, actor="edi_test")
    work_off(floor)
    with floor.database.write() as db, pytest.raises(InstitutionReasonUnknown):
        decide_institution(db, change, actor=ANNA, outcome=Outcome.REJECT, reasons=["paper_illegible"])
    decide(floor, change, Outcome.REJECT, ["user_not_authorised"])
    work_off(floor)
    with floor.database.write() as db:
        again = begin_change(db, institution, actor="edi_test", values=NEW)
        withdraw_change(db, again.id, actor="edi_test")
        withdraw_change(db, again.id, actor="edi_test")
        assert get_institution(db, institution).user_party == old
        assert len(list_parties(db, institution)) == people
    with floor.database.write() as db, pytest.raises(NotInReview):
        decide_institution(db, again.id, actor=ANNA, outcome=Outcome.APPROVE)
    waiting = in_review(floor, email="second@example.org", reference="second")
    with floor.database.write() as db, pytest.raises(NotOpenForChanges):
        begin_change(db, waiting, actor="edi_test", values=NEW)


def sweep(floor):
    SWEEPS["institutions.watch"](floor)
    SWEEPS["institutions.watch"](floor)


def test_what_is_known_is_looked_through_again_when_its_time_comes(floor, clock):
    """The approval stays meanwhile; the next date follows from the risk."""
    institution = approved(floor)
    with floor.database.read() as db:
        day, user = get_institution(db, institution).review_on, get_institution(db, institution).user_party
    with pytest.raises(NotOpenForChanges):
        save(floor, institution, "basic_info", {"industry": "retail"})
    clock.move(days=(day - clock.now.date()).days - 20)
    sweep(floor)
    assert len(letters(floor, institution, "review ")) == 1
    save(floor, institution, "basic_info", {"industry": "retail"})
    with floor.database.write() as db, pytest.raises(ApplicationIncomplete) as refused:
        submit(db, institution, actor="edi_test", origin=ORIGIN)
    assert refused.value.fields["items"] == ["ownership", "signature"], "the chart is older than twelve months"
    with floor.database.write() as db:
        require_institution(db, institution, "withdraw", user_party=user)
    give_ownership(floor, institution, clock)
    with floor.database.write() as db:
        sign(db, institution, actor="edi_test", signer="Ann Lee", kind="typed")
        first = submit(db, institution, actor="edi_test", origin=ORIGIN)
        assert submit(db, institution, actor="edi_test", origin=ORIGIN).id == first.id
    work_off(floor)
    sweep(floor)
    with floor.database.read() as db:
        assert (get_institution(db, institution).state, get_institution(db, institution).round) == ("approved", 2)
        assert find_review(db, institution).closed_at is None
    accept_all(floor, institution, ANNA)
    decide(floor, institution, Outcome.APPROVE)
    with floor.database.read() as db:
        now = get_institution(db, institution)
        assert now.review_on > day
        assert (now.state, now.renewing, now.hold) == ("approved", False, False)
        assert read_contact(db, now) == "office@example.org"


def give_ownership(floor, institution, clock):

    with floor.database.write() as db:
        old = next(p for p in list_papers(db, institution) if p.paper == "ownership")
        remove_paper(db, institution, old.id, actor="edi_test")
    give_paper(floor, institution, "ownership", data=pdf("new"), dated=clock.now.date().isoformat(), signed=True)


def test_whoever_does_not_look_through_it_is_held_and_can_be_revoked(floor, clock):
    institution = approved(floor)
    with floor.database.read() as db:
        day, user = get_institution(db, institution).review_on, get_institution(db, institution).user_party
    clock.move(days=(day - clock.now.date()).days + 31)
    sweep(floor)
    with floor.database.write() as db:
        assert find_review(db, institution).reasons == ["periodic_review", "review_overdue"]
        with pytest.raises(NotCleared):
            require_institution(db, institution, "withdraw", user_party=user)
    decide(floor, institution, Outcome.REJECT, ["source_of_funds_unclear"])
    with floor.database.read() as db:
        assert get_institution(db, institution).state == "rejected"
        assert get_institution(db, institution).review_on is None
