"""The queue: which cases wait, for whom, how long still; with filters, page by page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select

from fourcorners.clearance.errors import CursorInvalid
from fourcorners.clearance.models import Review
from fourcorners.infra.db import ReadSession

__all__ = ["KINDS", "SLA", "STATES", "Filters", "Page", "count_waiting", "list_queue"]

STATES = ("reviewer", "second", "senior", "applicant", "closed")
"""Whom a case waits for; `closed` is decided."""

KINDS = ("person", "institution", "user_change", "device", "hits")
"""What a case is about."""

SLA = ("overdue", "soon", "fine")
SOON = timedelta(hours=2)
PAGE = 25
AFTER = "~"
UNASSIGNED = "nobody"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown; empty is everything that is open. `assignee` is an id or `nobody`; `older_h` is the least age.

    `kind` is what a case is about, one of KINDS.
    """

    state: str = ""
    country: str = ""
    reason: str = ""
    level: int | None = None
    assignee: str = ""
    older_h: int | None = None
    sla: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue, the most urgent first; `after` leads to the next one, empty at the end."""

    reviews: list[Review]
    after: str
    total: int


def list_queue(db: ReadSession, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """The page of the queue that follows `after`. Raises CursorInvalid."""
    wanted = _wanted(filters, db.now)
    total = db.scalar(select(func.count()).select_from(Review).where(*wanted)) or 0
    if after:
        due, case = _place(after)
        wanted.append(or_(Review.due_at > due, and_(Review.due_at == due, Review.case_id > case)))
    query = select(Review).where(*wanted).order_by(Review.due_at, Review.case_id).limit(size + 1)
    found = list(db.scalars(query))
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], "" if last is None else f"{last.due_at.isoformat()}{AFTER}{last.case_id}", total)


def count_waiting(db: ReadSession, *, overdue: bool = False) -> int:
    """How many cases wait for somebody of the staff; those whose time is over, if asked so."""
    waits = [Review.closed_at.is_(None), Review.waits_for != "applicant"]
    waits += [Review.due_at < db.now] if overdue else []
    return db.scalar(select(func.count()).select_from(Review).where(*waits)) or 0


def _wanted(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    closed = filters.state == "closed"
    wanted: list[ColumnElement[bool]] = [Review.closed_at.is_not(None) if closed else Review.closed_at.is_(None)]
    if filters.state and not closed:
        wanted.append(Review.waits_for == filters.state)
    if filters.kind:
        wanted.append(Review.kind == filters.kind)
    if filters.country:
        wanted.append(Review.country == filters.country)
    if filters.reason:
        literal = filters.reason.replace("\\", "").replace("%", "").replace("_", r"\_")
        wanted.append(cast(Review.reasons, String).like(f'%"{literal}"%', escape="\\"))
    if filters.level is not None:
        wanted.append(Review.level == filters.level)
    if filters.assignee:
        nobody = filters.assignee == UNASSIGNED
        wanted.append(Review.assignee.is_(None) if nobody else Review.assignee == filters.assignee)
    if filters.older_h is not None:
        wanted.append(Review.opened_at <= now - timedelta(hours=filters.older_h))
    if filters.sla == "overdue":
        wanted.append(Review.due_at < now)
    elif filters.sla == "soon":
        wanted.append(and_(Review.due_at >= now, Review.due_at < now + SOON))
    elif filters.sla == "fine":
        wanted.append(Review.due_at >= now + SOON)
    return wanted


def _place(after: str) -> tuple[datetime, str]:
    due, _, case = after.partition(AFTER)
    try:
        moment = datetime.fromisoformat(due)
    except ValueError as error:
        raise CursorInvalid("This place in the list was not handed out by us.") from error
    if moment.tzinfo is None or not case:
        raise CursorInvalid("This place in the list was not handed out by us.")
    return moment.astimezone(UTC), case
