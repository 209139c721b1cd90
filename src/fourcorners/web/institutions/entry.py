"""The way in: the account of the institution, the link of an invited editor, where the application stands."""

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.accounts import Kind, find_session
from fourcorners.accounts.errors import AccountKindFixed
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import join_editor, redeem_editor_link, reopen, start, withdraw
from fourcorners.institutions.kinds import sla_days
from fourcorners.institutions.letters import name_of
from fourcorners.institutions.queries import get_institution, list_institutions_of
from fourcorners.people.rules import flow
from fourcorners.web.forms import Form, page_router
from fourcorners.web.institutions.reviewing import overview_page
from fourcorners.web.institutions.whose import COOKIE, floor_of, invited_editor, locale_here, mine, mine_to_write
from fourcorners.web.pages import go, set_cookie, show
from fourcorners.web.site import Site
from fourcorners.web.who import SignedIn, signed_in

__all__ = ["router"]

router = page_router("/institution")
BROWSER_S = 3600


@router.get("")
def home(request: Request) -> Response:
    """To the one application of whoever asks; where there are several, the list of them."""
    with floor_of(request).database.read() as db:
        editor = invited_editor(db, request)
        held = {} if editor is None else {editor.institution_id: get_institution(db, editor.institution_id)}
        account = _customer(db, request)
    if account is not None or not held:
        account = signed_in(request).id
    with floor_of(request).database.read() as db:
        if account is not None:
            held |= {found.id: found for found in list_institutions_of(db, account)}
        if len(held) == 1:
            return go(f"/institution/{next(iter(held))}")
        if held:
            return show(request, "institutions/several.html.j2", held=[(i, name_of(db, i)) for i in held.values()])
    return go("/institution/start")


@router.get("/start")
def ask(request: Request) -> Response:
    """What is needed, and that an institution has an account of its own (INS15)."""
    with floor_of(request).database.read() as db:
        inside = _customer(db, request) is not None
    if inside:
        signed_in(request)
    return _start(request, inside=inside)


@router.post("/start")
def begin(request: Request, form: Form, who: SignedIn) -> Response:
    """The application of this account; it is the institution's from now on, for good."""
    try:
        with floor_of(request).database.write() as db:
            begun = start(db, actor=who.id, account_id=who.id, locale=locale_here(request))
            path = f"/institution/{begun.id}"
    except AccountKindFixed:
        return _start(request, inside=True, status=422, refused=True)
    return go(f"{path}/type")


@router.get("/open/{secret}")
def open_link(request: Request, secret: str) -> Response:
    """The link in an invitation: the account's from now on where one is signed in, else this browser's.

    Raises EditorLinkInvalid.
    """
    with floor_of(request).database.read() as db:
        account = _customer(db, request)
    if account is not None:
        signed_in(request)
        with floor_of(request).database.write() as db:
            return go(f"/institution/{join_editor(db, secret, account_id=account).institution_id}")
    with floor_of(request).database.write() as db:
        editor, cookie = redeem_editor_link(db, secret)
        path = f"/institution/{editor.institution_id}"
    answer = go(path)
    set_cookie(request, answer, COOKIE, cookie, max_age=int(flow()["access"]["browser_h"] * BROWSER_S))
    return answer


@router.get("/{institution_id}")
def overview(request: Request, institution_id: str) -> Response:
    """Where the application stands, and what can be done now."""
    with mine(request, institution_id) as (db, own):
        return overview_page(request, db, own)


@router.post("/{institution_id}/withdraw")
def take_back(request: Request, institution_id: str, form: Form) -> Response:
    """Withdraw it, for good. Raises TransitionNotAllowed."""
    with mine_to_write(request, institution_id) as (db, own):
        withdraw(db, own.id, actor=own.actor)
        return go(own.path)


@router.post("/{institution_id}/reopen")
def open_again(request: Request, institution_id: str, form: Form) -> Response:
    """A refused application is filled in again, with everything in it. Raises TransitionNotAllowed."""
    with mine_to_write(request, institution_id) as (db, own):
        reopen(db, own.id, actor=own.actor)
        return go(own.path)


def _start(request: Request, *, inside: bool, status: int = 200, refused: bool = False) -> Response:
    least, most = sla_days()
    return show(
        request, "institutions/start.html.j2", status=status, inside=inside, refused=refused, least=least, most=most
    )


def _customer(db: ReadSession, request: Request) -> str | None:
    """The account of the customer who is signed in, wholly, in this browser."""
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie("session"), "")
    found = find_session(db, token) if token else None
    if found is None or found[0].pending is not None or found[1].kind != Kind.CUSTOMER:
        return None
    return found[1].id
