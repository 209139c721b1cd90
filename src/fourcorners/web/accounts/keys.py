"""API keys, for developers: make one, see it once, revoke it."""

from typing import Annotated

from fastapi import Depends, Request, Response

from fourcorners.accounts import Permission, Scope
from fourcorners.accounts.actions import make_key, revoke_key
from fourcorners.accounts.errors import TooMany
from fourcorners.accounts.queries import list_keys
from fourcorners.web.accounts.entering import floor_of, said
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.who import Who, staff_who

__all__ = ["router"]

router = page_router("/console/keys")
Developer = Annotated[Who, Depends(staff_who(Permission.MANAGE_KEYS))]
HERE = "/console/keys"


@router.get("")
def look(request: Request, who: Developer) -> Response:
    """The list, and the form for a new one."""
    return _page(request)


@router.post("")
def make(request: Request, form: Form, who: Developer) -> Response:
    """A new key, shown on this page and nowhere again."""
    name = text_of(form, "name", length_max=80)
    scopes = [scope for scope in Scope if text_of(form, f"scope_{scope.name.lower()}")]
    words = words_of(request, "accounts")
    errors = {} if name else {"name": words("house.frame.required")}
    if not scopes:
        errors["scopes"] = words("accounts.keys.no_scope")
    if errors:
        return _page(request, errors=errors, name=name, chosen=scopes)
    try:
        with floor_of(request).database.write() as db:
            _, text = make_key(db, name, scopes, actor=who.id, sandbox=text_of(form, "world") != "live")
    except TooMany as refusal:
        return _page(request, errors={"name": said(request, refusal)}, name=name, chosen=scopes)
    return _page(request, made=text)


@router.post("/{key}/revoke")
def revoke(request: Request, key: str, form: Form, who: Developer) -> Response:
    """It works no longer, at once."""
    with floor_of(request).database.write() as db:
        revoke_key(db, key, actor=who.id)
    return go(HERE)


def _page(
    request: Request,
    *,
    errors: dict[str, str] | None = None,
    name: str = "",
    chosen: list[Scope] | None = None,
    made: str = "",
) -> Response:
    with floor_of(request).database.read() as db:
        keys = list_keys(db)
    return show(
        request,
        "accounts/keys.html.j2",
        status=422 if errors else 200,
        keys=keys,
        scopes=list(Scope),
        errors=errors or {},
        name=name,
        chosen=chosen or [],
        made=made,
    )
