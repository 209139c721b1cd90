"""How a review goes on and ends: a question, its answer, approved, refused, revoked. Clearance decides which."""

from collections.abc import Mapping, Sequence
from datetime import date

from fourcorners.infra.db import WriteSession
from fourcorners.infra.handover import hand_over
from fourcorners.institutions.actions.changing import move, tell_of, touch
from fourcorners.institutions.actions.submitting import keep_submission
from fourcorners.institutions.models import Institution, Party
from fourcorners.institutions.queries import list_parties, read_party
from fourcorners.institutions.rules import Action, State

__all__ = ["CONCLUDED", "approve", "refuse", "request_information", "take_answer"]

CONCLUDED = "institution.concluded"
"""The kind of durable work after a decision: the letter. Payload: `institution`, `decided_at`."""

USER = "authorised_user"


def request_information(db: WriteSession, institution: Institution, *, actor: str) -> None:
    """Something was asked: the application waits for the answer. One that is approved, or waits already, stays so."""
    if institution.state == State.UNDER_REVIEW:
        move(db, institution, Action.REQUEST_INFORMATION, actor)
    tell_of(db, institution, "institution.info_requested")


def take_answer(db: WriteSession, institution: Institution, *, actor: str) -> None:
    """The answer is there, with whatever papers came with it: everything is assessed anew."""
    if institution.state == State.INFO_REQUESTED:
        move(db, institution, Action.ANSWER, actor)
        submission = keep_submission(db, institution, actor=actor)
        tell_of(db, institution, "institution.submitted", submission=submission.id)


def approve(db: WriteSession, institution: Institution, *, actor: str, review_on: date | None) -> None:
    """Verified, until the periodic review on `review_on`. Access is the authorised user's (INS14).

    One that is approved already was looked at again, and stays so.
    """
    if institution.state != State.APPROVED:
        move(db, institution, Action.APPROVE, actor)
    users = [party.id for party in list_parties(db, institution.id) if _operates(db, party)]
    if institution.user_party not in users:
        institution.user_party = users[0] if users else None
    institution.decided_at, institution.due_at, institution.review_on = db.now, None, review_on
    institution.hold, institution.renewing = False, False
    _concluded(db, institution, actor, {"user": institution.user_party})
    on = None if review_on is None else review_on.isoformat()
    tell_of(db, institution, "institution.approved", risk=institution.risk, review_on=on)


def refuse(
    db: WriteSession,
    institution: Institution,
    *,
    actor: str,
    items: Mapping[str, Sequence[str]],
    reasons: Sequence[str],
) -> None:
    """Not approved: `items` maps what was not accepted to reasons. What was approved is revoked. It can be reopened."""
    move(db, institution, Action.REVOKE if institution.state == State.APPROVED else Action.REJECT, actor)
    institution.decided_at, institution.due_at, institution.review_on = db.now, None, None
    institution.renewing = False
    told = {item: list(codes) for item, codes in items.items()}
    _concluded(db, institution, actor, {"items": told, "reasons": list(reasons)})
    tell_of(db, institution, "institution.rejected", items=told, reasons=list(reasons))


def _operates(db: WriteSession, party: Party) -> bool:
    return USER in read_party(db, party).values.get("roles", ())


def _concluded(db: WriteSession, institution: Institution, actor: str, details: Mapping[str, object]) -> None:
    touch(db, institution, actor, "institution.concluded", {"to": institution.state, **details})
    assert institution.decided_at is not None  # noqa: S101 - set by both callers
    hand_over(db, CONCLUDED, {"institution": institution.id, "decided_at": institution.decided_at.isoformat()})
