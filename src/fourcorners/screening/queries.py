"""Reads of what screening found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_json
from fourcorners.screening.models import ScreenedSubject, ScreeningHit
from fourcorners.screening.rules import BLOCKING, State

__all__ = [
    "HIT",
    "NOTE",
    "HitPage",
    "count_hits",
    "get_hit",
    "list_hits",
    "list_hits_of",
    "list_screened",
    "read_hit",
    "read_note",
    "stops_approval",
]

HIT = "screening hit"
NOTE = "screening note"
PAGE = 50


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits, the oldest first; `after` leads to the next one, "" at the end."""

    hits: list[ScreeningHit]
    after: str
    total: int


def get_hit(db: ReadSession, hit_id: str, *, lock: bool = False) -> ScreeningHit:
    """Raises NotFound."""
    found = db.get(ScreeningHit, hit_id, with_for_update=lock or None)
    if found is None:
        raise NotFound("There is no such hit.")
    return found


def list_hits(db: ReadSession, states: Collection[State], after: str = "", size: int = PAGE) -> HitPage:
    """Hits of all cases in these states, the oldest first; ids grow with time."""
    mine = [ScreeningHit.state.in_([state.value for state in states])]
    total = db.scalar(select(func.count()).select_from(ScreeningHit).where(*mine)) or 0
    query = select(ScreeningHit).where(*mine, ScreeningHit.id > after).order_by(ScreeningHit.id).limit(size + 1)
    found = list(db.scalars(query))
    return HitPage(found[:size], found[size - 1].id if len(found) > size else "", total)


def list_hits_of(db: ReadSession, case_id: str) -> list[ScreeningHit]:
    """All hits of a case, the best first; those that are gone too."""
    query = select(ScreeningHit).where(ScreeningHit.case_id == case_id)
    return list(db.scalars(query.order_by(ScreeningHit.score.desc(), ScreeningHit.id)))


def list_screened(db: ReadSession, case_id: str) -> list[ScreenedSubject]:
    """How everybody of a case was last screened; empty where nobody was."""
    query = select(ScreenedSubject).where(ScreenedSubject.case_id == case_id)
    return list(db.scalars(query.order_by(ScreenedSubject.subject_id)))


def count_hits(db: ReadSession, state: State) -> int:
    """How many hits of all cases are in a state."""
    query = select(func.count()).select_from(ScreeningHit).where(ScreeningHit.state == state.value)
    return db.scalar(query) or 0


def stops_approval(db: ReadSession, case_id: str) -> list[ScreeningHit]:
    """The hits of a case that wait for a decision or are confirmed: with any, nothing is approved by itself."""
    states = [state.value for state in BLOCKING]
    query = select(ScreeningHit).where(ScreeningHit.case_id == case_id, ScreeningHit.state.in_(states))
    return list(db.scalars(query.order_by(ScreeningHit.score.desc(), ScreeningHit.id)))


def read_hit(db: ReadSession, hit: ScreeningHit) -> Mapping[str, Any]:
    """The hit with its reasons, as `Hit.to_dict` gives it. Raises KeyDestroyed after erasure."""
    opened: Mapping[str, Any] = open_json(db, hit.owner_id, hit.told, f"{HIT} {hit.id}")
    return opened


def read_note(db: ReadSession, hit: ScreeningHit) -> str:
    """Why it was decided so; "" where it was not. Raises KeyDestroyed after erasure."""
    return "" if hit.note is None else str(open_json(db, hit.owner_id, hit.note, f"{NOTE} {hit.id}"))
