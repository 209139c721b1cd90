"""A case as the queue sees it, whichever kind of applicant it is about: whose it is, where it stands, its address."""

from dataclasses import dataclass
from datetime import datetime

from fourcorners.clearance.models import Decision
from fourcorners.clearance.phases import Phase, institution_phase_of
from fourcorners.clearance.policy import Facts, InForce, policy_for
from fourcorners.clearance.queries import facts_of, find_review, list_decisions, phase_and_proposals
from fourcorners.clearance.rules import Standing
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions.actions.users import get_change
from fourcorners.institutions.letters import address_of
from fourcorners.institutions.models import Institution, UserChange
from fourcorners.institutions.queries import state_of as institution_state_of
from fourcorners.institutions.rules import State as InstitutionState
from fourcorners.kit.ids import is_id
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification, read_email

__all__ = ["INSTITUTION", "PERSON", "USER_CHANGE", "Case", "get_case"]

PERSON, INSTITUTION, USER_CHANGE = "person", "institution", "user_change"


@dataclass(frozen=True, slots=True)
class Case:
    """A verification of a person, an institution with its application, or a change of its authorised user (INS14).

    One of the first two is there; `change` stands beside the institution that it is about.
    """

    id: str
    owner_id: str
    verification: Verification | None = None
    institution: Institution | None = None
    change: UserChange | None = None

    @property
    def kind(self) -> str:
        """`person`, `institution` or `user_change`."""
        if self.change is not None:
            return USER_CHANGE
        return PERSON if self.institution is None else INSTITUTION

    @property
    def row(self) -> Verification | Institution | UserChange:
        """Where `due_at` and `submitted_at` are kept."""
        found = self.change or self.institution or self.verification
        if found is None:
            raise LookupError("A case is about somebody or something.")
        return found

    @property
    def facts(self) -> Facts:
        """What the policy asks of it."""
        if self.verification is not None:
            return facts_of(self.verification)
        return Facts(applicant=INSTITUTION, residence=self.institution.country if self.institution else None)

    def policy(self, db: ReadSession) -> InForce:
        """The policy that was in force when it was submitted."""
        submitted: datetime | None = self.row.submitted_at
        return policy_for(db, self.facts, submitted or db.now)

    def address(self, db: ReadSession) -> str | None:
        """Where mail to the applicant goes. Raises KeyDestroyed after erasure."""
        if self.institution is not None:
            return address_of(db, self.institution)
        return read_email(db, get_applicant(db, self.owner_id))

    def phase_and_proposals(self, db: ReadSession) -> tuple[Phase, list[Decision]]:
        """Where its review stands, and the decisions that wait for another person."""
        if self.verification is not None:
            return phase_and_proposals(db, self.verification)
        proposals = [d for d in list_decisions(db, self.id) if d.standing == Standing.PROPOSED]
        review = find_review(db, self.id)
        waits = review is not None and review.closed_at is None
        if self.change is not None:
            state = InstitutionState(self.change.state)
            return institution_phase_of(state, open_review=waits, proposals=len(proposals)), proposals
        if self.institution is None:
            raise LookupError("A case is about somebody or something.")
        state = institution_state_of(self.institution)
        return institution_phase_of(state, open_review=waits, proposals=len(proposals)), proposals


def get_case(db: ReadSession, case_id: str, *, lock: bool = False) -> Case:
    """The case of this id, of either kind; `lock` keeps other writers away. Raises NotFound."""
    if is_id(case_id, "chg"):
        institution = get_case(db, get_change(db, case_id).institution_id, lock=lock).institution
        return Case(
            case_id, get_change(db, case_id).institution_id, None, institution, get_change(db, case_id, lock=lock)
        )
    if is_id(case_id, "ins"):
        found = db.get(Institution, case_id, with_for_update=lock or None, populate_existing=lock)
        if found is None:
            raise NotFound("There is no such case.")
        return Case(found.id, found.id, institution=found)
    verification = get_verification(db, case_id, lock=lock)
    return Case(verification.id, verification.applicant_id, verification=verification)
