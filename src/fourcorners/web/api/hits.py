"""Hits on lists: what waits, what was decided, and decisions of your own."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import ColumnElement, or_, select

from fourcorners.accounts import Actor, Kind, Role
from fourcorners.clearance.actions import decide_hit
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions.models import Institution
from fourcorners.people.models import Applicant
from fourcorners.screening.models import ScreeningHit
from fourcorners.screening.queries import read_hit, read_note
from fourcorners.screening.rules import State
from fourcorners.web.api.institution_world import sees_names
from fourcorners.web.api.keyed import ApiRoute, Decider, DecisionReader, floor_of
from fourcorners.web.api.listing import PagingHere, paged
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_hits import HitPage, HitShape, NewHitDecision
from fourcorners.web.who import Key

__all__ = ["router"]

router = APIRouter(prefix="/v1/hits", route_class=ApiRoute, tags=["Hits on lists"])
GONE = ("not_found", "key_destroyed")


@router.get("", summary="List hits", responses=refuses("key_destroyed"))
def look_through(
    request: Request,
    key: DecisionReader,
    page: PagingHere,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    case: Annotated[str | None, Query(max_length=32, description="Only of this verification or institution.")] = None,
) -> HitPage:
    """The newest first. Nobody of the sandbox is screened, so that a key of the sandbox sees none."""
    query = select(ScreeningHit).where(_of_world(key))
    query = query if state is None else query.where(ScreeningHit.state == state.value)
    query = query if case is None else query.where(ScreeningHit.case_id == case)
    with floor_of(request).database.read() as db:
        found, cursor = paged(db, query, ScreeningHit.id, page)
        return HitPage(data=[_told(db, hit, key) for hit in found], next_cursor=cursor)


@router.get("/{hit}", summary="Fetch a hit", responses=refuses(*GONE))
def look(request: Request, hit: str, key: DecisionReader) -> HitShape:
    """One hit. Why it is one, with names and the entry, is told to keys with `exports:read` only."""
    with floor_of(request).database.read() as db:
        return _told(db, _hit_of(db, key, hit), key)


@router.post(
    "/{hit}/decisions",
    status_code=201,
    response_model=HitShape,
    summary="Decide a hit",
    responses=refuses("not_found", "not_allowed", "case_taken", "hit_reason_missing", post=True),
)
def say(request: Request, hit: str, new: NewHitDecision, key: Decider, once: OnceHere) -> Response:
    """Say whether the entry is the one who was screened, and why.

    A key counts as a reviewer: what was decided once only a senior decides otherwise, in the console. A confirmed match
    stops what the person or institution was cleared for, and whoever was verified is verified anew.
    """
    with once.write() as db:
        own = _hit_of(db, key, hit)
        actor = Actor(key.id, Kind.STAFF, Role.REVIEWER)
        made = decide_hit(db, own.id, actor=actor, same=State(new.outcome) is State.TRUE_MATCH, note=new.note)
        return once.answer(db, _told(db, made, key), owner=made.owner_id)


def _of_world(key: Key) -> ColumnElement[bool]:
    """Hits of people and institutions of the key's own world."""
    people = select(Applicant.id).where(Applicant.sandbox.is_(key.sandbox))
    firms = select(Institution.id).where(Institution.sandbox.is_(key.sandbox))
    return or_(ScreeningHit.owner_id.in_(people), ScreeningHit.owner_id.in_(firms))


def _hit_of(db: ReadSession, key: Key, hit_id: str) -> ScreeningHit:
    found = db.scalars(select(ScreeningHit).where(ScreeningHit.id == hit_id, _of_world(key))).one_or_none()
    if found is None:
        raise NotFound("There is no such hit.")
    return found


def _told(db: ReadSession, hit: ScreeningHit, key: Key) -> HitShape:
    shown = sees_names(key)
    is_institution = hit.owner_id == hit.case_id
    by: Literal["person", "api"] | None = None
    if hit.decided_by is not None:
        by = "api" if hit.decided_by.startswith("key_") else "person"
    return HitShape(
        id=hit.id,
        state=State(hit.state),
        case=hit.case_id,
        applicant=None if is_institution else hit.owner_id,
        institution=hit.owner_id if is_institution else None,
        subject=hit.subject_id,
        list=hit.list_name,
        list_version=hit.list_number,
        score=hit.score,
        found_at=hit.found_at,
        decided_at=hit.decided_at,
        decided_by=by,
        why=dict(read_hit(db, hit)) if shown else None,
        note=read_note(db, hit) or None if shown else None,
    )
