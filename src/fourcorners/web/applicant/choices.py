"""What is chosen and typed in: residence and nationality, the personal data, the kind of document."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.clearance.actions import apply_challenge
from fourcorners.infra.db import ReadSession
from fourcorners.people import Step
from fourcorners.people.actions import choose_document, enter_details, state_residence
from fourcorners.people.countries import country_names
from fourcorners.people.details import FIELDS
from fourcorners.people.errors import CountryUnsupported, DetailsInvalid, DocumentUnsupported, Underage
from fourcorners.people.queries import read_claims
from fourcorners.people.rules import accepted_documents
from fourcorners.web.applicant.whose import Mine, locale_here, mine, mine_to_write, onward, page
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import words_of

__all__ = ["router"]

router = page_router("/verify")
LINE_MAX = 200


@router.get("/residence")
def residence(request: Request) -> Response:
    """Where somebody lives, and whose citizen they are."""
    with mine(request) as (db, own):
        return _residence(request, db, own)


@router.post("/residence")
def say_residence(request: Request, form: Form) -> Response:
    """A prohibited country ends it here, before anything is uploaded (IND4)."""
    words = words_of(request, "applicant")
    with mine_to_write(request) as (db, own):
        names = country_names(locale_here(request), sandbox=own.applicant.sandbox)
        said = {field: text_of(form, field) for field in ("residence", "nationality")}
        errors = {field: words("applicant.wrong.missing") for field, code in said.items() if code not in names}
        if errors:
            return _residence(request, db, own, status=422, errors=errors, said=said)
        try:
            state_residence(db, own.id, actor=own.applicant.id, **said)
        except CountryUnsupported:
            return page(request, db, own, "unsupported", status=422)
        apply_challenge(db, own.id, actor=own.applicant.id)
        return onward(db, own)


@router.get("/details")
def details(request: Request) -> Response:
    """Name, birth date, number, address."""
    with mine(request) as (db, own):
        return _details(request, db, own, said=dict(read_claims(db, own.verification)))


@router.post("/details")
def say_details(request: Request, form: Form) -> Response:
    """What is wrong is said on its field."""
    words = words_of(request, "applicant")
    said = {field: text_of(form, field, length_max=LINE_MAX + 1) for field in FIELDS}
    with mine_to_write(request) as (db, own):
        try:
            enter_details(db, own.id, actor=own.applicant.id, details={k: v for k, v in said.items() if v})
        except DetailsInvalid as refusal:
            problems: Mapping[str, str] = refusal.fields["problems"]  # type: ignore[assignment]
            errors = {field: words(f"applicant.wrong.{problems[field]}") for field in FIELDS if field in problems}
            return _details(request, db, own, status=422, errors=errors, said=said)
        except Underage as refusal:
            return page(request, db, own, "underage", status=422, years=refusal.fields["minimum_age_years"])
        return onward(db, own)


@router.get("/document")
def document(request: Request) -> Response:
    """The kinds of document that are taken from a country."""
    with mine(request) as (db, own):
        asked = request.query_params.get("country", "")
        return _document(request, db, own, country=asked or own.verification.document_country)


@router.post("/document")
def say_document(request: Request, form: Form) -> Response:
    """One of them is chosen."""
    with mine_to_write(request) as (db, own):
        kind, country = text_of(form, "kind"), text_of(form, "country")
        try:
            choose_document(db, own.id, actor=own.applicant.id, kind=kind, country=country)
        except DocumentUnsupported:
            wrong = words_of(request, "applicant")("applicant.document.choose")
            return _document(request, db, own, country=country, status=422, errors={"kind": wrong})
        apply_challenge(db, own.id, actor=own.applicant.id)
        return onward(db, own)


def _residence(
    request: Request,
    db: ReadSession,
    own: Mine,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:
    names = country_names(locale_here(request), sandbox=own.applicant.sandbox)
    kept = {"residence": own.verification.residence or "", "nationality": own.verification.nationality or ""}
    return page(
        request,
        db,
        own,
        "residence",
        step=Step.RESIDENCE,
        status=status,
        errors=errors or {},
        said=said or kept,
        countries=list(names.items()),
    )


def _details(
    request: Request,
    db: ReadSession,
    own: Mine,
    *,
    said: Mapping[str, str],
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    shown = {field: said.get(field, "") for field in FIELDS}
    return page(request, db, own, "details", step=Step.DETAILS, status=status, errors=errors or {}, said=shown)


def _document(
    request: Request,
    db: ReadSession,
    own: Mine,
    *,
    country: str | None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    names = country_names(locale_here(request), sandbox=own.applicant.sandbox)
    shown = country if country in names and country else own.verification.nationality or ""
    return page(
        request,
        db,
        own,
        "document",
        step=Step.DOCUMENT,
        status=status,
        errors=errors or {},
        country=shown,
        countries=list(names.items()),
        kinds=accepted_documents(shown),
    )
