"""What is written about a case: notes among reviewers, questions to the applicant, their answers; and who looked."""

from datetime import timedelta

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.errors import NotInReview, TextMissing
from fourcorners.clearance.models import Message, Note
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act, check_allows
from fourcorners.clearance.policy import policy_for
from fourcorners.clearance.queries import MESSAGE, NOTES, facts_of, find_review, phase_and_proposals
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal
from fourcorners.kit.ids import new_id
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification, read_email

__all__ = ["TEXT_LENGTH_MAX", "add_note", "answer", "ask", "look_at"]

TEXT_LENGTH_MAX = 4000
REVIEWER, APPLICANT = "reviewer", "applicant"


def look_at(db: WriteSession, case_id: str, *, actor: Actor, what: str) -> None:
    """Somebody opens a case, or a picture of it: noted each time. Raises NotAllowed, NotFound."""
    check_can_act(actor, Act.SEE)
    verification = get_verification(db, case_id)
    owner = verification.applicant_id
    audit(db, actor=actor.id, action="case.seen", subject=case_id, owner=owner, details={"what": what})


def add_note(db: WriteSession, case_id: str, *, actor: Actor, text: str) -> Note:
    """A note for other reviewers, never shown to the applicant (FAI16). Raises NotAllowed, TextMissing, NotFound."""
    check_can_act(actor, Act.NOTE)
    verification = get_verification(db, case_id)
    note = Note(id=new_id("note"), case_id=case_id, owner_id=verification.applicant_id, by=actor.id, at=db.now)
    note.text = seal(db, note.owner_id, _checked(text), f"{NOTES} {note.id}")
    db.add(note)
    audit(db, actor=actor.id, action="case.noted", subject=case_id, owner=note.owner_id, details={"note": note.id})
    return note


def ask(db: WriteSession, case_id: str, *, actor: Actor, text: str, subject: str, letter: str) -> Message:
    """Ask the applicant something. `letter`, the whole mail, leads to the page on which they answer.

    The case waits for the applicant until then. Raises NotAllowed, CaseTaken, TextMissing, NotInReview.
    """
    verification = get_verification(db, case_id, lock=True)
    review = find_review(db, case_id, lock=True)
    check_can_act(actor, Act.ASK, assignee=review.assignee if review else None)
    check_allows(phase_and_proposals(db, verification)[0], Act.ASK)
    to = read_email(db, get_applicant(db, verification.applicant_id))
    if to is None:
        raise NotInReview("This applicant has no address to write to.", phase="ask")
    message = _message(db, verification, "out", actor.id, text)
    write_mail(db, owner=verification.applicant_id, kind="case.question", to=to, subject=subject, text=letter)
    if review is not None:
        review.waits_for = APPLICANT
    db.flush()
    return message


def answer(db: WriteSession, case_id: str, *, actor: str, text: str) -> Message:
    """The applicant answers, as long as a question waits: the case is with the reviewer again, with its time anew.

    Raises NotInReview where nothing was asked, TextMissing.
    """
    verification = get_verification(db, case_id, lock=True)
    review = find_review(db, case_id, lock=True)
    if review is None or review.closed_at is not None or review.waits_for != APPLICANT:
        raise NotInReview("Nothing is asked of you just now.", phase="answer")
    message = _message(db, verification, "in", actor, text)
    rules = policy_for(db, facts_of(verification), verification.submitted_at or db.now)
    _, proposals = phase_and_proposals(db, verification)
    review.waits_for = "second" if proposals else REVIEWER
    review.due_at = db.now + timedelta(hours=rules.review_within_h)
    verification.due_at = review.due_at
    db.flush()
    return message


def _message(db: WriteSession, verification: Verification, direction: str, by: str, text: str) -> Message:
    owner = verification.applicant_id
    message = Message(id=new_id("msg"), case_id=verification.id, owner_id=owner, direction=direction, by=by, at=db.now)
    message.text = seal(db, owner, _checked(text), f"{MESSAGE} {message.id}")
    db.add(message)
    action = "case.asked" if direction == "out" else "case.answered"
    audit(db, actor=by, action=action, subject=verification.id, owner=owner, details={"message": message.id})
    return message


def _checked(text: str) -> bytes:
    plain = text.strip()
    if not 1 <= len(plain) <= TEXT_LENGTH_MAX:
        raise TextMissing(f"Please write a text of 1 to {TEXT_LENGTH_MAX} characters.")
    return plain.encode()
