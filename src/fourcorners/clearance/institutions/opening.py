"""An institution's place in the queue: opened when it was assessed, closed when nobody need decide any more."""

from collections.abc import Sequence

from fourcorners.clearance.models import Review
from fourcorners.clearance.queries import find_review
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.institutions.actions.changing import tell_of
from fourcorners.institutions.actions.users import get_change
from fourcorners.institutions.queries import get_institution
from fourcorners.institutions.rules import State
from fourcorners.institutions.working_days import due_at

__all__ = ["close_review", "open_change_review", "open_review"]

SYSTEM = "system"
LEVELS = {"low": 1, "standard": 1, "medium": 2, "raised": 2, "high": 3}
"""Under which level of the queue's filter a risk stands; 0 where it was not assessed."""

OPEN = (State.UNDER_REVIEW, State.INFO_REQUESTED, State.APPROVED)


def open_review(db: WriteSession, institution_id: str, *, reasons: Sequence[str]) -> Review | None:
    """The application waits for a person. One that is open already keeps its reviewer and its time.

    None for one that was withdrawn or decided meanwhile.
    """
    institution = get_institution(db, institution_id, lock=True)
    if institution.state not in OPEN:
        return None
    review = find_review(db, institution_id, lock=True)
    if review is None:
        review = Review(
            case_id=institution.id, owner_id=institution.id, kind="institution", level=0, reasons=[],
            opened_at=db.now, due_at=institution.due_at or due_at(db.now),
        )  # fmt: skip
        db.add(review)
        is_new = True
    else:
        is_new = review.closed_at is not None
    review.country, review.level = institution.country, LEVELS.get(institution.risk or "", 0)
    review.reasons = list(reasons)
    if is_new:
        review.opened_at, review.due_at = db.now, institution.due_at or due_at(db.now)
        review.closed_at, review.assignee, review.waits_for = None, None, "reviewer"
        institution.due_at = review.due_at
        tell_of(db, institution, "institution.under_manual_review", risk=institution.risk)
    db.flush()
    details = {"reasons": review.reasons, "risk": institution.risk}
    audit(db, actor=SYSTEM, action="case.opened", subject=institution.id, owner=institution.id, details=details)
    return review


def open_change_review(db: WriteSession, change_id: str) -> Review | None:
    """A change of the authorised user waits for a person; None when it was decided or taken back meanwhile."""
    change = get_change(db, change_id, lock=True)
    known = find_review(db, change_id, lock=True)
    if change.state != State.UNDER_REVIEW or known is not None:
        return known
    institution = get_institution(db, change.institution_id)
    review = Review(
        case_id=change.id, owner_id=institution.id, kind="user_change", country=institution.country,
        level=LEVELS.get(institution.risk or "", 0), reasons=["user_change"],
        opened_at=db.now, due_at=change.due_at or due_at(db.now),
    )  # fmt: skip
    db.add(review)
    db.flush()
    audit(db, actor=SYSTEM, action="case.opened", subject=change.id, owner=institution.id)
    return review


def close_review(db: WriteSession, case_id: str) -> None:
    """Nobody need decide any more, as when the application was withdrawn. A second time changes nothing."""
    review = find_review(db, case_id, lock=True)
    if review is not None and review.closed_at is None:
        review.closed_at = db.now
        db.flush()
        audit(db, actor=SYSTEM, action="case.closed", subject=case_id, owner=review.owner_id)
