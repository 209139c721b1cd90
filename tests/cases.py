"""Applicants in any state, made through the real actions."""

from functools import cache
from io import BytesIO

from PIL import Image

from fourcorners.accounts import Actor, Kind, Role
from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import REGISTRY, checks_for, group_of
from fourcorners.clearance.actions import settle
from fourcorners.clearance.policy.versions import activate, draft
from fourcorners.clearance.queries import facts_of
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
from fourcorners.verdict import basis_of, decide_again, default_policy, reason

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


@cache
def picture(width=120, height=80):
    """A JPEG of one colour."""
    kept = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(kept, "JPEG")
    return kept.getvalue()


def give(floor, db, case, item, data=None):
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
        data=picture() if data is None else data,
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


def finding(check, subject, outcome="pass", reason=None, raw=None):
    """One finding in its JSON form, by the present version of the check."""
    group = group_of(check, subject)
    version = next(m.VERSION for m in REGISTRY[group] if check == m.NAME)
    return Finding(check, version, Outcome(outcome), reason, raw, subject=subject).to_dict()


def findings_of(subjects=("front", "selfie"), told=()):
    """What every check said of these pictures and the case: a pass, but for what is `told` (see `because`)."""
    found = {(m.NAME, s): finding(m.NAME, s) for s in subjects for m in checks_for(s)}
    found |= {(m.NAME, "case"): finding(m.NAME, "case") for g in ("match", "case") for m in REGISTRY[g]}
    for entry in told:
        check, subject = _who_says(entry["reason"], entry["redo"], found)
        outcome = next(
            o
            for o in ("fail", "unsure", "not_assessed")
            if reason(entry["reason"]).effect(Outcome(o)) == entry["effect"]
        )
        found[check, subject] = finding(check, subject, outcome, entry["reason"])
    return list(found.values())


def _who_says(code, redo, found):
    wanted = {"document_front": "front", "document_back": "back", "selfie": "selfie"}.get(redo)
    return next(
        (check, subject)
        for check, subject in found
        for m in REGISTRY[group_of(check, subject)]
        if check == m.NAME and code in m.REASONS and wanted in (None, subject)
    )


def verdict_of(told=(), read=None, raws=None, marks=None):
    """A verdict as plain values; `raws` gives findings a measured value, `marks` places, by (check, subject)."""
    found = findings_of(told=told)
    for entry in found:
        entry["evidence"] = [mark.to_dict() for mark in (marks or {}).get((entry["check"], entry["subject"]), ())]
        entry["raw"] = (raws or {}).get((entry["check"], entry["subject"]))
    return {
        "findings": found,
        "read": read or {"document": {"kind": "passport"}, "fields": {"expiry_date": {"value": "2031-02-28"}}},
        "pictures": {subject: {"width": 120, "height": 80} for subject in ("front", "selfie")},
        "claims": {"family_name": "Eriksson"},
        "versions": {"policy": "test"},
    }


def finished_run(floor, case, submission, decision, because=None, read=None, raws=None, marks=None, more=None):
    """A run whose findings lead to `decision`, without looking at a picture; returns its id."""
    told = TELLING[decision] if because is None else because
    verdict = verdict_of(told, read, raws, marks) | (more or {})
    decided, why = decide_again(basis_of(verdict), default_policy(), {})
    assert decided == decision, why
    verdict["verdict"] = decision
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
            about=facts_of(verification).to_dict(),
        )
        reasons = list(dict.fromkeys(b.code for b in why))
        finish_run(db, run.id, verdict=canonical_json(verdict), decision=decision, reasons=reasons, versions={})
        return run.id


def because(reason, effect="resubmit", redo="document_front"):
    """Something that a check told: the reason, what it does, and the item that is done again for it."""
    return {"reason": reason, "effect": effect, "redo": redo}


TELLING = {
    "approve": (),
    "resubmit": (because("blurred"),),
    "review": (because("face_uncertain", "review", None),),
    "reject": (because("underage", "reject", None),),
}
"""What leads to each decision."""


def settled_case(floor, decision, **found):
    """A case that was submitted, checked and settled by the machine; returns its id and that of its run."""
    case, submission = submitted_case(floor)
    run = finished_run(floor, case, submission, decision, **found)
    with floor.database.write() as db:
        settle(db, run)
    return case, run


def staff(role="reviewer", name="anna"):
    """Somebody of the staff, as a guard would hand them to an action."""
    return Actor(f"acc_{name}", Kind.STAFF, Role(role))


def policy_text(rules):
    """A policy of one rule for everybody."""
    return f"""format = 1\ntitle = "Test"\n[[rules]]\nname = "Everybody"\n{rules}\n"""


def put_in_force(floor, rules, db=None):
    """A policy of one rule, in force from now on; in the transaction `db` if one is open."""
    if db is None:
        with floor.database.write() as db:
            return put_in_force(floor, rules, db)
    made = draft(db, actor="acc_test", text=policy_text(rules))
    return activate(db, made.number, actor="acc_test", seen=made.sha256)
