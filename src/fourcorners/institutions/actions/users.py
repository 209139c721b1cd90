"""Another authorised user (INS14): named, with a new letter, identity document, proof of address; access moves last."""

from collections.abc import Mapping, Sequence
from typing import Any

from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.beginning import end_editor_grants, make_editor
from fourcorners.institutions.actions.changing import opened, tell_of, touch
from fourcorners.institutions.actions.filling import keep_party, write_party
from fourcorners.institutions.actions.handing_in import keep_paper
from fourcorners.institutions.errors import ApplicationIncomplete, ChangePending
from fourcorners.institutions.models import Institution, Paper, Party, UserChange
from fourcorners.institutions.queries import (
    CONTACT,
    editor_key,
    find_change,
    get_institution,
    list_editors,
    list_papers,
    person_state,
    read_party,
)
from fourcorners.institutions.rules import State
from fourcorners.institutions.sections import identity_papers
from fourcorners.institutions.working_days import due_at
from fourcorners.kit.ids import new_id
from fourcorners.people.rules import State as PersonState

__all__ = [
    "CHANGE_CONCLUDED",
    "CHANGE_SUBMITTED",
    "approve_change",
    "begin_change",
    "get_change",
    "hand_in_for_change",
    "missing_of_change",
    "refuse_change",
    "submit_change",
    "withdraw_change",
]

CHANGE_SUBMITTED = "institution.user_change_submitted"
CHANGE_CONCLUDED = "institution.user_change_concluded"
"""Kinds of durable work: the notices to both users, and the place in the queue. Payload: `change`."""

USER = "authorised_user"
LETTER = "authorisation"
DRAFT, UNDER_REVIEW, APPROVED, REJECTED, WITHDRAWN = "draft", "under_review", "approved", "rejected", "withdrawn"


def begin_change(
    db: WriteSession, institution_id: str, *, actor: str, values: Mapping[str, Any], key: str | None = None
) -> UserChange:
    """Name another authorised user for an approved institution. Asked twice with the same `key` (`pty_...`), done once.

    Raises NotOpenForChanges, ChangePending while another change is open, FieldUnknown.
    """
    institution = opened(db, institution_id, State.APPROVED)
    pending = find_change(db, institution.id)
    if pending is not None:
        if key is not None and pending.new_party == key:
            return pending
        raise ChangePending("Another change of the authorised user is open.", state=pending.state)
    party = write_party(db, institution, actor=actor, values={**values, "roles": [USER]}, key=key)
    change = UserChange(
        id=new_id("chg"),
        institution_id=institution.id,
        state=DRAFT,
        old_party=institution.user_party,
        new_party=party.id,
        by=actor,
        reasons=[],
        created_at=db.now,
    )
    db.add(change)
    touch(db, institution, actor, "user_change.begun", {"change": change.id, "party": party.id})
    return change


def hand_in_for_change(
    db: WriteSession,
    blobs: Blobs,
    change_id: str,
    *,
    actor: str,
    paper: str,
    data: bytes,
    media_type: str,
    name: str = "",
    source: str = "upload",
) -> Paper:
    """A file for a change that is not submitted yet: `authorisation`, or one of the new user's own. As `hand_in`."""
    change, institution = _open(db, change_id, DRAFT)
    return keep_paper(
        db, blobs, institution, actor=actor, paper=paper, data=data, media_type=media_type, name=name, source=source,
        party_id=None if paper == LETTER else change.new_party,
    )  # fmt: skip


def missing_of_change(db: ReadSession, change: UserChange) -> list[str]:
    """What the change still lacks: the new letter, the identity document, the proof of address."""
    names = identity_papers()
    held = list_papers(db, change.institution_id)
    own = {paper.paper for paper in held if paper.party_id == change.new_party}
    party = db.get_one(Party, change.new_party)
    lacks = []
    if not any(paper.paper == LETTER and paper.created_at >= change.created_at for paper in held):
        lacks.append(LETTER)
    if person_state(db, party) is not PersonState.VERIFIED:
        lacks += [] if names.page in own or set(names.sides) <= own else ["identity"]
        lacks += [] if names.proof_of_address in own else [names.proof_of_address]
    return lacks


def submit_change(db: WriteSession, change_id: str, *, actor: str) -> UserChange:
    """Hand it to a reviewer; both users are told. A second time changes nothing. Raises ApplicationIncomplete."""
    change = get_change(db, change_id)
    if change.state == UNDER_REVIEW:
        return change
    change, institution = _open(db, change_id, DRAFT)
    lacks = missing_of_change(db, change)
    if lacks:
        says = "Something is missing: " + ", ".join(item.replace("_", " ") for item in lacks) + "."
        raise ApplicationIncomplete(says, items=lacks)
    change.state, change.submitted_at, change.due_at = UNDER_REVIEW, db.now, due_at(db.now)
    hand_over(db, CHANGE_SUBMITTED, {"change": change.id})
    touch(db, institution, actor, "user_change.submitted", {"change": change.id})
    tell_of(db, institution, "institution.user_change_submitted", change=change.id)
    return change


def withdraw_change(db: WriteSession, change_id: str, *, actor: str) -> None:
    """The institution takes it back; the authorised user stays. A second time changes nothing."""
    if get_change(db, change_id).state != WITHDRAWN:
        change, institution = _open(db, change_id, DRAFT, UNDER_REVIEW)
        _end(db, change, institution, WITHDRAWN, actor, [])


def approve_change(db: WriteSession, change: UserChange, *, actor: str) -> None:
    """Access moves: to the new user, from the old one, whose links and browsers stop working at once."""
    institution = get_institution(db, change.institution_id, lock=True)
    new = db.get_one(Party, change.new_party)
    email = read_party(db, new).values.get("email")
    was_owner = _take_access(db, institution, change.old_party)
    institution.user_party = change.new_party
    if email and not any(editor.email_key == editor_key(db, email) for editor in list_editors(db, institution.id)):
        make_editor(db, institution, email, str(read_party(db, new).values.get("name", "")), owner=was_owner)
    if was_owner and email:
        institution.account_id = None
        institution.contact = seal_json(db, institution.id, {"email": email}, CONTACT)
    _end(db, change, institution, APPROVED, actor, [])


def refuse_change(db: WriteSession, change: UserChange, *, actor: str, reasons: Sequence[str]) -> None:
    """Nothing moves: the authorised user stays."""
    institution = get_institution(db, change.institution_id, lock=True)
    _end(db, change, institution, REJECTED, actor, list(reasons))


def get_change(db: ReadSession, change_id: str, *, lock: bool = False) -> UserChange:
    """Raises NotFound."""
    change = db.get(UserChange, change_id, with_for_update=lock or None, populate_existing=lock)
    if change is None:
        raise NotFound("There is no such change.")
    return change


def _open(db: WriteSession, change_id: str, *states: str) -> tuple[UserChange, Institution]:
    institution = opened(db, get_change(db, change_id).institution_id, State.APPROVED)
    change = get_change(db, change_id, lock=True)
    if change.state not in states:
        raise ChangePending(f"This change is {change.state.replace('_', ' ')}.", state=change.state)
    return change, institution


def _end(
    db: WriteSession, change: UserChange, institution: Institution, state: str, actor: str, reasons: list[str]
) -> None:
    was_seen = change.state == UNDER_REVIEW
    change.state, change.decided_at, change.reasons = state, db.now, reasons
    change.decided_by, change.due_at = actor, None
    if state != APPROVED:
        db.get_one(Party, change.new_party).removed_at = db.now
    touch(db, institution, actor, "user_change.ended", {"change": change.id, "state": state, "reasons": reasons})
    if was_seen:
        hand_over(db, CHANGE_CONCLUDED, {"change": change.id})
        tell_of(db, institution, "institution.user_changed", change=change.id, outcome=state)


def _take_access(db: WriteSession, institution: Institution, party_id: str | None) -> bool:
    """Take the role and the access of whoever was the user; True if they had begun the application themselves."""
    party = db.get(Party, party_id) if party_id else None
    if party is None:
        return False
    held = read_party(db, party)
    left = [role for role in held.values.get("roles", []) if role != USER]
    keep_party(db, party, held.saved({"roles": left or None}, held.version))
    if not left:
        party.removed_at = db.now
    email, was_owner = held.values.get("email"), False
    for editor in list_editors(db, institution.id):
        if email and editor.email_key == editor_key(db, email):
            editor.removed_at, was_owner = db.now, editor.role == "owner"
            end_editor_grants(db, editor.id)
    return was_owner
