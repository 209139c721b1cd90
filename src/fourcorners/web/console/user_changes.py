"""A change of an institution's authorised user: both users, the letter, the new one's files, the decision (INS14)."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request, Response

from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import add_note, look_at
from fourcorners.clearance.institutions import decide_institution
from fourcorners.infra import ReadSession, WriteSession
from fourcorners.institutions.actions.users import LETTER, missing_of_change
from fourcorners.institutions.letters import feedback_of, letter, name_of
from fourcorners.institutions.models import Party, UserChange
from fourcorners.institutions.queries import list_papers, read_party
from fourcorners.institutions.reasons import reasons
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import new_id
from fourcorners.people.countries import country_name
from fourcorners.people.queries import get_verification_of
from fourcorners.web.console.desk import Reviewer, Seer, floor_of, said
from fourcorners.web.console.institution_cases import TEXT_LENGTH_MAX, key_of, outcome_of, reasons_of, seen_of
from fourcorners.web.console.institution_entries import Entered, party_rows
from fourcorners.web.console.institution_file import choices_for
from fourcorners.web.console.institution_frame import Frame, frame_of
from fourcorners.web.console.institution_papers import File, file_of, paper_title
from fourcorners.web.console.taking import act_on, add_taking
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import locale_of, show, words_of
from fourcorners.web.problems import status_of
from fourcorners.web.site import Site
from fourcorners.web.who import Who
from fourcorners.web.words import Words

__all__ = ["router"]

router = page_router("/console/changes")
HERE = "/console/changes"
CHANGE = "change"


@router.get("/{change}")
def look(request: Request, who: Seer, change: str) -> Response:
    """Both users and the papers."""
    return _page(request, who, change)


@router.post("/{change}/note")
def write_note(request: Request, form: Form, who: Reviewer, change: str) -> Response:
    """A note for colleagues."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1)
    return _do(request, who, change, lambda db: add_note(db, change, actor=who.actor, text=text))


@router.post("/{change}/preview")
def preview(request: Request, form: Form, who: Reviewer, change: str) -> Response:
    """The mail that a refusal with these reasons would send; nothing is decided."""
    return _page(request, who, change, wanted=reasons_of(form), chosen="reject")


@router.post("/{change}/decide")
def say(request: Request, form: Form, who: Reviewer, change: str) -> Response:
    """Approve, which moves access, or refuse."""
    outcome, codes = outcome_of(form), reasons_of(form)
    given = codes if outcome is Outcome.REJECT else []
    note = text_of(form, "note", length_max=TEXT_LENGTH_MAX)

    def act(db: WriteSession) -> None:
        decide_institution(
            db, change, actor=who.actor, outcome=outcome, reasons=given, note=note, seen=seen_of(form), key=key_of(form)
        )

    return _do(request, who, change, act, wanted=codes)


def _do(
    request: Request, who: Who, change: str, act: Callable[[WriteSession], object], wanted: list[str] | None = None
) -> Response:
    return act_on(
        request, act, lambda refusal: _page(request, who, change, refusal, wanted), lambda: f"{HERE}/{change}"
    )


def _page(
    request: Request,
    who: Who,
    change_id: str,
    wrong: Refusal | None = None,
    wanted: list[str] | None = None,
    chosen: str = "",
) -> Response:
    locale, t = locale_of(request, "console"), words_of(request, "console")
    with floor_of(request).database.write() as db:
        look_at(db, change_id, actor=who.actor, what="change")
    with floor_of(request).database.read() as db:
        frame = frame_of(request, db, who, change_id)
        change = frame.case.change
        if change is None:
            raise PageMissing("There is no such change.")
        papers = _papers(request, db, who, frame, change, t)
        shown: Mapping[str, Any] = {
            "change": change,
            "name": name_of(db, frame.institution) if frame.personal else "",
            "users": [_user(db, frame, party, t, locale) for party in (change.old_party, change.new_party)],
            "letters": [file for paper, file in papers if paper == LETTER],
            "files": [file for paper, file in papers if paper != LETTER],
            "lacks": [paper_title(item, t) for item in missing_of_change(db, change)] if frame.is_open else [],
            "mail": _mail(request, db, frame, wanted or []),
            "case": _own_case(db, change),
            "now": db.now,
        }
    return show(
        request,
        "console/user_change.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        frame=frame,
        ins=frame.institution,
        who=who,
        key=new_id("dec"),
        chosen=chosen,
        choices=choices_for(CHANGE, wanted or []),
        country=lambda code: country_name(code, locale),
        wrong="" if wrong is None else said(request, wrong),
        **shown,
    )


def _user(db: ReadSession, frame: Frame, party_id: str | None, t: Words, locale: str) -> Entered | None:
    party = db.get(Party, party_id) if party_id else None
    if party is None or not frame.personal:
        return None
    values = read_party(db, party).values
    told = {key: value for key, value in values.items() if key not in ("name", "node")}
    return Entered(f"party:{party.id}", str(values.get("name", "")), party_rows(told, None, t, locale))


def _papers(
    request: Request, db: ReadSession, who: Who, frame: Frame, change: UserChange, t: Words
) -> list[tuple[str, File]]:
    """The letters since the change was begun, and the new user's own files."""
    if not frame.personal:
        return []
    found = []
    for paper in list_papers(db, change.institution_id):
        is_letter = paper.paper == LETTER and paper.party_id is None and paper.created_at >= change.created_at
        file = file_of(request, db, who, paper, t) if is_letter or paper.party_id == change.new_party else None
        if file is not None:
            found.append((paper.paper, file))
    return found


def _own_case(db: ReadSession, change: UserChange) -> tuple[str, str] | None:
    party = db.get(Party, change.new_party)
    if party is None or party.applicant_id is None:
        return None
    verification = get_verification_of(db, party.applicant_id)
    return verification.id, verification.state


def _mail(request: Request, db: ReadSession, frame: Frame, codes: list[str]) -> tuple[str, str]:
    known = [code for code in codes if code in reasons() and CHANGE in reasons()[code].groups]
    if not known or not frame.personal:
        return "", ""
    site: Site = request.app.state.site
    told = {"name": name_of(db, frame.institution), "feedback": feedback_of(db, frame.institution, {}, known)}
    return letter(frame.institution.locale, "change_rejected", link=f"{site.origin}/institution", **told)


add_taking(router, _do)
