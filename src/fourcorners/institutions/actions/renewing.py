"""Periodic review: an approved institution looks through what is known of it, and stays approved meanwhile."""

from datetime import date

from fourcorners.infra.db import WriteSession
from fourcorners.institutions.actions.changing import opened, tell_of, touch
from fourcorners.institutions.models import Institution
from fourcorners.institutions.rules import State

__all__ = ["begin_renewal", "bring_forward", "hold_overdue"]

SYSTEM = "system"


def begin_renewal(db: WriteSession, institution_id: str, *, actor: str = SYSTEM) -> Institution:
    """Open the application for changes; it is submitted again when it was looked through. Begun twice, begun once.

    Raises NotOpenForChanges unless it is approved.
    """
    institution = opened(db, institution_id, State.APPROVED)
    if not institution.renewing and institution.due_at is None:
        institution.renewing = True
        institution.round += 1
        touch(db, institution, actor, "institution.renewal_begun", {"round": institution.round})
        on = None if institution.review_on is None else institution.review_on.isoformat()
        tell_of(db, institution, "institution.review_due", review_on=on)
    return institution


def bring_forward(db: WriteSession, institution_id: str, *, actor: str, until: date) -> Institution:
    """Look through it before its time, until that day. One that is being looked through, or waits, keeps its day.

    Raises NotOpenForChanges unless it is approved.
    """
    institution = opened(db, institution_id, State.APPROVED)
    if not institution.renewing and institution.due_at is None:
        institution.review_on = until if institution.review_on is None else min(institution.review_on, until)
    return begin_renewal(db, institution_id, actor=actor)


def hold_overdue(db: WriteSession, institution_id: str, *, actor: str = SYSTEM) -> bool:
    """Nobody looked through it in time: what approval unlocks is on hold. True the first time."""
    institution = opened(db, institution_id, State.APPROVED)
    if institution.hold or not institution.renewing:
        return False
    institution.hold = True
    touch(db, institution, actor, "institution.held", {"why": "review_overdue"})
    return True
