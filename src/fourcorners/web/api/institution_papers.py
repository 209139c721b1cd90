"""Papers of institutions and of their people: uploaded, listed, taken back; also those of another authorised user."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from fourcorners.evidence.queries import get_upload
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import hand_in, hand_in_for_change, remove_paper
from fourcorners.institutions.actions.handing_in import PARTY_ITEM, UPLOAD_ITEM
from fourcorners.institutions.models import Paper
from fourcorners.institutions.queries import list_papers, read_about
from fourcorners.institutions.sections import check_paper, papers_of_party
from fourcorners.web.api.files import NAME_LETTERS_MAX, read_files
from fourcorners.web.api.institution_world import change_of, living_institution_of
from fourcorners.web.api.keyed import ApiRoute, FileWriter, Reader, Writer, floor_of
from fourcorners.web.api.once import Once, OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_institutions import PaperAbout, PaperPage, PaperShape
from fourcorners.web.errors import MediaTypeDiffers
from fourcorners.web.uploads import accept_file
from fourcorners.web.who import Key

__all__ = ["router"]

router = APIRouter(prefix="/v1/institutions/{institution}", route_class=ApiRoute, tags=["Institutions"])
RAW = ("application/pdf", "image/jpeg", "image/png", "application/octet-stream")
BINARY = {"schema": {"type": "string", "format": "binary"}}
FORM = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": FORM}, **dict.fromkeys(RAW, BINARY)},
    }
}
REFUSED = (
    "not_found",
    "institution_field_unknown",
    "institution_not_open",
    "institution_party_unknown",
    "institution_too_many",
    "institution_change_pending",
    "too_many_files",
    "media_type_unsupported",
    "media_type_differs",
    "file_infected",
    "scanner_unavailable",
    "file_empty",
)
Name = Annotated[
    str, Query(max_length=NAME_LETTERS_MAX, pattern=r"^[^\x00]*$", description="What you call it, if it is the body.")
]


@router.get("/papers", summary="List the papers", responses=refuses("not_found", "key_destroyed"))
def look(request: Request, institution: str, key: Reader) -> PaperPage:
    """The papers as they stand, of the institution and of its people."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return PaperPage(data=[_paper(db, paper) for paper in list_papers(db, own.id)])


@router.post(
    "/papers/{paper}/files",
    status_code=201,
    response_model=PaperShape,
    summary="Upload a paper",
    openapi_extra=BODY,
    responses=refuses(*REFUSED, post=True),
)
async def upload(
    request: Request,
    institution: str,
    paper: str,
    key: FileWriter,
    once: OnceHere,
    party: Annotated[str | None, Query(max_length=32, description="Whose it is: the id of somebody named.")] = None,
    dated: Annotated[date | None, Query(description="The day printed on it.")] = None,
    expires: Annotated[date | None, Query(description="Until when it is good.")] = None,
    signed: Annotated[bool, Query(description="Is it signed?")] = False,
    name: Name = "",
) -> Response:
    """Originals, PDF preferred, JPEG or PNG, below 20 MB: the body itself, or the part `file` of a form."""
    files = await read_files(request, paper, name)
    about = {"dated": dated and dated.isoformat(), "expires": expires and expires.isoformat(), "signed": signed}
    told = {what: value for what, value in about.items() if value}
    return await run_in_threadpool(_keep, request, institution, paper, key, once, files[0], party, told)


@router.delete(
    "/papers/{paper}",
    status_code=204,
    summary="Take a paper back",
    responses=refuses("not_found", "institution_not_open", "key_destroyed"),
)
def remove(request: Request, institution: str, paper: str, key: Writer) -> None:
    """By its id. The file stays on record as evidence."""
    with floor_of(request).database.write() as db:
        remove_paper(db, living_institution_of(db, key, institution).id, paper, actor=key.id)


@router.post(
    "/user-changes/{change}/papers/{paper}/files",
    status_code=201,
    response_model=PaperShape,
    summary="Upload a paper of the new authorised user",
    openapi_extra=BODY,
    responses=refuses(*REFUSED, post=True),
)
async def upload_for_change(
    request: Request,
    institution: str,
    change: str,
    paper: str,
    key: FileWriter,
    once: OnceHere,
    name: Name = "",
) -> Response:
    """The new `authorisation`, and their identity_front and identity_back or identity_page, and proof_of_address."""
    files = await read_files(request, paper, name)
    return await run_in_threadpool(_keep_for_change, request, (institution, change), paper, key, once, files[0])


def _keep(
    request: Request,
    institution: str,
    paper: str,
    key: Key,
    once: Once,
    file: tuple[bytes, str, str],
    party: str | None,
    about: dict[str, Any],
) -> Response:
    data, name, _ = file
    once.look()
    with floor_of(request).database.read() as db:
        living_institution_of(db, key, institution)
    check_paper(paper, for_party=party is not None)
    media_type = _media_type(request, UPLOAD_ITEM if party is None else PARTY_ITEM, file)
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        made = hand_in(
            db, floor_of(request).blobs, own.id, actor=key.id, paper=paper, data=data, media_type=media_type, name=name,
            source="api", party_id=party, about=about,
        )  # fmt: skip
        return once.answer(db, _paper(db, made), owner=own.id)


def _keep_for_change(
    request: Request, place: tuple[str, str], paper: str, key: Key, once: Once, file: tuple[bytes, str, str]
) -> Response:
    data, name, _ = file
    once.look()
    with floor_of(request).database.read() as db:
        change_of(db, key, *place)
    of_party = paper in papers_of_party()
    check_paper(paper, for_party=of_party)
    media_type = _media_type(request, PARTY_ITEM if of_party else UPLOAD_ITEM, file)
    with once.write() as db:
        change = change_of(db, key, *place)
        made = hand_in_for_change(
            db, floor_of(request).blobs, change.id, actor=key.id, paper=paper, data=data, media_type=media_type,
            name=name, source="api",
        )  # fmt: skip
        return once.answer(db, _paper(db, made), owner=change.institution_id)


def _media_type(request: Request, item: str, file: tuple[bytes, str, str]) -> str:
    data, name, said = file
    found = accept_file(request, item, data, name)
    if said not in ("", "application/octet-stream", found):
        raise MediaTypeDiffers("The file is of another type than was said.", said=said, found=found)
    return found


def _paper(db: ReadSession, paper: Paper) -> PaperShape:
    upload = get_upload(db, paper.upload_id)
    return PaperShape(
        id=paper.id,
        paper=paper.paper,
        party=paper.party_id,
        upload=upload.id,
        media_type=upload.media_type,
        size_bytes=upload.size_bytes,
        sha256=upload.sha256,
        about=PaperAbout.model_validate(dict(read_about(db, paper))),
        created_at=paper.created_at,
    )
