"""Where a verification stands, what was found, how it was decided; and decisions of your own."""

import json

from fastapi import APIRouter, Request, Response

from fourcorners.accounts import Actor, Kind, Role, Scope
from fourcorners.clearance import Outcome, Standing
from fourcorners.clearance.actions import decide
from fourcorners.clearance.models import Decision
from fourcorners.clearance.queries import exempt_reasons, latest_decision, list_decisions, policy_of
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import list_runs, read_basis, read_verdict
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.kit.canonical import sha256_hex
from fourcorners.people import Item, ItemState, State
from fourcorners.people.models import Verification as Case
from fourcorners.people.queries import get_verification_of, items_wanted, list_items, progress
from fourcorners.people.reopening import verify_anew
from fourcorners.people.rules import limits_of
from fourcorners.web.api.keyed import (
    ApiRoute,
    Decider,
    DecisionReader,
    Reader,
    Writer,
    applicant_of,
    floor_of,
    living_applicant_of,
)
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes import ItemShape, LimitsShape, NewReverification, ReasonTold, StepShape, Verification
from fourcorners.web.api.shapes_more import DecisionPage, DecisionShape, FindingShape, NewDecision, Replay, VerdictShape
from fourcorners.web.api.told import LocaleHere, reason_told

__all__ = ["router", "told_decision"]

router = APIRouter(prefix="/v1/applicants", route_class=ApiRoute, tags=["Verification"])
MACHINE = "system"


@router.get("/{applicant}/verification", summary="Fetch the verification", responses=refuses("not_found"))
def look(request: Request, applicant: str, key: Reader, locale: LocaleHere = "en") -> Verification:
    """State, progress, and each item; what must be done again with its reasons in the applicant's words."""
    origin = request.app.state.site.origin
    with floor_of(request).database.read() as db:
        return _told(db, get_verification_of(db, applicant_of(db, key, applicant).id), locale, origin)


@router.post(
    "/{applicant}/reverification",
    status_code=201,
    response_model=Verification,
    summary="Verify an applicant anew",
    responses=refuses("not_found", "wrong_state", "trigger_unknown", post=True),
)
def begin_anew(request: Request, applicant: str, new: NewReverification, key: Writer, once: OnceHere) -> Response:
    """For a verified applicant: where they live or who they are has changed, you have a doubt, a limit was reached.

    Everything is handed in again. The level that was reached stays meanwhile, unless compliance holds it.
    """
    with once.write() as db:
        person = living_applicant_of(db, key, applicant)
        case = get_verification_of(db, person.id)
        verify_anew(db, case.id, actor=key.id, trigger=new.trigger, level_wanted=new.level)
        told = _told(db, case, person.locale, request.app.state.site.origin)
        return once.answer(db, told, owner=person.id)


@router.get("/{applicant}/limits", summary="Fetch what the level opens", responses=refuses("not_found"))
def what_is_open(request: Request, applicant: str, key: Reader) -> LimitsShape:
    """What the applicant may do, and how much in a day where they live. At a limit, verify them for the next level."""
    with floor_of(request).database.read() as db:
        person = applicant_of(db, key, applicant)
        limits = limits_of(person.level, get_verification_of(db, person.id).residence)
        return LimitsShape(**{name: getattr(limits, name) for name in LimitsShape.model_fields})


@router.get("/{applicant}/decisions", summary="Fetch all decisions", responses=refuses("not_found"))
def look_through(request: Request, applicant: str, key: DecisionReader) -> DecisionPage:
    """All decisions, the first one first: the machine's, and those of people."""
    with floor_of(request).database.read() as db:
        case = get_verification_of(db, applicant_of(db, key, applicant).id)
        return DecisionPage(data=[told_decision(each) for each in list_decisions(db, case.id)])


@router.post(
    "/{applicant}/decisions",
    status_code=201,
    response_model=DecisionShape,
    summary="Decide a case",
    responses=refuses(
        "not_found",
        "already_decided",
        "case_taken",
        "not_in_review",
        "reason_unknown",
        "second_person_needed",
        post=True,
    ),
)
def settle(request: Request, applicant: str, new: NewDecision, key: Decider, once: OnceHere) -> Response:
    """Decide a case that waits for a person, with reasons of the catalogue: approve, ask for items again, or refuse.

    A key counts as one reviewer. Where the policy wants four eyes the decision stands as `proposed` until another
    reviewer, or another key, has said the same.
    """
    with once.write() as db:
        person = living_applicant_of(db, key, applicant)
        made = decide(
            db,
            get_verification_of(db, person.id).id,
            actor=Actor(key.id, Kind.STAFF, Role.REVIEWER),
            outcome=Outcome(new.outcome),
            items=new.items,
            reasons=new.reasons,
            note=new.note,
        )
        return once.answer(db, told_decision(made), owner=person.id)


@router.get("/{applicant}/verdict", summary="Fetch the latest verdict", responses=refuses("not_found", "key_destroyed"))
def verdict(request: Request, applicant: str, key: DecisionReader) -> VerdictShape:
    """What the checks found in the latest submission; what was read only for a key with `exports:read`."""
    with floor_of(request).database.read() as db:
        run = _latest(db, living_applicant_of(db, key, applicant).id)
        whole = json.loads(read_verdict(db, run))
        findings = [FindingShape(**{n: f[n] for n in FindingShape.model_fields}) for f in whole["findings"]]
        return VerdictShape(
            run=run.id,
            submission=run.submission_id,
            finished_at=run.finished_at,
            decision=run.decision or "",
            reasons=run.reasons,
            findings=findings,
            sha256=run.verdict_sha256 or "",
            versions=run.versions,
            whole=whole if Scope.EXPORTS_READ in key.scopes else None,
        )


@router.get(
    "/{applicant}/replay", summary="Replay the latest decision", responses=refuses("not_found", "key_destroyed")
)
def replay(request: Request, applicant: str, key: DecisionReader) -> Replay:
    """Make the machine's decision again from the findings that are kept, under the policy that was in force then."""
    with floor_of(request).database.read() as db:
        run = _latest(db, living_applicant_of(db, key, applicant).id)
        settled = next((d for d in list_decisions(db, run.case_id) if d.run_id == run.id and d.by == MACHINE), None)
        if settled is None:
            raise NotFound("The machine has not decided this submission.")
        rules = policy_of(db, run)
        again, _ = rules.decide(read_basis(db, run), exempt_reasons(db, run.case_id))
        return Replay(
            run=run.id,
            policy=rules.version,
            decision=settled.outcome,
            decision_again=again.value,
            same_decision=again.value == settled.outcome,
            same_bytes=sha256_hex(read_verdict(db, run)) == run.verdict_sha256,
        )


def _told(db: ReadSession, case: Case, locale: str, origin: str) -> Verification:
    decided = latest_decision(db, case.id)
    final = decided is not None and case.state in (State.VERIFIED, State.ACTION_REQUIRED, State.REJECTED_FINAL)
    return Verification(
        id=case.id,
        applicant=case.applicant_id,
        state=State(case.state),
        round=case.round,
        trigger=case.trigger,
        level_wanted=case.level_wanted,
        progress=[StepShape(step=s, state=told) for s, told in progress(db, case).items()],
        items=_items(db, case, locale, origin),
        reasons=[reason_told(c, locale, origin) for c in decided.reasons] if decided is not None and final else [],
        submitted_at=case.submitted_at,
        decided_at=case.decided_at,
        due_at=case.due_at,
        expires_on=case.expires_on,
    )


def _latest(db: ReadSession, applicant_id: str) -> Run:
    runs = [r for r in list_runs(db, get_verification_of(db, applicant_id).id) if r.finished_at is not None]
    if not runs:
        raise NotFound("Nothing was checked yet.")
    return runs[-1]


def _items(db: ReadSession, case: Case, locale: str, origin: str) -> list[ItemShape]:
    wanted, rows = items_wanted(case), {Item(row.name): row for row in list_items(db, case.id)}
    return [
        ItemShape(
            name=item,
            state=ItemState(rows[item].state) if item in rows else ItemState.MISSING,
            asked=item in wanted,
            reasons=_reasons(rows[item].reasons, locale, origin) if item in rows else [],
        )
        for item in Item
        if item in wanted or item in rows
    ]


def _reasons(codes: list[str], locale: str, origin: str) -> list[ReasonTold]:
    return [reason_told(code, locale, origin) for code in codes]


def told_decision(made: Decision) -> DecisionShape:
    """The shape of a decision."""
    by = "machine" if made.by == MACHINE else "api" if made.by.startswith("key_") else "person"
    return DecisionShape(
        id=made.id,
        number=made.number,
        outcome=Outcome(made.outcome),
        standing=Standing(made.standing),
        by=by,
        reasons=made.reasons,
        items=made.items,
        policy=made.policy,
        at=made.at,
    )
