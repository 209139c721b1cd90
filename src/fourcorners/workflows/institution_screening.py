"""Institutions before lists: the institution, its people, and everybody in the graph of its owners."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from fourcorners.clearance.actions import follow_hits, tell_hit
from fourcorners.clearance.actions.listed import SCREENING_HIT
from fourcorners.clearance.institutions import open_review
from fourcorners.clearance.queries import find_review
from fourcorners.formats.names import fold
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.institutions.models import Institution
from fourcorners.institutions.ownership import NodeKind
from fourcorners.institutions.queries import get_institution, list_parties, read_party, read_section
from fourcorners.institutions.reading import day, graph_of
from fourcorners.institutions.rules import State
from fourcorners.kit.canonical import sha256_hex
from fourcorners.screening import Kind, Subject
from fourcorners.screening.actions import screen_case
from fourcorners.screening.lists import against, lists_in_force
from fourcorners.screening.models import ScreenedSubject, ScreeningHit
from fourcorners.screening.queries import list_hits_of, stops_approval
from fourcorners.screening.rules import State as HitState

__all__ = ["institution_hits_found", "screen_institution", "screen_institutions_again", "subjects_of"]

SCREENED_STATES = (State.UNDER_REVIEW, State.INFO_REQUESTED, State.APPROVED)
NODE_DIGITS = 26
SYSTEM = "system"
COUNTRY_LETTERS = 2


def subjects_of(db: ReadSession, institution: Institution) -> list[Subject]:
    """Whom to screen, each name once: nobody in the sandbox. Raises KeyDestroyed after erasure."""
    if institution.sandbox:
        return []
    facts = read_section(db, institution.id, "basic_info").values
    names = tuple(filter(None, dict.fromkeys((facts.get("legal_name"), facts.get("trading_name")))))
    found = [Subject(institution.id, Kind.ENTITY, names, None, _codes(facts.get("country")))] if names else []
    known = {fold(name) for name in names}
    for party in list_parties(db, institution.id):
        values = read_party(db, party).values
        name = str(values.get("name", ""))
        if not name or values.get("is_class"):
            continue
        known.add(fold(name))
        kind = Kind.ENTITY if values.get("is_entity") else Kind.PERSON
        codes = _codes(values.get("nationality"), values.get("residence"), values.get("country"))
        found.append(Subject(party.id, kind, (name,), day(values.get("birth_date")), codes))
    graph = graph_of(db, institution.id).graph
    for node in graph.nodes.values() if graph is not None else ():
        if node.name and node.kind is not NodeKind.STATE and fold(node.name) not in known:
            kind = Kind.PERSON if node.kind is NodeKind.PERSON else Kind.ENTITY
            digits = sha256_hex(f"{institution.id} {node.id}".encode())[:NODE_DIGITS]
            found.append(Subject(f"nod_{digits}", kind, (node.name,), None, _codes(node.country)))
            known.add(fold(node.name))
    return found


def screen_institution(floor: Floor, institution_id: str) -> dict[str, Any] | None:
    """Screen it, keep the hits (`screening.queries`), and tell which there were. None where nobody is screened.

    Keys: `lists` (name to version), `hits` (ids of those that wait or are confirmed), `subjects`, `version`.
    """
    with floor.database.read() as db:
        subjects = subjects_of(db, get_institution(db, institution_id))
    if not subjects:
        return None
    found = screen_case(
        floor.database,
        floor.blobs,
        case_id=institution_id,
        owner_id=institution_id,
        subjects=subjects,
        then=institution_hits_found,
    )
    lists: Mapping[str, str] = found[0].lists
    with floor.database.read() as db:
        hits = [hit.id for hit in list_hits_of(db, institution_id) if hit in stops_approval(db, institution_id)]
    outcomes = {one.subject: one.outcome.value for one in found}
    return {"lists": dict(lists), "hits": hits, "subjects": outcomes, "version": against(lists)}


def screen_institutions_again(floor: Floor) -> None:
    """Those whose last screening was against other lists or rules."""
    after = ""
    while True:
        with floor.database.read() as db:
            mark = against({one.name: str(one.number) for one in lists_in_force(db)})
            institution_id = _next_due(db, mark, after)
        if institution_id is None:
            return
        after = institution_id
        screen_institution(floor, institution_id)


def institution_hits_found(db: WriteSession, institution_id: str, opened: Sequence[ScreeningHit]) -> None:
    """After a screening: `opened` are the hits that wait for a decision now and did not before.

    A hit that is open on an approved institution calls a person; the review of any tells of it.
    """
    for hit in opened:
        tell_hit(db, hit, "hit_found")
    institution, review = get_institution(db, institution_id, lock=True), find_review(db, institution_id, lock=True)
    is_open = any(hit.state == HitState.OPEN for hit in stops_approval(db, institution_id))
    if is_open and review is not None and review.closed_at is None:
        if SCREENING_HIT not in review.reasons:
            review.reasons = [*review.reasons, SCREENING_HIT]
            db.flush()
    elif is_open and institution.state == State.APPROVED:
        open_review(db, institution_id, reasons=[SCREENING_HIT])
    else:
        follow_hits(db, institution_id, actor=SYSTEM)


def _next_due(db: ReadSession, mark: str, after: str) -> str | None:
    stale = or_(ScreenedSubject.against.is_(None), ScreenedSubject.against != mark)
    query = (
        select(Institution.id)
        .outerjoin(ScreenedSubject, ScreenedSubject.subject_id == Institution.id)
        .where(Institution.state.in_([state.value for state in SCREENED_STATES]), stale)
        .where(Institution.sandbox.is_(False), Institution.erased_at.is_(None), Institution.id > after)
    )
    return db.scalars(query.order_by(Institution.id).limit(1)).one_or_none()


def _codes(*countries: object) -> tuple[str, ...]:
    codes = [str(country).upper() for country in countries if country]
    return tuple(dict.fromkeys(code for code in codes if len(code) == COUNTRY_LETTERS and code.isalpha()))
