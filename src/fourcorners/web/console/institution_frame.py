"""What frames the page of an institution's case, or of a change of its user: where it stands, who may do what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from fourcorners.accounts import Kind, get_account
from fourcorners.accounts.queries import list_staff
from fourcorners.accounts.rules import ALLOWED, Permission
from fourcorners.clearance.cases import Case, get_case
from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.permissions import can_act, sees_personal_data
from fourcorners.clearance.phases import Act, Phase, allows
from fourcorners.clearance.queries import find_review, list_decisions, list_messages, list_notes
from fourcorners.infra import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions.models import Assessment, Institution
from fourcorners.institutions.queries import find_assessment, list_rulings
from fourcorners.institutions.renewal import needs_two
from fourcorners.kit.errors import Refusal
from fourcorners.screening.queries import list_hits_of
from fourcorners.web.console.desk import names_of, words
from fourcorners.web.console.recorded import event_told, events_of, told_decision, written
from fourcorners.web.who import Who

__all__ = ["Frame", "frame_of"]

OUTCOMES = ("approve", "reject")


@dataclass(frozen=True)
class Frame:
    """Everything in it may be shown to the person it was gathered for. `two`: outcomes that need a second person."""

    case: Case
    institution: Institution
    assessment: Assessment | None
    review: Review | None
    phase: Phase
    can: Mapping[str, bool]
    personal: bool
    erased: bool
    seen: int
    two: Sequence[str]
    decisions: Sequence[Mapping[str, Any]]
    notes: Sequence[Mapping[str, Any]]
    thread: Sequence[Mapping[str, Any]]
    history: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]
    able: Sequence[tuple[str, str]]

    @property
    def id(self) -> str:
        """The case."""
        return self.case.id

    @property
    def is_open(self) -> bool:
        """Does it wait for somebody?"""
        return self.review is not None and self.review.closed_at is None


def frame_of(request: Request, db: ReadSession, who: Who, case_id: str) -> Frame:
    """Gather it. Raises NotFound, also for the case of a person."""
    case = get_case(db, case_id)
    institution = case.institution
    if institution is None:
        raise NotFound("There is no such institution.")
    review, assessment = find_review(db, case_id), find_assessment(db, institution.id)
    phase, proposals = case.phase_and_proposals(db)
    personal = sees_personal_data(who.actor) and institution.erased_at is None
    decisions, notes, messages = list_decisions(db, case_id), list_notes(db, case_id), list_messages(db, case_id)
    events = events_of(db, institution.id)
    hits = [hit.decided_by for hit in list_hits_of(db, case_id)]
    rulings = [ruling.by for ruling in list_rulings(db, institution.id)]
    people = [
        *hits,
        *rulings,
        *(d.by for d in decisions),
        *(n.by for n in notes),
        *(m.by for m in messages),
        *(e.actor for e in events),
    ]
    names = _names(request, db, [*people, review.assignee if review else None])
    roles = ALLOWED[Permission.DECIDE_CASES]
    return Frame(
        case=case,
        institution=institution,
        assessment=assessment,
        review=review,
        phase=phase,
        can=_can(who, phase, review, proposals),
        personal=personal,
        erased=institution.erased_at is not None,
        seen=max((d.number for d in decisions), default=0),
        two=_two(db, case, assessment),
        decisions=[told_decision(db, d, names, personal=personal) for d in decisions],
        notes=[written(db, n, names) for n in notes] if personal else [],
        thread=[{**written(db, m, names), "direction": m.direction} for m in messages] if personal else [],
        history=[event_told(e, names) for e in events],
        names=names,
        able=[(a.id, p.name) for a, p in list_staff(db) if a.role in roles and a.disabled_at is None],
    )


def _can(who: Who, phase: Phase, review: Review | None, proposals: Sequence[Decision]) -> dict[str, bool]:
    assignee, by = review.assignee if review else None, [p.by for p in proposals]
    can = {one.value: allows(phase, one) and can_act(who.actor, one, assignee=assignee, decided_by=by) for one in Act}
    act = {Phase.PROPOSED: Act.SECOND, Phase.DISPUTED: Act.SETTLE}.get(phase, Act.DECIDE)
    return can | {"say": can[act.value], "senior": can_act(who.actor, Act.OVERRULE)}


def _two(db: ReadSession, case: Case, assessment: Assessment | None) -> list[str]:
    told = tuple(assessment.reasons) if assessment is not None else ()
    force = case.policy(db)
    return [o for o in OUTCOMES if force.needs_second(o, told) or (o == "approve" and needs_two(assessment))]


def _names(request: Request, db: ReadSession, ids: Iterable[str | None]) -> dict[str, str]:
    """As `names_of`; whoever fills the application in is the institution, whatever their name."""
    told = words(request)("console.institution.applicant")
    known = names_of(request, db, ids)
    return {one: told if _is_theirs(db, one) else name for one, name in known.items()}


def _is_theirs(db: ReadSession, one: str) -> bool:
    if not one.startswith("acc_"):
        return one.startswith("edi_")
    try:
        return get_account(db, one).kind != Kind.STAFF
    except Refusal:
        return False
