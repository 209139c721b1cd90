"""Who asks the API: a key, good for a scope, that does not ask too often; and whose applicants it may know of."""

import time
from collections.abc import Callable, Coroutine
from math import ceil
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from fourcorners.accounts import Scope
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed, NotFound
from fourcorners.people.models import Applicant
from fourcorners.people.queries import get_applicant
from fourcorners.web.api.once import Answered
from fourcorners.web.errors import TooManyRequests
from fourcorners.web.guards import Buckets
from fourcorners.web.limits import key_limits, rate_keys_max
from fourcorners.web.problems import answer_refusal, refusal_of
from fourcorners.web.site import floor_of
from fourcorners.web.who import Key, key_for

__all__ = [
    "AnyKey",
    "ApiRoute",
    "Decider",
    "DecisionReader",
    "Exporter",
    "FileWriter",
    "Hooks",
    "Reader",
    "Writer",
    "applicant_of",
    "floor_of",
    "living_applicant_of",
]


class ApiRoute(APIRoute):
    """A route that answers refusals itself, so that every answer says how much the key may still ask."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, with that around it."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                answer = await handler(request)
            except Answered as again:
                answer = again.answer()
            except Exception as error:
                refusal = refusal_of(error)
                if refusal is None:
                    raise
                answer = answer_refusal(request, refusal)
            if answer.status_code == 401:
                answer.headers["www-authenticate"] = "Bearer"
            for name, value in getattr(request.state, "pace", {}).items():
                answer.headers[name] = value
            return answer

        return handle


def keyed(scope: Scope | None) -> Callable[..., Key]:
    """A guard: a key that is good for `scope`, and not too often. Raises KeyInvalid, ScopeMissing, TooManyRequests."""

    def guard(request: Request, key: Annotated[Key, Depends(key_for(scope))]) -> Key:
        _pace(request, key)
        request.state.key = key
        return key

    return guard


AnyKey = Annotated[Key, Depends(keyed(None))]
Reader = Annotated[Key, Depends(keyed(Scope.APPLICANTS_READ))]
Writer = Annotated[Key, Depends(keyed(Scope.APPLICANTS_WRITE))]
FileWriter = Annotated[Key, Depends(keyed(Scope.FILES_WRITE))]
DecisionReader = Annotated[Key, Depends(keyed(Scope.DECISIONS_READ))]
Decider = Annotated[Key, Depends(keyed(Scope.DECISIONS_WRITE))]
Exporter = Annotated[Key, Depends(keyed(Scope.EXPORTS_READ))]
Hooks = Annotated[Key, Depends(keyed(Scope.WEBHOOKS_WRITE))]


def applicant_of(db: ReadSession, key: Key, applicant_id: str) -> Applicant:
    """The applicant, if it is of the key's world: a key of the sandbox knows of no real person. Raises NotFound."""
    person = get_applicant(db, applicant_id)
    if person.sandbox is not key.sandbox:
        raise NotFound("There is no such applicant.")
    return person


def living_applicant_of(db: ReadSession, key: Key, applicant_id: str) -> Applicant:
    """The same, for what needs their data. Raises KeyDestroyed after erasure."""
    person = applicant_of(db, key, applicant_id)
    if person.erased_at is not None:
        raise KeyDestroyed("The data of this person were erased.")
    return person


def buckets_of(app: FastAPI) -> Buckets:
    """The counters of all keys, of this process alone."""
    if not hasattr(app.state, "key_buckets"):
        app.state.key_buckets = Buckets(rate_keys_max(), time.monotonic)
    buckets: Buckets = app.state.key_buckets
    return buckets


def _pace(request: Request, key: Key) -> None:
    buckets = buckets_of(request.app)
    limit = next(limit for limit in key_limits() if limit.fits(request.method, request.url.path))
    wait = buckets.take(limit, key.id)
    after = ceil(wait) if wait else ceil(limit.per_s / limit.requests)
    request.state.pace = {
        "ratelimit-policy": f'"{limit.name}";q={limit.requests};w={int(limit.per_s)}',
        "ratelimit": f'"{limit.name}";r={buckets.left(limit, key.id)};t={after}',
    }
    if wait:
        raise TooManyRequests("This API key asks too often.", retry_after_s=ceil(wait))
