"""What every kind of case has in common at the desk: it is taken, given back, given to a colleague, and acted on."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.clearance.actions import assign, claim, release
from fourcorners.infra import WriteSession
from fourcorners.kit.errors import Refusal
from fourcorners.web.console.desk import Reviewer, floor_of
from fourcorners.web.forms import Form, text_of
from fourcorners.web.pages import go
from fourcorners.web.who import Who

__all__ = ["Act", "act_on", "add_taking"]

Act = Callable[[WriteSession], object]


def act_on(request: Request, act: Act, again: Callable[[Refusal], Response], place: Callable[[], str]) -> Response:
    """Do it and go to `place`; what is refused is said on the page that `again` makes."""
    try:
        with floor_of(request).database.write() as db:
            act(db)
    except Refusal as refusal:
        if refusal.code in ("not_found", "not_allowed"):
            raise
        return again(refusal)
    return go(place())


def add_taking(router: APIRouter, do: Callable[[Request, Who, str, Act], Response]) -> None:
    """The three ways in which a case changes hands, below `router`'s place; `do` acts, and shows the case again."""

    @router.post("/{case}/claim")
    def take(request: Request, form: Form, who: Reviewer, case: str) -> Response:
        """Take it."""
        return do(request, who, case, lambda db: claim(db, case, actor=who.actor))

    @router.post("/{case}/release")
    def give_back(request: Request, form: Form, who: Reviewer, case: str) -> Response:
        """Give it back to the queue."""
        return do(request, who, case, lambda db: release(db, case, actor=who.actor))

    @router.post("/{case}/assign")
    def give_to(request: Request, form: Form, who: Reviewer, case: str) -> Response:
        """Give it to a colleague."""
        return do(request, who, case, lambda db: assign(db, case, actor=who.actor, to=text_of(form, "to")))
