"""Reads of decisions and of the queue."""

from sqlalchemy import func, select

from fourcorners.clearance.models import Decision, Exemption, Review
from fourcorners.clearance.policy import Facts, InForce, policy_for
from fourcorners.clearance.rules import Standing
from fourcorners.evidence.models import Run
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.people.models import Submission, Verification

__all__ = [
    "exempt_reasons",
    "facts_of",
    "find_review",
    "get_decision",
    "latest_decision",
    "list_decisions",
    "next_number",
    "policy_of",
]


def list_decisions(db: ReadSession, case_id: str) -> list[Decision]:
    """All decisions on a case, the first one first."""
    return list(db.scalars(select(Decision).where(Decision.case_id == case_id).order_by(Decision.number)))


def get_decision(db: ReadSession, decision_id: str) -> Decision:
    """Raises NotFound."""
    found = db.get(Decision, decision_id)
    if found is None:
        raise NotFound("There is no such decision.")
    return found


def latest_decision(db: ReadSession, case_id: str) -> Decision | None:
    """The decision in force, if there is one."""
    query = select(Decision).where(Decision.case_id == case_id, Decision.standing == Standing.EFFECTIVE)
    return db.scalars(query.order_by(Decision.number.desc()).limit(1)).one_or_none()


def next_number(db: ReadSession, case_id: str) -> int:
    """The number of the next decision on a case."""
    return (db.scalar(select(func.max(Decision.number)).where(Decision.case_id == case_id)) or 0) + 1


def find_review(db: ReadSession, case_id: str, *, lock: bool = False) -> Review | None:
    """The case's place in the queue, open or closed."""
    return db.get(Review, case_id, with_for_update=lock or None)


def facts_of(verification: Verification) -> Facts:
    """What the policy asks of an individual verification."""
    return Facts(
        applicant="person",
        level=verification.level_wanted,
        residence=verification.residence,
        issuer=verification.document_country,
        document=verification.document_kind,
    )


def policy_of(db: ReadSession, run: Run) -> InForce:
    """The policy that a run is decided under: the one in force when it was submitted."""
    submission = db.get(Submission, run.submission_id)
    return policy_for(db, Facts.from_dict(run.about), run.started_at if submission is None else submission.at)


def exempt_reasons(db: ReadSession, case_id: str) -> frozenset[str]:
    """The reasons that reviewers let stand in this case."""
    return frozenset(db.scalars(select(Exemption.reason).where(Exemption.case_id == case_id)))
