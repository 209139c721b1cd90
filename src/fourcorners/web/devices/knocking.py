"""What the pages of devices share: the half session, what was signed, the words of mails."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from starlette.requests import HTTPConnection

from fourcorners.accounts import find_session
from fourcorners.accounts.models import Account, SignInSession
from fourcorners.devices.actions import Offers, Script
from fourcorners.devices.actions.notices import Wording
from fourcorners.devices.models import Device, DeviceRequest, DeviceTicket
from fourcorners.devices.policy import text
from fourcorners.devices.queries import find_binding, find_request_of, seen_of
from fourcorners.infra.db import ReadSession
from fourcorners.kit.errors import Refusal
from fourcorners.web.accounts.entering import browser_of, version_of
from fourcorners.web.pages import Pages, words_of
from fourcorners.web.site import Site, floor_of
from fourcorners.web.who import Who

__all__ = [
    "AtDoor",
    "about",
    "at_door",
    "device_of",
    "floor_of",
    "half_session",
    "mail_words",
    "offers_of",
    "phone_script",
    "said",
    "telephone_offered",
]


@dataclass(frozen=True, slots=True)
class AtDoor:
    """The ids of a request to come in, of the session that waits for it, and of its account."""

    request: str
    session: str
    account: str


def half_session(db: ReadSession, connection: HTTPConnection) -> tuple[SignInSession, Account] | None:
    """The session of this browser that waits for its device."""
    site: Site = connection.app.state.site
    found = find_session(db, connection.cookies.get(site.cookie("session"), ""))
    return found if found is not None and found[0].pending is not None else None


def at_door(request: Request) -> AtDoor | None:
    """Whose request waits here; None where no sign-in does."""
    with floor_of(request).database.read() as db:
        half = half_session(db, request)
        asked = None if half is None else find_request_of(db, half[0].id)
        return None if half is None or asked is None else AtDoor(asked.id, half[0].id, half[1].id)


def device_of(db: ReadSession, who: Who) -> Device | None:
    """The device that somebody sits at, if their session belongs to one."""
    bound = find_binding(db, who.session)
    return None if bound is None else bound[1]


def about(db: ReadSession, row: Device | DeviceRequest | DeviceTicket) -> dict[str, str]:
    """What to call it, and where it is: `name`, `browser`, its `version`, `address`, `place`."""
    opened = seen_of(db, row)
    browser = browser_of(opened["agent"])
    return {
        "name": opened.get("name") or browser,
        "browser": browser,
        "version": version_of(opened["agent"]),
        "address": opened["address"],
        "place": opened["place"],
    }


def mail_words(request: Request) -> Wording:
    """The words of the mails about devices."""
    pages: Pages = request.app.state.pages
    site: Site = request.app.state.site

    def wording(kind: str, locale: str, token: str, seen: dict[str, str]) -> tuple[str, str]:
        words = pages.words.of(locale if locale in pages.words.locales("devices") else "en")
        page = "devices/hand" if kind.startswith("hand") else "devices/link"
        link = f"{site.origin}/{page}/{token}" if token else f"{site.origin}/devices"
        why = kind.removeprefix("hand_refused_")
        told = {"agent": browser_of(seen["agent"]), "address": seen["address"], "place": seen["place"], "moment": ""}
        if seen.get("moment"):
            told["moment"] = words.moment(datetime.fromisoformat(seen["moment"]))
        if why != kind:
            kind, told["why"] = "hand_refused", words(f"devices.hand.why_not.{why}")
        kind = f"{kind}_link" if token and kind == "asked" else kind
        return words(f"devices.mails.{kind}_subject"), words(f"devices.mails.{kind}_text", link=link, **told)

    return wording


def telephone_offered(connection: HTTPConnection) -> bool:
    """Can anybody be called here? In the demonstration what would be said is shown on its page."""
    settings = floor_of(connection).settings
    return bool(settings.phone_url) or settings.mode == "demo"


def offers_of(connection: HTTPConnection, *, camera: bool) -> Offers:
    """What could be asked for here; `camera` is what the browser says of itself."""
    return Offers(camera=camera, telephone=telephone_offered(connection))


def phone_script(request: Request) -> Script:
    """What calls and texts say, and where the key of a call is told."""
    pages: Pages = request.app.state.pages
    site: Site = request.app.state.site

    def script(kind: str, locale: str, token: str, told: dict[str, str]) -> tuple[str, str]:
        words = pages.words.of(locale if locale in pages.words.locales("devices") else "en")
        keys = {"yes": text("call", "confirm_key"), "no": text("call", "cancel_key")}
        seen = {"agent": browser_of(told["agent"]) if told["agent"] else "", "code": told["code"]}
        place = words("devices.says.from_place", place=told["place"]) if told["place"] else ""
        said_in_it = words(f"devices.says.{kind}", place=place, site=site.host, **seen, **keys)
        return said_in_it, f"{site.origin}/v1/telephone/{token}"

    return script


def said(request: Request, refusal: Refusal) -> str:
    """A refusal in the reader's words."""
    words, told = words_of(request, "devices"), dict(refusal.fields)
    if isinstance(told.get("again_at"), str):
        told["again_at"] = words.moment(datetime.fromisoformat(str(told["again_at"])))
    return words(f"devices.refused.{refusal.code}", **told)
