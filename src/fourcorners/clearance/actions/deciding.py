"""A person decides: alone where the policy lets them, else proposing to a second; a senior where two disagree."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.actions.hits import check_hits_allow_approval
from fourcorners.clearance.actions.holding import end_hold, put_on_hold
from fourcorners.clearance.actions.listed import follow_hits
from fourcorners.clearance.actions.settling import expiry_read, write_decision
from fourcorners.clearance.errors import AlreadyDecided, CaseChanged, NotInReview
from fourcorners.clearance.models import Decision
from fourcorners.clearance.permissions import can_act, check_can_act
from fourcorners.clearance.phases import OVERRULED_TO, Act, Phase, check_allows
from fourcorners.clearance.policy import policy_for
from fourcorners.clearance.proposals import close_review, pass_on, weigh
from fourcorners.clearance.queries import (
    NOTE,
    exempt_reasons,
    facts_of,
    find_review,
    latest_decision,
    latest_run,
    list_decisions,
    phase_and_proposals,
    policy_of,
)
from fourcorners.clearance.rules import STATES, Outcome, Standing, check_reasons
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import read_verdict
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal
from fourcorners.people import Item, State
from fourcorners.people.actions import conclude, open_for_reverification
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_verification, list_items, state_of
from fourcorners.people.reopening import return_to_review

__all__ = ["decide", "overrule"]

SECOND = "second"
SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class _Said:
    """What one person said: an outcome, items to do again with their reasons, reasons of the case."""

    outcome: Outcome
    items: Mapping[Item, list[str]]
    reasons: list[str]
    note: str
    key: str | None


def decide(
    db: WriteSession,
    case_id: str,
    *,
    actor: Actor,
    outcome: Outcome,
    items: Mapping[Item, Iterable[str]] | None = None,
    reasons: Iterable[str] = (),
    note: str = "",
    seen: int | None = None,
    key: str | None = None,
) -> Decision:
    """What a person says about a case that waits: in force at once, or proposed where the policy wants four eyes.

    The second of two agrees, which puts it in force, or disagrees, which calls a senior; a senior's word is final.
    `seen` is the number of the last decision that they saw, `key` the id of their form: sent twice, it decides once.
    Raises NotAllowed, ReasonUnknown, AlreadyDecided, CaseChanged, CaseTaken, SecondPersonNeeded, NotInReview, HitsOpen.
    """
    verification = get_verification(db, case_id, lock=True)
    said = _said(outcome, items, reasons, note, key)
    if twice := _sent_before(db, case_id, actor, said):
        return twice
    phase, proposals = phase_and_proposals(db, verification)
    act = {Phase.PROPOSED: Act.SECOND, Phase.DISPUTED: Act.SETTLE}.get(phase, Act.DECIDE)
    review = find_review(db, case_id, lock=True)
    check_can_act(actor, act)
    check_allows(phase, act)
    check_can_act(actor, act, assignee=review.assignee if review else None, decided_by=[p.by for p in proposals])
    check_reasons(outcome, said.items, said.reasons)
    if outcome is Outcome.APPROVE:
        check_hits_allow_approval(db, case_id, actor=actor)
    if seen is not None and seen != max((d.number for d in list_decisions(db, case_id)), default=0):
        raise CaseChanged("Somebody else decided something here after you opened the case. Please look again.")
    run = latest_run(db, case_id)
    submitted = verification.submitted_at or db.now
    force = policy_for(db, facts_of(verification), submitted) if run is None else policy_of(db, run)
    told = tuple(code for code in _told(db, case_id, run) if code not in exempt_reasons(db, case_id))
    alone = act is Act.DECIDE and not force.needs_second(outcome.value, told)
    agreed = act is Act.SECOND and _same(proposals[0], said)
    final = alone or agreed or act is Act.SETTLE or (act is Act.SECOND and can_act(actor, Act.OVERRULE))
    standing = Standing.EFFECTIVE if final else Standing.PROPOSED
    decision = _write(db, verification, run, actor, said, standing)
    decision.policy = force.version
    if act is Act.SECOND:
        decision.seconds = proposals[0].id
    if not final:
        pass_on(db, review, SECOND if act is Act.DECIDE else SENIOR)
        return decision
    weigh(proposals, decision, lambda proposal: _same(proposal, said))
    _conclude(db, verification, run, actor, said, decision)
    close_review(db, review, actor.id)
    follow_hits(db, case_id, actor=actor.id)
    return decision


def overrule(
    db: WriteSession,
    case_id: str,
    *,
    actor: Actor,
    outcome: Outcome,
    items: Mapping[Item, Iterable[str]] | None = None,
    reasons: Iterable[str] = (),
    note: str = "",
    key: str | None = None,
) -> Decision:
    """A senior decides otherwise than what is in force; both decisions stay on record.

    Of somebody who is verified it takes back what they were cleared for: they are held, and verified anew. An approval
    by a person ends the hold, or a senior does (`lift_hold`).
    Raises NotAllowed, NotInReview, AlreadyDecided (a final refusal stays), ReasonUnknown, NotFound.
    """
    verification = get_verification(db, case_id, lock=True)
    said = _said(outcome, items, reasons, note, key)
    if twice := _sent_before(db, case_id, actor, said):
        return twice
    check_can_act(actor, Act.OVERRULE)
    phase, _ = phase_and_proposals(db, verification)
    check_allows(phase, Act.OVERRULE)
    state = state_of(verification)
    if outcome not in OVERRULED_TO.get(state, frozenset()):
        raise AlreadyDecided(f"A verification that is {state} cannot be overruled to that.", phase=phase.value)
    if outcome is Outcome.APPROVE:
        check_hits_allow_approval(db, case_id, actor=actor)
    if state is not State.VERIFIED:
        check_reasons(outcome, said.items, said.reasons)
    before = latest_decision(db, case_id)
    if before is None:
        raise NotInReview("There is no decision that could be overruled.", phase=phase.value)
    run = latest_run(db, case_id)
    if run is not None and state is State.ACTION_REQUIRED and _given_since(db, case_id, run):
        raise NotInReview("The applicant is handing in something new: it is checked first.", phase=phase.value)
    before.standing = Standing.OVERRULED
    decision = _write(db, verification, run, actor, said, Standing.EFFECTIVE)
    decision.overrules, decision.policy = before.id, before.policy
    if state is State.VERIFIED:
        put_on_hold(db, verification, actor=actor.id, decision=decision.id)
        open_for_reverification(db, case_id, actor=actor.id, trigger="overruled")
    else:
        return_to_review(db, case_id, actor=actor.id)
        _conclude(db, verification, run, actor, said, decision)
    follow_hits(db, case_id, actor=actor.id)
    details = {"decision": decision.id, "overrules": before.id}
    owner = verification.applicant_id
    audit(db, actor=actor.id, action="case.overruled", subject=case_id, owner=owner, details=details)
    return decision


def _said(
    outcome: Outcome, items: Mapping[Item, Iterable[str]] | None, reasons: Iterable[str], note: str, key: str | None
) -> _Said:
    again = {item: list(codes) for item, codes in (items or {}).items()} if outcome is Outcome.RESUBMIT else {}
    named = dict.fromkeys([*reasons, *(code for codes in again.values() for code in codes)])
    return _Said(outcome, again, list(named), note.strip(), key)


def _sent_before(db: WriteSession, case_id: str, actor: Actor, said: _Said) -> Decision | None:
    known = db.get(Decision, said.key) if said.key else None
    if known is None:
        return None
    if known.case_id == case_id and known.by == actor.id and _same(known, said):
        return known
    raise AlreadyDecided("This form was sent before, with something else in it.")


def _given_since(db: WriteSession, case_id: str, run: Run) -> bool:
    """Did the applicant replace something that the run looked at?"""
    return any(item.upload_id != run.uploads[item.name] for item in list_items(db, case_id) if item.name in run.uploads)


def _same(decision: Decision, said: _Said) -> bool:
    """Do they say the same: outcome, and which items are done again? Reasons may be worded by either."""
    return decision.outcome == said.outcome and set(decision.items) == {item.value for item in said.items}


def _told(db: WriteSession, case_id: str, run: Run | None) -> tuple[str, ...]:
    """The reasons that the machine gave for the latest run."""
    if run is None:
        return ()
    mine = [d for d in list_decisions(db, case_id) if d.run_id == run.id and d.by == "system"]
    return tuple(mine[-1].reasons) if mine else tuple(run.reasons)


def _write(
    db: WriteSession, verification: Verification, run: Run | None, actor: Actor, said: _Said, standing: Standing
) -> Decision:
    items = dict(said.items)
    decision = write_decision(db, verification, run, actor.id, said.outcome, items, said.reasons, standing, said.key)
    if said.note:
        decision.note = seal(db, verification.applicant_id, said.note.encode(), f"{NOTE} {decision.id}")
    return decision


def _conclude(
    db: WriteSession, verification: Verification, run: Run | None, actor: Actor, said: _Said, decision: Decision
) -> None:
    expires_on = None if run is None else expiry_read(json.loads(read_verdict(db, run)))
    conclude(db, verification.id, actor=actor.id, to=STATES[said.outcome], redo=said.items, expires_on=expires_on)
    if said.outcome is Outcome.APPROVE:
        end_hold(db, verification, actor=actor.id, decision=decision.id)
