"""Whose application a request is about, and who asks: an editor by the link they were sent, or by their account."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import Request

from fourcorners.accounts import get_account, person_of
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.institutions import State
from fourcorners.institutions.actions import find_editor_by_secret
from fourcorners.institutions.models import Editor, Institution
from fourcorners.institutions.queries import find_editor, get_institution, read_editor, state_of
from fourcorners.web.errors import PageMissing
from fourcorners.web.guards import network_address
from fourcorners.web.pages import locale_of
from fourcorners.web.site import Site, floor_of
from fourcorners.web.who import signed_in

__all__ = [
    "AREA_NAME",
    "COOKIE",
    "Mine",
    "floor_of",
    "invited_editor",
    "locale_here",
    "mine",
    "mine_to_write",
    "origin_of",
]

AREA_NAME = "institutions"
COOKIE = "institution"


@dataclass(frozen=True)
class Mine:
    """The application, and the editor who asks."""

    institution: Institution
    editor: Editor
    name: str
    """The editor's name; empty where they gave none."""
    address: str
    """The network address that they come from."""

    @property
    def id(self) -> str:
        """The institution's id."""
        return self.institution.id

    @property
    def actor(self) -> str:
        """Who acts: the editor."""
        return self.editor.id

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.institution)

    @property
    def is_open(self) -> bool:
        """May sections be changed? Also by an approved institution that looks through its application again."""
        return self.state is State.DRAFT or (self.state is State.APPROVED and self.institution.renewing)

    @property
    def path(self) -> str:
        """The address of its pages."""
        return f"/institution/{self.id}"


def origin_of(request: Request) -> str:
    """What links in mails begin with."""
    site: Site = request.app.state.site
    return site.origin


def locale_here(request: Request) -> str:
    """The locale in which the editor reads."""
    return locale_of(request, AREA_NAME)


def invited_editor(db: ReadSession, request: Request) -> Editor | None:
    """The editor whose link this browser opened, if they have no account."""
    site: Site = request.app.state.site
    secret = request.cookies.get(site.cookie(COOKIE), "")
    return find_editor_by_secret(db, secret, ("browser",)) if secret else None


@contextmanager
def mine(request: Request, institution_id: str) -> Iterator[tuple[ReadSession, Mine]]:
    """A session to read in, and whose it is. Raises NotSignedIn, PageMissing."""
    account = _account(request, institution_id)
    with floor_of(request).database.read() as db:
        yield db, _own(db, request, institution_id, account)


@contextmanager
def mine_to_write(request: Request, institution_id: str) -> Iterator[tuple[WriteSession, Mine]]:
    """One transaction, and whose it is. Raises NotSignedIn, PageMissing."""
    account = _account(request, institution_id)
    with floor_of(request).database.write() as db:
        yield db, _own(db, request, institution_id, account)


def _account(request: Request, institution_id: str) -> str | None:
    """The account that asks, where the browser did not come by a link to this application."""
    with floor_of(request).database.read() as db:
        editor = invited_editor(db, request)
        if editor is not None and editor.institution_id == institution_id:
            return None
    return signed_in(request).id


def _own(db: ReadSession, request: Request, institution_id: str, account: str | None) -> Mine:
    editor = invited_editor(db, request) if account is None else find_editor(db, institution_id, account)
    if editor is None or editor.institution_id != institution_id:
        raise PageMissing("There is no such application, or you are not among those who fill it in.")
    institution = get_institution(db, institution_id)
    if institution.erased_at is not None:
        raise PageMissing("The data of this institution were erased.")
    name = read_editor(db, editor)["name"]
    if not name and account is not None:
        name = person_of(db, get_account(db, account)).name
    return Mine(institution, editor, name, network_address(request.scope))
