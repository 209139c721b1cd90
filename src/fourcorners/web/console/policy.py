"""The policy: its versions, a draft to edit, what would change, activation."""

from datetime import UTC, datetime, timedelta

from fastapi import Request, Response

from fourcorners.accounts import Permission, can
from fourcorners.clearance.policy import PolicyInvalid, read_policy
from fourcorners.clearance.policy.versions import (
    DraftChanged,
    Version,
    activate,
    change_draft,
    compare,
    discard_draft,
    draft,
    get_version,
    list_versions,
    version_at,
)
from fourcorners.clearance.policy.what_if import WhatIf, what_if
from fourcorners.infra.audit import audit
from fourcorners.kit.errors import Refusal
from fourcorners.web.console.desk import Changer, Trier, floor_of, names_of, said, words
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show
from fourcorners.web.problems import status_of
from fourcorners.web.who import Who

__all__ = ["router"]

router = page_router("/console/policy")
HERE = "/console/policy"
TEXT_LENGTH_MAX = 300_000
DAYS = (7, 30, 90, 365)
FLIPS_SHOWN = 200


@router.get("")
def look(request: Request, who: Trier) -> Response:
    """All versions, and the one in force."""
    with floor_of(request).database.read() as db:
        versions, now = list_versions(db), version_at(db, db.now)
        names = names_of(request, db, [v.created_by for v in versions])
        moment = db.now
    return show(
        request,
        "console/policies.html.j2",
        status=200,
        versions=versions,
        in_force=now.number,
        names=names,
        titles={v.number: read_policy(v.text).title for v in versions},
        moment=moment,
        may_change=can(who.actor, Permission.CHANGE_POLICY),
    )


@router.post("/copy/{number}")
def copy(request: Request, form: Form, who: Changer, number: int) -> Response:
    """A new draft with the text of a version."""
    with floor_of(request).database.write() as db:
        made = draft(db, actor=who.id, text=get_version(db, number).text)
    return go(f"{HERE}/{made.number}")


@router.get("/{number}")
def version(request: Request, who: Trier, number: int) -> Response:
    """One version: its text, and how it differs from the one in force."""
    return _page(request, who, number)


@router.post("/{number}")
def save(request: Request, form: Form, who: Changer, number: int) -> Response:
    """Write a draft anew."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX).replace("\r\n", "\n") + "\n"
    try:
        with floor_of(request).database.write() as db:
            change_draft(db, number, actor=who.id, text=text, seen=text_of(form, "seen"))
    except (PolicyInvalid, DraftChanged) as refusal:
        return _page(request, who, number, wrong=refusal, text=text)
    return go(f"{HERE}/{number}")


@router.post("/{number}/what-if")
def try_it(request: Request, form: Form, who: Trier, number: int) -> Response:
    """Decide the runs of a period again under this version. Noted in the audit log; nothing else is written."""
    asked = text_of(form, "days")
    days = next((d for d in DAYS if str(d) == asked), DAYS[1])
    floor = floor_of(request)
    with floor.database.read() as db:
        tried = read_policy(get_version(db, number).text)
        found = what_if(db, tried, db.now - timedelta(days=days), db.now + timedelta(seconds=1))
    with floor.database.write() as db:
        details = {"number": number, "days": days, "runs": found.runs, "flipped": len(found.flips)}
        audit(db, actor=who.id, action="policy.tried", subject="policy", details=details)
    return _page(request, who, number, found=found, days=days)


@router.post("/{number}/activate")
def put_in_force(request: Request, form: Form, who: Changer, number: int) -> Response:
    """Into force, now or from a moment on."""
    try:
        with floor_of(request).database.write() as db:
            moment = _moment(text_of(form, "from"))
            activate(db, number, actor=who.id, seen=text_of(form, "seen"), active_from=moment)
    except Refusal as refusal:
        return _page(request, who, number, wrong=refusal)
    return go(HERE)


@router.post("/{number}/discard")
def throw_away(request: Request, form: Form, who: Changer, number: int) -> Response:
    """Throw a draft away."""
    with floor_of(request).database.write() as db:
        discard_draft(db, number, actor=who.id)
    return go(HERE)


def _moment(text: str) -> datetime | None:
    """A moment of a form, in UTC; None: now. Raises PolicyInvalid."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise PolicyInvalid("Write the moment as 2026-12-24T09:00.", problems=[]) from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _page(
    request: Request,
    who: Who,
    number: int,
    *,
    wrong: Refusal | None = None,
    text: str | None = None,
    found: WhatIf | None = None,
    days: int = DAYS[1],
) -> Response:
    with floor_of(request).database.read() as db:
        mine, now = get_version(db, number), version_at(db, db.now)
        names = names_of(request, db, [mine.created_by])
    return show(
        request,
        "console/policy.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        version=mine,
        text=mine.text if text is None else text,
        in_force=now,
        names=names,
        changes=[] if mine.number == now.number else _changes(now, mine),
        editable=mine.active_from is None and mine.id != "" and can(who.actor, Permission.CHANGE_POLICY),
        may_change=can(who.actor, Permission.CHANGE_POLICY),
        wrong="" if wrong is None else said(request, wrong),
        problems=[] if wrong is None else wrong.fields.get("problems", []),
        found=found,
        flips=[] if found is None else found.flips[:FLIPS_SHOWN],
        day_choices=[(str(d), words(request)("console.policy.days", count=d)) for d in DAYS],
        days=str(days),
    )


def _changes(before: Version, after: Version) -> list[tuple[str, str]]:
    """Lines of the difference with a tone each: added, taken out, around."""
    tones = {"+": "added", "-": "gone", "@": "place"}
    return [(tones.get(line[:1], "same"), line) for line in compare(before, after)]
