"""An institution's case: look at it, rule on each item, ask, decide, open it again. Every look is in the audit log."""

from collections.abc import Callable, Sequence

from fastapi import Request, Response

from fourcorners.accounts.rules import Permission, can
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import add_note, look_at
from fourcorners.clearance.institutions import (
    Standing,
    ask_institution,
    call_for_review,
    decide_institution,
    reopen_institution,
    rule_item,
    standings,
)
from fourcorners.infra import WriteSession
from fourcorners.institutions.reasons import reasons
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import is_id, new_id
from fourcorners.people.countries import country_name
from fourcorners.privacy.institutions import export_institution
from fourcorners.verdict.catalogue import text as verdict_text
from fourcorners.web.archives import archive_answer
from fourcorners.web.console.desk import Exporter, Reviewer, Seer, floor_of, said
from fourcorners.web.console.institution_file import in_order, institution_file
from fourcorners.web.console.institution_papers import paper_title
from fourcorners.web.console.taking import act_on, add_taking
from fourcorners.web.errors import RequestInvalid
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import locale_of, show, words_of
from fourcorners.web.problems import status_of
from fourcorners.web.site import Site
from fourcorners.web.who import Who

__all__ = ["key_of", "outcome_of", "reasons_of", "router", "seen_of"]

router = page_router("/console/institutions")
HERE = "/console/institutions"
NUMBER_DIGITS_MAX = 6
TEXT_LENGTH_MAX = 4000
ITEM_LENGTH_MAX = 120


@router.get("/{case}")
def look(request: Request, who: Seer, case: str) -> Response:
    """The whole case."""
    return _page(request, who, case)


@router.post("/{case}/rule")
def rule(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """Accept or refuse one item as it was seen; then on to the next that is open."""
    item, said_so = text_of(form, "item", length_max=ITEM_LENGTH_MAX), text_of(form, "ruling")
    if said_so not in ("accept", "refuse"):
        raise RequestInvalid("Accept it, or refuse it.", errors=[{"where": "ruling", "what": "missing"}])
    after = item

    def act(db: WriteSession) -> None:
        nonlocal after
        rule_item(
            db,
            case,
            item,
            actor=who.actor,
            accepted=said_so == "accept",
            reasons=reasons_of(form),
            note=text_of(form, "note", length_max=TEXT_LENGTH_MAX),
            seen=text_of(form, "mark", length_max=64) or None,
        )
        after = _next_open(in_order(standings(db, case)), item)

    return _do(request, who, case, act, lambda: f"#{after.replace(':', '-')}")


@router.post("/{case}/decide")
def say(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """Approve or refuse; proposed, seconded or settled, as the case stands."""
    outcome, codes = outcome_of(form), reasons_of(form)

    def act(db: WriteSession) -> None:
        decide_institution(
            db,
            case,
            actor=who.actor,
            outcome=outcome,
            reasons=codes if outcome is Outcome.REJECT else (),
            note=text_of(form, "note", length_max=TEXT_LENGTH_MAX),
            seen=seen_of(form),
            key=key_of(form),
        )

    return _do(request, who, case, act, wanted=codes)


@router.post("/{case}/preview")
def preview(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """The mail that a refusal with these reasons would send; nothing is decided."""
    return _page(request, who, case, wanted=reasons_of(form), chosen="reject")


@router.post("/{case}/ask")
def question(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A question to the institution, by mail."""
    text, site = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1), _site(request)

    def act(db: WriteSession) -> None:
        ask_institution(db, case, actor=who.actor, text=text, origin=site.origin)

    return _do(request, who, case, act, lambda: "#thread")


@router.post("/{case}/note")
def write_note(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A note for colleagues."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1)
    return _do(request, who, case, lambda db: add_note(db, case, actor=who.actor, text=text), lambda: "#notes")


@router.post("/{case}/reopen")
def open_again(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """A refused application is a draft again."""
    return _do(request, who, case, lambda db: reopen_institution(db, case, actor=who.actor))


@router.post("/{case}/review")
def ask_to_look_through(request: Request, form: Form, who: Reviewer, case: str) -> Response:
    """An approved institution looks through its application before its time."""
    return _do(request, who, case, lambda db: call_for_review(db, case, actor=who.actor))


def outcome_of(form: Form) -> Outcome:
    """Approve or refuse. Raises RequestInvalid."""
    said_so = text_of(form, "outcome")
    if said_so not in (Outcome.APPROVE, Outcome.REJECT):
        raise RequestInvalid("Choose a decision first.", errors=[{"where": "outcome", "what": "missing"}])
    return Outcome(said_so)


def reasons_of(form: Form) -> list[str]:
    """The reasons that were ticked."""
    return [str(code)[:64] for code in form.getlist("reason")]


def seen_of(form: Form) -> int | None:
    """The number of the last decision that was seen."""
    seen = text_of(form, "seen")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= NUMBER_DIGITS_MAX else None


def key_of(form: Form) -> str | None:
    """What makes a form that is sent twice decide once."""
    key = text_of(form, "key", length_max=40)
    return key if is_id(key, "dec") else None


@router.post("/{case}/export")
def hand_out(request: Request, form: Form, who: Exporter, case: str) -> Response:
    """Everything that is kept about it and its people. Noted in the audit log."""
    floor = floor_of(request)
    with floor.database.write() as db:
        return archive_answer(export_institution(db, floor.blobs, case, actor=who.id), case)


def _do(
    request: Request,
    who: Who,
    case: str,
    act: Callable[[WriteSession], object],
    place: Callable[[], str] = lambda: "",
    wanted: Sequence[str] = (),
) -> Response:
    return act_on(
        request, act, lambda refusal: _page(request, who, case, refusal, wanted), lambda: f"{HERE}/{case}{place()}"
    )


def _next_open(found: Sequence[Standing], item: str) -> str:
    """The next item of the page that nobody ruled on, after this one or from the top; this one if all are done."""
    at = next((number for number, one in enumerate(found) if one.item == item), 0)
    return next((one.item for one in [*found[at:], *found[:at]] if one.accepted is None), item)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _page(
    request: Request,
    who: Who,
    case: str,
    wrong: Refusal | None = None,
    wanted: Sequence[str] = (),
    chosen: str = "",
) -> Response:
    locale, t = locale_of(request, "console"), words_of(request, "console")
    floor = floor_of(request)
    with floor.database.write() as db:
        look_at(db, case, actor=who.actor, what="case")
    with floor.database.read() as db:
        file = institution_file(request, db, who, case, wanted)
        now = db.now
    return show(
        request,
        "console/institution.html.j2",
        status=200 if wrong is None else status_of(wrong.code),
        file=file,
        frame=file.frame,
        ins=file.frame.institution,
        now=now,
        who=who,
        key=new_id("dec"),
        chosen=chosen,
        v=lambda section, name: verdict_text(section, name, locale),
        country=lambda code: country_name(code, locale),
        told=lambda code: reasons()[code].reviewer or reasons()[code].says if code in reasons() else "",
        paper=lambda key: paper_title(key, t),
        wrong="" if wrong is None else _said(request, wrong, file.titles),
        may_export=can(who.actor, Permission.EXPORT_DATA) and not file.frame.erased,
    )


def _said(request: Request, refusal: Refusal, names: dict[str, str]) -> str:
    """In the words of the console; of items that are open, which."""
    told = said(request, refusal)
    items = refusal.fields.get("items")
    if refusal.code == "items_open" and isinstance(items, list):
        told += " " + ", ".join(names.get(str(item), str(item)) for item in items)
    return told


add_taking(router, _do)
