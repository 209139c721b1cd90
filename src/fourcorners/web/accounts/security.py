"""What guards an account: password, passkeys, where it is signed in."""

from fastapi import Request, Response

from fourcorners.accounts import Kind
from fourcorners.accounts.actions import (
    add_passkey,
    ask_passkey,
    change_password,
    confirm_identity,
    end_other_sessions,
    end_session,
    remove_passkey,
    sign_in_with_passkey,
)
from fourcorners.accounts.actions.holders import INSTITUTION, PERSON
from fourcorners.accounts.actions.sessions import is_fresh
from fourcorners.accounts.errors import NotFresh, PasskeyRefused, PasswordWeak, SignInThrottled, TooMany
from fourcorners.accounts.passwords import check_strength, hash_password, prove
from fourcorners.accounts.queries import find_candidate, get_account, list_passkeys, list_sessions, seen_from
from fourcorners.institutions.queries import list_institutions_of
from fourcorners.people import State
from fourcorners.people.queries import find_applicant, get_verification_of
from fourcorners.privacy import export
from fourcorners.web.accounts.entering import browser_of, floor_of, party_of, proof_of, said
from fourcorners.web.archives import archive_answer
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, set_cookie, show, words_of
from fourcorners.web.who import SignedHere, SignedIn, Who

__all__ = ["router"]

router = page_router("/security")
HERE = "/security"


@router.get("")
def look(request: Request, who: SignedIn) -> Response:
    """All of it on one page."""
    return _page(request, who)


@router.post("/confirm")
def confirm(request: Request, form: Form, who: SignedHere) -> Response:
    """Prove again who sits there, by password or passkey: then changes can be made for a while."""
    try:
        if text_of(form, "answer"):
            with floor_of(request).database.write() as db:
                sign_in_with_passkey(
                    db,
                    party_of(request),
                    text_of(form, "challenge"),
                    text_of(form, "answer", length_max=20_000),
                    proof_of(request, "passkey"),
                    confirm=who.session,
                )
            return go(HERE)
        password, database = form.get("password"), floor_of(request).database
        with database.read() as db:
            candidate = find_candidate(db, who.email, proof_of(request, "password").address)
        proved = prove(candidate.stored, password if isinstance(password, str) else "")
        with database.write() as db:
            fits = confirm_identity(db, who.session, candidate, proved, actor=who.id)
    except (PasskeyRefused, SignInThrottled) as refusal:
        return _page(request, who, wrong=said(request, refusal))
    if not fits:
        return _page(request, who, wrong=words_of(request, "accounts")("accounts.security.wrong_password"))
    return go(HERE)


@router.post("/password")
def new_password(request: Request, form: Form, who: SignedHere) -> Response:
    """Change the password: all other sessions end."""
    password = form.get("new_password")
    password = password if isinstance(password, str) else ""
    try:
        check_strength(password, (who.email, who.name))
        hashed = hash_password(password)
        with floor_of(request).database.write() as db:
            opened = change_password(db, who.session, hashed, actor=who.id)
    except (PasswordWeak, NotFresh) as refusal:
        return _page(request, who, errors={"new_password": said(request, refusal)})
    answer = go(f"{HERE}?done=password")
    set_cookie(request, answer, "session", opened.token)
    return answer


@router.post("/data")
def hand_out(request: Request, form: Form, who: SignedHere) -> Response:
    """What is kept about a customer, once they have shown again who they are (GDPR, article 15)."""
    floor = floor_of(request)
    with floor.database.write() as db:
        person = find_applicant(db, account_id=who.id)
        if person is None or person.erased_at is not None:
            raise PageMissing("There is nothing to hand out.")
        if not is_fresh(db, who.session, actor=who.id):
            return go(HERE)
        return archive_answer(export(db, floor.blobs, person.id, actor=who.id), person.id)


@router.post("/passkeys")
def keep_passkey(request: Request, form: Form, who: SignedHere) -> Response:
    """Keep a passkey that the device just made."""
    try:
        with floor_of(request).database.write() as db:
            add_passkey(
                db,
                who.session,
                party_of(request),
                text_of(form, "challenge"),
                text_of(form, "answer", length_max=50_000),
                actor=who.id,
                name=text_of(form, "name", length_max=60) or "Passkey",
            )
    except (PasskeyRefused, NotFresh) as refusal:
        return _page(request, who, wrong=said(request, refusal))
    return go(f"{HERE}?done=passkey")


@router.post("/passkeys/{passkey}/remove")
def forget_passkey(request: Request, passkey: str, form: Form, who: SignedHere) -> Response:
    """Forget a passkey."""
    try:
        with floor_of(request).database.write() as db:
            remove_passkey(db, who.session, passkey, actor=who.id)
    except NotFresh as refusal:
        return _page(request, who, wrong=said(request, refusal))
    return go(HERE)


@router.post("/sessions/others/end")
def end_all_others(request: Request, form: Form, who: SignedHere) -> Response:
    """Sign out everywhere else."""
    with floor_of(request).database.write() as db:
        end_other_sessions(db, who.id, actor=who.id, but=who.session, why="asked")
    return go(HERE)


@router.post("/sessions/{session}/end")
def end_one(request: Request, session: str, form: Form, who: SignedHere) -> Response:
    """Sign out in one place."""
    with floor_of(request).database.write() as db:
        end_session(db, session, actor=who.id)
    return go(HERE)


def _page(request: Request, who: Who, *, wrong: str = "", errors: dict[str, str] | None = None) -> Response:
    with floor_of(request).database.write() as db:
        account = get_account(db, who.id)
        fresh = is_fresh(db, who.session, actor=who.id)
        person = find_applicant(db, account_id=who.id)
        passkeys = list_passkeys(db, who.id)
        sessions = [(s, browser_of(seen_from(db, s)), s.id == who.session) for s in list_sessions(db, account)]
        party = party_of(request)
        customer, begun = account.kind == Kind.CUSTOMER, person is not None and person.erased_at is None
        state = get_verification_of(db, person.id).state if person is not None and begun else State.NOT_STARTED.value
        as_institution = customer and (account.holder != PERSON or bool(list_institutions_of(db, who.id)))
        full = False
        try:
            challenge, options = ask_passkey(db, party, actor=who.id, session=who.session if fresh else None)
        except TooMany:
            full, challenge, options = True, "", "{}"
    return show(
        request,
        "accounts/security.html.j2",
        status=422 if wrong or errors else 200,
        frame="house/console.html.j2" if who.actor.kind is Kind.STAFF else "house/applicant.html.j2",
        who=who,
        fresh=fresh,
        person_state=state if customer and account.holder != INSTITUTION else "",
        as_institution=as_institution,
        has_data=begun,
        full=full,
        passkeys=passkeys,
        sessions=sessions,
        challenge=challenge,
        options=options,
        wrong=wrong,
        errors=errors or {},
        done=request.query_params.get("done", "") if not (wrong or errors) else "",
    )
