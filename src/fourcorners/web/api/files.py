"""Files for an applicant: a picture or a paper, as the body itself or in a form; opened before anything is kept."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from fourcorners.checks.address.submission import FILES_MAX
from fourcorners.evidence.actions import store_upload
from fourcorners.infra.db import WriteSession
from fourcorners.people import Item
from fourcorners.people.actions import give_item
from fourcorners.people.queries import get_verification_of
from fourcorners.verdict.catalogue import catalogue
from fourcorners.web.api.keyed import ApiRoute, FileWriter, floor_of, living_applicant_of
from fourcorners.web.api.once import Once, OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import FileTaken
from fourcorners.web.errors import BodyMalformed, MediaTypeDiffers, MediaTypeUnsupported
from fourcorners.web.limits import form_parts
from fourcorners.web.uploads import accept_file
from fourcorners.web.who import Key

__all__ = ["NAME_LETTERS_MAX", "read_files", "router"]

router = APIRouter(prefix="/v1/applicants", route_class=ApiRoute, tags=["Files"])
NAME_LETTERS_MAX = 200
RAW = ("image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf", "application/octet-stream")
ALIASES = {"image/jpg": "image/jpeg", "image/heif": "image/heic"}
FORM = "multipart/form-data"
MANY_NAMES: tuple[str, ...] = (Item.PAPER, Item.ATTESTATION, Item.OWNERS_PAPER)
FileItem = Literal["document_front", "document_back", "selfie", "paper", "attestation", "owners_paper"]
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1, "maxItems": FILES_MAX}
FORM_SCHEMA = {"type": "object", "properties": {"file": FILES}, "required": ["file"]}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {FORM: {"schema": FORM_SCHEMA}, **dict.fromkeys(RAW, BINARY)},
    }
}


@router.post(
    "/{applicant}/files/{item}",
    status_code=201,
    response_model=FileTaken,
    summary="Upload a file",
    openapi_extra=BODY,
    responses=refuses(
        "not_found",
        "wrong_state",
        "item_not_asked",
        "source_not_allowed",
        "too_many_files",
        "media_type_unsupported",
        "media_type_differs",
        "file_infected",
        "scanner_unavailable",
        *[code for code in catalogue() if code in ("unreadable_file", "too_large", "picture_too_small")],
        post=True,
    ),
)
async def upload(
    request: Request,
    applicant: str,
    item: FileItem,
    key: FileWriter,
    once: OnceHere,
    name: Annotated[
        str,
        Query(max_length=NAME_LETTERS_MAX, pattern=r"^[^\x00]*$", description="What you call it, if it is the body."),
    ] = "",
) -> Response:
    """The file is the body, with its own content type, or the part `file` of a form.

    A proof of address may have up to five files in one form. What stood for the item before is replaced. A file that
    cannot be opened is refused with the code that the catalogue of reasons has for it.
    """
    files = await read_files(request, item, name)
    return await run_in_threadpool(_keep, request, applicant, Item(item), key, once, files)


def _keep(
    request: Request, applicant: str, item: Item, key: Key, once: Once, files: list[tuple[bytes, str, str]]
) -> Response:
    once.look()
    with floor_of(request).database.read() as db:
        living_applicant_of(db, key, applicant)
    opened = [(data, name, _checked(request, item, data, name, said)) for data, name, said in files]
    with once.write() as db:
        person = living_applicant_of(db, key, applicant)
        verification = get_verification_of(db, person.id)
        first, *further = [_store(request, db, person.id, verification.id, item, key, *each) for each in opened]
        give_item(db, verification.id, actor=key.id, item=item, upload_id=first.id, further=[f.id for f in further])
        return once.answer(db, first.model_copy(update={"pages_given": len(opened)}), owner=person.id)


def _checked(request: Request, item: Item, data: bytes, name: str, said: str) -> str:
    """The media type that it is. Raises what `accept_file` raises, MediaTypeDiffers."""
    found = accept_file(request, item.value, data, name)
    if said not in ("", "application/octet-stream", found):
        raise MediaTypeDiffers("The file is of another type than was said.", said=said, found=found)
    return found


def _store(
    request: Request,
    db: WriteSession,
    owner_id: str,
    case_id: str,
    item: Item,
    key: Key,
    data: bytes,
    name: str,
    media_type: str,
) -> FileTaken:
    kept = store_upload(
        db,
        floor_of(request).blobs,
        actor=key.id,
        owner_id=owner_id,
        case_id=case_id,
        item=item.value,
        data=data,
        media_type=media_type,
        source="api",
        name=name,
    )
    return FileTaken(
        id=kept.id, item=item, media_type=media_type, size_bytes=len(data), sha256=kept.sha256, pages_given=1
    )


async def read_files(request: Request, item: str, name: str) -> list[tuple[bytes, str, str]]:
    """Each file with its name and the type that it is said to be. Raises BodyMalformed, MediaTypeUnsupported."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    said = ALIASES.get(said, said)
    if said in RAW:
        return [(await request.body(), name, said)]
    if said != FORM:
        raise MediaTypeUnsupported("Send the file itself, or a form with it.", takes=[*RAW, FORM])
    await request.body()  # kept by the framework, so that the form is read from what was hashed
    fields_max, files_max = form_parts()
    form = await request.form(max_files=files_max, max_fields=fields_max)
    try:
        given = [part for part in form.getlist("file") if isinstance(part, UploadFile)]
        if not 1 <= len(given) <= (FILES_MAX if item in MANY_NAMES else 1):
            raise BodyMalformed("The form must hold the part `file`: one, or up to five of a paper.")
        return [(await part.read(), (part.filename or "")[:NAME_LETTERS_MAX], _said(part)) for part in given]
    finally:
        await form.close()


def _said(part: UploadFile) -> str:
    said = (part.content_type or "").partition(";")[0].strip().lower()
    return ALIASES.get(said, said)
