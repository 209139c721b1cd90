"""After a change of the authorised user was submitted or decided: both users are told, the queue follows (INS14)."""

from collections.abc import Mapping
from typing import Any

from fourcorners.clearance.institutions import close_review, open_change_review
from fourcorners.infra.db import WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.institutions.actions.users import get_change
from fourcorners.institutions.letters import address_of, feedback_of
from fourcorners.institutions.models import Party, UserChange
from fourcorners.institutions.queries import get_institution, read_party
from fourcorners.workflows.institution_letters import write_once

__all__ = ["after_change", "change_submitted"]


def change_submitted(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Tell the old and the new user that one was named, and have a person look. A second time changes nothing."""
    with floor.database.write() as db:
        change = get_change(db, payload["change"])
        for who, to in _both(db, change).items():
            mark = f"change {change.id} {who}"
            write_once(db, change.institution_id, mark, f"change_{who}", floor.settings.public_url, to=to)
        open_change_review(db, change.id)


def after_change(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Tell both how it was decided. One that was taken back leaves the queue."""
    with floor.database.write() as db:
        change = get_change(db, payload["change"])
        institution = get_institution(db, change.institution_id)
        if change.state not in ("approved", "rejected"):
            close_review(db, change.id)
            return
        told = {"feedback": feedback_of(db, institution, {}, change.reasons)}
        for who, to in _both(db, change).items():
            mark = f"change {change.id} {change.state[:3]} {who}"
            kind = f"change_{change.state}"
            write_once(db, institution.id, mark, kind, floor.settings.public_url, to=to, **told)


def _both(db: WriteSession, change: UserChange) -> dict[str, str]:
    """Where the old and the new user are written to; for an old one without an address, the institution's own."""
    institution = get_institution(db, change.institution_id)
    old = db.get(Party, change.old_party) if change.old_party else None
    old_address = None if old is None else read_party(db, old).values.get("email")
    new_address = read_party(db, db.get_one(Party, change.new_party)).values.get("email")
    found = {"old": old_address or address_of(db, institution), "new": new_address}
    return {who: to for who, to in found.items() if to}
