"""Who asks: guards for routes. `SignedIn` for anybody, `staff_who(permission)`, `Customer`, `key_for(scope)` for /v1.

A guard hands the route who asks; the action checks again whether they may, with what it does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.datastructures import FormData
from starlette.requests import HTTPConnection

from fourcorners.accounts import (
    Actor,
    Kind,
    Permission,
    Role,
    Scope,
    actor_of,
    can,
    check_can,
    find_session,
    get_key,
    person_of,
)
from fourcorners.accounts.actions import note_key_use, touch_session
from fourcorners.accounts.errors import KeyInvalid, NotAllowed, NotSignedIn, ScopeMissing
from fourcorners.accounts.policy import span
from fourcorners.clearance.queue import count_waiting
from fourcorners.devices.actions import check_signed
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.places import open_places
from fourcorners.devices.queries import Seen, binding_is_due, find_binding
from fourcorners.infra import Floor
from fourcorners.screening.queries import count_hits
from fourcorners.screening.rules import State
from fourcorners.web.forms import Form, text_of
from fourcorners.web.guards import SAFE, network_address
from fourcorners.web.pages import words_of
from fourcorners.web.places import HITS, QUEUE, places_of
from fourcorners.web.site import Site

__all__ = [
    "Customer",
    "Key",
    "SignedHere",
    "SignedIn",
    "SignedInBefore",
    "Who",
    "key_for",
    "seen_by",
    "signed_form",
    "signed_here",
    "signed_in",
    "signed_in_before",
    "signed_writes",
    "staff_who",
]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in: what actions ask as `actor=who.id`, and what pages show."""

    actor: Actor
    session: str
    name: str
    email: str
    role_word: str = ""
    bound: bool = False

    @property
    def id(self) -> str:
        """The id of the account."""
        return self.actor.id


@dataclass(frozen=True, slots=True)
class Key:
    """A program that showed an API key: `id` is the actor, `sandbox` says in which world it acts."""

    id: str
    sandbox: bool
    scopes: frozenset[str] = frozenset()


def signed_in(request: Request) -> Who:
    """Whoever is signed in, wholly, on the device that signed in.

    Raises NotSignedIn, which leads a person to the page to sign in, or to the one on which their device signs again.
    """
    return _whoever(request, from_device=True)


def signed_in_before(request: Request) -> Who:
    """Whoever is signed in, though their device must sign again: for the page on which it does. Raises NotSignedIn."""
    return _whoever(request, from_device=False)


def _whoever(request: Request, *, from_device: bool) -> Who:
    floor: Floor = request.app.state.floor
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie("session"), "")
    with floor.database.read() as db:
        found = find_session(db, token) if token else None
        if found is None or found[0].pending is not None:
            raise NotSignedIn("Please sign in.", pending=None if found is None else found[0].pending)
        session, account = found
        bound = find_binding(db, session.id)
        if bound is not None and from_device and (binding_is_due(db, bound[0], seen_by(request))):
            raise NotSignedIn("This device must show once more that it is yours.", prove=True)
        actor, person = actor_of(db, account.id), person_of(db, account)
        waiting = {}
        if can(actor, Permission.SEE_CASES):
            waiting = {QUEUE: count_waiting(db), HITS: count_hits(db, State.OPEN)}
        due = db.now - session.seen_at >= span("session.every", "touch_seconds")
    if due:
        with floor.database.write() as db:
            touch_session(db, session.id, actor=actor.id)
    words = words_of(request, "accounts")
    role = words(f"accounts.roles.{actor.role}") if actor.role else ""
    who = Who(actor, session.id, person.name or person.email, person.email, role, bound is not None)
    request.state.shown = {
        "signed_in": who,
        "places": places_of(actor, words, waiting) if actor.kind is Kind.STAFF else [],
    }
    return who


SignedIn = Annotated[Who, Depends(signed_in)]
SignedInBefore = Annotated[Who, Depends(signed_in_before)]


def seen_by(connection: HTTPConnection) -> Seen:
    """What a browser and its network say of themselves."""
    floor: Floor = connection.app.state.floor
    address = network_address(connection.scope)
    where = open_places(floor.settings.places_file).find(address)
    return Seen(connection.headers.get("user-agent", "")[:300], address, where)


def signed_form(request: Request, form: FormData) -> Signed:
    """What the device signed, as it came with a form."""
    site: Site = request.app.state.site
    challenge = text_of(form, "device_challenge", length_max=200)
    signature = text_of(form, "device_signature", length_max=200)
    return Signed(site.secret, request.method, request.url.path, challenge, signature)


def signed_here(request: Request, form: Form, who: SignedIn) -> Who:
    """A guard for what matters: the session's device has signed this very request. Raises ProofRefused, DeviceUnknown.

    A session that belongs to no device passes: it was opened where no device is asked for.
    """
    if who.bound:
        floor: Floor = request.app.state.floor
        with floor.database.write() as db:
            check_signed(db, who.session, signed_form(request, form), actor=who.id)
    return who


SignedHere = Annotated[Who, Depends(signed_here)]


def signed_writes(request: Request, form: Form, who: SignedIn) -> None:
    """A guard for a whole router: the session's device has signed whatever is sent to it. Reads go through."""
    if request.method not in SAFE:
        signed_here(request, form, who)


def _customer(who: SignedIn) -> Who:
    if who.actor.kind is not Kind.CUSTOMER:
        raise NotAllowed("This is for customers.")
    return who


Customer = Annotated[Who, Depends(_customer)]


def staff_who(permission: Permission) -> Callable[[Who], Who]:
    """A guard: `Annotated[Who, Depends(staff_who(Permission.SEE_CASES))]`. Raises NotSignedIn, NotAllowed."""

    def guard(who: SignedIn) -> Who:
        check_can(who.actor, permission)
        return who

    return guard


_bearer = HTTPBearer(auto_error=False, description="An API key: `fck_live_...`, or `fck_test_...` for the sandbox.")


def key_for(scope: Scope | None) -> Callable[..., Key]:
    """A guard for /v1: `Annotated[Key, Depends(key_for(Scope.APPLICANTS_READ))]`; None: any key will do.

    Raises KeyInvalid, ScopeMissing.
    """
    scheme = Security(_bearer, scopes=[scope.value] if scope else [])

    def guard(request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, scheme] = None) -> Key:
        if shown is None:
            raise KeyInvalid("This needs a valid API key.")
        floor: Floor = request.app.state.floor
        with floor.database.read() as db:
            key = get_key(db, shown.credentials)
            due = key.used_at is None or db.now - key.used_at >= span("key", "touch_seconds")
        if scope is not None and scope not in key.scopes:
            raise ScopeMissing("This API key is not good for that.", scope=scope.value)
        if due:
            with floor.database.write() as db:
                note_key_use(db, key.id, actor=key.id)
        return Key(key.id, key.sandbox, frozenset(key.scopes))

    return guard


def role_words(request: Request) -> list[tuple[str, str]]:
    """Every role with its words, to choose from."""
    words = words_of(request, "accounts")
    return [(role.value, words(f"accounts.roles.{role}")) for role in Role]
