"""The individual flow on a real database, on both engines."""

import pytest

from cases import DETAILS, fill_in, give, new_case, submitted_case
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import list_waiting
from fourcorners.people import Item, ItemState, State
from fourcorners.people.actions import (
    RUN,
    choose_document,
    conclude,
    enter_details,
    open_for_reverification,
    register_applicant,
    state_residence,
    submit,
)
from fourcorners.people.errors import (
    CountryUnsupported,
    Incomplete,
    ItemNotAsked,
    ReferenceTaken,
    TooManySubmissions,
    Underage,
    WrongState,
)
from fourcorners.people.models import Applicant
from fourcorners.people.queries import get_verification, item_states, read_claims, read_email, state_of


def state(floor, case):
    with floor.database.read() as db:
        return state_of(get_verification(db, case))


def test_a_submission_is_handed_over_to_be_checked(floor):
    """IND1, IND2: from the first step to under review, everything on the audit chain."""
    case, submission = submitted_case(floor)
    assert state(floor, case) is State.UNDER_REVIEW
    with floor.database.read() as db:
        (work,) = list_waiting(db)
        assert (work.kind, work.payload) == (RUN, {"verification": case, "submission": submission})
        assert verify_chain(db).broken_at is None
        actions = [event.action for event in db.query(AuditEvent).order_by(AuditEvent.seq)]
        assert actions[0] == "applicant.registered"
        assert actions[-1] == "verification.submitted"


def test_what_names_a_person_is_sealed(floor):
    case, _ = submitted_case(floor)
    with floor.database.read() as db:
        verification = get_verification(db, case)
        assert b"Eriksson" not in verification.claims
        assert read_claims(db, verification)["family_name"] == "Eriksson"
        person = db.get(Applicant, verification.applicant_id)
        assert read_email(db, person) == "anna@example.org"


def test_drafts_are_kept_at_each_step(floor):
    """IND1."""
    case = new_case(floor)
    with floor.database.write() as db:
        state_residence(db, case, actor="app_x", residence="SE", nationality="SE")
    with floor.database.write() as db:
        enter_details(db, case, actor="app_x", details=DETAILS)
    with floor.database.read() as db:
        assert item_states(db, case) == {Item.CLAIMS: ItemState.GIVEN}
    assert state(floor, case) is State.IN_PROGRESS


def test_a_prohibited_country_stops_before_anything_is_kept(floor):
    """IND4."""
    case = new_case(floor)
    with pytest.raises(CountryUnsupported), floor.database.write() as db:
        state_residence(db, case, actor="app_x", residence="KP", nationality="SE")
    assert state(floor, case) is State.NOT_STARTED


def test_nothing_can_be_given_before_the_flow_began(floor):
    case = new_case(floor)
    with pytest.raises(WrongState), floor.database.write() as db:
        enter_details(db, case, actor="app_x", details=DETAILS)


def test_who_is_too_young_is_told_so_at_once(floor):
    """FAI15."""
    case = new_case(floor)
    with pytest.raises(Underage), floor.database.write() as db:
        state_residence(db, case, actor="app_x", residence="SE", nationality="SE")
        enter_details(db, case, actor="app_x", details={**DETAILS, "birth_date": "2010-01-01"})


def test_what_is_missing_is_named(floor):
    case = new_case(floor)
    fill_in(floor, case, kind="identity_card", items=[Item.DOCUMENT_FRONT])
    with pytest.raises(Incomplete) as refused, floor.database.write() as db:
        submit(db, case, actor="app_x")
    assert refused.value.fields["missing"] == ["document_back", "selfie", "live"]


def test_only_the_failed_items_are_done_again(floor):
    """IND7: what was accepted is kept and cannot be changed."""
    case, _ = submitted_case(floor)
    with floor.database.write() as db:
        conclude(db, case, actor="system", to=State.ACTION_REQUIRED, redo={Item.SELFIE: ["blurred"]})
    with floor.database.read() as db:
        states = item_states(db, case)
        assert states[Item.SELFIE] is ItemState.REDO
        assert states[Item.DOCUMENT_FRONT] is ItemState.ACCEPTED
    for refused in (Item.DOCUMENT_FRONT, Item.LIVE):
        with pytest.raises(ItemNotAsked), floor.database.write() as db:
            give(floor, db, case, refused)
    with pytest.raises(ItemNotAsked), floor.database.write() as db:
        enter_details(db, case, actor="app_x", details=DETAILS)
    with pytest.raises(ItemNotAsked), floor.database.write() as db:
        choose_document(db, case, actor="app_x", kind="identity_card", country="SE")
    with pytest.raises(Incomplete), floor.database.write() as db:
        submit(db, case, actor="app_x")
    with floor.database.write() as db:
        give(floor, db, case, Item.SELFIE)
        assert submit(db, case, actor="app_x").number == 2


def test_another_document_takes_back_its_pictures(floor):
    case = new_case(floor)
    fill_in(floor, case)
    with floor.database.write() as db:
        choose_document(db, case, actor="app_x", kind="identity_card", country="SE")
        assert item_states(db, case)[Item.DOCUMENT_FRONT] is ItemState.MISSING
        assert item_states(db, case)[Item.SELFIE] is ItemState.GIVEN


def test_the_sixth_submission_of_a_day_waits(floor, clock):
    """IND7."""
    case, _ = submitted_case(floor)
    for _ in range(4):
        clock.move(hours=1)
        with floor.database.write() as db:
            conclude(db, case, actor="system", to=State.ACTION_REQUIRED, redo={Item.SELFIE: ["blurred"]})
            give(floor, db, case, Item.SELFIE)
            submit(db, case, actor="app_x")
    with floor.database.write() as db:
        conclude(db, case, actor="system", to=State.ACTION_REQUIRED, redo={Item.SELFIE: ["blurred"]})
        give(floor, db, case, Item.SELFIE)
    with pytest.raises(TooManySubmissions) as refused, floor.database.write() as db:
        submit(db, case, actor="app_x")
    assert refused.value.fields["again_at"] == "2026-11-02T09:00:00+00:00"
    clock.move(hours=20)
    with floor.database.write() as db:
        assert submit(db, case, actor="app_x").number == 6


def test_who_is_verified_can_only_be_verified_anew(floor):
    """IND8, IND9: read-only until a re-verification; the level stays meanwhile."""
    case, _ = submitted_case(floor)
    with floor.database.write() as db:
        conclude(db, case, actor="system", to=State.VERIFIED)
    with pytest.raises(WrongState), floor.database.write() as db:
        enter_details(db, case, actor="app_x", details=DETAILS)
    with floor.database.write() as db:
        open_for_reverification(db, case, actor="system", trigger="document_expired")
        verification = get_verification(db, case)
        assert (state_of(verification), verification.round) == (State.EXPIRED_REVERIFY, 2)
        assert db.get(Applicant, verification.applicant_id).level == 2
        assert set(item_states(db, case).values()) == {ItemState.MISSING}
    fill_in(floor, case)
    with floor.database.write() as db:
        assert submit(db, case, actor="app_x").round == 2


def test_a_reference_names_one_applicant(floor):
    new_case(floor, reference="customer-7")
    with pytest.raises(ReferenceTaken):
        new_case(floor, reference="customer-7")
    with floor.database.write() as db:
        register_applicant(db, actor="system")
        with pytest.raises(NotFound):
            get_verification(db, "ver_none")
