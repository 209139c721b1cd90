"""What machines ask: is the process alive, can it work, what has it done."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fourcorners.clearance.models import Decision, Review
from fourcorners.infra import Floor
from fourcorners.infra.audit import AuditHead
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import HandOver
from fourcorners.kit.errors import Refusal
from fourcorners.migrations import is_current
from fourcorners.people.models import Verification
from fourcorners.web.forms import page_router
from fourcorners.workflows.models import WorkerSeen

__all__ = ["router"]

router = page_router("")


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/ready")
def ready(request: Request) -> JSONResponse:
    """It can work: the database answers in the form of this version. 503 otherwise, with the code of what is amiss."""
    floor: Floor = request.app.state.floor
    try:
        current = is_current(floor.database)
    except Refusal as refusal:
        return JSONResponse({"status": refusal.code}, status_code=503)
    except Exception:
        return JSONResponse({"status": "store_unavailable"}, status_code=503)
    return JSONResponse(
        {"status": "ok"} if current else {"status": "database_old"}, status_code=200 if current else 503
    )


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Prometheus metrics, for whoever shows the token of the setting `metrics_token`; without one there are none."""
    floor: Floor = request.app.state.floor
    token = floor.settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise NotFound("There is nothing here.")
    with floor.database.read() as db:
        return Response(generate_latest(_measure(db)), media_type=CONTENT_TYPE_LATEST)


def _measure(db: ReadSession) -> CollectorRegistry:
    """Read off the database, so that every process tells the same."""
    registry = CollectorRegistry()
    states = Gauge("fourcorners_verifications", "Verifications by state.", ["state"], registry=registry)
    for state, count in db.execute(select(Verification.state, func.count()).group_by(Verification.state)):
        states.labels(state).set(count)
    decisions = Gauge(
        "fourcorners_decisions", "Decisions by outcome and by whom.", ["outcome", "by"], registry=registry
    )
    by_whom = (Decision.by == "system").label("machine")
    for outcome, machine, count in db.execute(
        select(Decision.outcome, by_whom, func.count()).group_by(Decision.outcome, by_whom)
    ):
        decisions.labels(outcome, "machine" if machine else "person").set(count)
    waiting = select(HandOver.kind, func.count()).where(HandOver.taken_at.is_(None)).group_by(HandOver.kind)
    work = Gauge("fourcorners_work_waiting", "Work that no queue has taken yet, by kind.", ["kind"], registry=registry)
    for kind, count in db.execute(waiting):
        work.labels(kind).set(count)
    reviews = Gauge("fourcorners_reviews_open", "Cases that wait for a person.", registry=registry)
    reviews.set(db.scalar(select(func.count()).select_from(Review).where(Review.closed_at.is_(None))) or 0)
    overdue = Gauge("fourcorners_reviews_overdue", "Cases that wait longer than promised.", registry=registry)
    late = select(func.count()).select_from(Review).where(Review.closed_at.is_(None), Review.due_at < db.now)
    overdue.set(db.scalar(late) or 0)
    workers = Gauge(
        "fourcorners_worker_seen_seconds", "Seconds since a worker was heard.", ["executor"], registry=registry
    )
    for executor, seen in db.execute(select(WorkerSeen.executor, WorkerSeen.seen_at)):
        workers.labels(executor).set((db.now - seen).total_seconds())
    events = Gauge("fourcorners_audit_events", "Events on the audit chain.", registry=registry)
    events.set(db.scalar(select(AuditHead.seq)) or 0)
    return registry
