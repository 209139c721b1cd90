"""Refusals as answers: problem JSON (RFC 9457) for programs, a page for people. Bugs say nothing but a number."""

import secrets
from types import TracebackType
from urllib.parse import urlencode, urlsplit

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fourcorners.accounts.errors import NotSignedIn
from fourcorners.infra.logs import log
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.web.bodies import WhileReading
from fourcorners.web.errors import BodyMalformed, MethodNotOffered, PageMissing, RequestInvalid
from fourcorners.web.guards import SAFE, is_api
from fourcorners.web.pages import came_from, show
from fourcorners.web.telling import refusal_words

__all__ = ["Answering", "answer_refusal", "refusal_of", "status_of"]

FRAMES_MAX = 8
VOICES = {"/verify": "applicant", "/institution": "institutions"}
ONWARD = {("applicant", "wrong_state"): "/verify"}
"""Area and code of a form that came too late, sent twice or from another tab: its sender is led to where it stands."""

NO_JSON = "The body was not read as JSON: send it with the header Content-Type: application/json."
PASSING = (408, 429, 500, 503)
GONE = (404, 410)
PROBLEM_JSON = "application/problem+json"


def status_of(code: str) -> int:
    """The HTTP status of a refusal's code."""
    table = load_toml("fourcorners.web", "problems.toml")
    status: int = table["status"].get(code, table["default"])
    return status


def refusal_of(error: Exception) -> Refusal | None:
    """The refusal in our own words for an error of the framework; None for a bug."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, WhileReading):
        return error.refusal
    if isinstance(error, RequestValidationError):
        errors = [{"where": "/".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors()]
        unread = any(e["loc"] == ("body",) and isinstance(e.get("input"), bytes) for e in error.errors())
        said = NO_JSON if unread else "Something in the request is missing or of the wrong kind."
        return RequestInvalid(said, errors=errors)
    if isinstance(error, HTTPException) and error.status_code in (401, 403, 404):
        return PageMissing("Nothing is at this address.")
    if isinstance(error, HTTPException) and error.status_code == 405:
        return MethodNotOffered("This address does not offer that method.")
    if isinstance(error, HTTPException) and error.status_code < 500:
        return BodyMalformed("What was sent could not be read.")
    return None


def answer_refusal(request: Request, refusal: Refusal) -> Response:
    """The answer to a refused request, in the shape that the asker reads."""
    status = status_of(refusal.code)
    waiting = refusal.fields.get("retry_after_s")
    headers = {"retry-after": str(waiting)} if waiting is not None else {}
    if isinstance(refusal, NotSignedIn) and _wants_page(request):
        return _to_sign_in(request, refusal)
    if _wants_page(request):
        onward = ONWARD.get((_area(request.url.path), refusal.code))
        if onward is not None and request.method not in SAFE:
            return RedirectResponse(onward, status_code=303)
        said = refusal_words(request, refusal, area=_area(request.url.path))
        return _page(request, status, said=said, code=refusal.code, headers=headers)
    body = {
        "type": f"urn:fourcorners:problem:{refusal.code}",
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": status,
        "detail": refusal.message,
        "retryable": refusal.retryable,
        **refusal.to_dict(),
    }
    del body["message"]
    return JSONResponse(body, status, headers=headers, media_type=PROBLEM_JSON)


def answer_bug(request: Request, error: Exception, *, as_page: bool = True) -> Response:
    """500 with a number that leads to the log, where the frames are, but no values: they could be somebody's name."""
    incident = secrets.token_hex(6)
    log.error("web.bug", incident=f"i{incident}", kind=type(error).__name__, **_places(error.__traceback__))
    if as_page and _wants_page(request):
        return _page(request, 500, said=None, code="internal", incident=incident)
    body = {
        "type": "urn:fourcorners:problem:internal",
        "title": "Internal error",
        "status": 500,
        "detail": "Something went wrong on our side.",
        "code": "internal",
        "retryable": True,
        "incident": incident,
    }
    return JSONResponse(body, 500, media_type=PROBLEM_JSON)


class Answering:
    """Turn whatever is raised, by a route or by a guard before it, into an answer; nothing reaches the server's log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and answer what is raised."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            if scope["type"] == "lifespan":
                raise
            await self._answer(error, scope, receive, send, started=started)

    async def _answer(self, error: Exception, scope: Scope, receive: Receive, send: Send, *, started: bool) -> None:
        refusal = refusal_of(error)
        if scope["type"] == "websocket":
            if refusal is None:
                log.error("web.socket_bug", kind=type(error).__name__, **_places(error.__traceback__))
            await send({"type": "websocket.close", "code": 1008 if refusal else 1011})
            return
        request = Request(scope, receive)
        try:
            answer = answer_bug(request, error) if refusal is None else answer_refusal(request, refusal)
        except Exception as second:  # the page that says so is broken itself
            answer = answer_bug(request, second, as_page=False)
        if not started:
            await answer(scope, receive, send)


def _places(traceback: TracebackType | None) -> dict[str, str]:
    """Where it happened, innermost first: `at_0="fourcorners.web.pages:57"`."""
    places = []
    while traceback is not None:
        places.append(f"{traceback.tb_frame.f_globals.get('__name__', 'unknown')}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return {f"at_{n}": place for n, place in enumerate(reversed(places[-FRAMES_MAX:]))}


def _area(path: str) -> str:
    """Whose words are asked for first: those of the pages that the address belongs to."""
    return next((area for start, area in VOICES.items() if path.startswith(start)), "house")


def _page(
    request: Request,
    status: int,
    *,
    said: str | None,
    code: str,
    incident: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """What could not be done, and the ways on."""
    return show(
        request,
        "house/refused.html.j2",
        status=status,
        headers=headers,
        said=said,
        code=code,
        incident=incident,
        again=_again(request, status),
    )


def _again(request: Request, status: int) -> str:
    """Where it may be tried again: the page that a form stood on, or the same page a moment later; "" if it may not."""
    if request.method in SAFE:
        return request.url.path if status in PASSING else ""
    return "" if status in GONE else came_from(request)


def _to_sign_in(request: Request, refusal: NotSignedIn) -> Response:
    """Lead a person to where they sign in, and back to the page that they wanted to see."""
    if refusal.fields.get("pending"):
        return RedirectResponse("/sign-in/pending", status_code=303)
    if refusal.fields.get("prove"):
        shown = request.url.path if request.method in SAFE else urlsplit(request.headers.get("referer", "")).path
        return RedirectResponse(f"/devices/prove?{urlencode({'next': shown or '/'})}", status_code=303)
    back = request.url.path if request.method in SAFE else ""
    return RedirectResponse(f"/sign-in?{urlencode({'next': back})}" if back else "/sign-in", status_code=303)


def _wants_page(request: Request) -> bool:
    return not is_api(request.url.path) and "text/html" in request.headers.get("accept", "")
