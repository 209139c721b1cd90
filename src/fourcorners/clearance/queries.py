"""Reads of decisions and of the queue."""

from datetime import datetime

from sqlalchemy import func, or_, select

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.models import Decision, Exemption, Message, Note, Review
from fourcorners.clearance.permissions import can_act
from fourcorners.clearance.phases import Act, Phase, phase_of
from fourcorners.clearance.policy import Facts, InForce, policy_for
from fourcorners.clearance.rules import HITS, Standing
from fourcorners.evidence.models import Run
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_sealed
from fourcorners.people.models import Submission, Verification
from fourcorners.people.queries import state_of

__all__ = [
    "EXEMPTION",
    "MESSAGE",
    "NOTE",
    "NOTES",
    "exempt_reasons",
    "facts_of",
    "find_next",
    "find_review",
    "get_decision",
    "is_asked",
    "latest_decision",
    "latest_run",
    "list_decisions",
    "list_exemptions",
    "list_messages",
    "list_notes",
    "machine_decision",
    "next_number",
    "phase_and_proposals",
    "policy_of",
    "read_text",
]

EXEMPTION = "exemption note"
MESSAGE = "message"
NOTE = "decision note"
NOTES = "note"
MACHINE = "system"


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


def exempt_reasons(db: ReadSession, case_id: str, until: datetime | None = None) -> frozenset[str]:
    """The reasons that reviewers let stand in this case, up to a moment if one is given."""
    query = select(Exemption.reason).where(Exemption.case_id == case_id)
    return frozenset(db.scalars(query if until is None else query.where(Exemption.at <= until)))


def machine_decision(db: ReadSession, run_id: str) -> Decision | None:
    """What the machine decided on a run."""
    query = select(Decision).where(Decision.run_id == run_id, Decision.by == MACHINE)
    return db.scalars(query.order_by(Decision.number).limit(1)).one_or_none()


def latest_run(db: ReadSession, case_id: str) -> Run | None:
    """The newest run of the checks on a case that has finished."""
    query = select(Run).where(Run.case_id == case_id, Run.finished_at.is_not(None))
    return db.scalars(query.order_by(Run.started_at.desc(), Run.id.desc()).limit(1)).one_or_none()


def phase_and_proposals(db: ReadSession, verification: Verification) -> tuple[Phase, list[Decision]]:
    """Where the review of a case stands, and the decisions that wait for another person."""
    proposals = [d for d in list_decisions(db, verification.id) if d.standing == Standing.PROPOSED]
    review = find_review(db, verification.id)
    waits = review is not None and review.closed_at is None
    for_hits = review is not None and review.kind == HITS
    state = state_of(verification)
    return phase_of(state, open_review=waits, proposals=len(proposals), for_hits=for_hits), proposals


def find_next(db: ReadSession, actor: Actor) -> Review | None:
    """The most urgent open case that waits for somebody like `actor`: their own first, then one that nobody has."""
    free = or_(Review.assignee.is_(None), Review.assignee == actor.id)
    query = select(Review).where(Review.closed_at.is_(None), Review.waits_for != "applicant", free)
    mine_first = query.order_by((Review.assignee.is_(None)), Review.due_at, Review.case_id)
    for review in db.scalars(mine_first.limit(200)):
        act = {"second": Act.SECOND, "senior": Act.SETTLE}.get(review.waits_for, Act.DECIDE)
        waiting = [d.by for d in list_decisions(db, review.case_id) if d.standing == Standing.PROPOSED]
        if can_act(actor, act, assignee=review.assignee, decided_by=waiting):
            return review
    return None


def list_notes(db: ReadSession, case_id: str) -> list[Note]:
    """What reviewers wrote for each other, the first one first."""
    return list(db.scalars(select(Note).where(Note.case_id == case_id).order_by(Note.at, Note.id)))


def list_messages(db: ReadSession, case_id: str) -> list[Message]:
    """The thread with the applicant, the first one first."""
    return list(db.scalars(select(Message).where(Message.case_id == case_id).order_by(Message.at, Message.id)))


def is_asked(db: ReadSession, case_id: str) -> bool:
    """Does the case wait for an answer of the applicant?"""
    review = find_review(db, case_id)
    return review is not None and review.closed_at is None and review.waits_for == "applicant"


def list_exemptions(db: ReadSession, case_id: str) -> list[Exemption]:
    """What reviewers let stand in this case."""
    return list(db.scalars(select(Exemption).where(Exemption.case_id == case_id).order_by(Exemption.at)))


def read_text(db: ReadSession, kept: Note | Message | Decision | Exemption) -> str:
    """What was written; empty where nothing was. Raises KeyDestroyed after erasure."""
    match kept:
        case Note():
            sealed, context = kept.text, f"{NOTES} {kept.id}"
        case Message():
            sealed, context = kept.text, f"{MESSAGE} {kept.id}"
        case Decision():
            sealed, context = kept.note or b"", f"{NOTE} {kept.id}"
        case Exemption():
            sealed, context = kept.note or b"", f"{EXEMPTION} {kept.case_id} {kept.reason}"
    return open_sealed(db, kept.owner_id, sealed, context).decode() if sealed else ""
