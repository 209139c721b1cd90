"""The queue: what waits, for whom, for how long still; take the next."""

from urllib.parse import urlencode

from fastapi import Request, Response

from fourcorners.accounts.queries import list_staff
from fourcorners.clearance.actions import claim_next
from fourcorners.clearance.errors import NothingWaits
from fourcorners.clearance.models import Review
from fourcorners.clearance.permissions import can_act
from fourcorners.clearance.phases import Act
from fourcorners.clearance.queue import KINDS, SLA, STATES, UNASSIGNED, Filters, list_queue
from fourcorners.institutions.queries import list_institutions
from fourcorners.institutions.reasons import reason_words as words_of_institution
from fourcorners.institutions.reasons import reasons
from fourcorners.people.countries import country_name
from fourcorners.verdict import catalogue
from fourcorners.web.console.desk import Reviewer, Seer, floor_of, names_of, said, span, title_of, words
from fourcorners.web.forms import Form, page_router
from fourcorners.web.pages import go, locale_of, show
from fourcorners.web.words import Words

__all__ = ["path_of", "router"]

router = page_router("/console/queue")
HERE = "/console/queue"
NUMBER_DIGITS_MAX = 4
PLACES = {"device": "devices", "institution": "institutions", "user_change": "changes"}
INSTITUTIONS = ("institution", "user_change")


@router.get("")
def look(request: Request, who: Seer, after: str = "") -> Response:
    """What waits, the most urgent first."""
    return _page(request, who, after)


@router.post("/next")
def take_next(request: Request, form: Form, who: Reviewer) -> Response:
    """The most urgent case that waits for somebody like the one who asks."""
    try:
        with floor_of(request).database.write() as db:
            return go(path_of(claim_next(db, actor=who.actor)))
    except NothingWaits as refusal:
        return _page(request, who, "", told=said(request, refusal))


def path_of(review: Review) -> str:
    """The page on which it is decided."""
    return f"/console/{PLACES.get(review.kind, 'cases')}/{review.case_id}"


def _page(request: Request, who: Seer, after: str, told: str = "") -> Response:
    filters = _filters(request)
    t = words(request)
    with floor_of(request).database.read() as db:
        page = list_queue(db, filters, after)
        names = names_of(request, db, [r.assignee for r in page.reviews])
        staff = [(account.id, person.name) for account, person in list_staff(db)]
        about = {i.id: i for i in list_institutions(db, {r.owner_id for r in page.reviews if r.kind in INSTITUTIONS})}
        now = db.now
    rows = [
        {
            "id": r.case_id,
            "path": path_of(r),
            "kind": r.kind,
            "institution": about.get(r.owner_id),
            "country": country_name(r.country, locale_of(request, "console")),
            "level": r.level,
            "reasons": [(code, _said(t, code)) for code in r.reasons],
            "state": "closed" if r.closed_at else r.waits_for,
            "assignee": names.get(r.assignee or "", ""),
            "waits": span(t, r.opened_at, r.closed_at or now),
            "late": r.closed_at is None and r.due_at < now,
            "left": "" if r.closed_at else span(t, min(now, r.due_at), max(now, r.due_at)),
        }
        for r in page.reviews
    ]
    chosen = {name: str(value) for name, value in request.query_params.items() if name != "after" and value}
    return show(
        request,
        "console/queue.html.j2",
        status=200,
        rows=rows,
        total=page.total,
        chosen=chosen,
        more=f"{HERE}?{urlencode({**chosen, 'after': page.after})}" if page.after else "",
        people=[(UNASSIGNED, t("console.queue.nobody")), (who.id, t("console.queue.me")), *staff],
        reason_choices=sorted(
            ((code, _said(t, code)) for code in {*catalogue(), *reasons()}), key=lambda each: each[1]
        ),
        may_take=can_act(who.actor, Act.CLAIM),
        told=told,
    )


def _said(t: Words, code: str) -> str:
    """A reason in a few words, or its code where only reviewers of institutions are told."""
    told = title_of(t, code) if code in catalogue() else words_of_institution(code).title
    return told or code.replace("_", " ").capitalize()


def _filters(request: Request) -> Filters:
    asked = request.query_params
    return Filters(
        state=asked.get("state", "") if asked.get("state") in STATES else "",
        country=asked.get("country", "").upper()[:2],
        reason=asked.get("reason", "") if asked.get("reason") in {*catalogue(), *reasons()} else "",
        level=_number(asked.get("level", "")),
        assignee=asked.get("assignee", "")[:32],
        older_h=_number(asked.get("older_h", "")),
        sla=asked.get("sla", "") if asked.get("sla") in SLA else "",
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS_MAX else None
