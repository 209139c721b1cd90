"""What is written about a case: notes among reviewers, questions to the applicant, their answers; and who looked."""

from datetime import timedelta

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.cases import INSTITUTION, Case, get_case
from fourcorners.clearance.errors import NotInReview, TextMissing
from fourcorners.clearance.models import Message, Note, Review
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act, check_allows
from fourcorners.clearance.queries import MESSAGE, NOTES, find_review
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal
from fourcorners.institutions.actions.concluding import request_information, take_answer
from fourcorners.institutions.rules import State
from fourcorners.institutions.working_days import due_at
from fourcorners.kit.ids import new_id

__all__ = ["TEXT_LENGTH_MAX", "add_note", "answer", "ask", "look_at"]

TEXT_LENGTH_MAX = 4000
REVIEWER, APPLICANT = "reviewer", "applicant"


def look_at(db: WriteSession, case_id: str, *, actor: Actor, what: str) -> None:
    """Somebody opens a case, or a picture of it: noted each time. Raises NotAllowed, NotFound."""
    check_can_act(actor, Act.SEE)
    owner = get_case(db, case_id).owner_id
    audit(db, actor=actor.id, action="case.seen", subject=case_id, owner=owner, details={"what": what})


def add_note(db: WriteSession, case_id: str, *, actor: Actor, text: str) -> Note:
    """A note for other reviewers, never shown to the applicant (FAI16). Raises NotAllowed, TextMissing, NotFound."""
    check_can_act(actor, Act.NOTE)
    note = Note(id=new_id("note"), case_id=case_id, owner_id=get_case(db, case_id).owner_id, by=actor.id, at=db.now)
    note.text = seal(db, note.owner_id, _checked(text), f"{NOTES} {note.id}")
    db.add(note)
    audit(db, actor=actor.id, action="case.noted", subject=case_id, owner=note.owner_id, details={"note": note.id})
    return note


def ask(db: WriteSession, case_id: str, *, actor: Actor, text: str, subject: str, letter: str) -> Message:
    """Ask the applicant something. `letter`, the whole mail, leads to the page on which they answer.

    The case waits for the applicant until then; an institution's application is `info_requested` (INS3).
    Raises NotAllowed, CaseTaken, TextMissing, NotInReview.
    """
    case = get_case(db, case_id, lock=True)
    review = find_review(db, case_id, lock=True)
    check_can_act(actor, Act.ASK, assignee=review.assignee if review else None)
    check_allows(case.phase_and_proposals(db)[0], Act.ASK)
    to = case.address(db)
    if to is None:
        raise NotInReview("This applicant has no address to write to.", phase="ask")
    message = _message(db, case, "out", actor.id, text)
    write_mail(db, owner=case.owner_id, kind="case.question", to=to, subject=subject, text=letter)
    if case.kind == INSTITUTION and case.institution is not None:
        request_information(db, case.institution, actor=actor.id)
    if review is not None:
        review.waits_for = APPLICANT
    db.flush()
    return message


def answer(db: WriteSession, case_id: str, *, actor: str, text: str) -> Message:
    """The applicant answers, as long as a question waits: the case is with the reviewer again, with its time anew.

    Raises NotInReview where nothing was asked, TextMissing.
    """
    case = get_case(db, case_id, lock=True)
    review = find_review(db, case_id, lock=True)
    if review is None or review.closed_at is not None or not _is_asked(case, review):
        raise NotInReview("Nothing is asked of you just now.", phase="answer")
    message = _message(db, case, "in", actor, text)
    _, proposals = case.phase_and_proposals(db)
    review.waits_for = "second" if proposals else REVIEWER
    if case.institution is not None:
        if case.kind == INSTITUTION:
            take_answer(db, case.institution, actor=actor)
        review.due_at = due_at(db.now)
    else:
        review.due_at = db.now + timedelta(hours=case.policy(db).review_within_h)
    case.row.due_at = review.due_at
    db.flush()
    return message


def _message(db: WriteSession, case: Case, direction: str, by: str, text: str) -> Message:
    owner = case.owner_id
    message = Message(id=new_id("msg"), case_id=case.id, owner_id=owner, direction=direction, by=by, at=db.now)
    message.text = seal(db, owner, _checked(text), f"{MESSAGE} {message.id}")
    db.add(message)
    action = "case.asked" if direction == "out" else "case.answered"
    audit(db, actor=by, action=action, subject=case.id, owner=owner, details={"message": message.id})
    return message


def _is_asked(case: Case, review: Review) -> bool:
    """Does a question wait? Also where a second person must look at a refusal that was proposed meanwhile."""
    waits = case.kind == INSTITUTION and case.row.state == State.INFO_REQUESTED
    return waits or review.waits_for == APPLICANT


def _checked(text: str) -> bytes:
    plain = text.strip()
    if not 1 <= len(plain) <= TEXT_LENGTH_MAX:
        raise TextMissing(f"Please write a text of 1 to {TEXT_LENGTH_MAX} characters.")
    return plain.encode()
