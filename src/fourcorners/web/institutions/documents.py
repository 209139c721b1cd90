"""Papers of the institution and of its people: what is needed and why, handed in, replaced, described, taken back."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.evidence.queries import get_upload, read_name, read_upload
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import describe_paper, hand_in, remove_paper
from fourcorners.institutions.actions.handing_in import PARTY_ITEM, UPLOAD_ITEM
from fourcorners.institutions.errors import FieldUnknown
from fourcorners.institutions.models import Paper
from fourcorners.institutions.queries import get_paper, get_party, list_papers, read_about, read_section
from fourcorners.institutions.rules import State
from fourcorners.institutions.sections import papers_of_party
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.files import open_files
from fourcorners.web.institutions.filling import needs_of
from fourcorners.web.institutions.framing import page, standing_of
from fourcorners.web.institutions.people import show_party
from fourcorners.web.institutions.reviewing import read_by_machine
from fourcorners.web.institutions.whose import AREA_NAME, Mine, floor_of, mine, mine_to_write
from fourcorners.web.pages import go, words_of

__all__ = ["router"]

router = page_router("/institution")
SECTION = "documents"
DATED = ("ownership", "business_address")
"""Papers of which the day on them counts."""
SIGNED = ("ownership", "authorisation")
EXPIRING = ("licence",)
SUPPLEMENT = "supplement_letter"


@router.get("/{institution_id}/documents")
def documents(request: Request, institution_id: str) -> Response:
    """Every paper that is needed, with why, and what is there."""
    with mine(request, institution_id) as (db, own):
        return _documents(request, db, own)


@router.post("/{institution_id}/documents/{paper}/files")
def upload(request: Request, institution_id: str, paper: str, form: Form) -> Response:
    """Files for one paper: opened before any is kept; all of them, or none."""
    words = words_of(request, AREA_NAME)
    field = f"paper-{paper}"
    opened, wrong = open_files(request, list(form.getlist("file")), UPLOAD_ITEM)
    if not opened and not wrong:
        wrong = words("institutions.documents.none")
    about = _about(form)
    with mine_to_write(request, institution_id) as (db, own):
        if wrong:
            return _documents(request, db, own, errors={field: wrong})
        try:
            for file in opened:
                hand_in(
                    db, floor_of(request).blobs, own.id, actor=own.actor, paper=paper, data=file.data,
                    media_type=file.media_type, name=file.name, about=about,
                )  # fmt: skip
        except FieldUnknown:
            return _documents(request, db, own, errors={field: words("institutions.wrong.day")})
        return go(_back(own, paper))


@router.post("/{institution_id}/key_people/{party_id}/files")
def upload_for(request: Request, institution_id: str, party_id: str, form: Form) -> Response:
    """What stands for somebody: both sides or the photo page, and the proof of address."""
    errors: dict[str, str] = {}
    opened = []
    for paper in papers_of_party():
        files, wrong = open_files(request, list(form.getlist(paper)), PARTY_ITEM)
        opened += [(paper, file) for file in files]
        if wrong:
            errors[paper] = wrong
    if not opened and not errors:
        errors["identity_page"] = words_of(request, AREA_NAME)("institutions.documents.none")
    with mine_to_write(request, institution_id) as (db, own):
        get_party(db, own.id, party_id)
        for paper, file in opened if not errors else ():
            hand_in(
                db, floor_of(request).blobs, own.id, actor=own.actor, paper=paper, data=file.data,
                media_type=file.media_type, name=file.name, party_id=party_id,
            )  # fmt: skip
        if not errors:
            return go(f"{own.path}/key_people/{party_id}#verified-by")
        return show_party(request, db, own, party_id, errors)


@router.get("/{institution_id}/papers/{paper_id}")
def look(request: Request, institution_id: str, paper_id: str) -> Response:
    """A file as it was handed in, for those who fill in the application only."""
    with mine(request, institution_id) as (db, own):
        upload = get_upload(db, get_paper(db, own.id, paper_id).upload_id)
        data = read_upload(db, floor_of(request).blobs, upload)
        ending = {"application/pdf": "pdf", "image/png": "png"}.get(upload.media_type, "jpg")
        headers = {"content-disposition": f'attachment; filename="{paper_id}.{ending}"'}
        return Response(data, media_type=upload.media_type, headers=headers)


@router.post("/{institution_id}/papers/{paper_id}/describe")
def describe(request: Request, institution_id: str, paper_id: str, form: Form) -> Response:
    """When it is dated, until when it is good, whether it is signed."""
    with mine_to_write(request, institution_id) as (db, own):
        paper = get_paper(db, own.id, paper_id)
        try:
            describe_paper(db, own.id, paper_id, actor=own.actor, about=_about(form))
        except FieldUnknown:
            wrong = words_of(request, AREA_NAME)("institutions.wrong.day")
            return _documents(request, db, own, errors={f"paper-{paper.paper}": wrong})
        return go(_back(own, paper.paper))


@router.post("/{institution_id}/papers/{paper_id}/remove")
def take_back(request: Request, institution_id: str, paper_id: str, form: Form) -> Response:
    """It no longer stands for anything."""
    with mine_to_write(request, institution_id) as (db, own):
        paper = get_paper(db, own.id, paper_id)
        remove_paper(db, own.id, paper_id, actor=own.actor)
        if paper.party_id is not None:
            return go(f"{own.path}/key_people/{paper.party_id}#verified-by")
        return go(_back(own, paper.paper))


def _back(own: Mine, paper: str) -> str:
    return own.path if own.state is State.INFO_REQUESTED else f"{own.path}/{SECTION}#paper-{paper}"


def _about(form: FormData) -> dict[str, object]:
    """What the form says of a paper; only of what it asked."""
    told: dict[str, object] = {
        name: text_of(form, name, length_max=12) for name in ("dated", "expires") if name in form
    }
    if "asks_signed" in form:
        told["signed"] = text_of(form, "signed") == "yes"
    return told


def _documents(request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None) -> Response:
    standing = standing_of(request, db, own)
    wanted = needs_of(db, own)
    addresses = read_section(db, own.id, "addresses").values
    asked = [*wanted.papers] if wanted is not None else []
    if any(value for name, value in addresses.items() if name.startswith("business.")):
        asked.append("business_address")
    held: dict[str, list[dict[str, object]]] = {}
    for paper in list_papers(db, own.id):
        if paper.party_id is None:
            held.setdefault(paper.paper, []).append(_row(db, paper))
    further = [paper for paper in held if paper not in asked]
    return page(
        request,
        db,
        own,
        SECTION,
        section=SECTION,
        status=422 if errors else 200,
        standing=standing,
        errors={**standing.errors_of(SECTION), **(errors or {})} if wanted is not None else errors or {},
        refused=errors or {},
        asked=[*asked, *further, *([] if SUPPLEMENT in further else [SUPPLEMENT])],
        obligatory=set(asked),
        held=held,
        read=read_by_machine(request, db, own),
        dated=DATED,
        signed=SIGNED,
        expiring=EXPIRING,
        size_mb=20,
        chosen=wanted is not None,
    )


def _row(db: ReadSession, paper: Paper) -> dict[str, object]:
    upload = get_upload(db, paper.upload_id)
    return {
        "id": paper.id,
        "name": read_name(db, upload),
        "size": upload.size_bytes,
        "at": paper.created_at,
        "about": read_about(db, paper),
    }
