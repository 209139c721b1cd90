"""A telephone number for the account, bound by the code that was sent to it; and where a provider tells keys."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from fourcorners.accounts import Kind
from fourcorners.accounts.errors import NotFresh
from fourcorners.devices.actions import begin_number, confirm_number, drop_number, press_key
from fourcorners.devices.errors import NumberUnusable, TooOften
from fourcorners.devices.numbers import NUMBER_LENGTH_MAX, hidden
from fourcorners.devices.queries import find_number, find_number_to_prove, number_of
from fourcorners.infra.errors import NotFound
from fourcorners.web.devices.knocking import floor_of, mail_words, phone_script, said, telephone_offered
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.who import SignedHere, SignedIn, Who

__all__ = ["KEYS", "router"]

router = APIRouter()
pages = page_router("/devices/phone")
provider = APIRouter(include_in_schema=False)
KEYS = "/v1/telephone"
"""Where a provider tells which key was pressed: the address of each call is known to it alone."""


@pages.get("")
def look(request: Request, who: SignedIn) -> Response:
    """The number that is bound, or the one that waits for its code."""
    return _page(request, who)


@pages.post("")
def begin(request: Request, form: Form, who: SignedHere) -> Response:
    """Send a code to a number."""
    number, way = text_of(form, "number", length_max=NUMBER_LENGTH_MAX), text_of(form, "way")
    try:
        with floor_of(request).database.write() as db:
            _offered(request)
            begin_number(
                db,
                who.session,
                number,
                way="call" if way == "call" else "text",
                actor=who.id,
                script=phone_script(request),
            )
    except (NumberUnusable, NotFresh, TooOften) as refusal:
        return _page(request, who, errors={"number": said(request, refusal)}, typed=number)
    return go("/devices/phone")


@pages.post("/code")
def confirm(request: Request, form: Form, who: SignedHere) -> Response:
    """The code: then the number is bound."""
    try:
        with floor_of(request).database.write() as db:
            typed = text_of(form, "code", length_max=20)
            fits = confirm_number(db, who.session, typed, actor=who.id, wording=mail_words(request))
    except NotFound:
        return go("/devices/phone")
    except (NotFresh, TooOften) as refusal:
        return _page(request, who, errors={"code": said(request, refusal)})
    if not fits:
        return _page(request, who, errors={"code": words_of(request, "devices")("devices.phone.wrong")})
    return go("/devices?done=phone")


@pages.post("/remove")
def remove(request: Request, form: Form, who: SignedHere) -> Response:
    """Take the number away."""
    try:
        with floor_of(request).database.write() as db:
            drop_number(db, who.session, actor=who.id, wording=mail_words(request))
    except NotFound:
        return go("/devices/phone")
    except NotFresh as refusal:
        return _page(request, who, errors={"number": said(request, refusal)})
    return go("/devices?done=phone")


@provider.post(KEYS + "/{token}", status_code=204)
def take_key(request: Request, token: str, key: Annotated[str, Body(embed=True, max_length=8)] = "") -> Response:
    """The provider tells which key was pressed, if one was. Raises LinkOver."""
    with floor_of(request).database.write() as db:
        press_key(db, token, key, wording=mail_words(request))
    return Response(status_code=204)


def _offered(request: Request) -> None:
    if not telephone_offered(request):
        raise NotFound("No telephone provider is set up here.")


def _page(request: Request, who: Who, *, errors: dict[str, str] | None = None, typed: str = "") -> Response:
    _offered(request)
    with floor_of(request).database.read() as db:
        kept, waiting = find_number(db, who.id), find_number_to_prove(db, who.id)
        bound = "" if kept is None else hidden(number_of(db, kept))
        sent_to = "" if waiting is None else hidden(number_of(db, waiting))
    return show(
        request,
        "devices/phone.html.j2",
        status=422 if errors else 200,
        frame="house/console.html.j2" if who.actor.kind is Kind.STAFF else "house/applicant.html.j2",
        bound=bound,
        sent_to=sent_to,
        typed=typed,
        errors=errors or {},
    )


router.include_router(pages)
router.include_router(provider)
