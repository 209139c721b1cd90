"""The machine decides what it is sure of, and leaves the rest to a person."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from fourcorners.clearance.actions.listed import follow_hits
from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.policy.versions import lay_first_version, policy_for
from fourcorners.clearance.queries import exempt_reasons, facts_of, find_review, next_number, policy_of
from fourcorners.clearance.rules import FURTHER_REVIEW, HITS, STATES, Outcome, Standing, items_to_redo
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import get_run, read_basis, read_verdict
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.kit.ids import new_id
from fourcorners.people import Item, State
from fourcorners.people.actions import ask_again, conclude
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, get_verification, state_of
from fourcorners.screening.queries import stops_approval

__all__ = ["SETTLED", "expiry_read", "leave_to_person", "settle", "write_decision"]

SETTLED = "system"
PERSON = "person"


def settle(db: WriteSession, run_id: str) -> Decision:
    """The machine's decision on a finished run, under the policy in force when it was submitted: final, or to a person.

    Done once a run; later calls change nothing. Raises NotFound.
    """
    run = get_run(db, run_id)
    verification = get_verification(db, run.case_id, lock=True)
    for earlier in db.query(Decision).where(Decision.run_id == run_id, Decision.by == SETTLED):
        return earlier
    lay_first_version(db)
    rules = policy_of(db, run)
    decided, because = rules.decide(read_basis(db, run), exempt_reasons(db, verification.id))
    outcome = Outcome(decided.value)
    items = items_to_redo(b.to_dict() for b in because) if outcome is Outcome.RESUBMIT else {}
    if outcome is Outcome.RESUBMIT and not items:
        outcome = Outcome.REVIEW  # nothing that the applicant could do again: a person looks
    reasons = list(dict.fromkeys(b.code for b in because))
    if outcome is Outcome.APPROVE and _needs_person(db, verification):
        outcome, reasons = Outcome.REVIEW, [*reasons, FURTHER_REVIEW]
    decision = write_decision(db, verification, run, SETTLED, outcome, items, reasons)
    decision.policy = rules.version
    if outcome is Outcome.REVIEW:
        _open_review(db, verification, reasons, timedelta(hours=rules.review_within_h))
    else:
        conclude(
            db,
            verification.id,
            actor=SETTLED,
            to=STATES[outcome],
            redo=items,
            expires_on=expiry_read(json.loads(read_verdict(db, run))),
        )
        follow_hits(db, verification.id, actor=SETTLED)
    return decision


def leave_to_person(db: WriteSession, case_id: str, *, cause: str) -> None:
    """The checks could not be made at all: the case goes to a person. Does nothing once it is decided."""
    verification = get_verification(db, case_id, lock=True)
    waiting = find_review(db, case_id)
    waits = waiting is not None and waiting.closed_at is None and waiting.kind != HITS
    if state_of(verification) is not State.UNDER_REVIEW or waits:
        return
    rules = policy_for(db, facts_of(verification), verification.submitted_at or db.now)
    _open_review(db, verification, ["check_not_made"], timedelta(hours=rules.review_within_h))
    audit(
        db,
        actor=SETTLED,
        action="run.given_up",
        subject=case_id,
        owner=verification.applicant_id,
        details={"cause": cause},
    )


def expiry_read(verdict: Mapping[str, object]) -> date | None:
    """The day on which the document that was read expires, if it says one."""
    fields = verdict.get("read", {}).get("fields", {})  # type: ignore[attr-defined]
    value = fields.get("expiry_date", {}).get("value")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def write_decision(
    db: WriteSession,
    verification: Verification,
    run: Run | None,
    actor: str,
    outcome: Outcome,
    items: Mapping[Item, list[str]],
    reasons: list[str],
    standing: Standing = Standing.EFFECTIVE,
    key: str | None = None,
) -> Decision:
    """One more decision on a case. `key` is the id that a form carries, so that it decides once."""
    decision = Decision(
        id=key or new_id("dec"),
        case_id=verification.id,
        owner_id=verification.applicant_id,
        run_id=None if run is None else run.id,
        number=next_number(db, verification.id),
        by=actor,
        outcome=outcome,
        standing=standing,
        reasons=reasons,
        items={item.value: codes for item, codes in items.items()},
        policy="",
        at=db.now,
    )
    db.add(decision)
    db.flush()
    audit(
        db,
        actor=actor,
        action="case.decided" if standing is Standing.EFFECTIVE else "case.proposed",
        subject=verification.id,
        owner=verification.applicant_id,
        details={"decision": decision.id, "outcome": outcome.value, "reasons": reasons, "items": decision.items},
    )
    return decision


def _needs_person(db: WriteSession, verification: Verification) -> bool:
    """With a hit that is open or confirmed the machine approves nobody, nor whom a senior holds."""
    return get_applicant(db, verification.applicant_id).hold or bool(stops_approval(db, verification.id))


def _open_review(db: WriteSession, verification: Verification, reasons: list[str], within: timedelta) -> None:
    ask_again(db, verification.id, actor=SETTLED, due_in=within)
    review = find_review(db, verification.id, lock=True)
    if review is None:
        review = Review(case_id=verification.id, owner_id=verification.applicant_id, kind=PERSON, level=0, reasons=[])
        db.add(review)
    review.kind = PERSON
    review.country, review.level, review.reasons = verification.residence, verification.level_wanted, reasons
    review.opened_at, review.due_at, review.closed_at = db.now, db.now + within, None
    review.assignee, review.waits_for = None, "reviewer"
    db.flush()
