"""What somebody does in the individual flow. Each is part of the caller's transaction and leaves an audit event."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from fourcorners.accounts.actions.holders import PERSON, fix_holder
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.sealing import seal_json
from fourcorners.infra.webhooks import tell
from fourcorners.kit.ids import new_id
from fourcorners.people.details import parse_details
from fourcorners.people.errors import (
    CountryUnsupported,
    Incomplete,
    ItemNotAsked,
    ReferenceTaken,
    TooManySubmissions,
    WrongState,
)
from fourcorners.people.marks import keep_marks, marks_of
from fourcorners.people.models import Applicant, Submission, Verification, VerificationItem
from fourcorners.people.queries import (
    CLAIMS,
    CONTACT,
    HOUSEHOLD,
    find_applicant,
    get_applicant,
    get_verification,
    item_states,
    items_wanted,
    list_submissions,
    read_claims,
    state_of,
)
from fourcorners.people.rules import (
    OPEN_FOR_ITEMS,
    OPTIONAL,
    Item,
    ItemState,
    State,
    check_age,
    check_country,
    check_document,
    check_move,
    flow,
    may_submit_again_at,
)

__all__ = [
    "CONCLUDED",
    "RUN",
    "ask_again",
    "ask_person",
    "choose_document",
    "conclude",
    "enter_details",
    "give_item",
    "open_for_reverification",
    "register_applicant",
    "state_residence",
    "submit",
    "tell_household",
]

CONCLUDED = "verification.concluded"
"""The kind of durable work after a decision: the mail, the face template. Payload: `verification`, `decided_at`."""

RUN = "verification.run"
"""The kind of durable work that checks a submission; its payload is `{"verification": id, "submission": id}`."""

TOLD: Mapping[State, str] = {
    State.VERIFIED: "verification.verified",
    State.ACTION_REQUIRED: "verification.action_required",
    State.REJECTED_FINAL: "verification.rejected",
}
"""The event that tells of the end of a review."""


def register_applicant(
    db: WriteSession,
    *,
    actor: str,
    reference: str | None = None,
    account_id: str | None = None,
    email: str | None = None,
    locale: str = "en",
    level_wanted: int = 2,
    sandbox: bool = False,
) -> Verification:
    """A new applicant with a verification that is not started. Raises ReferenceTaken."""
    if reference is not None and find_applicant(db, reference=reference) is not None:
        raise ReferenceTaken("Another applicant has this reference.", reference=reference)
    person = Applicant(
        id=new_id("app"),
        reference=reference,
        account_id=account_id,
        locale=locale,
        sandbox=sandbox,
        created_at=db.now,
    )
    if email is not None:
        person.contact = seal_json(db, person.id, {"email": email}, CONTACT)
    verification = Verification(
        id=new_id("ver"),
        applicant_id=person.id,
        state=State.NOT_STARTED,
        level_wanted=level_wanted,
        created_at=db.now,
        updated_at=db.now,
    )
    db.add(person)
    db.flush()
    db.add(verification)
    db.flush()
    audit(db, actor=actor, action="applicant.registered", subject=verification.id, owner=person.id)
    _tell(db, verification, "applicant.created")
    return verification


def state_residence(db: WriteSession, verification_id: str, *, actor: str, residence: str, nationality: str) -> None:
    """Where the applicant lives and whose citizen they are: alpha-2 codes. Raises CountryUnsupported, WrongState.

    Changing it takes back the choice of document, which depends on it.
    """
    verification = get_verification(db, verification_id, lock=True)
    check_country(residence, nationality)
    _check_specimen(db, verification, residence, nationality)
    if state_of(verification) in (State.NOT_STARTED, State.EXPIRED_REVERIFY):
        _move(db, verification, State.IN_PROGRESS, actor)
    _require(verification, State.IN_PROGRESS)
    verification.residence, verification.nationality = residence, nationality
    _touch(db, verification, actor, "residence.stated", {"residence": residence, "nationality": nationality})


def enter_details(db: WriteSession, verification_id: str, *, actor: str, details: Mapping[str, str]) -> None:
    """The personal data. Raises DetailsInvalid, Underage, ItemNotAsked, WrongState."""
    verification = _open_item(db, verification_id, Item.CLAIMS)
    parsed = parse_details(details, db.now.date())
    check_age(date.fromisoformat(parsed["birth_date"]), verification.residence or "", db.now.date())
    verification.claims = seal_json(db, verification.applicant_id, parsed, CLAIMS)
    _set_item(db, verification, Item.CLAIMS, ItemState.GIVEN)
    _touch(db, verification, actor, "details.entered", {"fields": sorted(parsed)})


def choose_document(db: WriteSession, verification_id: str, *, actor: str, kind: str, country: str) -> None:
    """The kind of document and who issued it. Raises DocumentUnsupported, WrongState.

    Another document than before takes back what was photographed of it, also where that had been accepted.
    """
    verification = get_verification(db, verification_id, lock=True)
    _require(verification, *OPEN_FOR_ITEMS)
    check_document(kind, country)
    _check_specimen(db, verification, country)
    if (verification.document_kind, verification.document_country) == (kind, country):
        return
    if state_of(verification) is State.ACTION_REQUIRED:
        states = item_states(db, verification.id)
        if ItemState.REDO not in (states.get(Item.DOCUMENT_FRONT), states.get(Item.DOCUMENT_BACK)):
            raise ItemNotAsked("Only what is asked for can be changed.", item=Item.DOCUMENT_FRONT.value)
    verification.document_kind, verification.document_country = kind, country
    for item in (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK):
        old = db.get(VerificationItem, (verification.id, item.value))
        if old is not None and old.state != ItemState.REDO:
            _set_item(db, verification, item, ItemState.MISSING)
    _touch(db, verification, actor, "document.chosen", {"kind": kind, "country": country})


def give_item(
    db: WriteSession,
    verification_id: str,
    *,
    actor: str,
    item: Item,
    upload_id: str | None,
    further: Sequence[str] = (),
) -> None:
    """An upload, with `further` pages if there are any, now stands for `item`; a persona has none.

    Raises ItemNotAsked for an item that was accepted, WrongState.
    """
    verification = _open_item(db, verification_id, item)
    _set_item(db, verification, item, ItemState.GIVEN, upload_id, further=list(further))
    _touch(db, verification, actor, "item.given", {"item": item.value, "upload": upload_id})


def tell_household(db: WriteSession, verification_id: str, *, actor: str, owner: str, relation: str) -> None:
    """Name the owner or leaseholder with whom the applicant lives, and their relation (POA7). Raises WrongState."""
    verification = _open_item(db, verification_id, Item.OWNERS_PAPER)
    told = {"owner": " ".join(owner.split()), "relation": relation}
    verification.household = seal_json(db, verification.applicant_id, told, HOUSEHOLD)
    _touch(db, verification, actor, "household.told", {"relation": relation})


def ask_person(db: WriteSession, verification_id: str, *, actor: str, challenge: str, live_check: str) -> None:
    """A person looks instead of the live check: without motion (FR6), or after it failed twice (FR5).

    `challenge` is the policy from now on; `live_check` the record that the reviewer looks at. Raises WrongState.
    """
    verification = _open_item(db, verification_id, Item.LIVE)
    verification.challenge_policy = challenge
    _set_item(db, verification, Item.LIVE, ItemState.GIVEN, live_check)
    _touch(db, verification, actor, "live.to_person", {"live_check": live_check, "challenge": challenge})


def submit(db: WriteSession, verification_id: str, *, actor: str) -> Submission:
    """Hand everything in.

    Raises Incomplete, TooManySubmissions, Underage, CountryUnsupported, AccountKindFixed, WrongState.
    """
    verification = get_verification(db, verification_id, lock=True)
    check_move(state_of(verification), State.UNDER_REVIEW)
    states = item_states(db, verification.id)
    ready = (ItemState.GIVEN, ItemState.ACCEPTED)
    missing = [item.value for item in items_wanted(verification) if states.get(item) not in ready]
    missing += [] if verification.residence else ["residence"]
    missing += [] if verification.document_kind else ["document"]
    if missing:
        raise Incomplete("Something is still missing.", missing=missing)
    earlier = list_submissions(db, verification.id)
    if again_at := may_submit_again_at([s.at for s in earlier], db.now):
        raise TooManySubmissions("That is enough for today. Please try again later.", again_at=again_at.isoformat())
    check_country(verification.residence or "", verification.nationality or "")
    account = get_applicant(db, verification.applicant_id).account_id
    if account is not None:
        fix_holder(db, account, PERSON, actor=actor)
    birth = date.fromisoformat(read_claims(db, verification)["birth_date"])
    check_age(birth, verification.residence or "", db.now.date())
    submission = Submission(
        id=new_id("sub"),
        verification_id=verification.id,
        number=len(earlier) + 1,
        round=verification.round,
        at=db.now,
    )
    db.add(submission)
    _move(db, verification, State.UNDER_REVIEW, actor)
    verification.submitted_at = db.now
    verification.due_at = db.now + timedelta(minutes=flow()["automatic_within_min"])
    hand_over(db, RUN, {"verification": verification.id, "submission": submission.id})
    _touch(db, verification, actor, "verification.submitted", {"submission": submission.id})
    _tell(db, verification, "verification.submitted", submission=submission.id)
    return submission


def conclude(
    db: WriteSession,
    verification_id: str,
    *,
    actor: str,
    to: State,
    redo: Mapping[Item, Sequence[str]] | None = None,
    expires_on: date | None = None,
) -> None:
    """End the review: `verified`, `action_required` (`redo` names the items and their reasons) or `rejected_final`.

    Items that are not to be done again are accepted (IND7). Raises WrongState.
    """
    verification = get_verification(db, verification_id, lock=True)
    _move(db, verification, to, actor)
    again = dict(redo or {}) if to is State.ACTION_REQUIRED else {}
    for item, state in item_states(db, verification.id).items():
        if item not in again and state is ItemState.GIVEN:
            _set_item(db, verification, item, ItemState.ACCEPTED, keep_upload=True)
    for item, reasons in again.items():
        _set_item(db, verification, item, ItemState.REDO, reasons=list(reasons), keep_upload=True)
    verification.decided_at, verification.due_at = db.now, None
    if to is State.VERIFIED:
        verification.expires_on = expires_on
        keep_marks(db, verification.applicant_id, marks_of(db, verification, read_claims(db, verification)))
        person = get_applicant(db, verification.applicant_id)
        person.level = max(person.level, verification.level_wanted)
    details = {"to": to.value, "redo": {item.value: list(reasons) for item, reasons in again.items()}}
    _touch(db, verification, actor, "verification.concluded", details)
    if to is State.ACTION_REQUIRED:
        _tell(db, verification, TOLD[to], items=details["redo"])
    else:
        _tell(db, verification, TOLD[to], level=get_applicant(db, verification.applicant_id).level)
    hand_over(db, CONCLUDED, {"verification": verification.id, "decided_at": db.now.isoformat()})


def ask_again(db: WriteSession, verification_id: str, *, actor: str, due_in: timedelta) -> None:
    """The machine could not settle it: a person decides until then (IND6)."""
    verification = get_verification(db, verification_id, lock=True)
    _require(verification, State.UNDER_REVIEW)
    verification.due_at = db.now + due_in
    _touch(db, verification, actor, "verification.to_person", {})
    _tell(db, verification, "verification.under_manual_review")


def open_for_reverification(
    db: WriteSession, verification_id: str, *, actor: str, trigger: str, level_wanted: int | None = None
) -> None:
    """A verified person must be verified anew (IND9), or wants a higher level (IND10). What was given stays on record.

    Raises WrongState.
    """
    verification = get_verification(db, verification_id, lock=True)
    _move(db, verification, State.EXPIRED_REVERIFY, actor)
    verification.round += 1
    verification.trigger = trigger
    verification.level_wanted = level_wanted or verification.level_wanted
    for item in db.scalars(select(VerificationItem).where(VerificationItem.verification_id == verification.id)):
        item.state, item.upload_id, item.further = ItemState.MISSING, None, []
        item.reasons, item.updated_at = [], db.now
    _touch(db, verification, actor, "verification.reopened", {"trigger": trigger, "round": verification.round})
    _tell(db, verification, "verification.reopened", trigger=trigger)


def _tell(db: WriteSession, verification: Verification, kind: str, **data: object) -> None:
    person = get_applicant(db, verification.applicant_id)
    tell(db, kind, about=person.id, sandbox=person.sandbox, verification=verification.id, **data)


def _open_item(db: WriteSession, verification_id: str, item: Item) -> Verification:
    verification = get_verification(db, verification_id, lock=True)
    _require(verification, *OPEN_FOR_ITEMS)
    asked = item in items_wanted(verification) or item in OPTIONAL
    state = item_states(db, verification.id).get(item, ItemState.MISSING)
    if not asked or (state_of(verification) is State.ACTION_REQUIRED and state is ItemState.ACCEPTED):
        raise ItemNotAsked("This is not asked for: what was accepted is kept.", item=item.value)
    return verification


def _set_item(
    db: WriteSession,
    verification: Verification,
    item: Item,
    state: ItemState,
    upload_id: str | None = None,
    reasons: list[str] | None = None,
    keep_upload: bool = False,
    further: list[str] | None = None,
) -> None:
    row = db.get(VerificationItem, (verification.id, item.value))
    if row is None:
        row = VerificationItem(verification_id=verification.id, name=item.value, state=state, reasons=[], further=[])
        db.add(row)
    row.state, row.reasons, row.updated_at = state, reasons or [], db.now
    if not keep_upload:
        row.upload_id, row.further = upload_id, further or []
    db.flush()


def _check_specimen(db: WriteSession, verification: Verification, *countries: str) -> None:
    """The country that does not exist is there for the sandbox only."""
    if flow()["specimen"]["country"] in countries and not get_applicant(db, verification.applicant_id).sandbox:
        raise CountryUnsupported("There is no such country.", countries=[flow()["specimen"]["country"]])


def _require(verification: Verification, *states: State) -> None:
    if state_of(verification) not in states:
        raise WrongState(
            f"This cannot be done while the verification is {verification.state}.", state=verification.state
        )


def _move(db: WriteSession, verification: Verification, to: State, actor: str) -> None:
    before = state_of(verification)
    check_move(before, to)
    verification.state = to
    details = {"from": before.value, "to": to.value}
    audit(
        db,
        actor=actor,
        action="verification.moved",
        subject=verification.id,
        owner=verification.applicant_id,
        details=details,
    )


def _touch(
    db: WriteSession, verification: Verification, actor: str, action: str, details: Mapping[str, object]
) -> None:
    verification.updated_at = db.now
    db.flush()
    audit(
        db,
        actor=actor,
        action=action,
        subject=verification.id,
        owner=verification.applicant_id,
        details=details,
    )
