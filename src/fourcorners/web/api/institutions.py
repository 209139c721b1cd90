"""Institutions: create, list, fetch, submit, withdraw, open again, the link to the hosted pages; the table of kinds."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from fourcorners.accounts.actions.links import check_email
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions import Kind, State, badge, kinds, needs, text_of
from fourcorners.institutions import models as kept
from fourcorners.institutions.actions import reopen, start, submit, withdraw
from fourcorners.institutions.actions.beginning import grant_editor
from fourcorners.institutions.queries import list_editors
from fourcorners.institutions.reading import progress_of
from fourcorners.people.rules import flow
from fourcorners.web.api.institution_world import institution_of, living_institution_of
from fourcorners.web.api.keyed import AnyKey, ApiRoute, Reader, Writer, floor_of
from fourcorners.web.api.listing import PagingHere, paged
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import HostedLink
from fourcorners.web.api.shapes_institutions import (
    Institution,
    InstitutionPage,
    InstitutionSubmitted,
    KindPage,
    KindShape,
    MissingShape,
    NewInstitution,
)
from fourcorners.web.site import Site

__all__ = ["router", "told_institution"]

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["Institutions"])
MOVES = ("not_found", "institution_transition_not_allowed")


@router.post(
    "/institutions",
    status_code=201,
    response_model=Institution,
    summary="Create an institution",
    responses=refuses("institution_reference_taken", "email_invalid", post=True),
)
def create(request: Request, new: NewInstitution, key: Writer, once: OnceHere) -> Response:
    """A company, fund, trust or the like. Its application is filled in here, or on the hosted pages."""
    with once.write() as db:
        made = start(
            db,
            actor=key.id,
            reference=new.reference,
            email=None if new.email is None else check_email(new.email),
            locale=new.locale,
            sandbox=key.sandbox,
        )
        return once.answer(db, told_institution(db, made), owner=made.id)


@router.get("/institutions", summary="List institutions", responses=refuses())
def look_through(
    request: Request,
    key: Reader,
    page: PagingHere,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    reference: Annotated[
        str | None, Query(max_length=128, pattern=r"^[^\x00]*$", description="Only the one with this reference.")
    ] = None,
) -> InstitutionPage:
    """The newest first."""
    query = select(kept.Institution).where(kept.Institution.sandbox.is_(key.sandbox))
    query = query if state is None else query.where(kept.Institution.state == state)
    query = query if reference is None else query.where(kept.Institution.reference == reference)
    with floor_of(request).database.read() as db:
        found, cursor = paged(db, query, kept.Institution.id, page)
        data = [told_institution(db, each) for each in found]
    return InstitutionPage(data=data, next_cursor=cursor)


@router.get("/institutions/{institution}", summary="Fetch an institution", responses=refuses("not_found"))
def look(request: Request, institution: str, key: Reader) -> Institution:
    """Where it stands, how far each section is, and everything that is missing, by name."""
    with floor_of(request).database.read() as db:
        return told_institution(db, institution_of(db, key, institution))


@router.post(
    "/institutions/{institution}/submission",
    status_code=201,
    response_model=InstitutionSubmitted,
    summary="Submit an institution",
    responses=refuses(*MOVES, "institution_application_incomplete", post=True),
)
def hand_over(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """Complete, or refused with each missing item by name. It is assessed, then a person decides; a webhook tells."""
    site: Site = request.app.state.site
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        made = submit(db, own.id, actor=key.id, origin=site.origin)
        told = InstitutionSubmitted(submission=made.id, state=State(own.state), due_at=own.due_at)
        return once.answer(db, told, owner=own.id)


@router.post(
    "/institutions/{institution}/withdrawal",
    response_model=Institution,
    summary="Withdraw an application",
    responses=refuses(*MOVES, post=True),
)
def take_back(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """For good."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        withdraw(db, own.id, actor=key.id)
        return once.answer(db, told_institution(db, own), status=200, owner=own.id)


@router.post(
    "/institutions/{institution}/reopening",
    response_model=Institution,
    summary="Open a refused application again",
    responses=refuses(*MOVES, post=True),
)
def open_again(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """It is a draft again, with everything in it."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        reopen(db, own.id, actor=key.id)
        return once.answer(db, told_institution(db, own), status=200, owner=own.id)


@router.post(
    "/institutions/{institution}/links",
    status_code=201,
    response_model=HostedLink,
    summary="Make a link to the application",
    responses=refuses("not_found", post=True),
)
def make_link(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """Send it to whoever fills the application in: the one whose address it was created with."""
    site: Site = request.app.state.site
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        editors = list_editors(db, own.id)
        if not editors:
            raise NotFound("Nobody was named who fills it in: create it with an e-mail address.")
        secret = grant_editor(db, editors[0], "link", actor=key.id)
        ends = db.now + timedelta(hours=flow()["access"]["link_h"])
        told = HostedLink(url=f"{site.origin}/institution/open/{secret}", expires_at=ends)
        return once.answer(db, told, owner=own.id)


@router.get("/institution-kinds", summary="List kinds of institutions", responses=refuses())
def list_kinds(
    request: Request,
    key: AnyKey,
    country: Annotated[str, Query(pattern=r"^[A-Z]{2}$", description="Where it is registered: alpha-2.")],
) -> KindPage:
    """Each kind with its definition, and the people, papers and answers that it needs in this country."""
    return KindPage(data=[_kind(kind, country) for kind in kinds()])


def told_institution(db: ReadSession, institution: kept.Institution) -> Institution:
    """The shape of an institution; after erasure without what was in the application."""
    progress = None
    if institution.erased_at is None:
        progress = progress_of(db, institution, today=db.now.date())
    return Institution(
        id=institution.id,
        reference=institution.reference,
        locale=institution.locale,
        state=State(institution.state),
        badge=badge(State(institution.state)),
        kind=None if institution.kind is None else Kind(institution.kind),
        country=institution.country,
        risk=institution.risk,
        sandbox=institution.sandbox,
        renewing=institution.renewing,
        hold=institution.hold,
        progress={} if progress is None else dict(progress.states),
        missing=[
            MissingShape(section=item.section, item=item.item, says=item.says, is_error=item.is_error)
            for item in (() if progress is None else progress.items)
        ],
        user=institution.user_party,
        created_at=institution.created_at,
        submitted_at=institution.submitted_at,
        decided_at=institution.decided_at,
        due_at=institution.due_at,
        review_on=institution.review_on,
        closed_at=institution.closed_at,
        erased_at=institution.erased_at,
    )


def _kind(kind: Kind, country: str) -> KindShape:
    entry, wanted = kinds()[kind], needs(kind, country=country)
    return KindShape(
        kind=kind,
        name=entry.name,
        definition=entry.definition,
        variants=list(entry.variants),
        people=list(wanted.people),
        people_if_any=list(wanted.people_if_any),
        papers={paper: text_of("papers", paper) for paper in wanted.papers},
        questionnaires=list(wanted.questionnaires),
        answers=list(wanted.answers),
        attestations={key: text_of("attestations", key) for key in wanted.attestations},
        graph=wanted.graph,
    )
