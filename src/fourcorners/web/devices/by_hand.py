"""A new device decided by a person: asked for at the door, photos by the mailed link, the word of its owner (DEV8)."""

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from fourcorners.devices.actions import Photo, ask_person, hand_in_photos, object_to_device
from fourcorners.devices.by_hand import MOVES, Stage, stands_at
from fourcorners.devices.errors import FactorNotAsked, LinkOver, TicketOver, TooOften
from fourcorners.devices.queries import find_ticket_by_link, ticket_of
from fourcorners.evidence.rules import size_max_bytes
from fourcorners.infra.errors import NotFound
from fourcorners.kit.errors import Refusal
from fourcorners.web.accounts.entering import PENDING
from fourcorners.web.devices.knocking import about, at_door, floor_of, mail_words, said
from fourcorners.web.devices.pending import page_of
from fourcorners.web.forms import Form, page_router
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.telling import refusal_words
from fourcorners.web.uploads import accept_file
from fourcorners.web.who import SignedHere

__all__ = ["router"]

router = APIRouter()
door = page_router(PENDING)
mailed = page_router("/devices/hand")
SIDES = ("document_front", "document_back")


@door.post("/person")
def ask(request: Request, form: Form) -> Response:
    """None of the other ways will do: a link to the mailbox, by which photos are handed in."""
    here = at_door(request)
    if here is None:
        return go("/sign-in")
    try:
        with floor_of(request).database.write() as db:
            ask_person(db, here.request, here.session, actor=here.account, wording=mail_words(request))
    except (FactorNotAsked, TicketOver, TooOften) as refusal:
        return page_of(request, wrong=said(request, refusal))
    return go(PENDING)


@mailed.get("/{token}")
def look(request: Request, token: str) -> Response:
    """The device that waits, and what can be done: hand in photos, or say no."""
    return _page(request, token)


@mailed.post("/{token}/files")
def take(request: Request, form: Form, token: str) -> Response:
    """Front and back of the document."""
    photos: dict[str, Photo] = {}
    errors: dict[str, str] = {}
    for side in SIDES:
        file = form.get(side)
        if not isinstance(file, UploadFile) or not file.filename:
            errors[side] = words_of(request, "devices")("devices.hand.missing")
            continue
        data = file.file.read(size_max_bytes(side) + 1)
        try:
            photos[side] = Photo(data, accept_file(request, side, data, file.filename[:120]))
        except Refusal as refusal:
            errors[side] = refusal_words(request, refusal, area="devices")
    if errors:
        return _page(request, token, errors=errors)
    floor = floor_of(request)
    try:
        with floor.database.write() as db:
            hand_in_photos(db, floor.blobs, token, *(photos[side] for side in SIDES))
    except (LinkOver, TicketOver):
        return _page(request, token)
    return go(f"/devices/hand/{token}")


@mailed.post("/{token}/no")
def say_no(request: Request, form: Form, token: str) -> Response:
    """It was not them."""
    try:
        with floor_of(request).database.write() as db:
            object_to_device(db, token=token, wording=mail_words(request))
    except (LinkOver, TicketOver):
        return _page(request, token)
    return go(f"/devices/hand/{token}")


@mailed.post("/waiting/{ticket}/no")
def say_no_here(request: Request, form: Form, who: SignedHere, ticket: str) -> Response:
    """It was not them, says a trusted device."""
    try:
        with floor_of(request).database.write() as db:
            object_to_device(db, ticket_id=ticket, actor=who.id, wording=mail_words(request))
    except (NotFound, TicketOver):
        return go("/devices")
    return go("/devices?done=denied")


def _page(request: Request, token: str, *, errors: dict[str, str] | None = None) -> Response:
    with floor_of(request).database.read() as db:
        kept = find_ticket_by_link(db, token)
        if kept is None:
            return show(request, "devices/hand.html.j2", status=410, stage="over", token="", seen=None, errors={})
        stage = stands_at(ticket_of(db, kept), db.now).stage
        seen = about(db, kept)
    return show(
        request,
        "devices/hand.html.j2",
        status=422 if errors else 200,
        stage=stage.value,
        may_object=Stage.OBJECTED in MOVES[stage],
        token=token,
        seen=seen,
        asked=kept,
        errors=errors or {},
    )


router.include_router(door)
router.include_router(mailed)
