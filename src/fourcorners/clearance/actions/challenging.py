"""Which live challenge an applicant is asked for: the policy says so, per country, level and document."""

from fourcorners.clearance.policy import policy_for
from fourcorners.clearance.queries import facts_of
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.people import State
from fourcorners.people.queries import get_verification, state_of

__all__ = ["apply_challenge"]


def apply_challenge(db: WriteSession, case_id: str, *, actor: str) -> None:
    """Ask for the challenge that the policy names for this case; nothing where it names none. Raises NotFound.

    Only before the first submission: afterwards it stays as it was begun.
    """
    verification = get_verification(db, case_id, lock=True)
    wanted = policy_for(db, facts_of(verification), db.now).challenge
    if wanted is None or wanted == verification.challenge_policy or state_of(verification) is not State.IN_PROGRESS:
        return
    verification.challenge_policy = wanted
    db.flush()
    owner = verification.applicant_id
    details = {"challenge": wanted}
    audit(db, actor=actor, action="challenge.set", subject=case_id, owner=owner, details=details)
