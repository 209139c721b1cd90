"""Sign in, sign up, forgotten password, the link from a mail, sign out."""

from fastapi import Request, Response

from fourcorners.accounts import actor_of, find_session
from fourcorners.accounts.actions import (
    ask_passkey,
    end_session,
    follow_link,
    forgot_password,
    sign_in,
    sign_in_with_passkey,
    sign_up,
)
from fourcorners.accounts.errors import EmailInvalid, LinkSpent, PasskeyRefused, PasswordWeak, SignInThrottled
from fourcorners.accounts.passwords import check_strength, hash_password, prove
from fourcorners.accounts.queries import find_candidate, find_link, get_account, person_of
from fourcorners.web.accounts.entering import (
    enter,
    floor_of,
    further_of,
    own_path,
    party_of,
    proof_of,
    said,
    wording_of,
)
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import drop_cookie, go, locale_of, show, words_of
from fourcorners.web.places import home_of
from fourcorners.web.site import Site

__all__ = ["router"]

router = page_router()
VISITOR = "visitor"


@router.get("/sign-in")
def ask_to_sign_in(request: Request) -> Response:
    """The form, and the passkey button where the browser can."""
    return _sign_in_page(request, towards=own_path(request.query_params.get("next", "")))


@router.post("/sign-in")
def take_password(request: Request, form: Form) -> Response:
    """E-mail and password. One answer for whatever is wrong."""
    email, towards = text_of(form, "email", length_max=254), text_of(form, "next")
    password = form.get("password")
    proof, database = proof_of(request, "password"), floor_of(request).database
    with database.read() as db:
        candidate = find_candidate(db, email, proof.address)
    proved = prove(candidate.stored, password if isinstance(password, str) else "")
    try:
        with database.write() as db:
            opened = sign_in(db, candidate, proved, proof, further_of(request))
    except SignInThrottled as refusal:
        return _sign_in_page(request, email=email, towards=towards, wrong=said(request, refusal), status=429)
    if opened is None:
        wrong = words_of(request, "accounts")("accounts.refused.sign_in_refused")
        return _sign_in_page(request, email=email, towards=towards, wrong=wrong, status=422)
    _end_former(request)
    return enter(request, opened, towards)


@router.post("/sign-in/passkey")
def take_passkey(request: Request, form: Form) -> Response:
    """The answer of a passkey to the challenge of this page."""
    towards = text_of(form, "next")
    try:
        with floor_of(request).database.write() as db:
            opened = sign_in_with_passkey(
                db,
                party_of(request),
                text_of(form, "challenge"),
                text_of(form, "answer", length_max=20_000),
                proof_of(request, "passkey"),
                further_of(request),
            )
    except PasskeyRefused as refusal:
        return _sign_in_page(request, towards=towards, wrong=said(request, refusal), status=422)
    if opened is None:
        raise RuntimeError("signing in opened nothing")
    _end_former(request)
    return enter(request, opened, towards)


@router.get("/sign-up")
def ask_to_join(request: Request) -> Response:
    """The form for customers."""
    return show(request, "accounts/sign_up.html.j2", errors={}, email="", name="")


@router.post("/sign-up")
def join(request: Request, form: Form) -> Response:
    """A mail goes out; what the page says does not depend on whether there is an account."""
    email, name = text_of(form, "email", length_max=254), text_of(form, "name", length_max=120)
    try:
        with floor_of(request).database.write() as db:
            locale = locale_of(request, "accounts")
            sign_up(db, email, name, actor=VISITOR, locale=locale, wording=wording_of(request))
    except EmailInvalid as refusal:
        errors = {"email": said(request, refusal)}
        return show(request, "accounts/sign_up.html.j2", status=422, errors=errors, email=email, name=name)
    return show(request, "accounts/mail_sent.html.j2", email=email)


@router.get("/forgot")
def ask_for_link(request: Request) -> Response:
    """The form for a forgotten password."""
    return show(request, "accounts/forgot.html.j2", errors={}, email="")


@router.post("/forgot")
def send_link(request: Request, form: Form) -> Response:
    """A link goes out if there is an account; the page says the same in any case."""
    email = text_of(form, "email", length_max=254)
    try:
        with floor_of(request).database.write() as db:
            forgot_password(db, email, actor=VISITOR, wording=wording_of(request))
    except EmailInvalid as refusal:
        return show(
            request, "accounts/forgot.html.j2", status=422, errors={"email": said(request, refusal)}, email=email
        )
    return show(request, "accounts/mail_sent.html.j2", email=email)


@router.get("/link/{token}")
def open_link(request: Request, token: str) -> Response:
    """The page behind a link. Looking at it spends nothing: mail programs look too."""
    return _link_page(request, token)


@router.post("/link/{token}")
def set_password(request: Request, token: str, form: Form) -> Response:
    """Set the password, and sign in."""
    password = form.get("password")
    password = password if isinstance(password, str) else ""
    with floor_of(request).database.read() as db:
        link = find_link(db, token)
        if link is None:
            return _spent_page(request)
        person = person_of(db, get_account(db, link.account))
    try:
        check_strength(password, (person.email, person.name))
    except PasswordWeak as refusal:
        return _link_page(request, token, {"password": said(request, refusal)})
    hashed = hash_password(password)
    try:
        with floor_of(request).database.write() as db:
            opened = follow_link(db, token, hashed, proof_of(request, "link"), further_of(request))
    except LinkSpent:
        return _spent_page(request)
    return enter(request, opened)


@router.post("/sign-out")
def sign_out(request: Request, form: Form) -> Response:
    """End the session here; the browser forgets what it kept of us."""
    _end_former(request)
    answer = go("/sign-in")
    drop_cookie(request, answer, "session")
    answer.headers["clear-site-data"] = '"cache"'  # not the storage: the device's key stays with the device
    return answer


def _end_former(request: Request) -> None:
    """The session that the browser had until now, whole or half, ends."""
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie("session"))
    if token:
        with floor_of(request).database.write() as db:
            found = find_session(db, token)
            if found is not None:
                end_session(db, found[0].id, actor=found[1].id)


def _sign_in_page(
    request: Request, *, email: str = "", towards: str = "", wrong: str = "", status: int = 200
) -> Response:
    with floor_of(request).database.write() as db:
        challenge, options = ask_passkey(db, party_of(request), actor=VISITOR)
    return show(
        request,
        "accounts/sign_in.html.j2",
        status=status,
        email=email,
        towards=own_path(towards),
        wrong=wrong,
        here=_who_is_here(request, own_path(towards)),
        challenge=challenge,
        options=options,
    )


def _who_is_here(request: Request, towards: str) -> dict[str, str] | None:
    """The e-mail of whoever is signed in already, and where they go on; None where nobody is, or only by half."""
    site: Site = request.app.state.site
    token = request.cookies.get(site.cookie("session"))
    with floor_of(request).database.read() as db:
        found = find_session(db, token) if token else None
        if found is None or found[0].pending is not None:
            return None
        return {"email": person_of(db, found[1]).email, "onward": towards or home_of(actor_of(db, found[1].id))}


def _link_page(request: Request, token: str, errors: dict[str, str] | None = None) -> Response:
    with floor_of(request).database.read() as db:
        link = find_link(db, token)
        if link is None:
            return _spent_page(request)
        email = person_of(db, get_account(db, link.account)).email
    status = 422 if errors else 200
    return show(
        request,
        "accounts/link.html.j2",
        status=status,
        errors=errors or {},
        token=token,
        email=email,
        purpose=link.purpose,
    )


def _spent_page(request: Request) -> Response:
    return show(request, "accounts/link_spent.html.j2", status=410)
