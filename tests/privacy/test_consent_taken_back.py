"""The consent to the comparison of faces is taken back in every state: what goes, what stays, who decides then."""

import io
import json
import zipfile

import numpy as np
import pytest
from sqlalchemy import select

from cases import fill_in, finished_run, give, new_case, submitted_case
from fourcorners import specimens
from fourcorners.clearance.actions import settle
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.evidence.faces import keep_template, read_template, search_faces
from fourcorners.evidence.queries import list_uploads
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.webhooks import Event
from fourcorners.people import Item, ItemState, State
from fourcorners.people.actions import submit
from fourcorners.people.consents import BIOMETRIC, agree, has_agreed, taken_back_at
from fourcorners.people.queries import get_verification, item_states, state_of
from fourcorners.privacy import erase, export, hold, withdraw_consent
from fourcorners.workflows import perform

FACE = np.linspace(0.1, 1, 128) / np.linalg.norm(np.linspace(0.1, 1, 128))


def owner_of(floor, case):
    with floor.database.read() as db:
        return get_verification(db, case).applicant_id


def agreed(floor, case):
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        agree(db, owner, BIOMETRIC, actor=owner, text="text", locale="en")
    return owner


def take_back(floor, owner):
    with floor.database.write() as db:
        return withdraw_consent(db, owner, actor=owner)


def decided(floor, decision):
    case, submission = submitted_case(floor)
    owner = agreed(floor, case)
    run = finished_run(floor, case, submission, decision)
    with floor.database.write() as db:
        settle(db, run)
        keep_template(db, owner, FACE)
    return case, owner


def test_of_a_draft_the_pictures_of_the_face_go_and_another_consent_is_needed(floor, clock):
    case = new_case(floor)
    fill_in(floor, case)
    owner = agreed(floor, case)
    clock.move(minutes=1)
    assert take_back(floor, owner)
    with floor.database.read() as db:
        left = {upload.item: upload.removed_at is None for upload in list_uploads(db, case)}
        assert left == {"document_front": True, "selfie": False}
        states = item_states(db, case)
        assert (states[Item.SELFIE], states[Item.LIVE]) == (ItemState.MISSING, ItemState.MISSING)
        assert states[Item.DOCUMENT_FRONT] is ItemState.GIVEN
        assert not has_agreed(db, owner, BIOMETRIC)
        assert taken_back_at(db, owner, BIOMETRIC) == db.now
        waiting = [(work.kind, work.payload) for work in list_waiting(db) if work.kind == "files.remove"]
    for kind, payload in waiting:
        perform(floor, kind, payload)
    with floor.database.read() as db:
        keys = {upload.item: upload.blob_key for upload in list_uploads(db, case)}
    assert keys["selfie"] not in floor.blobs.list()
    assert keys["document_front"] in floor.blobs.list()
    clock.move(minutes=1)
    agreed(floor, case)
    with floor.database.read() as db:
        assert has_agreed(db, owner, BIOMETRIC)
        assert taken_back_at(db, owner, BIOMETRIC) is None


def test_under_a_legal_hold_the_pictures_stay(floor):
    case = new_case(floor)
    fill_in(floor, case)
    owner = agreed(floor, case)
    with floor.database.write() as db:
        hold(db, owner, actor="acc_1", on=True, why="court order")
    take_back(floor, owner)
    with floor.database.read() as db:
        assert [upload.removed_at for upload in list_uploads(db, case)] == [None, None]
        assert item_states(db, case)[Item.SELFIE] is ItemState.MISSING


def test_under_review_no_machine_compares_any_more_and_a_person_decides(floor):
    case, submission = submitted_case(floor)
    owner = agreed(floor, case)
    take_back(floor, owner)
    with floor.database.read() as db:
        review = find_review(db, case)
        assert (review.reasons, review.closed_at) == (["check_not_made"], None)
    perform(floor, "verification.run", {"verification": case, "submission": submission})
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.UNDER_REVIEW
        assert list_decisions(db, case) == [], "the run that was waiting did nothing"


@pytest.mark.parametrize(
    ("decision", "state", "selfie"),
    [
        ("approve", State.VERIFIED, ItemState.ACCEPTED),
        ("reject", State.REJECTED_FINAL, ItemState.ACCEPTED),
        ("resubmit", State.ACTION_REQUIRED, ItemState.REDO),
    ],
)
def test_the_vector_goes_and_what_was_decided_stays(floor, decision, state, selfie):
    case, owner = decided(floor, decision)
    take_back(floor, owner)
    with floor.database.read() as db:
        assert read_template(db, owner) is None
        assert search_faces(db, FACE, "app_other") == []
        assert state_of(get_verification(db, case)) is state
        assert item_states(db, case)[Item.SELFIE] is selfie
        assert all(upload.removed_at is None for upload in list_uploads(db, case)), "the record of a decision"


@pytest.mark.parametrize("takes_back", [False, True])
def test_after_it_no_vector_is_kept_of_who_is_verified(sqlite_floor, takes_back):
    floor, case = sqlite_floor, new_case(sqlite_floor)
    fill_in(floor, case)
    owner = agreed(floor, case)
    with floor.database.write() as db:
        selfie = specimens.file_bytes(specimens.selfie(0, seed=12, size=(600, 800)))
        give(floor, db, case, Item.SELFIE, selfie)
        submission = submit(db, case, actor=owner).id
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
    if takes_back:
        take_back(floor, owner)
    with floor.database.read() as db:
        ((kind, payload),) = [(w.kind, w.payload) for w in list_waiting(db) if w.kind == "verification.concluded"]
    perform(floor, kind, payload)
    with floor.database.read() as db:
        assert (read_template(db, owner) is None) is takes_back


def test_it_is_noted_told_and_handed_out_once(floor):
    _, owner = decided(floor, "approve")
    assert take_back(floor, owner)
    assert not take_back(floor, owner), "a second time changes nothing"
    with floor.database.write() as db:
        noted = list(db.scalars(select(AuditEvent).where(AuditEvent.action == "consent.withdrawn")))
        assert [(e.actor, e.owner) for e in noted] == [(owner, owner)]
        assert verify_chain(db).broken_at is None
        kinds = list(db.scalars(select(Event.kind).where(Event.about_id == owner)))
        assert kinds.count("applicant.consent_withdrawn") == 1
        packed = export(db, floor.blobs, owner, actor="acc_1")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (consent,) = json.loads(archive.read("data.json"))["consents"]
    assert consent["withdrawn_at"] >= consent["at"]


def test_who_never_agreed_or_was_erased_has_nothing_to_take_back(floor):
    case = new_case(floor)
    owner = owner_of(floor, case)
    assert not take_back(floor, owner)
    agreed(floor, case)
    with floor.database.write() as db:
        erase(db, owner, actor="acc_1")
    assert not take_back(floor, owner)
