"""The verified person behind an account: whether there is one, and whether their face can be asked for at the door."""

from dataclasses import dataclass

from fourcorners.checks.live.attempts import Standing
from fourcorners.devices.rules import FACE_PURPOSE
from fourcorners.evidence.faces import read_template
from fourcorners.evidence.live_checks import standing_of
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.people import State
from fourcorners.people.models import Applicant, Verification
from fourcorners.people.queries import find_applicant, get_verification_of, state_of

__all__ = ["Verified", "face_can_be_asked", "find_verified", "standing_at_door"]


@dataclass(frozen=True, slots=True)
class Verified:
    """An applicant whose verification is approved and not taken back."""

    applicant: Applicant
    verification: Verification


def find_verified(db: ReadSession, account: str) -> Verified | None:
    """Whoever was verified under this account, unless they are held, erased or being verified anew."""
    person = find_applicant(db, account_id=account)
    if person is None or person.erased_at is not None or person.hold:
        return None
    verification = get_verification_of(db, person.id)
    return Verified(person, verification) if state_of(verification) is State.VERIFIED else None


def standing_at_door(db: ReadSession, applicant_id: str) -> Standing:
    """How many fails are left before the face is locked for a while (FR3)."""
    return standing_of(db, applicant_id, FACE_PURPOSE)


def face_can_be_asked(db: ReadSession, found: Verified | None) -> bool:
    """Is their face kept, may it be tried now, and did they do movements before? Else other things are asked (FR6)."""
    if found is None or found.verification.challenge_policy == "person":
        return False
    try:
        kept = read_template(db, found.applicant.id)
    except KeyDestroyed:
        return False
    return kept is not None and standing_at_door(db, found.applicant.id).may_try
