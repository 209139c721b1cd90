"""Hits on lists: what waits, and one hit word by word beside the entry, with the form that decides it (INS16)."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from fourcorners.clearance.actions import can_decide_hit, decide_hit, look_at
from fourcorners.clearance.permissions import sees_personal_data
from fourcorners.infra import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import is_id
from fourcorners.people.countries import country_name
from fourcorners.screening.lists import lists_in_force
from fourcorners.screening.models import ScreeningHit
from fourcorners.screening.queries import get_hit, list_hits, list_screened, read_hit, read_note, stops_approval
from fourcorners.screening.rules import DECIDED, State
from fourcorners.web.console.desk import Reviewer, Seer, floor_of, names_of, said
from fourcorners.web.errors import RequestInvalid
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, locale_of, show
from fourcorners.web.problems import status_of
from fourcorners.web.who import Who

__all__ = ["router", "screening_of"]

router = page_router("/console/hits")
HERE = "/console/hits"
NOTE_LENGTH_MAX = 4000
CASE_PAGES = {"ver": "/console/cases/", "ins": "/console/institutions/"}
ANSWERS = {"same": True, "not_same": False}


@router.get("")
def look(request: Request, who: Seer, state: str = "open", after: str = "") -> Response:
    """Hits of all cases, the oldest first."""
    states = DECIDED if state == "decided" else frozenset({State.OPEN})
    with floor_of(request).database.read() as db:
        page = list_hits(db, states, after[:32])
        rows = [_row(db, hit, who) for hit in page.hits]
        names = names_of(request, db, [hit.decided_by for hit in page.hits])
        lists = [(one.name, one.number, one.entries, one.imported_at) for one in lists_in_force(db)]
    return show(
        request,
        "console/hits.html.j2",
        status=200,
        rows=rows,
        names=names,
        lists=lists,
        total=page.total,
        state="decided" if states is DECIDED else "open",
        more=f"{HERE}?state={state}&after={page.after}" if page.after else "",
        personal=sees_personal_data(who.actor),
    )


@router.get("/{hit}")
def open_one(request: Request, who: Seer, hit: str) -> Response:
    """One hit with its reasons."""
    return _page(request, who, hit)


@router.post("/{hit}/decide")
def say(request: Request, form: Form, who: Reviewer, hit: str) -> Response:
    """The same, or another; with the reason."""
    answer = text_of(form, "answer")
    if answer not in ANSWERS:
        raise RequestInvalid("Choose a decision first.", errors=[{"where": "answer", "what": "missing"}])
    note = text_of(form, "note", length_max=NOTE_LENGTH_MAX + 1)
    try:
        with floor_of(request).database.write() as db:
            case = decide_hit(db, hit, actor=who.actor, same=ANSWERS[answer], note=note).case_id
            left = [other for other in stops_approval(db, case) if other.state == State.OPEN]
    except Refusal as refusal:
        if refusal.code in ("not_found", "not_allowed"):
            raise
        return _page(request, who, hit, refusal, note=note)
    return go(f"{HERE}/{left[0].id}" if left else _case_page(case) or HERE)


def screening_of(db: ReadSession, case_id: str, sandbox: bool) -> Mapping[str, Any]:
    """How a case was screened and which hits stop it, for its page; nobody in the sandbox is screened."""
    screened, hits = list_screened(db, case_id), stops_approval(db, case_id)
    return {
        "outcome": screened[0].outcome if screened else "sandbox" if sandbox else "never",
        "lists": dict(screened[0].lists) if screened else {},
        "at": screened[0].at if screened else None,
        "more": sum(row.more for row in screened),
        "hits": [(hit.id, hit.state, hit.score) for hit in hits],
        "waiting": sum(hit.state == State.OPEN for hit in hits),
    }


def _page(request: Request, who: Who, hit_id: str, wrong: Refusal | None = None, note: str = "") -> Response:
    locale, floor = locale_of(request, "console"), floor_of(request)
    with floor.database.write() as db:
        look_at(db, get_hit(db, hit_id).case_id, actor=who.actor, what="hit")
    with floor.database.read() as db:
        hit = get_hit(db, hit_id)
        row, told = _row(db, hit, who), _told(db, hit) if sees_personal_data(who.actor) else None
        why = read_note(db, hit) if told else ""
        names = names_of(request, db, [hit.decided_by])
        others = [other.id for other in stops_approval(db, hit.case_id) if other.id != hit_id]
    return show(
        request,
        "console/hit.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        hit=hit,
        row=row,
        told=told,
        why=why,
        others=others,
        decided_by=names.get(hit.decided_by or "", ""),
        can_say=told is not None and hit.state != State.GONE and can_decide_hit(who.actor, hit),
        country=lambda code: country_name(code, locale) or code,
        note=note,
        wrong="" if wrong is None else said(request, wrong),
    )


def _row(db: ReadSession, hit: ScreeningHit, who: Who) -> dict[str, Any]:
    told = _told(db, hit) if sees_personal_data(who.actor) else None
    return {
        "id": hit.id,
        "case": hit.case_id,
        "case_page": _case_page(hit.case_id),
        "state": hit.state,
        "score": hit.score,
        "found_at": hit.found_at,
        "decided_by": hit.decided_by,
        "name": told["name"] if told else "",
        "listed": told["listed"][0] if told else "",
        "list": hit.list_name,
    }


def _case_page(case_id: str) -> str:
    return next((f"{page}{case_id}" for kind, page in CASE_PAGES.items() if is_id(case_id, kind)), "")


def _told(db: ReadSession, hit: ScreeningHit) -> Mapping[str, Any] | None:
    try:
        return read_hit(db, hit)
    except KeyDestroyed:
        return None
