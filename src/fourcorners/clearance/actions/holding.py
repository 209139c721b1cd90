"""A hold: a senior stops what somebody was cleared for, until a person approves them again or a senior lifts it."""

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.actions.thread import add_note
from fourcorners.clearance.errors import NotHeld
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification

__all__ = ["end_hold", "lift_hold", "put_on_hold"]


def put_on_hold(db: WriteSession, verification: Verification, *, actor: str, decision: str) -> None:
    """Because of a decision that takes an approval back. The machine alone approves nobody who is held."""
    person = get_applicant(db, verification.applicant_id)
    if not person.hold:
        person.hold = True
        _note(db, verification, actor, "hold.set", {"decision": decision})


def end_hold(db: WriteSession, verification: Verification, *, actor: str, decision: str) -> None:
    """Because of a later decision that verifies. Nothing where nobody is held."""
    person = get_applicant(db, verification.applicant_id)
    if person.hold:
        person.hold = False
        _note(db, verification, actor, "hold.lifted", {"decision": decision})


def lift_hold(db: WriteSession, case_id: str, *, actor: Actor, note: str) -> None:
    """A senior lifts it without a decision, and says why in a note of the case: the level counts again at once.

    Whatever else stands against the person, such as a confirmed hit, still does.
    Raises NotAllowed, NotFound, NotHeld, TextMissing.
    """
    check_can_act(actor, Act.LIFT)
    verification = get_verification(db, case_id, lock=True)
    person = get_applicant(db, verification.applicant_id)
    if not person.hold:
        raise NotHeld("This person is not on hold (any more).")
    kept = add_note(db, case_id, actor=actor, text=note)
    person.hold = False
    _note(db, verification, actor.id, "hold.lifted", {"note": kept.id})


def _note(db: WriteSession, verification: Verification, actor: str, action: str, details: dict[str, str]) -> None:
    db.flush()
    owner = verification.applicant_id
    audit(db, actor=actor, action=action, subject=verification.id, owner=owner, details=details)
