"""Reads: `get_` raises, `find_` returns None, `list_` is never None."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.sealing import open_json
from fourcorners.people.models import Applicant, Submission, Verification, VerificationItem
from fourcorners.people.rules import Item, ItemState, State, Step, items_asked, steps

__all__ = [
    "CLAIMS",
    "CONTACT",
    "HOUSEHOLD",
    "find_applicant",
    "get_applicant",
    "get_verification",
    "get_verification_of",
    "item_states",
    "items_wanted",
    "list_items",
    "list_submissions",
    "progress",
    "read_claims",
    "read_email",
    "read_household",
    "state_of",
    "uploads_by_item",
]

CLAIMS = "claims"
CONTACT = "contact"
HOUSEHOLD = "household"


def get_applicant(db: ReadSession, applicant_id: str) -> Applicant:
    """Raises NotFound."""
    applicant = db.get(Applicant, applicant_id)
    if applicant is None:
        raise NotFound("There is no such applicant.")
    return applicant


def find_applicant(db: ReadSession, *, reference: str | None = None, account_id: str | None = None) -> Applicant | None:
    """The applicant with this reference, or of this account."""
    query = select(Applicant)
    if reference is not None:
        query = query.where(Applicant.reference == reference)
    if account_id is not None:
        query = query.where(Applicant.account_id == account_id)
    return db.scalars(query).one_or_none()


def get_verification(db: ReadSession, verification_id: str, *, lock: bool = False) -> Verification:
    """`lock` keeps other writers away until the transaction ends. Raises NotFound."""
    found = db.get(Verification, verification_id, with_for_update=lock or None)
    if found is None:
        raise NotFound("There is no such verification.")
    return found


def get_verification_of(db: ReadSession, applicant_id: str) -> Verification:
    """The verification of this applicant. Raises NotFound."""
    found = db.scalars(select(Verification).where(Verification.applicant_id == applicant_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such verification.")
    return found


def state_of(verification: Verification) -> State:
    """Its state as one of the enumeration."""
    return State(verification.state)


def list_items(db: ReadSession, verification_id: str) -> list[VerificationItem]:
    """All items that were ever given, by name."""
    query = select(VerificationItem).where(VerificationItem.verification_id == verification_id)
    return list(db.scalars(query.order_by(VerificationItem.name)))


def item_states(db: ReadSession, verification_id: str) -> dict[Item, ItemState]:
    """The state of each item that was ever given."""
    return {Item(item.name): ItemState(item.state) for item in list_items(db, verification_id)}


def items_wanted(verification: Verification) -> tuple[Item, ...]:
    """What this verification needs before it can be submitted."""
    live = verification.challenge_policy != "none"
    return items_asked(verification.document_kind, verification.residence, verification.level_wanted, live)


def progress(db: ReadSession, verification: Verification) -> dict[Step, str]:
    """Each step and its state, for the progress bar."""
    return steps(
        item_states(db, verification.id),
        items_wanted(verification),
        verification.residence is not None,
        verification.document_kind is not None,
    )


def list_submissions(db: ReadSession, verification_id: str) -> list[Submission]:
    """All submissions, the first one first."""
    query = select(Submission).where(Submission.verification_id == verification_id).order_by(Submission.number)
    return list(db.scalars(query))


def read_claims(db: ReadSession, verification: Verification) -> Mapping[str, Any]:
    """The personal data that were typed in; empty if none. Raises KeyDestroyed after erasure."""
    if verification.claims is None:
        return {}
    opened: Mapping[str, Any] = open_json(db, verification.applicant_id, verification.claims, CLAIMS)
    return opened


def uploads_by_item(db: ReadSession, verification_id: str) -> dict[str, str]:
    """What was handed in: the id of the upload by item; further pages of a paper as `paper_2`, `paper_3`."""
    found = {}
    for row in list_items(db, verification_id):
        if row.upload_id:
            found[row.name] = row.upload_id
            found |= {f"{row.name}_{number}": upload for number, upload in enumerate(row.further, 2)}
    return found


def read_household(db: ReadSession, verification: Verification) -> Mapping[str, str]:
    """`owner` and `relation`, if the applicant lives with somebody who proves the address. Raises KeyDestroyed."""
    if verification.household is None:
        return {}
    opened: Mapping[str, str] = open_json(db, verification.applicant_id, verification.household, HOUSEHOLD)
    return opened


def read_email(db: ReadSession, applicant: Applicant) -> str | None:
    """Where the applicant gets mail. Raises KeyDestroyed after erasure."""
    if applicant.contact is None:
        return None
    address: str | None = open_json(db, applicant.id, applicant.contact, CONTACT).get("email")
    return address
