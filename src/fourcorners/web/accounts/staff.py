"""Staff, for administrators: who is there, what they may do."""

from typing import Annotated

from fastapi import Depends, Request, Response

from fourcorners.accounts import Permission, Role
from fourcorners.accounts.actions import add_staff, change_role, disable_account, enable_account, invite_again
from fourcorners.accounts.errors import EmailInvalid, EmailTaken, LastAdministrator
from fourcorners.accounts.queries import list_staff
from fourcorners.kit.errors import Refusal
from fourcorners.web.accounts.entering import floor_of, said, wording_of
from fourcorners.web.errors import RequestInvalid
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, locale_of, show
from fourcorners.web.site import Site
from fourcorners.web.who import Who, role_words, staff_who

__all__ = ["router"]

router = page_router("/console/staff")
Manager = Annotated[Who, Depends(staff_who(Permission.MANAGE_STAFF))]
HERE = "/console/staff"


@router.get("")
def look(request: Request, who: Manager) -> Response:
    """The list, and the form for somebody new."""
    return _page(request, who)


@router.post("")
def add(request: Request, form: Form, who: Manager) -> Response:
    """Somebody new: their link is mailed."""
    email, name = text_of(form, "email", length_max=254), text_of(form, "name", length_max=120)
    typed = {"email": email, "name": name, "role": text_of(form, "role")}
    try:
        with floor_of(request).database.write() as db:
            add_staff(
                db,
                email,
                name,
                _role(form),
                actor=who.id,
                locale=locale_of(request, "accounts"),
                wording=wording_of(request),
            )
    except (EmailInvalid, EmailTaken) as refusal:
        return _page(request, who, errors={"email": said(request, refusal)}, typed=typed)
    return go(HERE)


@router.post("/{account}/role")
def move(request: Request, account: str, form: Form, who: Manager) -> Response:
    """Another role, from their next sign-in on."""
    try:
        with floor_of(request).database.write() as db:
            change_role(db, account, _role(form), actor=who.id)
    except LastAdministrator as refusal:
        return _page(request, who, wrong=refusal)
    return go(HERE)


@router.post("/{account}/disable")
def disable(request: Request, account: str, form: Form, who: Manager) -> Response:
    """Switch the account off."""
    try:
        with floor_of(request).database.write() as db:
            disable_account(db, account, actor=who.id)
    except LastAdministrator as refusal:
        return _page(request, who, wrong=refusal)
    return go(HERE)


@router.post("/{account}/enable")
def enable(request: Request, account: str, form: Form, who: Manager) -> Response:
    """Switch the account on again."""
    with floor_of(request).database.write() as db:
        enable_account(db, account, actor=who.id)
    return go(HERE)


@router.post("/{account}/link")
def link(request: Request, account: str, form: Form, who: Manager) -> Response:
    """A new link, shown once, to hand over."""
    site: Site = request.app.state.site
    with floor_of(request).database.write() as db:
        token = invite_again(db, account, actor=who.id)
    return _page(request, who, made=f"{site.origin}/link/{token}")


def _role(form: Form) -> Role:
    try:
        return Role(text_of(form, "role"))
    except ValueError:
        raise RequestInvalid("There is no such role.", errors=[{"where": "role", "what": "unknown"}]) from None


def _page(
    request: Request,
    who: Who,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    wrong: Refusal | None = None,
    made: str = "",
) -> Response:
    with floor_of(request).database.read() as db:
        staff = list_staff(db)
    return show(
        request,
        "accounts/staff.html.j2",
        status=422 if errors or wrong else 200,
        who=who,
        staff=staff,
        roles=role_words(request),
        errors=errors or {},
        typed=typed or {"email": "", "name": "", "role": ""},
        wrong=said(request, wrong) if wrong else "",
        made=made,
    )
