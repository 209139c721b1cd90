"""Pictures and papers: the camera's page, uploads, the look at what was taken, proofs of address."""

from collections.abc import Mapping
from typing import cast

import cv2
import numpy as np
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.evidence.models import Upload
from fourcorners.evidence.queries import get_upload, read_upload
from fourcorners.evidence.rules import PICTURES, size_max_bytes, sources_of
from fourcorners.guidance import look_at_document, look_at_face
from fourcorners.infra.db import ReadSession
from fourcorners.kit.errors import Refusal
from fourcorners.people import Item, Step
from fourcorners.people.actions import give_item
from fourcorners.people.consents import has_agreed
from fourcorners.people.queries import item_states, items_wanted, list_items
from fourcorners.vision.decode import decode
from fourcorners.web.applicant.whose import (
    Mine,
    floor_of,
    keep_file,
    locale_here,
    mine,
    mine_to_write,
    next_path,
    onward,
    page,
)
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go
from fourcorners.web.telling import hint_words, refusal_words
from fourcorners.web.uploads import accept_file

__all__ = ["router"]

router = page_router("/verify")

SIDE_PX = 640
FINE = ("ready", "hold_still")
"""What a look at a single photo may say when nothing is amiss: stillness cannot be told from one frame."""


@router.get("/capture/{item}")
def capture(request: Request, item: str) -> Response:
    """The page with the camera, and the way to choose a file where that is allowed."""
    with mine(request) as (db, own):
        return _capture(request, db, own, _picture(item))


@router.post("/capture/{item}")
def take(request: Request, item: str, form: Form) -> Response:
    """A picture comes in: looked at, sealed, kept."""
    asked = _picture(item)
    data, name, source = _file(form, asked)
    with mine(request) as (db, own):
        if not has_agreed(db, own.applicant.id, "biometric"):
            return go("/verify/start")
    try:
        media_type = accept_file(request, asked.value, data, name if source == "upload" else "")
        _keep(request, asked, data, name, source, media_type)
    except Refusal as refusal:
        with mine(request) as (db, own):
            return _capture(
                request, db, own, asked, status=422, errors={"file": refusal_words(request, refusal, area="applicant")}
            )
    return go(f"/verify/capture/{asked.value}/look")


@router.get("/capture/{item}/look")
def look(request: Request, item: str) -> Response:
    """The picture that was taken, and what may be amiss with it: again, or go on."""
    asked = _picture(item)
    with mine(request) as (db, own):
        upload = _taken(db, own, asked)
        if upload is None:
            return go(f"/verify/capture/{asked.value}")
        hint = _hint(asked, read_upload(db, floor_of(request).blobs, upload))
        step = Step.SELFIE if asked is Item.SELFIE else Step.CAPTURE
        return page(
            request,
            db,
            own,
            "look",
            step=step,
            item=asked.value,
            upload=upload.id,
            hint=hint,
            hint_words=hint_words(hint, locale_here(request)),
        )


@router.post("/capture/{item}/look")
def use(request: Request, item: str, form: Form) -> Response:
    """Go on with it."""
    _picture(item)
    with mine(request) as (db, own):
        return onward(db, own)


@router.get("/picture/{item}")
def picture(request: Request, item: str) -> Response:
    """What the applicant handed in last for an item, for their own eyes only."""
    asked = _picture(item)
    with mine(request) as (db, own):
        upload = _taken(db, own, asked)
        if upload is None:
            raise PageMissing("There is no such picture.")
        return Response(read_upload(db, floor_of(request).blobs, upload), media_type=upload.media_type)


def _picture(item: str) -> Item:
    if item not in PICTURES or item not in set(Item):
        raise PageMissing("There is no such page.")
    return Item(item)


def _taken(db: ReadSession, own: Mine, item: Item) -> Upload | None:
    """The upload that stands for the item now."""
    upload_id = next((row.upload_id for row in list_items(db, own.id) if row.name == item.value), None)
    return None if upload_id is None else get_upload(db, upload_id)


def _file(form: FormData, item: Item) -> tuple[bytes, str, str]:
    given = form.get("file")
    if not isinstance(given, UploadFile):
        return b"", "", "upload"
    data = given.file.read(size_max_bytes(item.value) + 1)
    source = "camera" if text_of(form, "source") == "camera" else "upload"
    return data, (given.filename or "")[:200], source


def _keep(request: Request, item: Item, data: bytes, name: str, source: str, media_type: str) -> None:
    with mine_to_write(request) as (db, own):
        name = name if source == "upload" else ""
        upload_id = keep_file(request, db, own, item, data, media_type, source=source, name=name)
        give_item(db, own.id, actor=own.applicant.id, item=item, upload_id=upload_id)


def _capture(
    request: Request,
    db: ReadSession,
    own: Mine,
    item: Item,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    if item not in items_wanted(own.verification) and item not in item_states(db, own.id):
        return go(next_path(db, own))
    return page(
        request,
        db,
        own,
        "capture",
        step=Step.SELFIE if item is Item.SELFIE else Step.CAPTURE,
        status=status,
        errors=errors or {},
        item=item.value,
        kind=own.verification.document_kind or "passport",
        facing="user" if item is Item.SELFIE else "environment",
        may_upload="upload" in sources_of(item.value),
    )


def _hint(item: Item, data: bytes) -> str | None:
    """What a small copy of the photo shows to be amiss: the same rules as over the live preview (IDP8)."""
    pixels = decode(data).pixels
    height, width = pixels.shape[:2]
    scale = SIDE_PX / max(height, width)
    small = cv2.resize(pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    seen = (look_at_face if item is Item.SELFIE else look_at_document)(cast("np.ndarray", small))
    return None if seen.hint in FINE else seen.hint
