"""Applicants: create, fetch, list, fill in, submit; the link to the hosted pages."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from fourcorners.accounts import Scope
from fourcorners.accounts.actions.links import check_email
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.people import State
from fourcorners.people import models as people
from fourcorners.people.actions import choose_document, enter_details, register_applicant, state_residence, submit
from fourcorners.people.consents import agree
from fourcorners.people.contact import change_contact
from fourcorners.people.grants import end_grants, grant_access
from fourcorners.people.personas import hand_in, make_persona, persona_of_reference
from fourcorners.people.queries import get_applicant, get_verification, get_verification_of, read_claims, read_email
from fourcorners.people.rules import flow
from fourcorners.web.api.keyed import ApiRoute, Reader, Writer, applicant_of, floor_of, living_applicant_of
from fourcorners.web.api.listing import PagingHere, paged
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import (
    Applicant,
    ApplicantChange,
    ApplicantPage,
    Details,
    Draft,
    HostedLink,
    NewApplicant,
    Personal,
    Submission,
    Submitted,
)
from fourcorners.web.site import Site
from fourcorners.web.who import Key

__all__ = ["router"]

router = APIRouter(prefix="/v1/applicants", route_class=ApiRoute, tags=["Applicants"])
STATED = "Stated by the business through the API: the applicant agreed to {what}."
DRAFT = ("details_invalid", "underage", "country_unsupported", "document_unsupported", "email_invalid", "wrong_state")


@router.post(
    "",
    status_code=201,
    response_model=Applicant,
    summary="Create an applicant",
    responses=refuses("reference_taken", "persona_unknown", *DRAFT, post=True),
)
def create(request: Request, new: NewApplicant, key: Writer, once: OnceHere) -> Response:
    """Somebody who is to be verified. What you know already can be filled in; the rest is asked on the hosted pages."""
    persona = new.persona or persona_of_reference(new.reference) if key.sandbox else new.persona
    with once.write() as db:
        verification = register_applicant(
            db,
            actor=key.id,
            reference=new.reference,
            email=None if new.email is None else check_email(new.email),
            locale=new.locale,
            level_wanted=new.level,
            sandbox=key.sandbox,
        )
        if new.live_check == "none":
            verification.challenge_policy = "none"
        if persona is not None:
            make_persona(db, verification, persona, actor=key.id)
        _fill_in(db, verification.id, new, key)
        return once.answer(db, _applicant(db, verification, key), owner=verification.applicant_id)


@router.get("", summary="List applicants", responses=refuses())
def look_through(
    request: Request,
    key: Reader,
    page: PagingHere,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    reference: Annotated[str | None, Query(max_length=128, description="Only the one with this reference.")] = None,
) -> ApplicantPage:
    """The newest first. What is added while you turn pages moves nothing."""
    query = select(people.Applicant).where(people.Applicant.sandbox.is_(key.sandbox))
    if state is not None:
        cases = select(people.Verification.applicant_id).where(people.Verification.state == state)
        query = query.where(people.Applicant.id.in_(cases))
    if reference is not None:
        query = query.where(people.Applicant.reference == reference)
    with floor_of(request).database.read() as db:
        found, cursor = paged(db, query, people.Applicant.id, page)
        data = [_applicant(db, get_verification_of(db, person.id), key) for person in found]
    return ApplicantPage(data=data, next_cursor=cursor)


@router.get("/{applicant}", summary="Fetch an applicant", responses=refuses("not_found"))
def look(request: Request, applicant: str, key: Reader) -> Applicant:
    """One applicant. Personal data are shown to keys with `exports:read` only."""
    with floor_of(request).database.read() as db:
        applicant_of(db, key, applicant)
        return _applicant(db, get_verification_of(db, applicant), key)


@router.patch(
    "/{applicant}",
    summary="Fill in a draft",
    responses=refuses("not_found", "key_destroyed", "item_not_asked", *DRAFT, body=True),
)
def change(request: Request, applicant: str, new: ApplicantChange, key: Writer) -> Applicant:
    """Change what is given, before it is submitted or while it is asked for again."""
    with floor_of(request).database.write() as db:
        person = living_applicant_of(db, key, applicant)
        email = None if new.email is None else check_email(new.email)
        change_contact(db, person.id, actor=key.id, email=email, locale=new.locale)
        verification = get_verification_of(db, person.id)
        _fill_in(db, verification.id, new, key)
        return _applicant(db, verification, key)


@router.post(
    "/{applicant}/submission",
    status_code=201,
    response_model=Submitted,
    summary="Submit",
    responses=refuses(
        "not_found", "incomplete", "wrong_state", "too_many_submissions", "underage", "country_unsupported", post=True
    ),
)
def hand_over(request: Request, applicant: str, said: Submission, key: Writer, once: OnceHere) -> Response:
    """Start the checks. A webhook tells the outcome; `due_at` says by when."""
    with once.write() as db:
        person = living_applicant_of(db, key, applicant)
        verification = get_verification_of(db, person.id)
        hand_in(db, verification, actor=key.id)
        for kind, what in (("biometric", "the processing of their face"), ("declaration", "their data being true")):
            agree(db, person.id, kind, actor=key.id, text=STATED.format(what=what), locale="en")
        submission = submit(db, verification.id, actor=key.id)
        told = Submitted(submission=submission.id, state=State(verification.state), due_at=verification.due_at)
        return once.answer(db, told, owner=person.id)


@router.post(
    "/{applicant}/links",
    status_code=201,
    response_model=HostedLink,
    summary="Make a link to the hosted pages",
    responses=refuses("not_found", post=True),
)
def make_link(request: Request, applicant: str, key: Writer, once: OnceHere) -> Response:
    """Send the applicant there. It is good for two weeks, on any device, until you take it back."""
    site: Site = request.app.state.site
    with once.write() as db:
        person = living_applicant_of(db, key, applicant)
        secret = grant_access(db, person.id, "link", actor=key.id)
        ends = db.now + timedelta(hours=flow()["access"]["link_h"])
        told = HostedLink(url=f"{site.origin}/verify/open/{secret}", expires_at=ends)
        return once.answer(db, told, owner=person.id)


@router.delete("/{applicant}/links", status_code=204, summary="Take back every link", responses=refuses("not_found"))
def end_links(request: Request, applicant: str, key: Writer) -> None:
    """Links, QR codes and whatever browsers they opened stop working at once."""
    with floor_of(request).database.write() as db:
        person = applicant_of(db, key, applicant)
        end_grants(db, person.id, ("link", "phone", "browser"), actor=key.id)


def _fill_in(db: WriteSession, verification_id: str, new: Draft, key: Key) -> None:
    if new.residence is not None:
        state_residence(
            db,
            verification_id,
            actor=key.id,
            residence=new.residence.residence,
            nationality=new.residence.nationality,
        )
    if new.details is not None:
        enter_details(db, verification_id, actor=key.id, details=_plain(new.details))
    if new.document is not None:
        choose_document(db, verification_id, actor=key.id, kind=new.document.kind, country=new.document.country)


def _plain(details: Details) -> dict[str, str]:
    given = details.model_dump(exclude_none=True)
    return {**given, "single_name": "true" if details.single_name else "false"}


def _applicant(db: ReadSession, verification: people.Verification, key: Key) -> Applicant:
    person = get_applicant(db, verification.applicant_id)
    verification = get_verification(db, verification.id)
    personal = None
    if Scope.EXPORTS_READ in key.scopes and person.erased_at is None:
        personal = Personal(email=read_email(db, person), details=dict(read_claims(db, verification)))
    return Applicant(
        id=person.id,
        verification=verification.id,
        reference=person.reference,
        locale=person.locale,
        level=person.level,
        level_wanted=verification.level_wanted,
        state=State(verification.state),
        residence=verification.residence,
        nationality=verification.nationality,
        document_kind=verification.document_kind,
        document_country=verification.document_country,
        sandbox=person.sandbox,
        persona=person.persona,
        created_at=person.created_at,
        closed_at=person.closed_at,
        erased_at=person.erased_at,
        personal=personal,
    )
