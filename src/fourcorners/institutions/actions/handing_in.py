"""Hand in files: the institution's papers, and identity documents of its people."""

from collections.abc import Mapping
from typing import Any

from fourcorners.evidence.actions import store_upload
from fourcorners.evidence.queries import get_upload
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.changing import opened, touch
from fourcorners.institutions.errors import FieldUnknown, TooManyOfThem
from fourcorners.institutions.models import Institution, Paper
from fourcorners.institutions.queries import ABOUT, get_institution, get_paper, get_party, list_papers, read_about
from fourcorners.institutions.reading import day
from fourcorners.institutions.rules import State
from fourcorners.institutions.sections import check_paper, limit_of
from fourcorners.kit.canonical import sha256_hex
from fourcorners.kit.ids import new_id

__all__ = ["PARTY_ITEM", "UPLOAD_ITEM", "describe_paper", "hand_in", "keep_paper", "remove_paper"]

UPLOAD_ITEM = "institution_paper"
PARTY_ITEM = "institution_identity"
"""The items under which the evidence keeps these files (`evidence/uploads.toml`); `check_file` takes the same."""


def hand_in(
    db: WriteSession,
    blobs: Blobs,
    institution_id: str,
    *,
    actor: str,
    paper: str,
    data: bytes,
    media_type: str,
    name: str = "",
    source: str = "upload",
    party_id: str | None = None,
    about: Mapping[str, Any] | None = None,
) -> Paper:
    """A file that `evidence.actions.check_file` has taken now stands for `paper`, of the institution or of somebody.

    `about`: `dated`, `expires` (ISO days), `signed`. The same file for the same paper again changes nothing. Another is
    added, but a side of somebody's document replaces the one before. Also while a question is open.
    Raises FieldUnknown, PartyUnknown, TooManyOfThem, NotOpenForChanges, StoreUnavailable.
    """
    institution = open_for_files(db, institution_id)
    return keep_paper(
        db, blobs, institution, actor=actor, paper=paper, data=data, media_type=media_type, name=name, source=source,
        party_id=party_id, about=about,
    )  # fmt: skip


def keep_paper(
    db: WriteSession,
    blobs: Blobs,
    institution: Institution,
    *,
    actor: str,
    paper: str,
    data: bytes,
    media_type: str,
    name: str = "",
    source: str = "upload",
    party_id: str | None = None,
    about: Mapping[str, Any] | None = None,
) -> Paper:
    """The same in any state, for a change of the authorised user."""
    told = _about(about or {})
    check_paper(paper, for_party=party_id is not None)
    if party_id is not None:
        get_party(db, institution.id, party_id)
    held = list_papers(db, institution.id)
    alike = [kept for kept in held if (kept.paper, kept.party_id) == (paper, party_id)]
    for kept in alike:
        if get_upload(db, kept.upload_id).sha256 == sha256_hex(data):
            return kept
    if len(held) >= limit_of("papers_max"):
        raise TooManyOfThem("That is as many papers as an application holds.", limit=limit_of("papers_max"))
    upload = store_upload(
        db,
        blobs,
        actor=actor,
        owner_id=institution.id,
        case_id=institution.id,
        item=PARTY_ITEM if party_id else UPLOAD_ITEM,
        data=data,
        media_type=media_type,
        source=source,
        name=name,
    )
    made = Paper(
        id=new_id("pap"),
        institution_id=institution.id,
        party_id=party_id,
        paper=paper,
        upload_id=upload.id,
        created_at=db.now,
    )
    made.about = seal_json(db, institution.id, told, f"{ABOUT} {made.id}")
    db.add(made)
    for kept in alike if party_id is not None else ():
        kept.removed_at = db.now
    details = {"paper": paper, "id": made.id, "upload": upload.id, "party": party_id}
    touch(db, institution, actor, "paper.given", details)
    return made


def open_for_files(db: WriteSession, institution_id: str) -> Institution:
    """Files are taken while the application can be changed, and while a question waits for its answer."""
    if get_institution(db, institution_id).state == State.INFO_REQUESTED:
        return opened(db, institution_id, State.INFO_REQUESTED)
    return opened(db, institution_id)


def describe_paper(
    db: WriteSession, institution_id: str, paper_id: str, *, actor: str, about: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Say when a paper is dated, until when it is good, whether it is signed. Raises FieldUnknown, NotFound."""
    institution = open_for_files(db, institution_id)
    paper = get_paper(db, institution.id, paper_id)
    before = read_about(db, paper)
    told = _about({**before, **about})
    if told != before:
        paper.about = seal_json(db, institution.id, told, f"{ABOUT} {paper.id}")
        touch(db, institution, actor, "paper.described", {"id": paper.id})
    return told


def remove_paper(db: WriteSession, institution_id: str, paper_id: str, *, actor: str) -> None:
    """Take a paper back; the file stays on record as evidence. A second time changes nothing."""
    institution = open_for_files(db, institution_id)
    paper = get_paper(db, institution.id, paper_id)
    if paper.removed_at is None:
        paper.removed_at = db.now
        touch(db, institution, actor, "paper.removed", {"id": paper.id, "paper": paper.paper})


def _about(given: Mapping[str, Any]) -> dict[str, Any]:
    problems = {name: "unknown" for name in given if name not in ("dated", "expires", "signed")}
    problems |= {n: "invalid" for n in ("dated", "expires") if given.get(n) and day(given[n]) is None}
    if given.get("signed") not in (None, True, False):
        problems["signed"] = "invalid"
    if problems:
        raise FieldUnknown("Some of this cannot be said of a paper.", problems=problems)
    return {name: value for name, value in given.items() if value}
