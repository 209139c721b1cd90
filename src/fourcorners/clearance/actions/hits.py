"""Hits on lists: a person decides each; with one confirmed nothing is cleared until a senior says so."""

from fourcorners.accounts.rules import Actor, Permission, can, check_can
from fourcorners.clearance.actions.listed import follow_hits, tell_hit
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act
from fourcorners.clearance.queries import find_review
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.people import State
from fourcorners.people.actions import open_for_reverification
from fourcorners.people.models import Verification
from fourcorners.people.queries import state_of
from fourcorners.screening.actions import decide_hit as decide
from fourcorners.screening.errors import HitsOpen
from fourcorners.screening.models import ScreeningHit
from fourcorners.screening.queries import get_hit, stops_approval
from fourcorners.screening.rules import DECIDED
from fourcorners.screening.rules import State as HitState

__all__ = ["LISTED", "can_decide_hit", "check_hits_allow_approval", "decide_hit"]

LISTED = "listed"
"""Why somebody who was verified is verified anew: a hit was confirmed."""


def decide_hit(db: WriteSession, hit_id: str, *, actor: Actor, same: bool, note: str) -> ScreeningHit:
    """Say whether an entry is the subject, and why. What was decided once only a senior decides otherwise.

    A confirmed match closes the gate (`gate.require`); whoever was verified is verified anew. When the last hit of
    somebody who was cleared is decided, the review that it opened is closed. Saying the same again changes nothing.
    Raises NotAllowed, CaseTaken, NotFound, ReasonMissing.
    """
    hit = get_hit(db, hit_id, lock=True)
    check_can(actor, _needed(hit))
    review = find_review(db, hit.case_id)
    if review is not None and review.closed_at is None:
        check_can_act(actor, Act.DECIDE, assignee=review.assignee)
    before = hit.state
    decided = decide(db, hit_id, actor=actor.id, same=same, note=note)
    if decided.state == before:
        return decided
    tell_hit(db, decided, "hit_decided", outcome=decided.state)
    verification = db.get(Verification, hit.case_id, with_for_update=True)
    if same and verification is not None and state_of(verification) is State.VERIFIED:
        open_for_reverification(db, verification.id, actor=actor.id, trigger=LISTED)
    follow_hits(db, hit.case_id, actor=actor.id)
    return decided


def can_decide_hit(actor: Actor, hit: ScreeningHit) -> bool:
    """May they?"""
    return can(actor, _needed(hit))


def check_hits_allow_approval(db: ReadSession, case_id: str, *, actor: Actor) -> None:
    """No case is approved while a hit of it is open; with a confirmed one only by a senior. Raises HitsOpen."""
    hits = stops_approval(db, case_id)
    if any(hit.state == HitState.OPEN for hit in hits):
        raise HitsOpen("Decide the hits on lists first: then the case can be approved.", hits=len(hits))
    if hits and not can(actor, Permission.OVERRULE_DECISIONS):
        raise HitsOpen("A hit on a list is confirmed: only a senior approves this case.", hits=len(hits))


def _needed(hit: ScreeningHit) -> Permission:
    return Permission.OVERRULE_DECISIONS if HitState(hit.state) in DECIDED else Permission.DECIDE_CASES
