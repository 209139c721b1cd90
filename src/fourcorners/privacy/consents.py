"""Take back the consent to the comparison of faces (GDPR, article 7(3)): as easily as it was given, at any time."""

from sqlalchemy import select

from fourcorners.clearance.actions import leave_to_person
from fourcorners.evidence.faces import drop_template
from fourcorners.evidence.models import Upload
from fourcorners.infra.db import WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.infra.webhooks import tell
from fourcorners.people import State
from fourcorners.people.consents import BIOMETRIC, ask_for_face_again, take_back
from fourcorners.people.models import Applicant, Verification
from fourcorners.people.queries import get_applicant, get_verification_of, state_of
from fourcorners.privacy.actions import REMOVE

__all__ = ["withdraw_consent"]

PICTURES_OF_THE_FACE = ("selfie", "live_portrait")
CAUSE = "consent_withdrawn"


def withdraw_consent(db: WriteSession, applicant_id: str, *, actor: str) -> bool:
    """From now on no machine compares this person's face; gives whether there was a consent to take back.

    The face vector goes at once. Of a draft, the pictures of the face go too, unless a legal hold asks to keep them,
    and are asked for anew with another consent; what was handed in stays as the record of what was decided on it. A
    case under review is left to a person. Who is verified stays so. Raises NotFound.
    """
    person = db.get(Applicant, get_applicant(db, applicant_id).id, with_for_update=True)
    if person is None or person.erased_at is not None or not take_back(db, applicant_id, BIOMETRIC, actor=actor):
        return False
    drop_template(db, applicant_id)
    case = get_verification_of(db, applicant_id)
    state = state_of(case)
    if state is State.IN_PROGRESS and not person.legal_hold:
        _remove_pictures(db, case)
    ask_for_face_again(db, applicant_id)
    if state is State.UNDER_REVIEW:
        leave_to_person(db, case.id, cause=CAUSE)
    tell(db, "applicant.consent_withdrawn", about=person.id, sandbox=person.sandbox, verification=case.id)
    return True


def _remove_pictures(db: WriteSession, case: Verification) -> None:
    """Those on which no submission rests: made after the last decision, if there was one."""
    kept = select(Upload).where(
        Upload.case_id == case.id, Upload.item.in_(PICTURES_OF_THE_FACE), Upload.removed_at.is_(None)
    )
    gone = [upload for upload in db.scalars(kept) if case.decided_at is None or upload.created_at > case.decided_at]
    for upload in gone:
        upload.removed_at = db.now
    if gone:
        hand_over(db, REMOVE, {"uploads": [upload.id for upload in gone]})
