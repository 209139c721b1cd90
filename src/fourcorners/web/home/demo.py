"""The demonstration: begin as an applicant, look at the mails that would have been sent. Only in the mode `demo`."""

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.devices.actions import press_key
from fourcorners.devices.errors import LinkOver
from fourcorners.infra import Floor, ReadSession
from fourcorners.infra.errors import KeyDestroyed, NotFound
from fourcorners.infra.mail import Letter, Mail, list_mails, read_mail
from fourcorners.infra.phone import PhoneMessage, Saying, list_phone_messages, read_phone_message
from fourcorners.operations.demonstration import CUSTOMER, invite, sample
from fourcorners.people.grants import grant_access
from fourcorners.web.devices.knocking import mail_words
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.home.told import messages_of
from fourcorners.web.pages import go, show

__all__ = ["router"]

router = page_router("/demo")
MAILS_MAX = 30
CALLS_MAX = 10


@router.get("")
def demonstration(request: Request) -> Response:
    """The ways in, the mails, and what a server would have been told."""
    floor = _floor(request)
    letters: list[tuple[Mail, Letter]] = []
    with floor.database.read() as db:
        for mail in list_mails(db, at_most=MAILS_MAX):
            try:
                letters.append((mail, read_mail(db, mail.id)))
            except KeyDestroyed:
                continue
        calls = _calls(db)
    details, _ = sample(floor.clock().date())
    return show(
        request,
        "home/demo.html.j2",
        letters=letters,
        calls=calls,
        told=list(messages_of(request)),
        details=details,
        customer=CUSTOMER,
    )


@router.get("/passport.jpg")
def passport(request: Request) -> Response:
    """The photo of a drawn passport, to be handed in where the page asks for one."""
    _, photo = sample(_floor(request).clock().date())
    return Response(photo, media_type="image/jpeg")


@router.post("/press")
def press(request: Request, form: Form) -> Response:
    """A key of a call, as its provider would tell it."""
    try:
        with _floor(request).database.write() as db:
            said = read_phone_message(db, text_of(form, "message"))
            token = said.answer_url.rpartition("/")[2]
            press_key(db, token, text_of(form, "key", length_max=1), wording=mail_words(request))
    except (KeyDestroyed, LinkOver):
        return go("/demo")
    return go("/demo#calls")


@router.post("")
def begin(request: Request, form: Form) -> Response:
    """A new applicant of the sandbox, and straight to their first page."""
    floor = _floor(request)
    case = invite(floor)
    with floor.database.write() as db:
        secret = grant_access(db, case.applicant_id, "link", actor="system")
    return go(f"/verify/open/{secret}")


def _calls(db: ReadSession) -> list[tuple[PhoneMessage, Saying]]:
    calls = []
    for message in list_phone_messages(db, at_most=CALLS_MAX):
        try:
            calls.append((message, read_phone_message(db, message.id)))
        except KeyDestroyed:
            continue
    return calls


def _floor(request: Request) -> Floor:
    floor: Floor = request.app.state.floor
    if floor.settings.mode != "demo":
        raise NotFound("There is nothing here.")
    return floor
