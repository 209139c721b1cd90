"""Webhooks and events: who is told, what was told, how it went."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from fourcorners.accounts.actions import add_endpoint, change_endpoint, remove_endpoint, renew_secret, send_again
from fourcorners.accounts.actions.endpoints import get_endpoint
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.webhooks import subject_of
from fourcorners.infra.webhooks.models import Delivery, DeliveryTry, Endpoint, Event
from fourcorners.web.api.keyed import ApiRoute, Hooks, Reader, floor_of
from fourcorners.web.api.listing import PagingHere, paged
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_more import (
    Deliveries,
    DeliveryShape,
    EndpointChange,
    EndpointMade,
    Endpoints,
    EndpointShape,
    EventPage,
    EventShape,
    NewEndpoint,
    TryShape,
)

__all__ = ["router"]

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["Webhooks"])
URL = ("endpoint_url_invalid", "event_unknown")


@router.get("/webhooks", summary="List endpoints", responses=refuses())
def look_through(request: Request, key: Hooks) -> Endpoints:
    """All endpoints of this world."""
    with floor_of(request).database.read() as db:
        there = (Endpoint.sandbox.is_(key.sandbox), Endpoint.removed_at.is_(None))
        return Endpoints(
            data=[_shape(each) for each in db.scalars(select(Endpoint).where(*there).order_by(Endpoint.id))]
        )


@router.post(
    "/webhooks",
    status_code=201,
    response_model=EndpointMade,
    summary="Add an endpoint",
    responses=refuses("too_many_endpoints", *URL, post=True),
)
def add(request: Request, new: NewEndpoint, key: Hooks, once: OnceHere) -> Response:
    """A new endpoint. Its secret is told in this answer only."""
    with once.write() as db:
        endpoint, secret = add_endpoint(
            db,
            floor_of(request).settings,
            actor=key.id,
            url=new.url,
            sandbox=key.sandbox,
            events=new.events,
            label=new.label,
        )
        return once.answer(db, EndpointMade(**_shape(endpoint).model_dump(), secret=secret))


@router.get("/webhooks/{endpoint}", summary="Fetch an endpoint", responses=refuses("not_found"))
def look(request: Request, endpoint: str, key: Hooks) -> EndpointShape:
    """One endpoint, and whether it works."""
    with floor_of(request).database.read() as db:
        return _shape(get_endpoint(db, endpoint, sandbox=key.sandbox))


@router.patch("/webhooks/{endpoint}", summary="Change an endpoint", responses=refuses("not_found", *URL, body=True))
def change(request: Request, endpoint: str, new: EndpointChange, key: Hooks) -> EndpointShape:
    """Change what is given; switch it on again after it was switched off."""
    with floor_of(request).database.write() as db:
        changed = change_endpoint(
            db,
            floor_of(request).settings,
            endpoint,
            actor=key.id,
            sandbox=key.sandbox,
            url=new.url,
            events=new.events,
            label=new.label,
            working=new.working,
        )
        return _shape(changed)


@router.delete("/webhooks/{endpoint}", status_code=204, summary="Remove an endpoint", responses=refuses("not_found"))
def remove(request: Request, endpoint: str, key: Hooks) -> None:
    """Nothing is sent there any more."""
    with floor_of(request).database.write() as db:
        remove_endpoint(db, endpoint, actor=key.id, sandbox=key.sandbox)


@router.post(
    "/webhooks/{endpoint}/secret",
    status_code=201,
    response_model=EndpointMade,
    summary="Replace the secret",
    responses=refuses("not_found", post=True),
)
def rotate(request: Request, endpoint: str, key: Hooks, once: OnceHere) -> Response:
    """A new secret; for a day messages are signed with both."""
    with once.write() as db:
        renewed, secret = renew_secret(db, endpoint, actor=key.id, sandbox=key.sandbox)
        return once.answer(db, EndpointMade(**_shape(renewed).model_dump(), secret=secret))


@router.get("/webhooks/{endpoint}/deliveries", summary="Read the log", responses=refuses("not_found"))
def log(request: Request, endpoint: str, key: Hooks, page: PagingHere) -> Deliveries:
    """What was sent there, the newest first, with every try."""
    with floor_of(request).database.read() as db:
        there = get_endpoint(db, endpoint, sandbox=key.sandbox)
        query = select(Delivery).where(Delivery.endpoint_id == there.id)
        found, cursor = paged(db, query, Delivery.id, page)
        return Deliveries(data=[_delivery(db, each) for each in found], next_cursor=cursor)


@router.post(
    "/webhooks/{endpoint}/deliveries/{delivery}/resend",
    status_code=201,
    response_model=DeliveryShape,
    summary="Send again",
    responses=refuses("not_found", post=True),
)
def resend(request: Request, endpoint: str, delivery: str, key: Hooks, once: OnceHere) -> Response:
    """The same message once more, under the same `webhook-id`."""
    with once.write() as db:
        get_endpoint(db, endpoint, sandbox=key.sandbox)
        old = db.get(Delivery, delivery)
        if old is None or old.endpoint_id != endpoint:
            raise NotFound("There is no such delivery.")
        return once.answer(db, _delivery(db, send_again(db, delivery, actor=key.id, sandbox=key.sandbox)))


@router.get("/events", summary="List events", tags=["Events"], responses=refuses())
def events(
    request: Request,
    key: Reader,
    page: PagingHere,
    kind: Annotated[str | None, Query(alias="type", max_length=48, description="Only of this kind.")] = None,
    applicant: Annotated[str | None, Query(max_length=32, description="Only of this applicant.")] = None,
) -> EventPage:
    """What happened, the newest first: what webhooks tell, to be fetched."""
    query = select(Event).where(Event.sandbox.is_(key.sandbox))
    query = query if kind is None else query.where(Event.kind == kind)
    query = query if applicant is None else query.where(Event.about_id == applicant)
    with floor_of(request).database.read() as db:
        found, cursor = paged(db, query, Event.id, page)
        return EventPage(data=[_event(each) for each in found], next_cursor=cursor)


@router.get("/events/{event}", summary="Fetch an event", tags=["Events"], responses=refuses("not_found"))
def one_event(request: Request, event: str, key: Reader) -> EventShape:
    """One event, by the `webhook-id` of its message."""
    with floor_of(request).database.read() as db:
        found = db.get(Event, event)
        if found is None or found.sandbox is not key.sandbox:
            raise NotFound("There is no such event.")
        return _event(found)


def _shape(endpoint: Endpoint) -> EndpointShape:
    return EndpointShape(
        id=endpoint.id,
        url=endpoint.url,
        label=endpoint.label,
        events=endpoint.events,
        sandbox=endpoint.sandbox,
        working=endpoint.disabled_at is None,
        disabled_why=endpoint.disabled_why,
        failing_since=endpoint.failing_since,
        old_secret_until=endpoint.old_secret_until,
        created_at=endpoint.created_at,
    )


def _delivery(db: ReadSession, delivery: Delivery) -> DeliveryShape:
    tries = db.scalars(select(DeliveryTry).where(DeliveryTry.delivery_id == delivery.id).order_by(DeliveryTry.id))
    return DeliveryShape(
        id=delivery.id,
        event=delivery.event_id,
        type=db.get_one(Event, delivery.event_id).kind,
        created_at=delivery.created_at,
        done_at=delivery.done_at,
        given_up_at=delivery.given_up_at,
        tries=[TryShape(at=t.at, status=t.status, error=t.error, took_ms=t.took_ms) for t in tries],
    )


def _event(event: Event) -> EventShape:
    told = {subject_of(event): event.about_id, **event.data}
    return EventShape(id=event.id, type=event.kind, timestamp=event.at, sandbox=event.sandbox, data=told)
