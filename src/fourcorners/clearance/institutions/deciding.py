"""Approve or refuse an institution: item by item before, by two people where the risk is high (INS16)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.actions.hits import check_hits_allow_approval
from fourcorners.clearance.cases import Case, get_case
from fourcorners.clearance.errors import AlreadyDecided, CaseChanged, ItemsOpen, NotInReview
from fourcorners.clearance.institutions.ruling import standings
from fourcorners.clearance.models import Decision
from fourcorners.clearance.permissions import can_act, check_can_act
from fourcorners.clearance.phases import Act, Phase, check_allows
from fourcorners.clearance.proposals import close_review, pass_on, weigh
from fourcorners.clearance.queries import NOTE, find_review, list_decisions, next_number
from fourcorners.clearance.rules import Outcome
from fourcorners.clearance.rules import Standing as Weight
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal
from fourcorners.institutions.actions.concluding import approve, refuse
from fourcorners.institutions.actions.users import approve_change, refuse_change
from fourcorners.institutions.queries import find_assessment
from fourcorners.institutions.reasons import check_reasons_for
from fourcorners.institutions.renewal import needs_two, next_review
from fourcorners.institutions.rules import Action, State, next_state
from fourcorners.kit.ids import new_id

__all__ = ["decide_institution"]

SECOND, SENIOR = "second", "senior"


@dataclass(frozen=True, slots=True)
class _Said:
    outcome: Outcome
    items: Mapping[str, list[str]]
    reasons: list[str]
    note: str


def decide_institution(
    db: WriteSession,
    case_id: str,
    *,
    actor: Actor,
    outcome: Outcome,
    reasons: Iterable[str] = (),
    note: str = "",
    seen: int | None = None,
    key: str | None = None,
) -> Decision:
    """Approve (every item must be accepted), or refuse (with the items that were not, or reasons of the case).

    `case_id` is an institution, or a change of its authorised user, which has no items: access moves with the approval.

    In force at once, or proposed where risk or policy want a second person; a senior settles where two disagree.
    `seen` and `key` are as in `clearance.actions.decide`. Raises NotAllowed, ItemsOpen, InstitutionReasonUnknown,
    AlreadyDecided, CaseChanged, CaseTaken, SecondPersonNeeded, NotInReview, TransitionNotAllowed, HitsOpen.
    """
    case = get_case(db, case_id, lock=True)
    said = _said(db, case, outcome, reasons, note)
    known = db.get(Decision, key) if key else None
    if known is not None:
        if known.case_id == case_id and known.by == actor.id and _same(known, said):
            return known
        raise AlreadyDecided("This form was sent before, with something else in it.")
    phase, proposals = case.phase_and_proposals(db)
    act = {Phase.PROPOSED: Act.SECOND, Phase.DISPUTED: Act.SETTLE}.get(phase, Act.DECIDE)
    review = find_review(db, case_id, lock=True)
    check_can_act(actor, act)
    check_allows(phase, act)
    check_can_act(actor, act, assignee=review.assignee if review else None, decided_by=[p.by for p in proposals])
    if seen is not None and seen != max((d.number for d in list_decisions(db, case_id)), default=0):
        raise CaseChanged("Somebody else decided something here after you opened the case. Please look again.")
    _check(db, case, said)
    if outcome is Outcome.APPROVE:
        check_hits_allow_approval(db, case.owner_id, actor=actor)
    force, assessment = case.policy(db), find_assessment(db, case.owner_id)
    told = tuple(assessment.reasons) if assessment is not None else ()
    two = force.needs_second(outcome.value, told) or (outcome is Outcome.APPROVE and needs_two(assessment))
    agreed = act is Act.SECOND and _same(proposals[0], said)
    final = (act is Act.DECIDE and not two) or agreed or act is Act.SETTLE
    final = final or (act is Act.SECOND and can_act(actor, Act.OVERRULE))
    decision = _write(db, case, actor, said, Weight.EFFECTIVE if final else Weight.PROPOSED, force.version, key)
    if act is Act.SECOND:
        decision.seconds = proposals[0].id
    if not final:
        pass_on(db, review, SECOND if act is Act.DECIDE else SENIOR)
        return decision
    weigh(proposals, decision, lambda proposal: _same(proposal, said))
    _conclude(db, case, actor, said, next_review(assessment, db.now.date()))
    close_review(db, review, actor.id)
    return decision


def _said(db: WriteSession, case: Case, outcome: Outcome, reasons: Iterable[str], note: str) -> _Said:
    if outcome not in (Outcome.APPROVE, Outcome.REJECT):
        raise NotInReview("An institution is approved or refused; what is missing is asked for.", phase="decide")
    if outcome is Outcome.APPROVE:
        return _Said(outcome, {}, [], note.strip())
    rulings = standings(db, case.id) if case.change is None else {}
    refused = {item: list(s.reasons) for item, s in rulings.items() if s.accepted is False}
    return _Said(outcome, refused, list(dict.fromkeys(reasons)), note.strip())


def _check(db: WriteSession, case: Case, said: _Said) -> None:
    if case.change is not None:
        if said.outcome is Outcome.REJECT:
            check_reasons_for("change", said.reasons)
    elif said.outcome is Outcome.APPROVE:
        if case.institution is not None and case.institution.state == State.INFO_REQUESTED:
            next_state(State.INFO_REQUESTED, Action.APPROVE)  # refuses: the answer is awaited first
        open_items = sorted(item for item, standing in standings(db, case.id).items() if standing.accepted is not True)
        if open_items:
            raise ItemsOpen("Every item must be accepted before the institution can be approved.", items=open_items)
    elif said.reasons or not said.items:
        check_reasons_for("case", said.reasons)


def _same(decision: Decision, said: _Said) -> bool:
    return decision.outcome == said.outcome and set(decision.items) == set(said.items)


def _write(
    db: WriteSession, case: Case, actor: Actor, said: _Said, standing: Weight, policy: str, key: str | None
) -> Decision:
    assessment = find_assessment(db, case.owner_id)
    decision = Decision(
        id=key or new_id("dec"),
        case_id=case.id,
        owner_id=case.owner_id,
        run_id=None if assessment is None else assessment.id,
        number=next_number(db, case.id),
        by=actor.id,
        outcome=said.outcome,
        standing=standing,
        reasons=said.reasons,
        items=dict(said.items),
        policy=policy,
        at=db.now,
    )
    if said.note:
        decision.note = seal(db, case.owner_id, said.note.encode(), f"{NOTE} {decision.id}")
    db.add(decision)
    db.flush()
    details = {"decision": decision.id, "outcome": said.outcome.value, "reasons": said.reasons, "items": decision.items}
    action = "case.decided" if standing is Weight.EFFECTIVE else "case.proposed"
    audit(db, actor=actor.id, action=action, subject=case.id, owner=case.owner_id, details=details)
    return decision


def _conclude(db: WriteSession, case: Case, actor: Actor, said: _Said, review_on: date) -> None:
    if case.institution is None:
        raise NotInReview("This is no institution's case.", phase=Phase.ABSENT.value)
    if case.change is not None:
        if said.outcome is Outcome.APPROVE:
            approve_change(db, case.change, actor=actor.id)
        else:
            refuse_change(db, case.change, actor=actor.id, reasons=said.reasons)
    elif said.outcome is Outcome.APPROVE:
        approve(db, case.institution, actor=actor.id, review_on=review_on)
    else:
        refuse(db, case.institution, actor=actor.id, items=said.items, reasons=said.reasons)
