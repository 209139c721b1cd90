"""What the pages of signing in share: the cookie, the proof, the mails, the mistakes on fields."""

import re

from fastapi import Request, Response

from fourcorners.accounts import Opened, Proof, actor_of
from fourcorners.accounts.actions.links import Wording
from fourcorners.accounts.actions.passkeys import Party
from fourcorners.accounts.actions.sessions import Further, nothing_further
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.web.guards import network_address
from fourcorners.web.pages import Pages, go, set_cookie, words_of
from fourcorners.web.places import home_of
from fourcorners.web.site import Site, floor_of

__all__ = [
    "PENDING",
    "browser_of",
    "enter",
    "floor_of",
    "further_of",
    "own_path",
    "party_of",
    "proof_of",
    "said",
    "version_of",
    "wording_of",
]

PENDING = "/sign-in/pending"
"""Where a session is led that misses a further factor: `app.state.further` asks for one, and its area has this page."""


def further_of(request: Request) -> Further:
    """What decides whether a proof is enough; whoever builds a further factor sets `app.state.further`."""
    further: Further = getattr(request.app.state, "further", nothing_further)
    return further


def proof_of(request: Request, by: str) -> Proof:
    """A proof, with the browser and the network that it came from."""
    return Proof(by, request.headers.get("user-agent", ""), network_address(request.scope))


def party_of(request: Request) -> Party:
    """To whom passkeys are bound: this site."""
    site: Site = request.app.state.site
    return Party(site.host, site.origin)


def enter(request: Request, opened: Opened, towards: str = "") -> Response:
    """Hand the session to the browser, and lead it on; the token of before, if any, is worth nothing now."""
    with floor_of(request).database.read() as db:
        home = home_of(actor_of(db, opened.account))
    answer = go(PENDING if opened.pending else own_path(towards) or home)
    set_cookie(request, answer, "session", opened.token)
    return answer


def own_path(path: str) -> str:
    """The path if it is one of this site; else nothing."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else ""


def wording_of(request: Request) -> Wording:
    """The words of the mails, each in the language of whoever gets it."""
    pages: Pages = request.app.state.pages
    site: Site = request.app.state.site

    def wording(kind: str, locale: str, token: str) -> tuple[str, str]:
        known = locale if locale in pages.words.locales("accounts") else "en"
        words = pages.words.of(known)
        link = f"{site.origin}/link/{token}" if token else f"{site.origin}/sign-in"
        return words(f"accounts.mails.{kind}_subject"), words(f"accounts.mails.{kind}_text", link=link)

    return wording


def said(request: Request, refusal: Refusal) -> str:
    """A refusal in the reader's language."""
    words = words_of(request, "accounts")
    why = f"accounts.refused.{refusal.code}_{refusal.fields.get('why')}"
    key = why if words.has(why) else f"accounts.refused.{refusal.code}"
    return words(key, **refusal.fields)


def version_of(agent: str) -> str:
    """The first number of the browser's version; empty where none is found."""
    for mark, _ in load_toml("fourcorners.web.accounts", "agents.toml")["browsers"]:
        if mark in agent:
            before = "Version" if mark == "Safari" else mark.rstrip("/")
            found = re.search(rf"{before}[A-Za-z]*/(\d+)", agent)
            return found[1] if found else ""
    return ""


def browser_of(agent: str) -> str:
    """A browser and its system as people know them, such as `Firefox, Linux`; its own words where it is neither."""
    table = load_toml("fourcorners.web.accounts", "agents.toml")
    known = [next((name for mark, name in table[kind] if mark in agent), "") for kind in ("browsers", "systems")]
    return ", ".join(name for name in known if name) or agent[:60] or "?"
