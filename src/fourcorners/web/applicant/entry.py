"""The way in: the link, the start page with its consents, the QR code that goes on with a phone."""

import io
from collections.abc import Mapping

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fourcorners.accounts.actions.holders import INSTITUTION
from fourcorners.accounts.errors import AccountKindFixed
from fourcorners.accounts.queries import get_account
from fourcorners.infra.db import ReadSession
from fourcorners.people.actions import register_applicant
from fourcorners.people.consents import agree
from fourcorners.people.grants import end_grants, grant_access, redeem
from fourcorners.people.queries import find_applicant, item_states, items_wanted
from fourcorners.people.rules import flow
from fourcorners.web.applicant.whose import (
    CLOSED,
    COOKIE,
    Mine,
    customer_of,
    floor_of,
    locale_here,
    mine,
    mine_to_write,
    next_path,
    page,
)
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, set_cookie, words_of
from fourcorners.web.site import Site

__all__ = ["router"]

router = page_router("/verify")
BROWSER_S = 3600
QR_SCALE = 6


@router.get("/open/{secret}")
def open_link(request: Request, secret: str) -> Response:
    """The link in a mail or behind a QR code: gives the browser its cookie. Raises LinkInvalid."""
    with floor_of(request).database.write() as db:
        cookie = redeem(db, secret)
    answer = go("/verify")
    set_cookie(request, answer, COOKIE, cookie, max_age=int(flow()["access"]["browser_h"] * BROWSER_S))
    return answer


@router.get("")
def go_on(request: Request) -> Response:
    """Wherever the applicant left off; a customer who is here for the first time gets a verification of their own.

    Raises AccountKindFixed for an institution's account (INS15).
    """
    with floor_of(request).database.write() as db:
        customer = customer_of(db, request)
        if customer is not None and find_applicant(db, account_id=customer[1]) is None:
            if get_account(db, customer[1]).holder == INSTITUTION:
                raise AccountKindFixed("This account is an institution's; a person needs one of their own.")
            register_applicant(db, actor=customer[1], account_id=customer[1], locale=locale_here(request))
    with mine(request) as (db, own):
        return go(next_path(db, own))


@router.get("/start")
def start(request: Request) -> Response:
    """What is needed, how long it takes, what becomes of the data."""
    with mine(request) as (db, own):
        return go(next_path(db, own)) if own.state in CLOSED else _start(request, db, own)


@router.post("/start")
def consent(request: Request, form: Form) -> Response:
    """Agree, and begin."""
    with mine_to_write(request) as (db, own):
        if text_of(form, "consent") != "yes":
            wrong = words_of(request, "applicant")("applicant.start.consent_missing")
            return _start(request, db, own, status=422, errors={"consent-yes": wrong, "consent": wrong})
        if own.state not in CLOSED:
            text = words_of(request, "applicant")("applicant.start.consent_text")
            agree(db, own.applicant.id, "biometric", actor=own.applicant.id, text=text, locale=locale_here(request))
            own.applicant.locale = locale_here(request)
        path = next_path(db, own)
    return go(path)


@router.get("/phone")
def without_a_code(request: Request) -> Response:
    """Whoever reloads the page of the QR code, or reads it in another language, is asked for the code anew."""
    with mine(request) as (db, own):
        return go(next_path(db, own)) if own.state in CLOSED else page(request, db, own, "phone", qr="")


@router.post("/phone")
def hand_over_to_phone(request: Request, form: Form) -> Response:
    """A new QR code for a phone; the one before it is taken back."""
    site: Site = request.app.state.site
    with mine_to_write(request) as (db, own):
        end_grants(db, own.applicant.id, ("phone",), actor=own.applicant.id)
        secret = grant_access(db, own.applicant.id, "phone", actor=own.applicant.id)
        code = segno.make(f"{site.origin}/verify/open/{secret}", micro=False, error="m")
        drawn = io.BytesIO()
        code.save(drawn, kind="svg", scale=QR_SCALE, border=4, xmldecl=False, svgns=True, dark="#000", light="#fff")
        minutes = int(flow()["access"]["phone_h"] * 60)
        return page(request, db, own, "phone", qr=drawn.getvalue().decode(), minutes=minutes, seen=_seen(db, own))


@router.get("/state")
def state(request: Request) -> JSONResponse:
    """What a page that follows live compares with what it shows."""
    with mine(request) as (db, own):
        return JSONResponse({"seen": _seen(db, own), "next": next_path(db, own)})


def _seen(db: ReadSession, own: Mine) -> str:
    states = item_states(db, own.id)
    return " ".join(
        [own.state.value, own.verification.updated_at.isoformat(), *sorted(f"{k}:{v}" for k, v in states.items())]
    )


def _start(
    request: Request, db: ReadSession, own: Mine, *, status: int = 200, errors: Mapping[str, str] | None = None
) -> Response:
    rules = flow()
    return page(
        request,
        db,
        own,
        "start",
        status=status,
        errors=errors or {},
        items=[item.value for item in items_wanted(own.verification)],
        automatic_min=rules["automatic_within_min"],
        manual_h=rules["manual_within_h"],
    )
