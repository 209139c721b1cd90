"""The content of an application: sections, people, the graph of owners, attestations and the signature."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import (
    add_party,
    change_party,
    export_graph,
    import_graph,
    remove_party,
    save_section,
    send_party_link,
    sign,
    tick,
)
from fourcorners.institutions.models import Party
from fourcorners.institutions.queries import (
    get_party,
    list_attestations,
    list_parties,
    person_state,
    read_party,
    read_section,
)
from fourcorners.institutions.versioned import Versioned
from fourcorners.people.rules import State as PersonState
from fourcorners.web.api.institution_world import living_institution_of, sees_names
from fourcorners.web.api.keyed import ApiRoute, Exporter, Reader, Writer, floor_of
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_institutions import (
    FieldsChange,
    FieldsShape,
    NewParty,
    OwnershipGiven,
    PartyPage,
    PartyShape,
    Signed,
    Signing,
)
from fourcorners.web.site import Site
from fourcorners.web.who import Key

__all__ = ["router", "told_party"]

router = APIRouter(prefix="/v1/institutions/{institution}", route_class=ApiRoute, tags=["Institutions"])
GONE = ("not_found", "key_destroyed")
CHANGES = (*GONE, "institution_field_unknown", "institution_not_open", "institution_too_many")
PEOPLE = (*CHANGES, "institution_party_unknown")
GRAPH = ("ownership_statements_invalid", "ownership_graph_invalid")


@router.get("/sections/{section}", summary="Fetch a section", responses=refuses(*GONE))
def look(request: Request, institution: str, section: str, key: Exporter) -> FieldsShape:
    """The fields of a section with their version: type, basic_info, addresses, ownership, additional_info."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return _fields(read_section(db, own.id, section))


@router.patch(
    "/sections/{section}",
    summary="Save fields of a section",
    responses=refuses(*CHANGES, "institution_section_changed", body=True),
)
def save(request: Request, institution: str, section: str, new: FieldsChange, key: Writer) -> FieldsShape:
    """Several may save at once: what others wrote in other fields is kept, in the same field it is a conflict."""
    with floor_of(request).database.write() as db:
        own = living_institution_of(db, key, institution)
        return _fields(save_section(db, own.id, section, actor=key.id, changes=new.changes, seen=new.seen))


@router.get("/parties", summary="List the people and entities", responses=refuses(*GONE))
def people(request: Request, institution: str, key: Reader) -> PartyPage:
    """Everybody who is named, with whether they are verified; what was entered only for keys with `exports:read`."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return PartyPage(data=[told_party(db, party, key) for party in list_parties(db, own.id)])


@router.post(
    "/parties",
    status_code=201,
    response_model=PartyShape,
    summary="Name a person or entity",
    responses=refuses(*CHANGES, post=True),
)
def name(request: Request, institution: str, new: NewParty, key: Writer, once: OnceHere) -> Response:
    """Entered once, with all roles."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        party = add_party(db, own.id, actor=key.id, values=new.values)
        return once.answer(db, told_party(db, party, key), owner=own.id)


@router.patch(
    "/parties/{party}",
    summary="Change somebody's fields",
    responses=refuses(*PEOPLE, "institution_section_changed", body=True),
)
def change(request: Request, institution: str, party: str, new: FieldsChange, key: Writer) -> PartyShape:
    """As with a section: what others wrote in other fields is kept."""
    with floor_of(request).database.write() as db:
        own = living_institution_of(db, key, institution)
        change_party(db, own.id, party, actor=key.id, changes=new.changes, seen=new.seen)
        return told_party(db, get_party(db, own.id, party), key)


@router.delete("/parties/{party}", status_code=204, summary="Take somebody out", responses=refuses(*PEOPLE))
def remove(request: Request, institution: str, party: str, key: Writer) -> None:
    """With their files, which stay on record."""
    with floor_of(request).database.write() as db:
        remove_party(db, living_institution_of(db, key, institution).id, party, actor=key.id)


@router.post(
    "/parties/{party}/link",
    status_code=201,
    response_model=PartyShape,
    summary="Send somebody their own verification",
    responses=refuses(*PEOPLE, "email_invalid", post=True),
)
def send_link(request: Request, institution: str, party: str, key: Writer, once: OnceHere) -> Response:
    """A link by mail to the individual flow; the result is followed, and nothing else of theirs is shown here."""
    site: Site = request.app.state.site
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        linked = send_party_link(db, own.id, party, actor=key.id, origin=site.origin)
        return once.answer(db, told_party(db, linked, key), owner=own.id)


@router.get(
    "/ownership",
    summary="Export the graph of owners",
    response_model=list[dict[str, Any]],
    responses=refuses(*CHANGES, *GRAPH),
)
def export(request: Request, institution: str, key: Exporter) -> Response:
    """As statements of the Beneficial Ownership Data Standard 0.4; what was imported is written as it was."""
    floor = floor_of(request)
    with floor.database.write() as db:
        own = living_institution_of(db, key, institution)
        told = export_graph(db, own.id, actor=key.id, publisher=floor.settings.verifier_name)
    return Response(told.encode(), media_type="application/json")


@router.put(
    "/ownership",
    summary="Import the graph of owners",
    responses=refuses(*CHANGES, *GRAPH, "institution_section_changed", body=True),
)
def take_in(request: Request, institution: str, new: OwnershipGiven, key: Writer) -> FieldsShape:
    """It replaces what was drawn. Nothing of the statements is lost: exported again, they are as they were."""
    text = json.dumps(new.statements, ensure_ascii=False)
    with floor_of(request).database.write() as db:
        own = living_institution_of(db, key, institution)
        return _fields(import_graph(db, own.id, actor=key.id, text=text, seen=new.seen, subject=new.subject))


@router.post(
    "/signature",
    status_code=201,
    response_model=Signed,
    summary="Attest and sign",
    responses=refuses(*CHANGES, post=True),
)
def put_name(request: Request, institution: str, new: Signing, key: Writer, once: OnceHere) -> Response:
    """For whoever signed with you. It holds as long as nothing of the application is changed."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        for attestation in new.attestations:
            tick(db, own.id, attestation, actor=key.id, signer=new.signer, address=new.address)
        made = sign(db, own.id, actor=key.id, signer=new.signer, kind="typed", address=new.address)
        ticked = [held.key for held in list_attestations(db, own.id)]
        return once.answer(db, Signed(signature=made.id, attestations=ticked, at=made.at), owner=own.id)


def told_party(db: ReadSession, party: Party, key: Key) -> PartyShape:
    """The shape of somebody."""
    held = read_party(db, party)
    return PartyShape(
        id=party.id,
        version=held.version,
        applicant=party.applicant_id,
        verified=person_state(db, party) is PersonState.VERIFIED,
        values=dict(held.values) if sees_names(key) else None,
    )


def _fields(held: Versioned) -> FieldsShape:
    return FieldsShape(version=held.version, values=dict(held.values))
