"""Bind an authenticator app, or remove it."""

import io

import segno
from fastapi import Request, Response

from fourcorners.accounts import Kind
from fourcorners.accounts.errors import NotFresh
from fourcorners.devices.actions import begin_authenticator, confirm_authenticator, drop_authenticator
from fourcorners.devices.errors import TooOften
from fourcorners.devices.one_time import authenticator_address
from fourcorners.devices.queries import has_authenticator
from fourcorners.web.devices.knocking import floor_of, mail_words, said
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.who import SignedHere, SignedIn, Who

__all__ = ["router"]

router = page_router("/devices/authenticator")
QR_SCALE = 5


@router.get("")
def look(request: Request, who: SignedIn) -> Response:
    """The code to scan, or what is bound."""
    return _page(request, who)


@router.post("")
def confirm(request: Request, form: Form, who: SignedHere) -> Response:
    """The first code: then it is bound, and recovery codes are shown once."""
    try:
        with floor_of(request).database.write() as db:
            typed = text_of(form, "code", length_max=40)
            codes = confirm_authenticator(db, who.session, typed, actor=who.id, wording=mail_words(request))
    except (NotFresh, TooOften) as refusal:
        return _page(request, who, errors={"code": said(request, refusal)})
    if codes is None:
        return _page(request, who, errors={"code": words_of(request, "devices")("devices.authenticator.wrong")})
    return _page(request, who, codes=codes)


@router.post("/remove")
def remove(request: Request, form: Form, who: SignedHere) -> Response:
    """Unbind it, with one of its codes."""
    try:
        with floor_of(request).database.write() as db:
            typed = text_of(form, "code", length_max=40)
            fits = drop_authenticator(db, who.session, typed, actor=who.id, wording=mail_words(request))
    except (NotFresh, TooOften) as refusal:
        return _page(request, who, errors={"code": said(request, refusal)})
    if not fits:
        return _page(request, who, errors={"code": words_of(request, "devices")("devices.authenticator.wrong")})
    return go("/devices?done=authenticator")


def _page(
    request: Request, who: Who, *, codes: list[str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    drawn, address = io.BytesIO(), ""
    with floor_of(request).database.write() as db:
        bound = has_authenticator(db, who.id)
        try:
            secret = None if bound else begin_authenticator(db, who.session, actor=who.id)
        except NotFresh:
            return go("/security")
    if secret is not None:
        address = authenticator_address(secret, who.email)
        code = segno.make(address, micro=False, error="m")
        code.save(drawn, kind="svg", scale=QR_SCALE, border=4, xmldecl=False, svgns=True, dark="#000", light="#fff")
    return show(
        request,
        "devices/authenticator.html.j2",
        status=422 if errors else 200,
        frame="house/console.html.j2" if who.actor.kind is Kind.STAFF else "house/applicant.html.j2",
        bound=bound,
        codes=codes or [],
        qr=drawn.getvalue().decode(),
        address=address,
        errors=errors or {},
    )
