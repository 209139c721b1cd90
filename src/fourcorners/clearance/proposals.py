"""What becomes of proposals, and of the review of a case, once somebody has spoken: alike for every kind of case."""

from collections.abc import Callable, Iterable

from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.rules import Standing
from fourcorners.infra.db import WriteSession

__all__ = ["close_review", "pass_on", "weigh"]


def weigh(proposals: Iterable[Decision], decision: Decision, agrees: Callable[[Decision], bool]) -> None:
    """A decision is in force: proposals that agree with it are, too; it overrules the others."""
    for proposal in proposals:
        if agrees(proposal):
            proposal.standing = Standing.EFFECTIVE
        else:
            proposal.standing, decision.overrules = Standing.OVERRULED, proposal.id


def pass_on(db: WriteSession, review: Review | None, waits_for: str) -> None:
    """The review waits for somebody else now, and nobody holds it."""
    if review is not None:
        review.waits_for, review.assignee = waits_for, None
    db.flush()


def close_review(db: WriteSession, review: Review | None, by: str) -> None:
    """The review is over; it stays with who ended it."""
    if review is not None:
        review.closed_at, review.assignee = db.now, by
    db.flush()
