"""The gate: what verification unlocks takes a `Cleared`, and only `require` makes one, where it is used."""

from typing import Any

from fourcorners.clearance.errors import NotCleared
from fourcorners.infra.db import WriteSession
from fourcorners.institutions.queries import get_institution
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.people import State
from fourcorners.people.models import Applicant
from fourcorners.people.queries import get_applicant, get_verification_of, state_of
from fourcorners.people.rules import may_use
from fourcorners.screening.queries import stops_approval
from fourcorners.screening.rules import State as HitState

__all__ = ["Cleared", "require", "require_institution"]

_MINT = object()
INSTITUTION_LEVEL = 3
"""An institution that is approved may what a person may who is verified with their address."""


class Cleared:
    """Proof that a person may do `what`, good within one transaction. Cannot be made elsewhere, copied or pickled.

    Of an institution `applicant_id` is the institution's id.
    """

    __slots__ = ("applicant_id", "level", "what")

    def __init__(self, applicant_id: str, level: int, what: str, mint: object) -> None:
        if mint is not _MINT:
            raise TypeError("Only clearance.require makes a Cleared.")
        self.applicant_id, self.level, self.what = applicant_id, level, what

    def __reduce__(self) -> Any:  # noqa: ANN401 - pickle's own
        raise TypeError("A Cleared does not outlive its transaction.")


def require(db: WriteSession, applicant_id: str, what: str) -> Cleared:
    """Let this person do `what` (`deposit`, `trade`, `withdraw`; `people/flow.toml`), or raise NotCleared.

    The applicant's row stays locked until the transaction ends, so that nobody takes the clearance back in between.
    While somebody is verified anew their level stays, unless compliance holds it (IND9) or a hit is confirmed.
    """
    person = db.get(Applicant, get_applicant(db, applicant_id).id, with_for_update=True, populate_existing=True)
    if person is None or person.erased_at is not None or person.hold:
        raise NotCleared("This is on hold.", level=0, needed=what)
    verification = get_verification_of(db, applicant_id)
    if any(hit.state == HitState.TRUE_MATCH for hit in stops_approval(db, verification.id)):
        raise NotCleared("This is on hold.", level=0, needed=what)
    state = state_of(verification)
    if state is State.REJECTED_FINAL or not may_use(person.level, what):
        raise NotCleared("This needs a verification first.", level=person.level, needed=what)
    return Cleared(person.id, person.level, what, _MINT)


def require_institution(db: WriteSession, institution_id: str, what: str, *, user_party: str) -> Cleared:
    """Let the authorised user of an approved institution do `what`, or raise NotCleared (INS14).

    `user_party` is whoever acts: only the one who was approved as authorised user may. The institution's row stays
    locked until the transaction ends.
    """
    institution = get_institution(db, institution_id, lock=True)
    if institution.erased_at is not None or institution.hold:
        raise NotCleared("This is on hold.", level=0, needed=what)
    if institution.state != InstitutionState.APPROVED or not may_use(INSTITUTION_LEVEL, what):
        raise NotCleared("This institution is not approved.", level=0, needed=what)
    if any(hit.state == HitState.TRUE_MATCH for hit in stops_approval(db, institution_id)):
        raise NotCleared("This is on hold.", level=0, needed=what)
    if institution.user_party is None or institution.user_party != user_party:
        raise NotCleared("Only the authorised user operates the account.", level=0, needed=what)
    return Cleared(institution.id, INSTITUTION_LEVEL, what, _MINT)
