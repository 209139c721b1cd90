"""What is owed to a person and to others about them: close, hand out, destroy, and say what was verified."""

from fastapi import APIRouter, Request, Response

from fourcorners.clearance.assurance import verified_claims
from fourcorners.people.consents import BIOMETRIC, taken_back_at
from fourcorners.people.queries import get_applicant
from fourcorners.privacy import close, erase, export, withdraw_consent
from fourcorners.web.api.keyed import ApiRoute, Exporter, Writer, applicant_of, floor_of, living_applicant_of
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import Claims, Closed, ConsentWithdrawn, Erased
from fourcorners.web.archives import ZIP, archive_answer

__all__ = ["router"]

router = APIRouter(prefix="/v1/applicants", route_class=ApiRoute, tags=["Exports and erasure"])


@router.post("/{applicant}/closure", response_model=Closed, summary="Close", responses=refuses("not_found", post=True))
def end(request: Request, applicant: str, key: Writer, once: OnceHere) -> Response:
    """The relation with this person has ended: the spans for which records are kept begin."""
    with once.write() as db:
        person = applicant_of(db, key, applicant)
        close(db, person.id, actor=key.id)
        return once.answer(db, Closed(id=person.id, closed_at=person.closed_at or db.now), status=200)


@router.post(
    "/{applicant}/consent-withdrawal",
    response_model=ConsentWithdrawn,
    summary="Withdraw the consent",
    responses=refuses("not_found", post=True),
)
def withdraw(request: Request, applicant: str, key: Writer, once: OnceHere) -> Response:
    """The person takes back the consent to the comparison of faces, as they can on their own page (GDPR, article 7(3)).

    The face vector is destroyed; a case under review goes to a person; who is verified stays so.
    """
    with once.write() as db:
        person = applicant_of(db, key, applicant)
        withdraw_consent(db, person.id, actor=key.id)
        return once.answer(
            db, ConsentWithdrawn(id=person.id, withdrawn_at=taken_back_at(db, person.id, BIOMETRIC)), status=200
        )


@router.post(
    "/{applicant}/erasure",
    response_model=Erased,
    summary="Erase",
    responses=refuses("not_found", "must_be_kept", post=True),
)
def forget(request: Request, applicant: str, key: Writer, once: OnceHere) -> Response:
    """Destroy the person's data for good. Refused while the law or a legal hold asks to keep them."""
    with once.write() as db:
        person = applicant_of(db, key, applicant)
        erase(db, person.id, actor=key.id)
        erased = get_applicant(db, person.id).erased_at
        return once.answer(db, Erased(id=person.id, erased_at=erased or db.now), status=200)


@router.get(
    "/{applicant}/export",
    summary="Export everything",
    response_class=Response,
    responses={
        200: {
            "description": "A ZIP file with `data.json` and the files.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
        },
        **refuses("not_found", "key_destroyed"),
    },
)
def hand_out(request: Request, applicant: str, key: Exporter) -> Response:
    """Everything that is kept about the person, for that person (GDPR, article 15). Noted in the audit log."""
    floor = floor_of(request)
    with floor.database.write() as db:
        person = living_applicant_of(db, key, applicant)
        archive = export(db, floor.blobs, person.id, actor=key.id)
    return archive_answer(archive, person.id)


@router.get(
    "/{applicant}/verified-claims",
    summary="Export as OpenID verified_claims",
    responses=refuses("not_found", "not_verified", "key_destroyed"),
)
def claims(request: Request, applicant: str, key: Exporter) -> Claims:
    """What was verified, how and by whom, as OpenID Identity Assurance 1.0 writes it. Noted in the audit log."""
    floor = floor_of(request)
    with floor.database.write() as db:
        person = living_applicant_of(db, key, applicant)
        told = verified_claims(
            db,
            person.id,
            actor=key.id,
            trust_framework=floor.settings.trust_framework,
            organization=floor.settings.verifier_name,
        )
    return Claims.model_validate(told)
