"""Who reads the help centre: in which language, for which region, and under which name a day's view is counted."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.help.actions import count_view
from fourcorners.help.language import LANGUAGES, parse_locale
from fourcorners.help.live import LiveIndex
from fourcorners.help.rules import is_bot
from fourcorners.web.forms import visitor_of
from fourcorners.web.guards import network_address
from fourcorners.web.pages import HALF_A_YEAR_S, set_cookie
from fourcorners.web.site import Site

__all__ = ["Reader", "count", "keep", "live_index", "reader_of", "voter_of"]

LANGUAGE = "help_in"
REGION = "help_region"
TAG = re.compile(r"[a-zA-Z]{2}([-_][a-zA-Z]{2})?")
PLACE = re.compile(r"[a-zA-Z]{2}|")


@dataclass(frozen=True, slots=True)
class Reader:
    """What articles somebody sees. `region` is empty for everywhere."""

    language: str
    region: str

    @property
    def tag(self) -> str:
        """Such as `en-AE`."""
        return f"{self.language}-{self.region}" if self.region else self.language


def reader_of(request: Request) -> Reader:
    """The reader's language and region: as the address says, as a cookie keeps, or as the browser accepts."""
    site: Site = request.app.state.site
    accepted = request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
    asked = request.query_params.get("in")
    wishes = (
        asked,
        request.cookies.get(site.cookie(LANGUAGE)),
        request.query_params.get("lang"),
        request.cookies.get(site.cookie("lang")),
        accepted,
    )
    tags = [wish for wish in wishes if wish and TAG.fullmatch(wish) and wish[:2].lower() in LANGUAGES]
    language, region = parse_locale(tags[0]) if tags else ("en", "")
    place = request.query_params.get("region", request.cookies.get(site.cookie(REGION)))
    if place is not None and PLACE.fullmatch(place):
        region = place.upper()
    elif not region and TAG.fullmatch(accepted):
        region = parse_locale(accepted)[1]
    return Reader(language, region)


def keep(request: Request, answer: Response, reader: Reader) -> None:
    """Remember a language or a region that was asked for."""
    if "in" in request.query_params:
        set_cookie(request, answer, LANGUAGE, reader.language, max_age=HALF_A_YEAR_S)
    if "region" in request.query_params:
        set_cookie(request, answer, REGION, reader.region, max_age=HALF_A_YEAR_S)


def live_index(request: Request) -> LiveIndex:
    """The index of this process, made at first use."""
    state = request.app.state
    if not hasattr(state, "help_index"):
        state.help_index = LiveIndex(state.floor.database)
    index: LiveIndex = state.help_index
    return index


def voter_of(request: Request) -> str:
    """The name under which this browser's vote is kept: a keyed hash."""
    site: Site = request.app.state.site
    return site.seal("help vote", visitor_of(request)[0])


def count(request: Request, slug: str) -> None:
    """Count that an article is read, unless a program or a look ahead asks for it.

    A browser that comes without a cookie may never keep one: it is known by its address and its kind for the day. The
    cookie that it is given now is noted too, so that it does not count again when it comes back with it.
    """
    said = request.headers.get("user-agent", "")
    if request.method != "GET" or is_bot(said) or "prefetch" in request.headers.get("sec-purpose", ""):
        return
    site: Site = request.app.state.site
    visitor, new = visitor_of(request)
    names = [site.seal("help view", visitor)]
    if new:
        names.insert(0, site.seal("help view", f"{network_address(request.scope)} {said}"))
    with request.app.state.floor.database.write() as db:
        count_view(db, slug, names[0], known_as=names[1:])
