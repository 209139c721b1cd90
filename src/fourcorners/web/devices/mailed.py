"""The link of a mail: it shows who asks to come in, and a button answers. Opening it answers nothing (DEV6)."""

from fastapi import Request, Response

from fourcorners.devices.actions import answer_link
from fourcorners.devices.errors import LinkOver, RequestOver
from fourcorners.devices.queries import find_link, get_request, knock_of
from fourcorners.devices.rules import Status, seen_at
from fourcorners.web.devices.knocking import about, floor_of, mail_words
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import show

__all__ = ["router"]

router = page_router("/devices/link")


@router.get("/{token}")
def look(request: Request, token: str) -> Response:
    """The request, and two buttons."""
    with floor_of(request).database.read() as db:
        link = find_link(db, token)
        asked = None if link is None else get_request(db, link.request)
        if asked is None or seen_at(knock_of(asked), db.now).status is not Status.PENDING:
            return show(request, "devices/mailed.html.j2", status=410, answer="over", token="", seen=None, asked=None)
        seen = about(db, asked)
    return show(request, "devices/mailed.html.j2", answer="", token=token, seen=seen, asked=asked)


@router.post("/{token}")
def answer(request: Request, token: str, form: Form) -> Response:
    """Yes or no, once."""
    allowed = text_of(form, "answer") == "allow"
    try:
        with floor_of(request).database.write() as db:
            answer_link(db, token, allowed=allowed, wording=mail_words(request))
    except (LinkOver, RequestOver):
        return show(request, "devices/mailed.html.j2", status=410, answer="over", token="", seen=None, asked=None)
    said = "allowed" if allowed else "denied"
    return show(request, "devices/mailed.html.j2", answer=said, token="", seen=None, asked=None)
