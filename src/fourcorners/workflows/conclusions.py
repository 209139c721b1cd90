"""What follows a decision: the letter, the face template; what follows the calendar: notices, expiry (IND6, IND9)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from fourcorners.clearance.queries import latest_decision
from fourcorners.evidence.faces import drop_template_later, embedding_of, keep_template
from fourcorners.evidence.queries import get_upload, read_upload
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.infra.mail import Mail, write_mail
from fourcorners.people import Item, ItemState, State
from fourcorners.people.actions import open_for_reverification
from fourcorners.people.consents import BIOMETRIC, taken_back_at
from fourcorners.people.grants import grant_access
from fourcorners.people.letters import LINK, address_of, expiry_letter, outcome_letter
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification, list_items, state_of, uploads_by_item
from fourcorners.people.reopening import tell_anew
from fourcorners.people.rules import flow

__all__ = ["after_conclusion", "watch_expiry"]

EXPIRED, PERIODIC = "document_expired", "periodic_review"


def after_conclusion(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Write the letter and keep or drop the face, once for each decision; nothing if another decision came after it."""
    decided_at = datetime.fromisoformat(payload["decided_at"])
    with floor.database.read() as db:
        verification = get_verification(db, payload["verification"])
        if verification.decided_at != decided_at:
            return
        state = state_of(verification)
        selfie = uploads_by_item(db, verification.id).get(Item.SELFIE.value)
        data, person = None, get_applicant(db, verification.applicant_id)
        agreed = taken_back_at(db, verification.applicant_id, BIOMETRIC) is None
        if state is State.VERIFIED and selfie is not None and agreed and not person.sandbox:
            data = read_upload(db, floor.blobs, get_upload(db, selfie))
    face = None if data is None else embedding_of(data)
    with floor.database.write() as db:
        verification = get_verification(db, payload["verification"])
        if face is not None and taken_back_at(db, verification.applicant_id, BIOMETRIC) is None:
            keep_template(db, verification.applicant_id, face)
        if state is State.REJECTED_FINAL:
            drop_template_later(db, verification.applicant_id)
        _tell_outcome(db, verification, f"outcome {payload['decided_at']}", floor.settings.public_url)


def watch_expiry(floor: Floor) -> None:
    """Once a day: a letter 30 and 7 days before a document expires, and the re-verification on the day after.

    Whoever was verified years ago is verified anew as well.
    """
    with floor.database.read() as db:
        today = db.now.date()
        latest = today + timedelta(days=max(flow()["expiry_notices_days"]))
        long_ago = db.now - timedelta(days=flow()["reverification"]["review_after_days"])
        runs_out, old = Verification.expires_on <= latest, Verification.decided_at < long_ago
        due = list(db.scalars(select(Verification.id).where(Verification.state == State.VERIFIED, runs_out | old)))
    for verification_id in due:
        with floor.database.write() as db:
            verification = get_verification(db, verification_id, lock=True)
            if state_of(verification) is not State.VERIFIED:
                continue
            if verification.decided_at is not None and verification.decided_at < long_ago:
                _verify_anew(db, verification, PERIODIC, floor.settings.public_url)
                continue
            if verification.expires_on is None:
                continue
            left = (verification.expires_on - today).days
            if left < 0:
                _verify_anew(db, verification, EXPIRED, floor.settings.public_url)
                continue
            if left > (latest - today).days:
                continue
            notice = min(days for days in flow()["expiry_notices_days"] if left <= days)
            _tell_expiry(db, verification, f"expiry {notice} {verification.expires_on.isoformat()}")


def _tell_outcome(db: WriteSession, verification: Verification, kind: str, origin: str) -> None:
    person = get_applicant(db, verification.applicant_id)
    to = address_of(db, person)
    if to is None or _written(db, person.id, kind):
        return
    redo = {row.name: row.reasons for row in list_items(db, verification.id) if row.state == ItemState.REDO}
    decision = latest_decision(db, verification.id)
    subject, text = outcome_letter(
        person.locale, verification.state, redo, [] if decision is None else decision.reasons
    )
    link = f"{origin}/verify/open/{grant_access(db, person.id, 'link', actor='system')}"
    write_mail(db, owner=person.id, kind=kind, to=to, subject=subject, text=text.replace(LINK, link))


def _verify_anew(db: WriteSession, verification: Verification, trigger: str, origin: str) -> None:
    open_for_reverification(db, verification.id, actor="system", trigger=trigger)
    tell_anew(db, verification, actor="system", origin=origin)


def _tell_expiry(db: WriteSession, verification: Verification, kind: str) -> None:
    person = get_applicant(db, verification.applicant_id)
    to = address_of(db, person)
    if to is None or verification.expires_on is None or _written(db, person.id, kind):
        return
    subject, text = expiry_letter(person.locale, verification.expires_on)
    write_mail(db, owner=person.id, kind=kind, to=to, subject=subject, text=text)


def _written(db: ReadSession, owner: str, kind: str) -> bool:
    query = select(Mail.id).where(Mail.owner == owner, Mail.kind == kind)
    return db.scalars(query.limit(1)).one_or_none() is not None
