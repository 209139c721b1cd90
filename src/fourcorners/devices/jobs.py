"""Durable work of devices: the photos of a ticket are judged as those of a verification are."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import fourcorners
from fourcorners.clearance.queries import find_review
from fourcorners.devices.queries import get_ticket
from fourcorners.evidence.queries import get_upload, read_upload
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.floor import Floor
from fourcorners.infra.sealing import open_json, seal_json
from fourcorners.people import Item
from fourcorners.people.details import claims_for_checks
from fourcorners.people.queries import get_verification_of, items_wanted, read_claims, uploads_by_item

__all__ = ["compare_photos", "leave_photos", "read_found"]

FOUND = "device ticket"


def compare_photos(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Judge a ticket's photos with the selfie and the details of the approved verification; once, however often asked.

    What came of it helps the person who decides, and decides nothing.
    """
    with floor.database.read() as db:
        ticket = get_ticket(db, payload["ticket"])
        if ticket.found is not None or ticket.front is None or ticket.back is None:
            return
        sides = [read_upload(db, floor.blobs, get_upload(db, side)) for side in (ticket.front, ticket.back)]
        if Item.DOCUMENT_BACK not in items_wanted(get_verification_of(db, ticket.owner_id)):
            sides = sides[:1]  # a passport has one: what was handed in besides is looked at by people only
        selfie, claims, today = _approved(db, floor, ticket.owner_id)
    verdict = fourcorners.check(document=sides, selfie=selfie, claims=claims, today=today)
    found = json.loads(verdict.to_json())
    with floor.database.write() as db:
        ticket = get_ticket(db, payload["ticket"], lock=True)
        ticket.found = seal_json(db, ticket.owner_id, found, f"{FOUND} {ticket.id}")
        review = find_review(db, ticket.id, lock=True)
        if review is not None:
            review.reasons = list(verdict.reasons)


def leave_photos(floor: Floor, payload: Mapping[str, Any], code: str) -> None:
    """The photos could not be judged, however often it was tried: a person decides without, and sees why."""
    with floor.database.write() as db:
        review = find_review(db, payload["ticket"], lock=True)
        if review is not None:
            review.reasons = ["check_not_made"]


def read_found(db: ReadSession, ticket_id: str) -> Mapping[str, Any]:
    """The verdict on the photos (`verdict.Verdict.to_dict`); empty until there is one, and after erasure."""
    ticket = get_ticket(db, ticket_id)
    if ticket.found is None:
        return {}
    try:
        found: Mapping[str, Any] = open_json(db, ticket.owner_id, ticket.found, f"{FOUND} {ticket.id}")
    except KeyDestroyed:
        return {}
    return found


def _approved(db: ReadSession, floor: Floor, owner_id: str) -> tuple[bytes | None, dict[str, str], date]:
    verification = get_verification_of(db, owner_id)
    given = uploads_by_item(db, verification.id).get(Item.SELFIE.value)
    upload = None if given is None else get_upload(db, given)
    gone = upload is None or upload.removed_at is not None
    selfie = None if upload is None or gone else read_upload(db, floor.blobs, upload)
    details = read_claims(db, verification)
    claims = claims_for_checks(
        details, verification.nationality, verification.document_kind, verification.document_country
    )
    return selfie, claims, db.now.date()
