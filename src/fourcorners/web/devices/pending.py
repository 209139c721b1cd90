"""Between password and account: the browser shows its key, and waits until it is let in."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response

from fourcorners.accounts import person_of
from fourcorners.accounts.actions import end_session
from fourcorners.devices.actions import arrive, cancel, place_call, send_link, send_text, type_code, type_text
from fourcorners.devices.by_hand import stands_at
from fourcorners.devices.errors import FactorNotAsked, KeyUnusable, ProofRefused, RequestOver, TooOften
from fourcorners.devices.numbers import hidden
from fourcorners.devices.one_time import code_shown, fresh_for
from fourcorners.devices.policy import number, span
from fourcorners.devices.queries import (
    find_number,
    find_request_of,
    find_ticket,
    knock_of,
    number_of,
    secret_of,
    ticket_of,
)
from fourcorners.devices.rules import Factor, Knock, Method, Status, seen_at
from fourcorners.devices.signing import new_challenge
from fourcorners.devices.verified import find_verified, standing_at_door
from fourcorners.infra.db import ReadSession
from fourcorners.web.accounts.entering import PENDING, enter
from fourcorners.web.devices.knocking import (
    at_door,
    floor_of,
    half_session,
    mail_words,
    offers_of,
    phone_script,
    said,
)
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.live_check import ended_words, help_of
from fourcorners.web.pages import drop_cookie, go, locale_of, show, words_of
from fourcorners.web.who import seen_by, signed_form

__all__ = ["page_of", "router", "told"]

router = page_router(PENDING)


def told(db: ReadSession, session: str) -> dict[str, Any]:
    """What the waiting page says of its request: status, method, what is missing, the code to be typed elsewhere."""
    request = find_request_of(db, session)
    if request is None:
        return {"status": "none"}
    knock = seen_at(knock_of(request), db.now)
    code = knock.status is Status.PENDING and knock.method is Method.DEVICE
    return {
        "status": knock.status.value,
        "method": knock.method.value,
        "missing": sorted(factor.value for factor in knock.missing),
        "needed": sorted(factor.value for factor in knock.needed),
        "code": code_shown(secret_of(db, request), request.opened_at, db.now) if code else "",
        "fresh_s": round(fresh_for(request.opened_at, db.now)) if code else 0,
    }


@router.get("")
def wait(request: Request) -> Response:
    """Show the key at once; later, what is waited for."""
    return page_of(request)


@router.post("")
def show_key(request: Request, form: Form) -> Response:
    """The browser's key and its signature: in, or a request that waits."""
    with floor_of(request).database.read() as db:
        half = half_session(db, request)
    if half is None:
        return go("/sign-in")
    try:
        with floor_of(request).database.write() as db:
            arrived = arrive(
                db,
                half[0].id,
                text_of(form, "key", length_max=400),
                signed_form(request, form),
                seen_by(request),
                actor=half[1].id,
                wording=mail_words(request),
                offers=offers_of(request, camera=text_of(form, "camera") == "yes"),
            )
    except (KeyUnusable, ProofRefused, TooOften) as refusal:
        return page_of(request, wrong=said(request, refusal))
    return enter(request, arrived.opened) if arrived.opened else go(PENDING)


@router.post("/code")
def take_code(request: Request, form: Form) -> Response:
    """A code of the authenticator, or a recovery code."""
    found = at_door(request)
    if found is None:
        return go("/sign-in")
    try:
        with floor_of(request).database.write() as db:
            knock = type_code(db, found.request, text_of(form, "code", length_max=40), actor=found.account)
    except (RequestOver, FactorNotAsked):
        return go(PENDING)
    except TooOften as refusal:
        return page_of(request, errors={"code": said(request, refusal)})
    if Factor.AUTHENTICATOR in knock.missing and knock.status is Status.PENDING:
        return page_of(request, errors={"code": wrong_code(request, knock)})
    return go(PENDING)


@router.post("/call")
def have_called(request: Request, form: Form) -> Response:
    """A call to the bound number: a key confirms, another one says no."""
    return _ring(request, "call")


@router.post("/text")
def have_text(request: Request, form: Form) -> Response:
    """A code to the bound number."""
    return _ring(request, "text")


@router.post("/text-code")
def take_text(request: Request, form: Form) -> Response:
    """The code of a text."""
    found = at_door(request)
    if found is None:
        return go("/sign-in")
    try:
        with floor_of(request).database.write() as db:
            knock = type_text(db, found.request, text_of(form, "text", length_max=20), actor=found.account)
    except (RequestOver, FactorNotAsked):
        return go(PENDING)
    except TooOften as refusal:
        return page_of(request, errors={"text": said(request, refusal)})
    if Factor.PHONE in knock.missing and knock.status is Status.PENDING:
        return page_of(request, errors={"text": wrong_code(request, knock)})
    return go(PENDING)


@router.post("/mail")
def mail_again(request: Request, form: Form) -> Response:
    """Another link, while there are some left."""
    found = at_door(request)
    if found is None:
        return go("/sign-in")
    with floor_of(request).database.write() as db:
        sent = send_link(db, found.request, actor=found.account, wording=mail_words(request))
    return go(f"{PENDING}?mail={'sent' if sent else 'enough'}")


@router.post("/cancel")
def call_off(request: Request, form: Form) -> Response:
    """Never mind: the half session ends."""
    with floor_of(request).database.read() as db:
        half = half_session(db, request)
    if half is not None:
        try:
            with floor_of(request).database.write() as db:
                cancel(db, half[0].id, actor=half[1].id)
        except RequestOver:
            with floor_of(request).database.write() as db:
                end_session(db, half[0].id, actor=half[1].id)
    answer = go("/sign-in")
    drop_cookie(request, answer, "session")
    return answer


def wrong_code(request: Request, knock: Knock) -> str:
    """How often it may still be tried."""
    left = number("request", "wrong_codes_max") - knock.wrong
    return words_of(request, "devices")("devices.pending.wrong", count=left)


def _ring(request: Request, way: str) -> Response:
    found = at_door(request)
    if found is None:
        return go("/sign-in")
    act = place_call if way == "call" else send_text
    try:
        with floor_of(request).database.write() as db:
            act(db, found.request, actor=found.account, script=phone_script(request))
    except (RequestOver, FactorNotAsked):
        return go(PENDING)
    except TooOften as refusal:
        return page_of(request, errors={"phone": said(request, refusal)})
    return go(f"{PENDING}?phone={way}")


def page_of(request: Request, *, wrong: str = "", errors: dict[str, str] | None = None) -> Response:
    """The waiting page."""
    code = request.query_params.get("code", "")
    with floor_of(request).database.read() as db:
        half = half_session(db, request)
        if half is None:
            return _over(request)
        session, account = half
        challenge = new_challenge(request.app.state.site.secret, session.id, db.now)
        email = person_of(db, account).email
        number = find_number(db, account.id)
        phone = "" if number is None else hidden(number_of(db, number))
        state = told(db, session.id)
        verified = find_verified(db, account.id)
        person = verified if "face" in state.get("missing", []) else None
        by_hand = _by_hand(db, account.id, session.id)
        stands = None if person is None else standing_at_door(db, person.applicant.id)
    return show(
        request,
        "devices/pending.html.j2",
        status=422 if wrong or errors else 200,
        state=state,
        challenge=challenge,
        email=email,
        phone=phone,
        wrong=wrong,
        errors=errors or {},
        mail=request.query_params.get("mail", ""),
        rung=request.query_params.get("phone", ""),
        stands=stands,
        by_hand=by_hand,
        verified=verified is not None,
        ended=ended_words(code, locale_of(request, "devices")),
        help_path=help_of("attempts_exceeded" if stands is not None and stands.locked_until else code),
    )


def _by_hand(db: ReadSession, account: str, session: str) -> tuple[str, datetime | None]:
    """Where this device's ticket stands, if there is one, and from when an approval opens the door."""
    request = find_request_of(db, session)
    kept = None if request is None else find_ticket(db, account, request.device)
    if kept is None:
        return "", None
    ticket = stands_at(ticket_of(db, kept), db.now)
    opens = None if ticket.decided_at is None else ticket.decided_at + span("hand", "hold_hours")
    return ticket.stage.value, opens


def _over(request: Request) -> Response:
    """The half session ended: denied, or too old."""
    return show(request, "devices/over.html.j2")
