"""What a run needs beside the pictures: the live check, the proof of address, other people with the same marks."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import fourcorners
from fourcorners.checks.finding import Finding
from fourcorners.evidence.faces import embedding_of, search_faces
from fourcorners.evidence.live_checks import find_live_check, read_report
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import get_upload, read_upload, read_verdict
from fourcorners.infra.db import ReadSession
from fourcorners.infra.floor import Floor
from fourcorners.people import Item
from fourcorners.people.marks import holders_of, marks_of
from fourcorners.people.queries import get_applicant, get_verification, read_claims, read_household
from fourcorners.people.rules import flow
from fourcorners.verdict import Verdict
from fourcorners.verdict.paper import PaperVerdict
from fourcorners.vision.faces import Embedding
from fourcorners.workflows.whole_case import live_findings

__all__ = ["address_verdict", "find_matches", "live_of"]


def live_of(floor: Floor, run: Run, pictures: Verdict) -> tuple[tuple[Finding, ...], Mapping[str, Any] | None]:
    """The findings on the live check and how it ended; nothing where none was asked for."""
    if Item.LIVE.value not in run.uploads:
        return (), None
    with floor.database.read() as db:
        check = find_live_check(db, run.uploads[Item.LIVE.value])
        if check is None:
            return live_findings(None, None, None, None), None
        report = read_report(db, check)
        portrait = check.portrait_upload_id
        data = None if portrait is None else read_upload(db, floor.blobs, get_upload(db, portrait))
    told = {"id": check.id, "code": check.code, "steps": report.get("steps", []), "reasons": report.get("reasons", [])}
    face = None if data is None else embedding_of(data)
    return live_findings(report, check.code, face, _selfie(pictures)), {**told, "portrait": portrait}


def find_matches(db: ReadSession, run: Run, pictures: Verdict) -> dict[str, object]:
    """Ids of other verified applicants with this document, or this name and birth date, or a face as good as this.

    Nobody is looked for in the sandbox: there the same drawn people come again and again.
    """
    if get_applicant(db, run.owner_id).sandbox:
        return {}
    verification = get_verification(db, run.case_id)
    read: Mapping[str, Any] = pictures.read.get("fields", {})  # type: ignore[assignment]
    number = read.get("document_number", {}).get("value")
    marks = marks_of(db, verification, read_claims(db, verification), number)
    found: dict[str, object] = dict(holders_of(db, marks, get_applicant(db, run.owner_id)))
    selfie = _selfie(pictures)
    faces = [] if selfie is None else search_faces(db, selfie, run.owner_id)
    return {**found, "faces": [list(hit) for hit in faces if not get_applicant(db, hit[0]).sandbox]}


def address_verdict(floor: Floor, run: Run) -> tuple[PaperVerdict | None, Mapping[str, str]]:
    """The library's verdict on the proof of address, and with whom the applicant lives; None where none was handed in.

    A replay takes what was claimed then, whatever is claimed now.
    """
    slots = {slot: _pages(run.uploads, slot) for slot in (Item.PAPER, Item.ATTESTATION, Item.OWNERS_PAPER)}
    if not slots[Item.PAPER] and not slots[Item.OWNERS_PAPER]:
        return None, {}
    with floor.database.read() as db:
        files = {
            slot: [read_upload(db, floor.blobs, get_upload(db, page)) for page in pages]
            for slot, pages in slots.items()
        }
        then = json.loads(read_verdict(db, run))["address"] if run.verdict is not None else None
        if then is None:
            claims, household = _address_claims(db, run), read_household(db, get_verification(db, run.case_id))
        else:
            claims, household = {k: v for k, v in then["claims"].items() if k != "applicant"}, then["household"]
    supplement = None
    if files[Item.ATTESTATION] and files[Item.OWNERS_PAPER] and household:
        supplement = {"attestation": files[Item.ATTESTATION], "paper": files[Item.OWNERS_PAPER], **household}
    judged = fourcorners.check_address(files[Item.PAPER], supplement=supplement, today=run.today, **claims)
    return judged, household


def _address_claims(db: ReadSession, run: Run) -> dict[str, Any]:
    verification = get_verification(db, run.case_id)
    claims, country, kind = read_claims(db, verification), verification.residence, verification.document_kind
    front = run.uploads.get(Item.DOCUMENT_FRONT.value)
    given = {
        "name": " ".join(filter(None, (claims.get("given_names"), claims.get("family_name")))),
        "address": claims.get("address"),
        "country": None if country == flow()["specimen"]["country"] else country,
        "identity_kind": "state_id" if (kind, country) == ("identity_card", "US") else kind,
        "identity_sha256": None if front is None else get_upload(db, front).sha256,
    }
    return {name: value for name, value in given.items() if value}


def _pages(uploads: Mapping[str, str], slot: Item) -> Sequence[str]:
    """The uploads of a slot in the order of its pages: `paper`, `paper_2`, `paper_3`."""
    names = [slot.value, *(f"{slot.value}_{number}" for number in range(2, len(uploads) + 2))]
    return [uploads[name] for name in names if name in uploads]


def _selfie(pictures: Verdict) -> Embedding | None:
    return None if pictures.case.selfie is None else pictures.case.selfie.embedding
