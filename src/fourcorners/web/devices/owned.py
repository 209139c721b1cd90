"""The owner's devices: who asks to come in, the list, names, removal (DEV4, DEV9, DEV10)."""

from fastapi import Request, Response

from fourcorners.accounts import Kind
from fourcorners.accounts.actions.sessions import is_fresh
from fourcorners.accounts.errors import NotFresh
from fourcorners.devices.actions import allow, deny, note_told, remove_device, remove_other_devices, rename_device
from fourcorners.devices.errors import DeviceHere, DeviceUnknown, FactorNotAsked, RequestOver
from fourcorners.devices.numbers import hidden
from fourcorners.devices.queries import (
    find_number,
    has_authenticator,
    held_until,
    lately_trusted,
    list_devices,
    list_knocking,
    list_tickets,
    number_of,
    seen_of,
)
from fourcorners.devices.rules import Factor, Status
from fourcorners.web.devices.knocking import about, device_of, floor_of, mail_words, said, telephone_offered
from fourcorners.web.devices.pending import wrong_code
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show
from fourcorners.web.who import SignedHere, SignedIn, Who

__all__ = ["router"]

router = page_router("/devices")
HERE = "/devices"


@router.get("")
def look(request: Request, who: SignedIn) -> Response:
    """Who asks, then the list."""
    return _page(request, who)


@router.post("/requests/{knocking}/allow")
def let_in(request: Request, knocking: str, form: Form, who: SignedHere) -> Response:
    """The code that the new device shows was typed here."""
    try:
        with floor_of(request).database.write() as db:
            typed = text_of(form, "code", length_max=20)
            knock = allow(db, knocking, typed, device_of(db, who), actor=who.id)
    except (RequestOver, FactorNotAsked, DeviceUnknown) as refusal:
        return _page(request, who, wrong=said(request, refusal))
    if knock.status is Status.LOCKED:
        return go(f"{HERE}?done=locked")
    if Factor.DEVICE in knock.missing:
        return _page(request, who, errors={f"code-{knocking}": wrong_code(request, knock)})
    return go(f"{HERE}?done=allowed")


@router.post("/requests/{knocking}/deny")
def keep_out(request: Request, knocking: str, form: Form, who: SignedHere) -> Response:
    """It was not the owner."""
    try:
        with floor_of(request).database.write() as db:
            deny(db, knocking, actor=who.id, wording=mail_words(request))
    except RequestOver as refusal:
        return _page(request, who, wrong=said(request, refusal))
    return go(f"{HERE}?done=denied")


@router.post("/seen")
def seen(request: Request, form: Form, who: SignedHere) -> Response:
    """The owner has seen, on this device, who was let in."""
    with floor_of(request).database.write() as db:
        here = device_of(db, who)
        if here is not None:
            note_told(db, here, actor=who.id)
    return go(HERE)


@router.post("/others/remove")
def remove_others(request: Request, form: Form, who: SignedHere) -> Response:
    """All but this one."""
    try:
        with floor_of(request).database.write() as db:
            remove_other_devices(db, who.session, actor=who.id, wording=mail_words(request))
    except NotFresh as refusal:
        return _page(request, who, wrong=said(request, refusal))
    return go(f"{HERE}?done=removed")


@router.post("/{device}/rename")
def rename(request: Request, device: str, form: Form, who: SignedHere) -> Response:
    """Call it something."""
    with floor_of(request).database.write() as db:
        rename_device(db, device, text_of(form, "name", length_max=60), actor=who.id)
    return go(HERE)


@router.post("/{device}/remove")
def remove(request: Request, device: str, form: Form, who: SignedHere) -> Response:
    """It is trusted no longer."""
    try:
        with floor_of(request).database.write() as db:
            remove_device(db, who.session, device, actor=who.id, wording=mail_words(request))
    except (NotFresh, DeviceHere) as refusal:
        return _page(request, who, wrong=said(request, refusal))
    return go(f"{HERE}?done=removed")


def _page(request: Request, who: Who, *, wrong: str = "", errors: dict[str, str] | None = None) -> Response:
    with floor_of(request).database.read() as db:
        here = device_of(db, who)
        knocking = [r for r in list_knocking(db, who.id) if r.method == "device"]
        asking = [(r, about(db, r), seen_of(db, r)["risk"]["signs"]) for r in knocking]
        devices = [(d, about(db, d), here is not None and d.id == here.id) for d in list_devices(db, who.id)]
        lately = [d.id for d in lately_trusted(db, who.id, here)]
        fresh, held = is_fresh(db, who.session, actor=who.id), held_until(db, who.id)
        waiting = [(row, about(db, row), ticket.stage.value) for row, ticket in list_tickets(db, who.id)]
        authenticator, number = has_authenticator(db, who.id), find_number(db, who.id)
        phone = "" if number is None else hidden(number_of(db, number))
    return show(
        request,
        "devices/owned.html.j2",
        status=422 if wrong or errors else 200,
        frame="house/console.html.j2" if who.actor.kind is Kind.STAFF else "house/applicant.html.j2",
        who=who,
        asking=asking,
        devices=devices,
        lately=lately,
        fresh=fresh,
        held=held,
        authenticator=authenticator,
        telephone=telephone_offered(request),
        waiting=waiting,
        phone=phone,
        wrong=wrong,
        errors=errors or {},
        done=request.query_params.get("done", "") if not (wrong or errors) else "",
    )
