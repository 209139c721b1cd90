"""What hits on lists call for: somebody is told, and a person looks at whoever was cleared already."""

from collections.abc import Sequence
from datetime import timedelta

from fourcorners.clearance.models import Review
from fourcorners.clearance.policy.versions import lay_first_version, policy_for
from fourcorners.clearance.queries import facts_of, find_review, list_decisions
from fourcorners.clearance.rules import FURTHER_REVIEW, HITS, Standing
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.webhooks import tell
from fourcorners.institutions.queries import get_institution
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.kit.ids import is_id
from fourcorners.people import State
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification, state_of
from fourcorners.screening.models import ScreeningHit
from fourcorners.screening.queries import stops_approval
from fourcorners.screening.rules import State as HitState

__all__ = ["SCREENING_HIT", "follow_hits", "hits_found", "tell_hit"]

SCREENER = "system"
SCREENING_HIT = "screening_hit"
"""The reason of a review of an institution, as its assessment tells it."""


def hits_found(db: WriteSession, case_id: str, opened: Sequence[ScreeningHit]) -> None:
    """After a person's screening: `opened` are the hits that wait for a decision now and did not before."""
    for hit in opened:
        tell_hit(db, hit, "hit_found")
    follow_hits(db, case_id, actor=SCREENER)


def follow_hits(db: WriteSession, case_id: str, *, actor: str) -> None:
    """Bring the queue in line with the hits of a case. A second time changes nothing.

    Somebody who has a level waits for a person while a hit is open, and no longer when all are decided or gone. A case
    that is under review has its own place in the queue. An approved institution leaves the queue when hits alone
    brought it there and none of them was confirmed. Raises NotFound.
    """
    if is_id(case_id, "ins"):
        _leave_institution(db, case_id, actor)
        return
    verification = get_verification(db, case_id, lock=True)
    person, state = get_applicant(db, verification.applicant_id), state_of(verification)
    review = find_review(db, case_id, lock=True)
    waits = review is not None and review.closed_at is None
    is_open = any(hit.state == HitState.OPEN for hit in stops_approval(db, case_id))
    if is_open and waits and review is not None and FURTHER_REVIEW not in review.reasons:
        review.reasons = [*review.reasons, FURTHER_REVIEW]
        db.flush()
    was_cleared = person.level > 0 and state not in (State.UNDER_REVIEW, State.REJECTED_FINAL)
    if is_open and was_cleared and not waits:
        _open(db, verification, review)
    elif review is not None and waits and review.kind == HITS and not (is_open and state is not State.REJECTED_FINAL):
        _close(db, review, actor)


def tell_hit(db: WriteSession, hit: ScreeningHit, what: str, **data: object) -> None:
    """Tell those who asked to be told that a hit was found or decided: ids and codes only."""
    told = {"hit": hit.id, "list": hit.list_name, **data}
    if is_id(hit.case_id, "ins"):
        institution = get_institution(db, hit.case_id)
        tell(db, f"institution.{what}", about=institution.id, sandbox=institution.sandbox, **told)
        return
    person = get_applicant(db, hit.owner_id)
    tell(db, f"verification.{what}", about=person.id, sandbox=person.sandbox, verification=hit.case_id, **told)


def _open(db: WriteSession, verification: Verification, review: Review | None) -> None:
    lay_first_version(db)
    within = timedelta(hours=policy_for(db, facts_of(verification), db.now).review_within_h)
    if review is None:
        review = Review(case_id=verification.id, owner_id=verification.applicant_id, kind=HITS, level=0, reasons=[])
        db.add(review)
    review.kind, review.reasons = HITS, [FURTHER_REVIEW]
    review.country, review.level = verification.residence, verification.level_wanted
    review.opened_at, review.due_at, review.closed_at = db.now, db.now + within, None
    review.assignee, review.waits_for = None, "reviewer"
    db.flush()
    audit(db, actor=SCREENER, action="hit.review_opened", subject=verification.id, owner=verification.applicant_id)


def _close(db: WriteSession, review: Review, actor: str) -> None:
    review.closed_at = db.now
    review.assignee = review.assignee if actor == SCREENER else actor
    db.flush()
    audit(db, actor=actor, action="hit.review_closed", subject=review.case_id, owner=review.owner_id)


def _leave_institution(db: WriteSession, institution_id: str, actor: str) -> None:
    institution, review = get_institution(db, institution_id, lock=True), find_review(db, institution_id, lock=True)
    if institution.state != InstitutionState.APPROVED or review is None or review.closed_at is not None:
        return
    is_proposed = any(one.standing == Standing.PROPOSED for one in list_decisions(db, institution_id))
    if review.reasons == [SCREENING_HIT] and not is_proposed and not stops_approval(db, institution_id):
        institution.due_at = None
        _close(db, review, actor)
