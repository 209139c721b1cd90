"""Forms that only whoever was handed them can send: a token sealed to the browser, or to its session once there is one.

The token comes back as the field `form_token`, or as the header `X-Form-Token` from a script. (OWASP ASVS 5.0, V3.5.)
"""

import hmac
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import HTMLResponse
from fastapi.routing import iter_route_contexts
from starlette.datastructures import FormData

from fourcorners.web.errors import FormExpired
from fourcorners.web.guards import SAFE, is_api
from fourcorners.web.limits import form_parts
from fourcorners.web.site import Site

__all__ = ["Form", "checked_form", "form_token", "page_router", "refuse_unguarded", "text_of", "visitor_of"]

FIELD = "form_token"
HEADER = "x-form-token"


async def checked_form(request: Request) -> AsyncIterator[FormData]:
    """The form that was posted, its token checked; its files are closed afterwards. Raises FormExpired.

    Reads go through without a token.
    """
    form = await _checked(request)
    try:
        yield form
    finally:
        await form.close()


async def _checked(request: Request) -> FormData:
    if request.method in SAFE:
        return FormData()
    said: object = request.headers.get(HEADER)
    if said is None:
        fields_max, files_max = form_parts()
        form = await request.form(max_fields=fields_max, max_files=files_max)
        said = form.get(FIELD)
    else:
        form = FormData()  # a script sends what it likes as the body: the route reads it
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), form_token(request).encode()):
        raise FormExpired(
            "This page had been open too long, or from before you signed in or out. Please send it again."
        )
    return form


Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str, *, length_max: int = 1000) -> str:
    """A text field, its ends trimmed and its length held; empty where it is missing or a file."""
    value = form.get(name)
    return value.strip()[:length_max] if isinstance(value, str) else ""


def form_token(request: Request) -> str:
    """The token that forms on the page being shown must send back."""
    site: Site = request.app.state.site
    session = request.cookies.get(site.cookie("session"))
    return site.seal("form", session or visitor_of(request)[0])


def visitor_of(request: Request) -> tuple[str, bool]:
    """A random name for the browser, and whether it is new and must be set as a cookie."""
    known = request.cookies.get(request.app.state.site.cookie("visitor"))
    if known:
        return known, False
    if not hasattr(request.state, "visitor"):
        request.state.visitor = secrets.token_urlsafe(24)
    return request.state.visitor, True


def page_router(prefix: str = "") -> APIRouter:
    """The router for pages: every form sent to it is checked."""
    return APIRouter(
        prefix=prefix,
        dependencies=[Depends(checked_form)],
        default_response_class=HTMLResponse,
        include_in_schema=False,
    )


def refuse_unguarded(app: FastAPI) -> None:
    """Raise RuntimeError for a route that takes forms unchecked: such a site does not start."""
    for route in iter_route_contexts(app.routes):
        if is_api(route.path or "") or (route.methods or set()) <= SAFE:
            continue
        needs: Dependant | None = getattr(route, "dependant", None)
        if needs is None or checked_form not in set(_calls(needs)):
            raise RuntimeError(f"{route.path} takes forms without a token: make its router with page_router()")


def _calls(dependant: Dependant) -> Iterator[object]:
    for needed in dependant.dependencies:
        yield needed.call
        yield from _calls(needed)
