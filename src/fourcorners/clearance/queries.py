"""Reads of decisions and of the queue."""

from sqlalchemy import func, select

from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.rules import Standing
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound

__all__ = ["find_review", "get_decision", "latest_decision", "list_decisions", "next_number"]


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
