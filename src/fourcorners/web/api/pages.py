"""Pages for developers: webhooks with their log, and the description of the API."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlalchemy import select

from fourcorners.accounts import Permission
from fourcorners.accounts.actions import add_endpoint, change_endpoint, remove_endpoint, renew_secret, send_again
from fourcorners.accounts.actions.endpoints import get_endpoint
from fourcorners.infra.db import ReadSession
from fourcorners.infra.webhooks import kinds
from fourcorners.infra.webhooks.errors import EndpointUrlInvalid, EventUnknown, TooManyEndpoints
from fourcorners.infra.webhooks.models import Delivery, DeliveryTry, Endpoint, Event
from fourcorners.web.api.keyed import floor_of
from fourcorners.web.api.openapi import TAGS
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.who import Who, staff_who

__all__ = ["router"]

router = page_router("/console")
Developer = Annotated[Who, Depends(staff_who(Permission.MANAGE_WEBHOOKS))]
KeyHolder = Annotated[Who, Depends(staff_who(Permission.MANAGE_KEYS))]
HERE = "/console/webhooks"
SHOWN_MAX = 50
METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/webhooks")
def look_through(request: Request, who: Developer) -> Response:
    """All endpoints, and the form for a new one."""
    return _list(request)


@router.post("/webhooks")
def add(request: Request, form: Form, who: Developer) -> Response:
    """A new endpoint; its secret is shown once."""
    url, label = text_of(form, "url", length_max=600), text_of(form, "label", length_max=80)
    chosen = [kind for kind in kinds() if text_of(form, f"event_{kind}")]
    sandbox = text_of(form, "world") != "live"
    floor = floor_of(request)
    try:
        with floor.database.write() as db:
            endpoint, secret = add_endpoint(
                db, floor.settings, actor=who.id, url=url, sandbox=sandbox, events=chosen, label=label
            )
    except EndpointUrlInvalid as refusal:
        wrong = words_of(request, "api")(f"api.wrong.{refusal.fields['why']}")
        return _list(request, errors={"url": wrong}, typed={"url": url, "label": label}, chosen=chosen)
    except (EventUnknown, TooManyEndpoints) as refusal:
        return _list(request, errors={"url": refusal.message}, typed={"url": url, "label": label}, chosen=chosen)
    return _one(request, endpoint.id, secret=secret)


@router.get("/webhooks/{endpoint}")
def look(request: Request, endpoint: str, who: Developer) -> Response:
    """One endpoint with its log."""
    return _one(request, endpoint)


@router.post("/webhooks/{endpoint}/secret")
def rotate(request: Request, endpoint: str, form: Form, who: Developer) -> Response:
    """Another secret, shown once; the old one is good for a day more."""
    with floor_of(request).database.write() as db:
        _, secret = renew_secret(db, endpoint, actor=who.id, sandbox=None)
    return _one(request, endpoint, secret=secret)


@router.post("/webhooks/{endpoint}/working")
def switch(request: Request, endpoint: str, form: Form, who: Developer) -> Response:
    """Switch it on or off."""
    floor = floor_of(request)
    with floor.database.write() as db:
        on = text_of(form, "on") == "yes"
        change_endpoint(db, floor.settings, endpoint, actor=who.id, sandbox=None, working=on)
    return go(f"{HERE}/{endpoint}")


@router.post("/webhooks/{endpoint}/remove")
def remove(request: Request, endpoint: str, form: Form, who: Developer) -> Response:
    """Nothing is sent there any more."""
    with floor_of(request).database.write() as db:
        remove_endpoint(db, endpoint, actor=who.id, sandbox=None)
    return go(HERE)


@router.post("/webhooks/{endpoint}/deliveries/{delivery}")
def resend(request: Request, endpoint: str, delivery: str, form: Form, who: Developer) -> Response:
    """The same message once more."""
    with floor_of(request).database.write() as db:
        send_again(db, delivery, actor=who.id, sandbox=None)
    return go(f"{HERE}/{endpoint}")


@router.get("/api")
def description(request: Request, who: KeyHolder) -> Response:
    """What the API takes and gives, from its own description."""
    told = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {tag: [] for tag in TAGS}
    for path, methods in told["paths"].items():
        for method in METHODS:
            said = methods.get(method)
            if said and said["tags"][0] in groups:
                groups[said["tags"][-1]].append(_operation(method, path, said))
    return show(request, "api/docs.html.j2", groups=groups, tags=TAGS, hooks=kinds(), version=told["info"]["version"])


def _operation(method: str, path: str, said: dict[str, Any]) -> dict[str, Any]:
    bodies = said.get("requestBody", {}).get("content", {})
    answers = {status: entry.get("description", "") for status, entry in sorted(said["responses"].items())}
    return {
        "id": said["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": said["summary"],
        "about": said.get("description", ""),
        "scopes": [scope for entry in said.get("security", []) for scopes in entry.values() for scope in scopes],
        "parameters": said.get("parameters", []),
        "bodies": {kind: _name(body.get("schema", {})) for kind, body in bodies.items()},
        "answers": answers,
    }


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _list(
    request: Request,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    chosen: list[str] | None = None,
) -> Response:
    with floor_of(request).database.read() as db:
        there = select(Endpoint).where(Endpoint.removed_at.is_(None)).order_by(Endpoint.created_at, Endpoint.id)
        endpoints = list(db.scalars(there))
    return show(
        request,
        "api/webhooks.html.j2",
        status=422 if errors else 200,
        endpoints=endpoints,
        kinds=list(kinds()),
        errors=errors or {},
        typed=typed or {"url": "", "label": ""},
        chosen=chosen or [],
    )


def _one(request: Request, endpoint_id: str, *, secret: str = "") -> Response:
    with floor_of(request).database.read() as db:
        endpoint = get_endpoint(db, endpoint_id, sandbox=None)
        newest = select(Delivery).where(Delivery.endpoint_id == endpoint.id).order_by(Delivery.id.desc())
        log = [_row(db, delivery) for delivery in db.scalars(newest.limit(SHOWN_MAX))]
        return show(
            request,
            "api/webhook.html.j2",
            endpoint=endpoint,
            secret=secret,
            log=log,
            old_until=endpoint.old_secret_until if (endpoint.old_secret_until or db.now) > db.now else None,
        )


def _row(db: ReadSession, delivery: Delivery) -> dict[str, Any]:
    tries = list(db.scalars(select(DeliveryTry).where(DeliveryTry.delivery_id == delivery.id).order_by(DeliveryTry.id)))
    return {
        "id": delivery.id,
        "kind": db.get_one(Event, delivery.event_id).kind,
        "event": delivery.event_id,
        "at": delivery.created_at,
        "state": "done" if delivery.done_at else "given_up" if delivery.given_up_at else "waiting",
        "tries": len(tries),
        "last": tries[-1] if tries else None,
    }
