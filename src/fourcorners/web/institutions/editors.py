"""Several editors: who fills the application in, invited by mail, removed again."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.accounts.errors import EmailInvalid
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import invite_editor, remove_editor
from fourcorners.institutions.errors import TooManyOfThem
from fourcorners.institutions.queries import list_editors, read_editor
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.framing import page
from fourcorners.web.institutions.whose import AREA_NAME, Mine, mine, mine_to_write, origin_of
from fourcorners.web.pages import go
from fourcorners.web.telling import refusal_words

__all__ = ["router"]

router = page_router("/institution")


@router.get("/{institution_id}/editors")
def editors(request: Request, institution_id: str) -> Response:
    """Everybody who may fill it in."""
    with mine(request, institution_id) as (db, own):
        return _editors(request, db, own)


@router.post("/{institution_id}/editors")
def invite(request: Request, institution_id: str, form: Form) -> Response:
    """A link goes out by mail."""
    email, name = text_of(form, "email", length_max=254), text_of(form, "name", length_max=120)
    with mine_to_write(request, institution_id) as (db, own):
        try:
            invite_editor(db, own.id, actor=own.actor, email=email, name=name, origin=origin_of(request))
        except (EmailInvalid, TooManyOfThem) as refusal:
            wrong = {"email": refusal_words(request, refusal, area=AREA_NAME)}
            return _editors(request, db, own, errors=wrong, said={"email": email, "name": name})
        return go(f"{own.path}/editors?done=sent")


@router.post("/{institution_id}/editors/{editor_id}/remove")
def remove(request: Request, institution_id: str, editor_id: str, form: Form) -> Response:
    """Their links and browsers stop working at once. Raises NotFound."""
    with mine_to_write(request, institution_id) as (db, own):
        remove_editor(db, own.id, editor_id, actor=own.actor)
        return go(own.path if editor_id == own.editor.id else f"{own.path}/editors")


def _editors(
    request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    return page(
        request, db, own, "editors", status=422 if errors else 200, errors=errors or {},
        said=said or {"email": "", "name": ""}, editors=[(e, read_editor(db, e)) for e in list_editors(db, own.id)],
        sent=request.query_params.get("done") == "sent" and not errors,
    )  # fmt: skip
