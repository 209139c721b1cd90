"""What is owed to an institution: the end of the relation, erasure, everything that is kept."""

from fastapi import APIRouter, Request, Response

from fourcorners.institutions.queries import get_institution
from fourcorners.privacy.institutions import close_institution, erase_institution, export_institution
from fourcorners.web.api.institution_world import institution_of, living_institution_of
from fourcorners.web.api.keyed import ApiRoute, Exporter, Writer, floor_of
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import Closed, Erased
from fourcorners.web.archives import ZIP, archive_answer

__all__ = ["router"]

router = APIRouter(prefix="/v1/institutions/{institution}", route_class=ApiRoute, tags=["Institutions"])


@router.post(
    "/closure", response_model=Closed, summary="Close an institution", responses=refuses("not_found", post=True)
)
def close(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """The relation has ended: how long data are kept runs from here, also for the people who verified themselves."""
    with once.write() as db:
        own = institution_of(db, key, institution)
        close_institution(db, own.id, actor=key.id)
        return once.answer(db, Closed(id=own.id, closed_at=own.closed_at or db.now), status=200)


@router.post(
    "/erasure",
    response_model=Erased,
    summary="Erase an institution",
    responses=refuses("not_found", "must_be_kept", post=True),
)
def erase(request: Request, institution: str, key: Writer, once: OnceHere) -> Response:
    """Destroy its data for good. Refused while the law or a legal hold asks to keep them."""
    with once.write() as db:
        own = institution_of(db, key, institution)
        erase_institution(db, own.id, actor=key.id)
        erased = get_institution(db, own.id).erased_at
        return once.answer(db, Erased(id=own.id, erased_at=erased or db.now), status=200)


@router.get(
    "/export",
    summary="Export everything of an institution",
    response_class=Response,
    responses={
        200: {
            "description": "A ZIP file with `data.json` and the files.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
        },
        **refuses("not_found", "key_destroyed"),
    },
)
def hand_out(request: Request, institution: str, key: Exporter) -> Response:
    """Everything that is kept about it and its people. Noted in the audit log."""
    floor = floor_of(request)
    with floor.database.write() as db:
        own = living_institution_of(db, key, institution)
        archive = export_institution(db, floor.blobs, own.id, actor=key.id)
    return archive_answer(archive, own.id)
