"""What was settled is opened again: a decision before the applicant acted on it, or all of it for another round."""

from sqlalchemy import select

from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.mail import write_mail
from fourcorners.people.actions import open_for_reverification
from fourcorners.people.errors import WrongState
from fourcorners.people.grants import grant_access
from fourcorners.people.letters import LINK, address_of, again_letter
from fourcorners.people.models import Verification, VerificationItem
from fourcorners.people.queries import get_applicant, get_verification, state_of
from fourcorners.people.rules import ItemState, State, check_trigger

__all__ = ["return_to_review", "tell_anew", "verify_anew"]


def return_to_review(db: WriteSession, verification_id: str, *, actor: str) -> None:
    """From `action_required` to `under_review`, without a new submission. Raises WrongState, NotFound."""
    verification = get_verification(db, verification_id, lock=True)
    if state_of(verification) is not State.ACTION_REQUIRED:  # a draft is under review by being submitted only
        raise WrongState("Only what is to be done again can return to review.", state=verification.state)
    for item in db.scalars(select(VerificationItem).where(VerificationItem.verification_id == verification_id)):
        if item.state == ItemState.REDO:
            item.state, item.reasons, item.updated_at = ItemState.GIVEN, [], db.now
    details = {"from": verification.state, "to": State.UNDER_REVIEW.value}
    verification.state, verification.updated_at = State.UNDER_REVIEW, db.now
    db.flush()
    owner = verification.applicant_id
    audit(db, actor=actor, action="verification.moved", subject=verification_id, owner=owner, details=details)


def verify_anew(
    db: WriteSession, verification_id: str, *, actor: str, trigger: str, level_wanted: int | None = None
) -> None:
    """The business has a reason to verify a verified person again, or a limit was reached and a higher level is wanted.

    The level that was reached stays meanwhile (IND9). Raises TriggerUnknown, WrongState, NotFound.
    """
    check_trigger(trigger)
    open_for_reverification(db, verification_id, actor=actor, trigger=trigger, level_wanted=level_wanted)


def tell_anew(db: WriteSession, verification: Verification, *, actor: str, origin: str) -> None:
    """The letter that says so, with a link; nobody is written to without an address, or whose relation was closed."""
    person = get_applicant(db, verification.applicant_id)
    to = address_of(db, person)
    if to is None or person.closed_at is not None:
        return
    subject, text = again_letter(person.locale, verification.trigger)
    link = f"{origin.rstrip('/')}/verify/open/{grant_access(db, person.id, 'link', actor=actor)}"
    kind = f"again {verification.round}"
    write_mail(db, owner=person.id, kind=kind, to=to, subject=subject, text=text.replace(LINK, link))
