"""Another authorised user for an approved institution (INS14): who, with which letter and documents; then it waits."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.accounts.errors import EmailInvalid
from fourcorners.infra.db import ReadSession
from fourcorners.institutions import State
from fourcorners.institutions.actions import send_party_link
from fourcorners.institutions.actions.handing_in import PARTY_ITEM, UPLOAD_ITEM
from fourcorners.institutions.actions.users import (
    begin_change,
    hand_in_for_change,
    missing_of_change,
    submit_change,
    withdraw_change,
)
from fourcorners.institutions.errors import ApplicationIncomplete, FieldUnknown
from fourcorners.institutions.models import Party, UserChange
from fourcorners.institutions.queries import find_change, list_changes, list_papers, person_state, read_party
from fourcorners.institutions.sections import identity_papers, papers_of_party
from fourcorners.kit.ids import new_id
from fourcorners.people.countries import country_names
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.files import open_files
from fourcorners.web.institutions.framing import page
from fourcorners.web.institutions.saving import typed
from fourcorners.web.institutions.telling import problem_words
from fourcorners.web.institutions.whose import AREA_NAME, Mine, floor_of, locale_here, mine, mine_to_write, origin_of
from fourcorners.web.pages import go, words_of
from fourcorners.web.telling import refusal_words

__all__ = ["router"]

router = page_router("/institution")
LETTER = "authorisation"
ASKED = ("name", "email", "birth_date", "nationality", "residence", "address", "position")
NEEDED = ("name", "email")


@router.get("/{institution_id}/user")
def user(request: Request, institution_id: str) -> Response:
    """Who operates the account, and the change that is open, if one is."""
    with mine(request, institution_id) as (db, own):
        return _user(request, db, own)


@router.post("/{institution_id}/user")
def begin(request: Request, institution_id: str, form: Form) -> Response:
    """Name somebody else. A double click names them once."""
    said, key = typed(form, ASKED), text_of(form, "key", length_max=40)
    words = words_of(request, AREA_NAME)
    errors = {name: words("institutions.problem.missing") for name in NEEDED if not said.get(name)}
    with mine_to_write(request, institution_id) as (db, own):
        if not errors:
            try:
                values = {name: value for name, value in said.items() if value}
                begin_change(
                    db, own.id, actor=own.actor, values=values, key=key if key.startswith("pty_") else None
                )  # fmt: skip
            except FieldUnknown as refusal:
                problems: Mapping[str, str] = refusal.fields["problems"]  # type: ignore[assignment]
                errors = {name: problem_words(words, problem) for name, problem in problems.items()}
        return _user(request, db, own, errors=errors, said=said) if errors else go(f"{own.path}/user")


@router.post("/{institution_id}/user/files")
def upload(request: Request, institution_id: str, form: Form) -> Response:
    """The new letter, and what stands for the new user."""
    opened, errors = [], {}
    for paper in (LETTER, *papers_of_party()):
        files, wrong = open_files(request, list(form.getlist(paper)), UPLOAD_ITEM if paper == LETTER else PARTY_ITEM)
        opened += [(paper, file) for file in files]
        if wrong:
            errors[paper] = wrong
    if not opened and not errors:
        errors[LETTER] = words_of(request, AREA_NAME)("institutions.documents.none")
    with mine_to_write(request, institution_id) as (db, own):
        change = _pending(db, own)
        if errors:
            return _user(request, db, own, errors=errors)
        for paper, file in opened:
            hand_in_for_change(
                db, floor_of(request).blobs, change.id, actor=own.actor, paper=paper, data=file.data,
                media_type=file.media_type, name=file.name,
            )  # fmt: skip
        return go(f"{own.path}/user")


@router.post("/{institution_id}/user/link")
def send_link(request: Request, institution_id: str, form: Form) -> Response:
    """The new user gets a link to verify themselves, instead of documents that are uploaded for them."""
    with mine_to_write(request, institution_id) as (db, own):
        change = _pending(db, own)
        try:
            send_party_link(db, own.id, change.new_party, actor=own.actor, origin=origin_of(request))
        except (EmailInvalid, FieldUnknown) as refusal:
            return _user(request, db, own, errors={"link": refusal_words(request, refusal, area=AREA_NAME)})
        return go(f"{own.path}/user")


@router.post("/{institution_id}/user/submit")
def submit(request: Request, institution_id: str, form: Form) -> Response:
    """To the reviewer; both users are told by mail."""
    with mine_to_write(request, institution_id) as (db, own):
        try:
            submit_change(db, _pending(db, own).id, actor=own.actor)
        except ApplicationIncomplete:
            wrong = words_of(request, AREA_NAME)("institutions.user.incomplete")
            return _user(request, db, own, errors={"submit": wrong})
        return go(f"{own.path}/user")


@router.post("/{institution_id}/user/withdraw")
def take_back(request: Request, institution_id: str, form: Form) -> Response:
    """The authorised user stays."""
    with mine_to_write(request, institution_id) as (db, own):
        withdraw_change(db, _pending(db, own).id, actor=own.actor)
        return go(f"{own.path}/user")


def _pending(db: ReadSession, own: Mine) -> UserChange:
    change = find_change(db, own.id)
    if change is None:
        raise PageMissing("No change of the authorised user is open.")
    return change


def _name(db: ReadSession, party_id: str | None) -> str:
    party = db.get(Party, party_id) if party_id else None
    return str(read_party(db, party).values.get("name", "")) if party is not None else ""


def _user(
    request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    if own.state is not State.APPROVED:
        raise PageMissing("The authorised user is changed on an approved institution only.")
    change = find_change(db, own.id)
    before = list_changes(db, own.id)
    party = db.get(Party, change.new_party) if change is not None else None
    names = identity_papers()
    state = person_state(db, party) if party is not None else None
    held = {
        paper.paper for paper in list_papers(db, own.id)
        if change is not None and (paper.party_id == change.new_party
                                   or (paper.paper == LETTER and paper.created_at >= change.created_at))
    }  # fmt: skip
    return page(
        request, db, own, "user", status=422 if errors else 200, errors=errors or {}, change=change, held=held,
        now=_name(db, own.institution.user_party), new=_name(db, change.new_party) if change is not None else "",
        lacks=missing_of_change(db, change) if change is not None else (), key=new_id("pty"), letter=LETTER,
        link=state.value if state is not None else "", invited_at=party.invited_at if party is not None else None,
        said={name: (said or {}).get(name, "") for name in ASKED}, names=names,
        last=before[-1].state if before and change is None else "",
        countries=list(country_names(locale_here(request), sandbox=own.institution.sandbox).items()),
    )  # fmt: skip
