"""Who asks: guards for routes. `SignedIn` for anybody, `staff_who(permission)`, `Customer`, `key_for(scope)` for /v1.

A guard hands the route who asks; the action checks again whether they may, with what it does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from fourcorners.accounts import (
    Actor,
    Kind,
    Permission,
    Role,
    Scope,
    actor_of,
    check_can,
    find_session,
    get_key,
    person_of,
)
from fourcorners.accounts.actions import note_key_use, touch_session
from fourcorners.accounts.errors import KeyInvalid, NotAllowed, NotSignedIn, ScopeMissing
from fourcorners.accounts.policy import span
from fourcorners.infra import Floor
from fourcorners.web.pages import words_of
from fourcorners.web.places import places_of
from fourcorners.web.site import Site

__all__ = ["Customer", "Key", "SignedIn", "Who", "key_for", "signed_in", "staff_who"]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in: what actions ask as `actor=who.id`, and what pages show."""

    actor: Actor
    session: str
    name: str
    email: str
    role_word: str = ""

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
    """Whoever is signed in, wholly. Raises NotSignedIn, which leads a person to the page to sign in."""
    floor: Floor = request.app.state.floor
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie("session"), "")
    with floor.database.read() as db:
        found = find_session(db, token) if token else None
        if found is None or found[0].pending is not None:
            raise NotSignedIn("Please sign in.", pending=None if found is None else found[0].pending)
        session, account = found
        actor, person = actor_of(db, account.id), person_of(db, account)
        due = db.now - session.seen_at >= span("session.every", "touch_seconds")
    if due:
        with floor.database.write() as db:
            touch_session(db, session.id, actor=actor.id)
    words = words_of(request, "accounts")
    role = words(f"accounts.roles.{actor.role}") if actor.role else ""
    who = Who(actor, session.id, person.name or person.email, person.email, role)
    request.state.shown = {"signed_in": who, "places": places_of(actor, words) if actor.kind is Kind.STAFF else []}
    return who


SignedIn = Annotated[Who, Depends(signed_in)]


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
