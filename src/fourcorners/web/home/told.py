"""The demonstration's own server for webhooks: it believes what is signed, and keeps the last messages to be looked at.

A program talks to it, not a browser: it lies beside the API, sets and reads no cookie, and asks for the signature.
"""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.infra import Floor
from fourcorners.infra.errors import NotFound
from fourcorners.infra.webhooks.deliver import secrets_of
from fourcorners.kit.standard_webhooks import check_signature
from fourcorners.operations.demonstration import WEBHOOKS, find_demonstrated

__all__ = ["Told", "messages_of", "router"]

router = APIRouter(include_in_schema=False)
KEPT_MAX = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One message: the id by which it is known again, what happened, and its data, each value as text."""

    id: str
    type: str
    at: datetime
    data: Mapping[str, str]


@router.post(WEBHOOKS, status_code=204)
async def take(request: Request) -> Response:
    """Keep it. Raises NotFound outside of the demonstration, WebhookRefused for what we have not signed just now."""
    floor: Floor = request.app.state.floor
    if floor.settings.mode != "demo":
        raise NotFound("There is nothing here.")
    body = await request.body()
    message = await run_in_threadpool(_checked, floor, dict(request.headers), body)
    told: dict[str, Any] = json.loads(body)
    kept = messages_of(request)
    if message not in {each.id for each in kept}:
        data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in told["data"].items()}
        kept.appendleft(Told(message, told["type"], floor.clock(), data))
    return Response(status_code=204)


def messages_of(request: Request) -> deque[Told]:
    """The last ones, the newest first; of this process, as long as it runs."""
    if not hasattr(request.app.state, "told"):
        request.app.state.told = deque(maxlen=KEPT_MAX)
    kept: deque[Told] = request.app.state.told
    return kept


def _checked(floor: Floor, headers: dict[str, str], body: bytes) -> str:
    with floor.database.read() as db:
        endpoint = find_demonstrated(db)
        secrets = [] if endpoint is None else secrets_of(db, endpoint)
    return check_signature(secrets, headers, body, floor.clock().timestamp())
