"""One case: look at it side by side, decide, ask, note. Every look is in the audit log."""

from collections.abc import Callable

from fastapi import Request, Response

from fourcorners.accounts.queries import list_staff
from fourcorners.accounts.rules import ALLOWED, Permission, can
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import (
    add_note,
    ask,
    decide,
    exempt,
    lift_hold,
    look_at,
    overrule,
)
from fourcorners.infra import WriteSession
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import is_id, new_id
from fourcorners.people import Item
from fourcorners.people.countries import country_name
from fourcorners.people.grants import grant_access
from fourcorners.people.letters import question_letter
from fourcorners.people.queries import get_applicant, get_verification
from fourcorners.people.reopening import tell_anew, verify_anew
from fourcorners.people.rules import State, flow
from fourcorners.privacy import export
from fourcorners.verdict.catalogue import text as verdict_text
from fourcorners.web.archives import archive_answer
from fourcorners.web.console.casefile import case_file
from fourcorners.web.console.desk import Exporter, Reviewer, Seer, floor_of, names_of, said, title_of, words
from fourcorners.web.console.taking import act_on, add_taking
from fourcorners.web.errors import RequestInvalid
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import locale_of, show
from fourcorners.web.problems import status_of
from fourcorners.web.site import Site
from fourcorners.web.who import Who

__all__ = ["router"]

router = page_router("/console/cases")
NUMBER_DIGITS_MAX = 6
TEXT_LENGTH_MAX = 4000
LEVELS_WANTED = ("2", "3")


@router.get("/{case}")
def look(request: Request, who: Seer, case: str) -> Response:
    """The case side by side."""
    return _page(request, who, case)


@router.post("/{case}/decide")
def say(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """Decide, propose, second or settle, as the case stands; after it, on to the next."""
    outcome, items, reasons = _said(form)
    seen = text_of(form, "seen")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= NUMBER_DIGITS_MAX else None

    def act(db: WriteSession) -> None:
        decide(
            db,
            case,
            actor=who.actor,
            outcome=outcome,
            items=items,
            reasons=reasons,
            note=text_of(form, "note", length_max=TEXT_LENGTH_MAX),
            seen=number,
            key=_key(form),
        )

    return _do(request, who, case, act)


@router.post("/{case}/overrule")
def say_otherwise(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A senior decides otherwise."""
    outcome, items, reasons = _said(form)

    def act(db: WriteSession) -> None:
        note = text_of(form, "note", length_max=TEXT_LENGTH_MAX)
        overrule(db, case, actor=who.actor, outcome=outcome, items=items, reasons=reasons, note=note, key=_key(form))

    return _do(request, who, case, act)


@router.post("/{case}/exempt")
def let_stand(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """An exception, for this case."""
    reason, note = text_of(form, "reason", length_max=64), text_of(form, "note", length_max=TEXT_LENGTH_MAX)
    return _do(request, who, case, lambda db: exempt(db, case, actor=who.actor, reason=reason, note=note))


@router.post("/{case}/lift")
def lift(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A senior lifts a hold."""
    note = text_of(form, "lift-note", length_max=TEXT_LENGTH_MAX + 1)
    return _do(request, who, case, lambda db: lift_hold(db, case, actor=who.actor, note=note))


@router.post("/{case}/note")
def write_note(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A note for colleagues."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1)
    return _do(request, who, case, lambda db: add_note(db, case, actor=who.actor, text=text), "#notes")


@router.post("/{case}/ask")
def question(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A question to the applicant, by mail."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1)
    site: Site = request.app.state.site

    def act(db: WriteSession) -> None:
        person = get_applicant(db, get_verification(db, case).applicant_id)
        secret = grant_access(db, person.id, "link", actor=who.id)
        link = f"{site.origin}/verify/open/{secret}"
        subject, letter = question_letter(person.locale, text, link)
        ask(db, case, actor=who.actor, text=text, subject=subject, letter=letter)

    return _do(request, who, case, act, "#thread")


@router.post("/{case}/anew")
def begin_anew(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A verified person hands everything in again, and is told so by mail (IND9, IND10)."""
    site: Site = request.app.state.site
    level = text_of(form, "level", length_max=1)
    trigger = text_of(form, "trigger", length_max=32)

    def act(db: WriteSession) -> None:
        wanted = int(level) if level in LEVELS_WANTED else None
        verify_anew(db, case, actor=who.id, trigger=trigger, level_wanted=wanted)
        tell_anew(db, get_verification(db, case), actor=who.id, origin=site.origin)

    return _do(request, who, case, act)


@router.post("/{case}/export")
def hand_out(request: Request, form: Form, who: Exporter, case: str) -> Response:
    """Everything that is kept about this person, for them (GDPR, article 15). Noted in the audit log."""
    floor = floor_of(request)
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        return archive_answer(export(db, floor.blobs, owner, actor=who.id), owner)


def _do(request: Request, who: Who, case: str, act: Callable[[WriteSession], object], place: str = "") -> Response:
    return act_on(
        request, act, lambda refusal: _page(request, who, case, refusal), lambda: f"/console/cases/{case}{place}"
    )


def _said(form: Form) -> tuple[Outcome, dict[Item, list[str]], list[str]]:
    try:
        outcome = Outcome(text_of(form, "outcome"))
    except ValueError:
        raise RequestInvalid("Choose a decision first.", errors=[{"where": "outcome", "what": "missing"}]) from None
    if outcome is Outcome.REVIEW:
        raise RequestInvalid("Choose a decision first.", errors=[{"where": "outcome", "what": "not final"}])
    wanted = {str(item) for item in form.getlist("redo")}
    items = {item: [str(c) for c in form.getlist(f"reason.{item}")] for item in Item if item.value in wanted}
    reasons = [str(c) for c in form.getlist("reason.case")] if outcome is Outcome.REJECT else []
    return outcome, items if outcome is Outcome.RESUBMIT else {}, reasons


def _key(form: Form) -> str | None:
    key = text_of(form, "key", length_max=40)
    return key if is_id(key, "dec") else None


def _page(request: Request, who: Who, case: str, wrong: Refusal | None = None) -> Response:
    locale = locale_of(request, "console")
    floor = floor_of(request)
    with floor.database.write() as db:
        look_at(db, case, actor=who.actor, what="case")
    with floor.database.read() as db:
        file = case_file(request, db, who, case, locale)
        names = names_of(request, db, [file.review.assignee if file.review else None])
        roles = ALLOWED[Permission.DECIDE_CASES]
        able = [(a.id, p.name) for a, p in list_staff(db) if a.role in roles and a.disabled_at is None]
        erased = get_applicant(db, file.verification.applicant_id).erased_at is not None
        now = db.now
    is_verified = file.verification.state == State.VERIFIED
    return show(
        request,
        "console/case.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        file=file,
        names=names,
        able=able,
        now=now,
        who=who,
        key=new_id("dec"),
        v=lambda section, name: verdict_text(section, name, locale),
        country=lambda code: country_name(code, locale),
        title_of=lambda code: title_of(words(request), code),
        wrong="" if wrong is None else said(request, wrong),
        triggers=flow()["reverification"]["business"] if is_verified and not erased else (),
        levels=LEVELS_WANTED,
        may_export=can(who.actor, Permission.EXPORT_DATA) and not erased,
    )


add_taking(router, _do)
