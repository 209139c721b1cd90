"""Cases whose work was lost outside of our reach (a restored back-up, an emptied queue) are handed over again."""

from datetime import timedelta

from sqlalchemy import select

from fourcorners.clearance.models import Review
from fourcorners.clearance.rules import HITS
from fourcorners.evidence.models import Run
from fourcorners.infra.audit import audit
from fourcorners.infra.db import Database, WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.institutions.actions import ASSESS
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import find_submission
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.people import State
from fourcorners.people.actions import RUN
from fourcorners.people.models import Verification
from fourcorners.people.queries import list_submissions
from fourcorners.workflows.retries import rules

__all__ = ["sweep_stuck"]


def sweep_stuck(database: Database) -> int:
    """Hand over every submission again that waits for the machine for too long. Returns how many.

    Checking a submission twice does it once, so one that is only slow comes to no harm.
    """
    with database.write() as db:
        waited = timedelta(minutes=rules()["stuck_after_min"])
        open_review = Review.closed_at.is_(None)
        waits = (
            select(Verification)
            .outerjoin(Review, open_review & (Review.case_id == Verification.id) & (Review.kind != HITS))
            .where(
                Verification.state == State.UNDER_REVIEW,
                Verification.updated_at < db.now - waited,
                Review.case_id.is_(None),
            )
        )
        stuck = list(db.scalars(waits))
        for verification in stuck:
            submission = list_submissions(db, verification.id)[-1]
            run = db.scalars(select(Run.id).where(Run.submission_id == submission.id)).one_or_none()
            verification.updated_at = db.now
            hand_over(db, RUN, {"verification": verification.id, "submission": submission.id})
            details = {"submission": submission.id, "run": run}
            audit(
                db,
                actor="system",
                action="run.handed_over_again",
                subject=verification.id,
                owner=verification.applicant_id,
                details=details,
            )
        return len(stuck) + _stuck_institutions(db, waited)


def _stuck_institutions(db: WriteSession, waited: timedelta) -> int:
    waits = (
        select(Institution)
        .outerjoin(Review, (Review.case_id == Institution.id) & Review.closed_at.is_(None))
        .where(
            Institution.state == InstitutionState.UNDER_REVIEW,
            Institution.updated_at < db.now - waited,
            Review.case_id.is_(None),
        )
    )
    stuck = list(db.scalars(waits))
    for institution in stuck:
        submission = find_submission(db, institution.id)
        institution.updated_at = db.now
        if submission is not None:
            hand_over(db, ASSESS, {"institution": institution.id, "submission": submission.id})
        details = {"submission": None if submission is None else submission.id}
        owner = institution.id
        audit(db, actor="system", action="run.handed_over_again", subject=owner, owner=owner, details=details)
    return len(stuck)
