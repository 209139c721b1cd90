"""What follows the calendar for approved institutions: notices before the periodic review, the hold after it."""

from datetime import timedelta

from sqlalchemy import select

from fourcorners.clearance.institutions import open_review
from fourcorners.infra.db import WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.institutions.actions.renewing import begin_renewal, hold_overdue
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import get_institution
from fourcorners.institutions.renewal import notices_days, overdue_after_days
from fourcorners.institutions.rules import State
from fourcorners.workflows.institution_letters import write_once

__all__ = ["watch_reviews"]


def watch_reviews(floor: Floor) -> None:
    """Once a day: open the application and write before the day of the review; hold it when nobody answered."""
    with floor.database.read() as db:
        latest = db.now.date() + timedelta(days=max(notices_days()))
        query = select(Institution.id).where(
            Institution.state == State.APPROVED, Institution.review_on <= latest, Institution.erased_at.is_(None)
        )
        due = list(db.scalars(query))
    for institution_id in due:
        with floor.database.write() as db:
            _watch(db, institution_id, floor.settings.public_url)


def _watch(db: WriteSession, institution_id: str, origin: str) -> None:
    institution = get_institution(db, institution_id, lock=True)
    handed_in = institution.due_at is not None
    if institution.state != State.APPROVED or institution.review_on is None or handed_in:
        return
    begin_renewal(db, institution_id)
    day = institution.review_on
    left = (day - db.now.date()).days
    if left < -overdue_after_days():
        if hold_overdue(db, institution_id):
            open_review(db, institution_id, reasons=["periodic_review", "review_overdue"])
        write_once(db, institution_id, f"review over {day}", "review_overdue", origin, day=day.isoformat())
        return
    notice = min((days for days in notices_days() if left <= days), default=max(notices_days()))
    write_once(db, institution_id, f"review {notice} {day}", "review_due", origin, day=day.isoformat())
