"""The application: guards around the routes of every area."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.infra import Floor
from fourcorners.kit.errors import Refusal
from fourcorners.web.api.openapi import describe
from fourcorners.web.area import HOUSE, Area
from fourcorners.web.areas import AREAS
from fourcorners.web.bodies import BoundedBody
from fourcorners.web.forms import refuse_unguarded
from fourcorners.web.guards import KnownHost, OwnOrigin, Paced
from fourcorners.web.headers import SafeHeaders
from fourcorners.web.pages import Pages
from fourcorners.web.problems import Answering, answer_refusal, refusal_of
from fourcorners.web.site import Site, site_of

__all__ = ["create_app"]


def create_app(floor: Floor, *, areas: tuple[Area, ...] = AREAS, site: Site | None = None) -> FastAPI:
    """The site with these areas on an open floor, which routes find as `request.app.state.floor`.

    Whoever opened the floor closes it. Raises RuntimeError when an area takes forms without their token.
    """
    site = site or site_of(floor)
    app = FastAPI(
        title="Fourcorners",
        docs_url=None,  # its page would fetch scripts from another machine
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        middleware=[
            Middleware(SafeHeaders, site=site),
            Middleware(Answering),
            Middleware(KnownHost, site=site),
            Middleware(Paced),
            Middleware(OwnOrigin, site=site),
            Middleware(BoundedBody),
        ],
    )
    app.state.floor, app.state.site = floor, site
    app.state.pages = Pages((HOUSE, *areas))
    for kind in (Refusal, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _answer)
    app.add_route(
        "/static/{version}/{name:path}", app.state.pages.assets.serve, methods=["GET"], include_in_schema=False
    )
    for area in areas:
        if area.router is not None:
            app.include_router(area.router)
    refuse_unguarded(app)
    describe(app)
    return app


def _answer(request: Request, error: Exception) -> Response:
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    answer = answer_refusal(request, refusal)
    if isinstance(error, HTTPException) and error.status_code == 405:
        answer.headers.update(error.headers or {})  # which methods there are
    return answer
