"""A new device that waits for a person: photos beside those of the verification, what was read, the decision."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from fourcorners.accounts import get_account, person_of
from fourcorners.checks.finding import Finding
from fourcorners.clearance.permissions import can_act, sees_personal_data
from fourcorners.clearance.phases import Act
from fourcorners.clearance.queries import find_review, latest_run, list_decisions
from fourcorners.devices.actions import decide_device
from fourcorners.devices.actions.by_hand import WHY_NOT
from fourcorners.devices.by_hand import Stage, stands_at
from fourcorners.devices.jobs import read_found
from fourcorners.devices.models import DeviceTicket
from fourcorners.devices.queries import get_ticket, seen_of, ticket_of
from fourcorners.evidence.queries import read_verdict
from fourcorners.infra import ReadSession
from fourcorners.infra.audit import audit
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.kit.errors import Refusal
from fourcorners.people.queries import get_verification_of
from fourcorners.verdict.catalogue import text as verdict_text
from fourcorners.web.accounts.entering import browser_of
from fourcorners.web.console import showing
from fourcorners.web.console.desk import Reviewer, Seer, floor_of, names_of, said, title_of, words
from fourcorners.web.console.pictures import picture_link
from fourcorners.web.devices.knocking import mail_words
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, locale_of, show
from fourcorners.web.problems import status_of
from fourcorners.web.who import Who

__all__ = ["router"]

router = page_router("/console/devices")
OPEN = (Stage.HANDED_IN, Stage.PROPOSED)


@router.get("/{ticket}")
def look(request: Request, who: Seer, ticket: str) -> Response:
    """The photos side by side; every look is noted."""
    return _page(request, who, ticket)


@router.post("/{ticket}/decide")
def say(request: Request, form: Form, who: Reviewer, ticket: str) -> Response:
    """Yes, or no and why."""
    answer = text_of(form, "answer")
    approve, why_not = answer == "approve", answer.removeprefix("refuse_")
    try:
        with floor_of(request).database.write() as db:
            decide_device(db, ticket, actor=who.actor, approve=approve, why_not=why_not, wording=mail_words(request))
    except Refusal as refusal:
        if refusal.code in ("not_found", "not_allowed"):
            raise
        return _page(request, who, ticket, refusal)
    return go(f"/console/devices/{ticket}")


def _page(request: Request, who: Who, ticket_id: str, wrong: Refusal | None = None) -> Response:
    locale = locale_of(request, "console")
    with floor_of(request).database.write() as db:
        ticket = get_ticket(db, ticket_id)
        audit(db, actor=who.id, action="device_ticket.seen", subject=ticket.id, owner=ticket.owner_id)
    with floor_of(request).database.read() as db:
        ticket, review = get_ticket(db, ticket_id), find_review(db, ticket_id)
        now = stands_at(ticket_of(db, ticket), db.now)
        personal = sees_personal_data(who.actor)
        found = read_found(db, ticket_id)
        asked, approved = _laid(request, db, who, ticket, found), _approved(request, db, who, ticket)
        sources, rows = showing.read_table(found, _findings(found)) if found and personal else ([], [])
        decisions = list_decisions(db, ticket_id)
        names = names_of(request, db, [*(d.by for d in decisions), review.assignee if review else None])
        act = Act.SECOND if now.stage is Stage.PROPOSED else Act.DECIDE
        mine = can_act(who.actor, act, assignee=review.assignee if review else None, decided_by=now.approved_by)
        person = person_of(db, get_account(db, ticket.account)) if personal else None
        seen = seen_of(db, ticket) if personal else {"agent": "", "address": "", "place": ""}
    return show(
        request,
        "console/device.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        ticket=ticket,
        stage=now.stage.value,
        review=review,
        who_is=person,
        browser=browser_of(seen["agent"]) if seen["agent"] else "",
        seen=seen,
        personal=personal,
        asked=asked,
        approved=approved,
        sections=showing.sections(_findings(found), {}, locale) if found and personal else [],
        told=list(review.reasons) if review else [],
        sources=sources,
        rows=rows,
        decisions=[(d, names.get(d.by, "")) for d in decisions],
        may_decide=mine and now.stage in OPEN,
        compared=ticket.found is not None or bool(review and review.reasons),
        why_not=WHY_NOT,
        v=lambda section, name: verdict_text(section, name, locale),
        title_of=lambda code: title_of(words(request), code),
        wrong="" if wrong is None else said(request, wrong),
    )


def _laid(
    request: Request, db: ReadSession, who: Who, ticket: DeviceTicket, found: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The photos that were handed in now: subject and link, upright where the checks have found out how."""
    if not sees_personal_data(who.actor):
        return []
    sides = {"document_front": ticket.front, "document_back": ticket.back}
    return _links(request, db, who, {item: upload for item, upload in sides.items() if upload}, found)


def _approved(request: Request, db: ReadSession, who: Who, ticket: DeviceTicket) -> list[tuple[str, str]]:
    """The photos of the verification that was approved."""
    run = latest_run(db, get_verification_of(db, ticket.owner_id).id)
    if run is None or not sees_personal_data(who.actor):
        return []
    try:
        verdict: Mapping[str, Any] = json.loads(read_verdict(db, run))
    except KeyDestroyed:
        return []
    wanted = ("document_front", "document_back", "selfie")
    return _links(request, db, who, {item: run.uploads[item] for item in wanted if item in run.uploads}, verdict)


def _links(
    request: Request, db: ReadSession, who: Who, uploads: Mapping[str, str], verdict: Mapping[str, Any]
) -> list[tuple[str, str]]:
    site, now = request.app.state.site, db.now.timestamp()

    def link(item: str, turns: int) -> str | None:
        return picture_link(site, uploads[item], who.id, now, turns) if item in uploads else None

    turned = showing.photos(verdict, _findings(verdict), link, "en") if verdict else []
    upright = {photo.subject: photo.link for photo in turned if photo.link}
    subjects = {"document_front": "front", "document_back": "back", "selfie": "selfie"}
    return [(subjects[item], upright.get(subjects[item]) or link(item, 0) or "") for item in uploads]


def _findings(verdict: Mapping[str, Any]) -> list[Finding]:
    return [Finding.from_dict(found) for found in verdict.get("findings", ())]
