"""Tables to build a page of your own on: reasons, countries, documents, personas; and the key that asks."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from fourcorners.accounts.models import ApiKey
from fourcorners.kit.data import load_toml
from fourcorners.people.countries import country_names
from fourcorners.people.personas import personas
from fourcorners.people.rules import accepted_documents, flow
from fourcorners.verdict.catalogue import catalogue, catalogue_version, words
from fourcorners.web.api.keyed import AnyKey, ApiRoute, floor_of
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_more import (
    Countries,
    Country,
    DocumentTable,
    KeyShape,
    Personas,
    PersonaShape,
    ReasonEntry,
    Reasons,
)
from fourcorners.web.api.told import LocaleHere, help_address

__all__ = ["router"]

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["Tables"])


@router.get("/reasons", summary="List the catalogue of reasons", responses=refuses())
def reasons(request: Request, key: AnyKey, locale: LocaleHere = "en") -> Reasons:
    """Every reason that a decision can give, in the applicant's words."""
    origin = request.app.state.site.origin
    entries = [
        ReasonEntry(
            code=code,
            group=entry.group,
            retryable=entry.retryable,
            title=words(code, locale).title,
            todo=words(code, locale).todo,
            help=help_address(entry.help, origin),
        )
        for code, entry in catalogue().items()
    ]
    return Reasons(version=catalogue_version(), data=entries)


@router.get("/countries", summary="List countries", responses=refuses())
def countries(request: Request, key: AnyKey, locale: LocaleHere = "en") -> Countries:
    """Every country; in the sandbox also that of our specimens, which does not exist."""
    prohibited = set(flow()["prohibited"]["countries"])
    named = country_names(locale, sandbox=key.sandbox)
    return Countries(data=[Country(code=c, name=name, served=c not in prohibited) for c, name in named.items()])


@router.get("/documents", summary="List the documents of a country", responses=refuses())
def documents(
    request: Request,
    key: AnyKey,
    country: Annotated[str, Query(pattern=r"^[A-Z]{2}$", description="Who issued it: ISO 3166-1 alpha-2.")],
) -> DocumentTable:
    """Which kinds of document are taken that this country issued."""
    two_sided = load_toml("fourcorners.people", "documents.toml")["two_sided"]
    kinds = accepted_documents(country)
    return DocumentTable(country=country, kinds=list(kinds), two_sided=[kind for kind in kinds if kind in two_sided])


@router.get("/personas", summary="List the personas of the sandbox", responses=refuses())
def cast(request: Request, key: AnyKey) -> Personas:
    """Applicants who always end the same way, without a picture."""
    everybody = [
        PersonaShape(name=p.name, about=p.about, told=[list(codes) for codes in p.told]) for p in personas().values()
    ]
    return Personas(data=everybody)


@router.get("/key", summary="Look at the key that asks", tags=["Keys"], responses=refuses())
def introspect(request: Request, key: AnyKey) -> KeyShape:
    """What this key is good for, and in which world."""
    with floor_of(request).database.read() as db:
        row = db.get_one(ApiKey, key.id)
        return KeyShape(
            id=row.id,
            name=row.name,
            shown=row.shown,
            sandbox=row.sandbox,
            scopes=row.scopes,
            created_at=row.created_at,
            used_at=row.used_at,
        )
