"""The proof of address: one to five files, and for who lives with somebody else, that person's (POA4, POA7)."""

from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.checks.address.rules import rules_for
from fourcorners.checks.address.submission import FILES_MAX
from fourcorners.evidence.rules import size_max_bytes
from fourcorners.infra.db import ReadSession
from fourcorners.kit.errors import Refusal
from fourcorners.people import Item, Step
from fourcorners.people.actions import give_item, tell_household
from fourcorners.people.queries import list_items, read_claims, read_household
from fourcorners.web.applicant.whose import Mine, keep_file, mine, mine_to_write, onward, page
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import words_of
from fourcorners.web.telling import refusal_words
from fourcorners.web.uploads import accept_file

__all__ = ["router"]

router = page_router("/verify")
NAME_LETTERS_MAX = 200
PAPERS = (Item.PAPER, Item.ATTESTATION, Item.OWNERS_PAPER)


@router.get("/address")
def address(request: Request) -> Response:
    """What counts as a proof, and where to put it."""
    with mine(request) as (db, own):
        return _address(request, db, own)


@router.post("/address/files")
def send_address(request: Request, form: Form) -> Response:
    """The files are opened before any is kept: all of them, or none."""
    words = words_of(request, "applicant")
    given = {item: [f for f in form.getlist(item.value) if isinstance(f, UploadFile) and f.filename] for item in PAPERS}
    errors: dict[str, str] = {}
    read: dict[Item, list[tuple[bytes, str, str]]] = {}
    if not given[Item.PAPER] and not given[Item.OWNERS_PAPER]:
        errors["paper"] = words("applicant.address.none")
    for item, files in given.items():
        if len(files) > FILES_MAX:
            errors[item.value] = words("applicant.address.many", count=FILES_MAX)
            continue
        for file in files:
            data, name = file.file.read(size_max_bytes(item.value) + 1), (file.filename or "")[:NAME_LETTERS_MAX]
            try:
                read.setdefault(item, []).append((data, name, accept_file(request, item.value, data, name)))
            except Refusal as refusal:
                errors[item.value] = refusal_words(request, refusal, area="applicant")
    owner, relation = text_of(form, "owner", length_max=NAME_LETTERS_MAX), text_of(form, "relation")
    if given[Item.ATTESTATION] or given[Item.OWNERS_PAPER]:
        errors |= {} if owner else {"owner": words("applicant.wrong.missing")}
        errors |= {} if relation in _relations(request) else {"relation": words("applicant.wrong.missing")}
    with mine_to_write(request) as (db, own):
        if errors:
            return _address(request, db, own, status=422, errors=errors, said={"owner": owner, "relation": relation})
        for item, opened in read.items():
            first, *further = [
                keep_file(request, db, own, item, data, media_type, source="upload", name=name)
                for data, name, media_type in opened
            ]
            give_item(db, own.id, actor=own.applicant.id, item=item, upload_id=first, further=further)
        if owner and relation:
            tell_household(db, own.id, actor=own.applicant.id, owner=owner, relation=relation)
        return onward(db, own)


def _relations(request: Request) -> tuple[str, ...]:
    with mine(request) as (_, own):
        return tuple(rules_for(own.verification.residence, "individual").supplement)


def _address(
    request: Request,
    db: ReadSession,
    own: Mine,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:
    rules = rules_for(own.verification.residence, "individual")
    reasons = {row.name: row.reasons for row in list_items(db, own.id)}
    return page(
        request,
        db,
        own,
        "address",
        step=Step.ADDRESS,
        status=status,
        errors=errors or {},
        said={"owner": "", "relation": "", **(said or read_household(db, own.verification))},
        address=read_claims(db, own.verification).get("address", ""),
        kinds=rules.kinds,
        relations=rules.supplement,
        months=rules.months,
        files_max=FILES_MAX,
        reasons=reasons,
    )
