"""A decision is taken back before the applicant acted on it: what was to be done again is under review again."""

from sqlalchemy import select

from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.people.models import VerificationItem
from fourcorners.people.queries import get_verification, state_of
from fourcorners.people.rules import ItemState, State, check_move

__all__ = ["return_to_review"]


def return_to_review(db: WriteSession, verification_id: str, *, actor: str) -> None:
    """From `action_required` to `under_review`, without a new submission. Raises WrongState, NotFound."""
    verification = get_verification(db, verification_id, lock=True)
    check_move(state_of(verification), State.UNDER_REVIEW)
    for item in db.scalars(select(VerificationItem).where(VerificationItem.verification_id == verification_id)):
        if item.state == ItemState.REDO:
            item.state, item.reasons, item.updated_at = ItemState.GIVEN, [], db.now
    details = {"from": verification.state, "to": State.UNDER_REVIEW.value}
    verification.state, verification.updated_at = State.UNDER_REVIEW, db.now
    db.flush()
    owner = verification.applicant_id
    audit(db, actor=actor, action="verification.moved", subject=verification_id, owner=owner, details=details)
