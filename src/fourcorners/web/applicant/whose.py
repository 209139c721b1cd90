"""Whose verification a request is about: that of the link which the browser opened, or of whoever is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from fourcorners.accounts import Kind, find_session
from fourcorners.evidence.actions import store_upload
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.people import Item, ItemState, State, Step
from fourcorners.people.consents import has_agreed
from fourcorners.people.grants import find_grant
from fourcorners.people.models import Applicant, Verification
from fourcorners.people.queries import (
    find_applicant,
    get_applicant,
    get_verification_of,
    item_states,
    items_wanted,
    progress,
    state_of,
)
from fourcorners.web.errors import LinkNeeded
from fourcorners.web.pages import go, locale_of, show
from fourcorners.web.site import Site, floor_of

__all__ = [
    "COOKIE",
    "Mine",
    "customer_of",
    "floor_of",
    "keep_file",
    "mine",
    "mine_to_write",
    "next_path",
    "page",
    "pass_id",
]

COOKIE = "applicant"

PATHS = {
    Step.RESIDENCE: "/verify/residence",
    Step.DETAILS: "/verify/details",
    Step.DOCUMENT: "/verify/document",
    Step.ADDRESS: "/verify/address",
}
OVER = (State.VERIFIED, State.REJECTED_FINAL, State.ACTION_REQUIRED)
CLOSED = (State.UNDER_REVIEW, State.VERIFIED, State.REJECTED_FINAL)
"""Nothing can be handed in now: who comes back to a page of a step is led to where it stands."""

GIVEN = (ItemState.GIVEN, ItemState.ACCEPTED)


@dataclass(frozen=True)
class Mine:
    """The applicant, their verification, and the id of what let the browser in: a grant, or a session of an account."""

    applicant: Applicant
    verification: Verification
    session: str

    @property
    def id(self) -> str:
        """The verification's id."""
        return self.verification.id

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.verification)


def pass_id(asked: HTTPConnection) -> str:
    """The secret in the browser's cookie; empty if there is none."""
    site: Site = asked.app.state.site
    return asked.cookies.get(site.cookie(COOKIE), "")


def whose(db: ReadSession, asked: HTTPConnection) -> Mine:
    """Raises LinkNeeded for a browser that opened no link and in which no customer is signed in."""
    grant = find_grant(db, pass_id(asked), ("browser",))
    if grant is not None:
        return Mine(get_applicant(db, grant.applicant_id), get_verification_of(db, grant.applicant_id), grant.id)
    customer = customer_of(db, asked)
    person = None if customer is None else find_applicant(db, account_id=customer[1])
    if customer is None or person is None:
        raise LinkNeeded("Please open the link that you were sent, or sign in: this page belongs to one person.")
    return Mine(person, get_verification_of(db, person.id), customer[0])


def customer_of(db: ReadSession, asked: HTTPConnection) -> tuple[str, str] | None:
    """The ids of session and account of the customer who is signed in, wholly, in this browser."""
    site: Site = asked.app.state.site
    token = asked.cookies.get(site.cookie("session"), "")
    found = find_session(db, token) if token else None
    if found is None or found[0].pending is not None or found[1].kind != Kind.CUSTOMER:
        return None
    return found[0].id, found[1].id


@contextmanager
def mine(asked: HTTPConnection) -> Iterator[tuple[ReadSession, Mine]]:
    """A session to read in, and whose it is."""
    with floor_of(asked).database.read() as db:
        yield db, whose(db, asked)


@contextmanager
def mine_to_write(asked: HTTPConnection) -> Iterator[tuple[WriteSession, Mine]]:
    """One transaction, and whose it is."""
    with floor_of(asked).database.write() as db:
        yield db, whose(db, asked)


def keep_file(
    asked: HTTPConnection,
    db: WriteSession,
    own: Mine,
    item: Item,
    data: bytes,
    media_type: str,
    *,
    source: str,
    name: str,
) -> str:
    """Seal and keep a file that was handed in for an item; gives its id. Raises what `store_upload` raises."""
    return store_upload(
        db,
        floor_of(asked).blobs,
        actor=own.applicant.id,
        owner_id=own.applicant.id,
        case_id=own.id,
        item=item.value,
        data=data,
        media_type=media_type,
        source=source,
        name=name,
    ).id


def next_path(db: ReadSession, own: Mine) -> str:
    """Where this applicant goes on."""
    if own.state in OVER:
        return "/verify/result"
    if own.state is State.UNDER_REVIEW:
        return "/verify/waiting"
    if not has_agreed(db, own.applicant.id, "biometric"):
        return "/verify/start"
    if own.state is not State.IN_PROGRESS:
        return PATHS[Step.RESIDENCE]
    told = progress(db, own.verification)
    for step, state in told.items():
        if state not in ("empty", "partial"):
            continue
        if step in PATHS:
            return PATHS[step]
        return _next_picture(db, own)
    return "/verify/review"


def next_redo(db: ReadSession, own: Mine) -> str:
    """The next item that is asked for again; the review page when all are there."""
    states = item_states(db, own.id)
    for item in Item:
        if states.get(item) is ItemState.REDO:
            return item_path(item)
    missing = [item for item in items_wanted(own.verification) if states.get(item) not in GIVEN]
    return item_path(missing[0]) if missing else "/verify/review"


def item_path(item: Item) -> str:
    """The page on which an item is given."""
    if item is Item.CLAIMS:
        return "/verify/details"
    if item is Item.LIVE:
        return "/verify/live"
    if item in (Item.PAPER, Item.ATTESTATION, Item.OWNERS_PAPER):
        return "/verify/address"
    return f"/verify/capture/{item.value}"


def onward(db: ReadSession, own: Mine) -> Response:
    """To the next thing, after a form."""
    return go(next_redo(db, own) if own.state is State.ACTION_REQUIRED else next_path(db, own))


def page(
    request: Request,
    db: ReadSession,
    own: Mine,
    template: str,
    *,
    step: Step | None = None,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - what a template is given
) -> Response:
    """A page of the flow; that of a `step` has a progress bar, and leads on when nothing can be handed in."""
    if step is not None and own.state in CLOSED:
        return go(next_path(db, own))
    steps = list(progress(db, own.verification))
    steps += [Step.REVIEW] if Step.REVIEW not in steps else []
    bar = (steps.index(step) + 1, len(steps)) if step in steps else None
    again = own.state is State.ACTION_REQUIRED
    before = None if again or bar is None or bar[0] == 1 else steps[bar[0] - 2]
    return show(
        request,
        f"applicant/{template}.html.j2",
        status=status,
        step=None if again else bar,
        again=again,
        back="" if before is None else _path_of(before, own),
        verification=own.verification,
        state=own.state.value,
        **values,
    )


def _path_of(step: Step, own: Mine) -> str:
    """The page of a step; of those with several, the first."""
    if step in PATHS:
        return PATHS[step]
    of_step = (Item.SELFIE, Item.LIVE) if step is Step.SELFIE else (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK)
    return next((item_path(item) for item in of_step if item in items_wanted(own.verification)), "/verify/review")


def locale_here(request: Request) -> str:
    """The locale in which the applicant reads."""
    return locale_of(request, "applicant")


def _next_picture(db: ReadSession, own: Mine) -> str:
    states = item_states(db, own.id)
    for item in items_wanted(own.verification):
        if item in (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK, Item.SELFIE, Item.LIVE) and states.get(item) not in GIVEN:
            return item_path(item)
    return "/verify/review"
