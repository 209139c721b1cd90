"""A session's device signs again: now and then by itself, and on a page of its own when it comes from elsewhere."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from fourcorners.devices.actions import renew_binding
from fourcorners.devices.errors import DeviceUnknown, ProofRefused
from fourcorners.devices.signing import new_challenge
from fourcorners.web.accounts.entering import own_path
from fourcorners.web.devices.knocking import floor_of, said
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show
from fourcorners.web.who import SignedInBefore, Who, seen_by, signed_form

__all__ = ["router"]

router = page_router("/devices")


@router.get("/challenge")
def ask(request: Request, who: SignedInBefore) -> Response:
    """Something to sign."""
    return JSONResponse({"challenge": _challenge(request, who)})


@router.get("/prove")
def page(request: Request, who: SignedInBefore) -> Response:
    """The page that signs by itself and leads on."""
    return _page(request, who, towards=own_path(request.query_params.get("next", "")))


@router.post("/prove")
def prove(request: Request, form: Form, who: SignedInBefore) -> Response:
    """The signature: then the session goes on."""
    towards = own_path(text_of(form, "next")) or "/devices"
    try:
        with floor_of(request).database.write() as db:
            renew_binding(db, who.session, signed_form(request, form), seen_by(request), actor=who.id)
    except (ProofRefused, DeviceUnknown) as refusal:
        return _page(request, who, towards=towards, wrong=said(request, refusal))
    return go(towards)


def _page(request: Request, who: Who, *, towards: str, wrong: str = "") -> Response:
    return show(
        request,
        "devices/prove.html.j2",
        status=403 if wrong else 200,
        signed_in=None,
        challenge=_challenge(request, who),
        towards=towards,
        wrong=wrong,
    )


def _challenge(request: Request, who: Who) -> str:
    return new_challenge(request.app.state.site.secret, who.session, floor_of(request).clock())
