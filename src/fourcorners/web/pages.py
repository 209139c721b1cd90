"""Showing a page: a template, filled in the locale of whoever reads it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from fourcorners.web.area import Area
from fourcorners.web.assets import Assets
from fourcorners.web.forms import form_token, visitor_of
from fourcorners.web.site import Site
from fourcorners.web.words import Words, WordsOf, negotiate

__all__ = ["Pages", "came_from", "drop_cookie", "go", "locale_of", "set_cookie", "show", "words_of"]

HALF_A_YEAR_S = 183 * 24 * 3600


class Pages:
    """Templates, words and files of all areas, held by the application as `app.state.pages`."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self.words, self.assets = WordsOf(areas), Assets(areas)
        self.environment = Environment(
            loader=PrefixLoader({a.name: FileSystemLoader(a.folder / "templates") for a in areas}),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals["asset"] = self.assets.url


def show(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """The page that `template` (`<area>/<file>`) makes of `values`, in the reader's locale.

    Templates are given `t`, `locale`, `locales`, `path`, `form_token`, `status`, and what `request.state.shown` holds.
    """
    pages: Pages = request.app.state.pages
    area = template.split("/", 1)[0]
    words = pages.words.of(locale_of(request, area))
    visitor, new = visitor_of(request)
    shown: dict[str, Any] = {
        "signed_in": None,
        **getattr(request.state, "shown", {}),
        "t": words,
        "locale": words.locale,
        "locales": [_reading(request, pages, code) for code in pages.words.locales(area)],
        "path": request.url.path,
        "form_token": form_token(request),
        "status": status,
    }
    body = pages.environment.get_template(template).render({**shown, **values})
    answer = HTMLResponse(body, status, headers={"content-language": words.locale, **(headers or {})})
    if new:
        set_cookie(request, answer, "visitor", visitor)
    if request.query_params.get("lang") == words.locale:
        set_cookie(request, answer, "lang", words.locale, max_age=HALF_A_YEAR_S)
    return answer


def _reading(request: Request, pages: Pages, code: str) -> tuple[str, str, str]:
    """A locale, its name in itself, and the address of this page in it."""
    query = str(request.url.include_query_params(lang=code).query)
    return code, pages.words.of(code)("house.locale.name"), f"{_readable(request)}?{query}"


def _readable(request: Request) -> str:
    """The path of this page; of an answer to a form, that of the page it stood on, or the nearest one above it."""
    if request.method in ("GET", "HEAD"):
        return request.url.path
    path = came_from(request) or request.url.path
    while path.count("/") > 1 and not _can_be_read(request, path):
        path = path.rpartition("/")[0]
    return path


def _can_be_read(request: Request, path: str) -> bool:
    scope = {**request.scope, "method": "GET", "path": path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)


def locale_of(request: Request, area: str) -> str:
    """The locale in which somebody reads an area."""
    pages: Pages = request.app.state.pages
    site: Site = request.app.state.site
    return negotiate(
        pages.words.locales(area),
        asked=request.query_params.get("lang"),
        kept=request.cookies.get(site.cookie("lang")),
        accepted=request.headers.get("accept-language", ""),
    )


def words_of(request: Request, area: str) -> Words:
    """The words of an area for whoever asks, for what is said outside a template."""
    pages: Pages = request.app.state.pages
    return pages.words.of(locale_of(request, area))


def came_from(request: Request) -> str:
    """The path of the page of ours that a form stood on; "" where the browser does not say, or it is another's."""
    came = urlsplit(request.headers.get("referer", ""))
    ours = came.netloc == request.url.netloc and came.path.startswith("/") and not came.path.startswith("//")
    return came.path if ours else ""


def go(path: str) -> Response:
    """After a form: see another page (303). Only to a path of ours; anything else is a bug."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError(path)
    return RedirectResponse(path, status_code=303)


def set_cookie(request: Request, answer: Response, name: str, value: str, *, max_age: int | None = None) -> None:
    """A cookie that no script reads and no other site's form carries; without `max_age`, until the browser closes."""
    site: Site = request.app.state.site
    answer.set_cookie(
        site.cookie(name), value, max_age=max_age, path="/", secure=site.secure, httponly=True, samesite="lax"
    )


def drop_cookie(request: Request, answer: Response, name: str) -> None:
    """Make the browser forget a cookie."""
    site: Site = request.app.state.site
    answer.delete_cookie(site.cookie(name), path="/", secure=site.secure, httponly=True, samesite="lax")
