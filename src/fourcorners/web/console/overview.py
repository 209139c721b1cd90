"""How the work stands: what waits, what is late, what the machine settles by itself, what cases fail for."""

from collections import Counter
from datetime import timedelta

from fastapi import Request, Response
from sqlalchemy import func, select

from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.queue import count_waiting
from fourcorners.clearance.rules import Standing
from fourcorners.infra.db import ReadSession
from fourcorners.people.models import Verification
from fourcorners.people.rules import State
from fourcorners.web.console.desk import MACHINE, Seer, floor_of, title_of, words
from fourcorners.web.forms import page_router
from fourcorners.web.pages import go, show
from fourcorners.web.who import SignedIn

__all__ = ["router"]

router = page_router("/console")
DAYS = 30
REASONS_SHOWN = 12


@router.get("")
def enter(request: Request, who: SignedIn) -> Response:
    """The way in, also behind the mark at the top: the first page that one's role may see."""
    return go(next(path for path, *_ in request.state.shown["places"] or [("/security",)]))


@router.get("/overview")
def look(request: Request, who: Seer) -> Response:
    """The last thirty days in figures."""
    with floor_of(request).database.read() as db:
        since = db.now - timedelta(days=DAYS)
        waiting, late = count_waiting(db), count_waiting(db, overdue=True)
        asked = _count_asked(db)
        rows = db.execute(
            select(Decision.by, Decision.outcome, Decision.reasons, Decision.standing).where(Decision.at >= since)
        ).all()
        closed = db.execute(
            select(Review.closed_at, Review.due_at).where(Review.closed_at.is_not(None), Review.closed_at >= since)
        ).all()
    machine = [row for row in rows if row.by == MACHINE]
    settled = sum(row.outcome != "review" for row in machine)
    reasons = Counter(code for row in machine for code in row.reasons)
    people = Counter(row.outcome for row in rows if row.by != MACHINE and row.standing == Standing.EFFECTIVE)
    in_time = sum(ended is not None and ended <= due for ended, due in closed)
    most = max(reasons.values(), default=1)
    return show(
        request,
        "console/overview.html.j2",
        status=200,
        waiting=waiting,
        late=late,
        asked=asked,
        days=DAYS,
        runs=len(machine),
        share_of=None if not machine else round(100 * settled / len(machine)),
        outcomes=Counter(row.outcome for row in machine),
        people=people,
        in_time=None if not closed else round(100 * in_time / len(closed)),
        closed=len(closed),
        reasons=[
            (code, title_of(words(request), code), count, round(100 * count / most))
            for code, count in reasons.most_common(REASONS_SHOWN)
        ],
    )


def _count_asked(db: ReadSession) -> int:
    """How many are to answer a question, or to hand something in again."""
    questions = select(func.count()).where(Review.closed_at.is_(None), Review.waits_for == "applicant")
    again = select(func.count()).where(Verification.state == State.ACTION_REQUIRED)
    return (db.scalar(questions) or 0) + (db.scalar(again) or 0)
