"""Who works on which case: taken by one, given back, given to another."""

from fourcorners.accounts.queries import get_account
from fourcorners.accounts.rules import ALLOWED, Actor, Kind, Permission
from fourcorners.clearance.cases import get_case
from fourcorners.clearance.errors import CaseTaken, NothingWaits, NotInReview
from fourcorners.clearance.models import Review
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act, Phase, check_allows
from fourcorners.clearance.queries import find_next, find_review
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.kit.ids import is_id

__all__ = ["assign", "claim", "claim_next", "release"]

DEVICE = "dvt"
"""What the ids of new devices that wait for a person begin with; what they are is known to `devices`."""


def claim(db: WriteSession, case_id: str, *, actor: Actor) -> Review:
    """Take a case. Taking it twice is harmless. Raises NotAllowed, CaseTaken, NotInReview, AlreadyDecided."""
    review = _open(db, case_id, Act.CLAIM)
    check_can_act(actor, Act.CLAIM)
    if review.assignee not in (None, actor.id):
        raise CaseTaken("Somebody else took this case a moment ago.")
    if review.assignee is None:
        _give(db, review, actor, actor.id, "case.claimed")
    return review


def claim_next(db: WriteSession, *, actor: Actor) -> Review:
    """Take the most urgent case that waits for somebody like you. Raises NotAllowed, NothingWaits."""
    check_can_act(actor, Act.CLAIM)
    found = find_next(db, actor)
    if found is None:
        raise NothingWaits("Nothing waits for you just now.")
    return claim(db, found.case_id, actor=actor)


def release(db: WriteSession, case_id: str, *, actor: Actor) -> Review:
    """Give a case back to the queue. Raises NotAllowed, CaseTaken, NotInReview."""
    review = _open(db, case_id, Act.RELEASE)
    check_can_act(actor, Act.RELEASE, assignee=review.assignee)
    if review.assignee is not None:
        _give(db, review, actor, None, "case.released")
    return review


def assign(db: WriteSession, case_id: str, *, actor: Actor, to: str) -> Review:
    """Give a case to somebody who may decide it. Raises NotAllowed, NotFound, NotInReview."""
    review = _open(db, case_id, Act.ASSIGN)
    check_can_act(actor, Act.ASSIGN)
    account = get_account(db, to)
    roles = ALLOWED[Permission.DECIDE_CASES]
    if account.kind != Kind.STAFF or account.role not in roles or account.disabled_at is not None:
        raise NotInReview("That person does not decide cases.", phase="assign")
    _give(db, review, actor, account.id, "case.assigned")
    return review


def _open(db: WriteSession, case_id: str, act: Act) -> Review:
    if is_id(case_id, DEVICE):
        return _open_device(db, case_id, act)
    phase, _ = get_case(db, case_id, lock=True).phase_and_proposals(db)
    check_allows(phase, act)
    review = find_review(db, case_id, lock=True)
    if review is None:
        raise NotInReview("Nobody has to look at this case.", phase=phase.value)
    return review


def _open_device(db: WriteSession, case_id: str, act: Act) -> Review:
    """A new device that waits for a person: its stages are its own, open or decided is all that counts here."""
    review = find_review(db, case_id, lock=True)
    if review is None:
        raise NotInReview("Nobody has to look at this device.", phase=Phase.ABSENT.value)
    check_allows(Phase.WAITING if review.closed_at is None else Phase.DECIDED, act)
    return review


def _give(db: WriteSession, review: Review, actor: Actor, to: str | None, action: str) -> None:
    review.assignee = to
    db.flush()
    details = {} if to is None else {"to": to}
    audit(db, actor=actor.id, action=action, subject=review.case_id, owner=review.owner_id, details=details)
