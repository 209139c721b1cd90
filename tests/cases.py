"""Applicants in any state, made through the real actions."""

from fourcorners.evidence.actions import begin_run, finish_run, store_upload
from fourcorners.kit.canonical import canonical_json
from fourcorners.people import Item
from fourcorners.people.actions import (
    choose_document,
    enter_details,
    give_item,
    register_applicant,
    state_residence,
    submit,
)
from fourcorners.people.queries import get_verification, items_wanted, list_items

DETAILS = {
    "family_name": "Eriksson",
    "given_names": "Anna Maria",
    "birth_date": "1974-08-12",
    "document_number": "L898902C3",
    "address": "Storgatan 1, 111 22 Stockholm",
}
FILE_ITEMS = (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK, Item.SELFIE, Item.LIVE, Item.PAPER)


def new_case(floor, **given):
    """A verification that is not started."""
    with floor.database.write() as db:
        return register_applicant(db, actor="system", email="anna@example.org", **given).id


def fill_in(floor, case, *, kind="passport", country="SE", items=None):
    """Everything that `submit` asks for, with bytes that no check has seen."""
    with floor.database.write() as db:
        verification = get_verification(db, case)
        actor = verification.applicant_id
        state_residence(db, case, actor=actor, residence="SE", nationality="SE")
        enter_details(db, case, actor=actor, details=DETAILS)
        choose_document(db, case, actor=actor, kind=kind, country=country)
        for item in items or [i for i in items_wanted(verification) if i in FILE_ITEMS]:
            give(floor, db, case, item)


def give(floor, db, case, item, data=b"bytes"):
    """One upload for `item`; the live challenge is given by the id of its record."""
    owner = get_verification(db, case).applicant_id
    if item is Item.LIVE:
        give_item(db, case, actor=owner, item=item, upload_id="liv_test")
        return
    upload = store_upload(
        db,
        floor.blobs,
        actor=owner,
        owner_id=owner,
        case_id=case,
        item=item.value,
        data=data,
        media_type="image/jpeg",
        source="camera",
    )
    give_item(db, case, actor=owner, item=item, upload_id=upload.id)


def submitted_case(floor, **given):
    """A verification under review; returns its id and that of its submission."""
    case = new_case(floor, **given)
    fill_in(floor, case)
    with floor.database.write() as db:
        return case, submit(db, case, actor=get_verification(db, case).applicant_id).id


def finished_run(floor, case, submission, decision, because=(), reasons=(), read=None):
    """A run that found what is said, without looking at a picture; returns its id."""
    verdict = {
        "verdict": decision,
        "because": list(because),
        "reasons": list(reasons),
        "read": read or {"fields": {"expiry_date": {"value": "2031-02-28"}}},
        "versions": {"policy": "test"},
    }
    with floor.database.write() as db:
        verification = get_verification(db, case)
        uploads = {item.name: item.upload_id for item in list_items(db, case) if item.upload_id}
        run = begin_run(
            db,
            owner_id=verification.applicant_id,
            case_id=case,
            submission_id=submission,
            uploads=uploads,
            today=db.now.date(),
        )
        finish_run(db, run.id, verdict=canonical_json(verdict), decision=decision, reasons=list(reasons), versions={})
        return run.id


def because(reason, effect="resubmit", redo="document_front"):
    """One entry of a verdict's reasons."""
    return {"reason": reason, "effect": effect, "redo": redo}
