"""Ask an institution something, by mail, with a thread (INS16)."""

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.actions.thread import ask
from fourcorners.clearance.models import Message
from fourcorners.infra.db import WriteSession
from fourcorners.institutions.letters import letter, name_of
from fourcorners.institutions.queries import get_institution

__all__ = ["ask_institution"]


def ask_institution(db: WriteSession, case_id: str, *, actor: Actor, text: str, origin: str) -> Message:
    """Ask; the application waits for the answer. The letter leads to the page on which it is given.

    `clearance.actions.answer` takes the answer. Raises NotAllowed, CaseTaken, TextMissing, NotInReview, NotFound.
    """
    institution = get_institution(db, case_id)
    subject, body = letter(
        institution.locale,
        "question",
        name=name_of(db, institution),
        question=" ".join(text.split()),
        link=f"{origin}/institution",
    )
    return ask(db, case_id, actor=actor, text=text, subject=subject, letter=body)
