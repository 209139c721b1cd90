"""A reviewer lets one reason stand in one case, such as a head covering worn for religion."""

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.errors import ExceptionNotAllowed
from fourcorners.clearance.models import Exemption
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act, check_allows
from fourcorners.clearance.policy import policy_for
from fourcorners.clearance.queries import EXEMPTION, facts_of, find_review, phase_and_proposals
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal
from fourcorners.people.queries import get_verification

__all__ = ["exempt"]


def exempt(db: WriteSession, case_id: str, *, actor: Actor, reason: str, note: str) -> Exemption:
    """From now on `reason` decides nothing in this case, also not when something is handed in again.

    Granting it twice is harmless. Raises NotAllowed, CaseTaken, ExceptionNotAllowed (the policy says for what it may be
    granted), NotInReview, AlreadyDecided.
    """
    verification = get_verification(db, case_id, lock=True)
    phase, _ = phase_and_proposals(db, verification)
    review = find_review(db, case_id)
    check_can_act(actor, Act.EXEMPT, assignee=review.assignee if review else None)
    check_allows(phase, Act.EXEMPT)
    rules = policy_for(db, facts_of(verification), verification.submitted_at or db.now)
    if reason not in rules.exceptions:
        raise ExceptionNotAllowed("The policy allows no exception for that.", reason=reason[:64])
    known = db.get(Exemption, (case_id, reason))
    if known is not None:
        return known
    owner = verification.applicant_id
    made = Exemption(case_id=case_id, reason=reason, owner_id=owner, by=actor.id, at=db.now)
    if note.strip():
        made.note = seal(db, owner, note.strip().encode(), f"{EXEMPTION} {case_id} {reason}")
    db.add(made)
    db.flush()
    audit(db, actor=actor.id, action="case.exempted", subject=case_id, owner=owner, details={"reason": reason})
    return made
