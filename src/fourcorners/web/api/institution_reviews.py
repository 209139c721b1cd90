"""What was found of an institution, what reviewers say of each item, questions, decisions, another authorised user."""

from fastapi import APIRouter, Request, Response

from fourcorners.accounts import Actor, Kind, Role
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import answer
from fourcorners.clearance.institutions import Standing, ask_institution, decide_institution, rule_item, standings
from fourcorners.clearance.models import Message
from fourcorners.clearance.queries import list_decisions, list_messages, read_text
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions.actions import begin_change, submit_change, withdraw_change
from fourcorners.institutions.actions.users import missing_of_change
from fourcorners.institutions.models import UserChange
from fourcorners.institutions.queries import find_assessment, list_changes, read_assessment
from fourcorners.web.api.cases import told_decision
from fourcorners.web.api.institution_world import change_of, living_institution_of, sees_names
from fourcorners.web.api.keyed import ApiRoute, Decider, DecisionReader, Reader, Writer, floor_of
from fourcorners.web.api.once import OnceHere
from fourcorners.web.api.refusals import refuses
from fourcorners.web.api.shapes_institutions import (
    AnswerGiven,
    AssessmentShape,
    ChangePage,
    ChangeShape,
    InstitutionDecisions,
    ItemRuled,
    ItemRuling,
    MessagePage,
    MessageShape,
    NewInstitutionDecision,
    NewUser,
    Question,
    RulingPage,
)
from fourcorners.web.api.shapes_more import DecisionShape
from fourcorners.web.site import Site
from fourcorners.web.who import Key

__all__ = ["router"]

router = APIRouter(prefix="/v1/institutions/{institution}", route_class=ApiRoute, tags=["Institutions"])
GONE = ("not_found", "key_destroyed")
REVIEW = (*GONE, "not_in_review", "already_decided", "case_taken", "institution_reason_unknown")
DECIDE = (*REVIEW, "items_open", "second_person_needed", "case_changed", "institution_transition_not_allowed")
CHANGE = (
    *GONE,
    "institution_not_open",
    "institution_change_pending",
    "institution_field_unknown",
    "institution_too_many",
    "institution_application_incomplete",
)


@router.get("/assessment", summary="Fetch the latest assessment", responses=refuses(*GONE))
def look(request: Request, institution: str, key: DecisionReader) -> AssessmentShape:
    """Who owns it, with proofs; what its papers say; lists; risk. Names only for keys with `exports:read`."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        done = find_assessment(db, own.id)
        if done is None:
            raise NotFound("Nothing was assessed yet.")
        return AssessmentShape(
            id=done.id,
            submission=done.submission_id,
            finished_at=done.finished_at,
            risk=done.risk,
            reasons=done.reasons,
            sha256=done.found_sha256,
            versions=done.versions,
            found=dict(read_assessment(db, done)) if sees_names(key) else None,
        )


@router.get("/items", summary="List the items that are ruled on", responses=refuses(*GONE))
def items(request: Request, institution: str, key: DecisionReader) -> RulingPage:
    """Sections, people, papers and hits, each with whether it was accepted as it is now."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return RulingPage(data=[_ruled(standing) for standing in standings(db, own.id).values()])


@router.put("/items/{item}", summary="Rule on an item", responses=refuses(*REVIEW, body=True))
def rule(request: Request, institution: str, item: str, new: ItemRuling, key: Decider) -> ItemRuled:
    """Accept it, or refuse it with reasons; a key counts as one reviewer."""
    with floor_of(request).database.write() as db:
        own = living_institution_of(db, key, institution)
        made = rule_item(
            db, own.id, item, actor=_reviewer(key), accepted=new.accepted, reasons=new.reasons, note=new.note
        )
        return _ruled(made)


@router.get("/decisions", summary="List the decisions on an institution", responses=refuses(*GONE))
def decisions(request: Request, institution: str, key: DecisionReader) -> InstitutionDecisions:
    """The first one first."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return InstitutionDecisions(data=[told_decision(made) for made in list_decisions(db, own.id)])


@router.post(
    "/decisions",
    status_code=201,
    response_model=DecisionShape,
    summary="Decide on an institution",
    responses=refuses(*DECIDE, post=True),
)
def say(request: Request, institution: str, new: NewInstitutionDecision, key: Decider, once: OnceHere) -> Response:
    """Where the risk is high or not known an approval stands as `proposed` until another reviewer has said the same."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        made = decide_institution(
            db, own.id, actor=_reviewer(key), outcome=Outcome(new.outcome), reasons=new.reasons, note=new.note
        )
        return once.answer(db, told_decision(made), owner=own.id)


@router.get("/messages", summary="Fetch the thread", responses=refuses(*GONE))
def thread(request: Request, institution: str, key: Reader) -> MessagePage:
    """Questions and answers, the first one first."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return MessagePage(data=[_message(db, message, key) for message in list_messages(db, own.id)])


@router.post(
    "/questions",
    status_code=201,
    response_model=MessageShape,
    summary="Ask an institution",
    responses=refuses(*REVIEW, "text_missing", post=True),
)
def question(request: Request, institution: str, new: Question, key: Decider, once: OnceHere) -> Response:
    """By mail. The application waits for the answer."""
    site: Site = request.app.state.site
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        made = ask_institution(db, own.id, actor=_reviewer(key), text=new.text, origin=site.origin)
        return once.answer(db, _message(db, made, key), owner=own.id)


@router.post(
    "/answers",
    status_code=201,
    response_model=MessageShape,
    summary="Answer a question",
    responses=refuses(*GONE, "not_in_review", "text_missing", post=True),
)
def reply(request: Request, institution: str, new: AnswerGiven, key: Writer, once: OnceHere) -> Response:
    """For the institution. Everything is assessed anew, with the papers that were handed in before."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        made = answer(db, own.id, actor=key.id, text=new.text)
        return once.answer(db, _message(db, made, key), owner=own.id)


@router.get("/user-changes", summary="List changes of the authorised user", responses=refuses(*GONE))
def changes(request: Request, institution: str, key: Reader) -> ChangePage:
    """The first one first."""
    with floor_of(request).database.read() as db:
        own = living_institution_of(db, key, institution)
        return ChangePage(data=[_change(db, change) for change in list_changes(db, own.id)])


@router.post(
    "/user-changes",
    status_code=201,
    response_model=ChangeShape,
    summary="Name another authorised user",
    responses=refuses(*CHANGE, post=True),
)
def another_user(request: Request, institution: str, new: NewUser, key: Writer, once: OnceHere) -> Response:
    """Of an approved institution. Their papers are uploaded next; access moves only when it is approved."""
    with once.write() as db:
        own = living_institution_of(db, key, institution)
        change = begin_change(db, own.id, actor=key.id, values=new.values)
        return once.answer(db, _change(db, change), owner=own.id)


@router.post(
    "/user-changes/{change}/submission",
    status_code=201,
    response_model=ChangeShape,
    summary="Submit a change of the authorised user",
    responses=refuses(*CHANGE, post=True),
)
def submit_user(request: Request, institution: str, change: str, key: Writer, once: OnceHere) -> Response:
    """Both users are told by mail, and a person decides."""
    with once.write() as db:
        made = submit_change(db, change_of(db, key, institution, change).id, actor=key.id)
        return once.answer(db, _change(db, made), owner=made.institution_id)


@router.delete(
    "/user-changes/{change}", status_code=204, summary="Take a change of the user back", responses=refuses(*CHANGE)
)
def withdraw_user(request: Request, institution: str, change: str, key: Writer) -> None:
    """The authorised user stays."""
    with floor_of(request).database.write() as db:
        withdraw_change(db, change_of(db, key, institution, change).id, actor=key.id)


@router.post(
    "/user-changes/{change}/decisions",
    status_code=201,
    response_model=DecisionShape,
    summary="Decide on a change of the authorised user",
    responses=refuses(*DECIDE, post=True),
)
def say_user(
    request: Request, institution: str, change: str, new: NewInstitutionDecision, key: Decider, once: OnceHere
) -> Response:
    """Approved, access moves to the new user and ends for the old one."""
    with once.write() as db:
        own = change_of(db, key, institution, change)
        made = decide_institution(
            db, own.id, actor=_reviewer(key), outcome=Outcome(new.outcome), reasons=new.reasons, note=new.note
        )
        return once.answer(db, told_decision(made), owner=own.institution_id)


def _reviewer(key: Key) -> Actor:
    return Actor(key.id, Kind.STAFF, Role.REVIEWER)


def _ruled(standing: Standing) -> ItemRuled:
    return ItemRuled(item=standing.item, accepted=standing.accepted, reasons=list(standing.reasons), at=standing.at)


def _message(db: ReadSession, message: Message, key: Key) -> MessageShape:
    text = read_text(db, message) if sees_names(key) else None
    direction = "out" if message.direction == "out" else "in"
    return MessageShape(id=message.id, direction=direction, text=text, at=message.at)


def _change(db: ReadSession, change: UserChange) -> ChangeShape:
    return ChangeShape(
        id=change.id,
        state=change.state,
        old=change.old_party,
        new=change.new_party,
        missing=missing_of_change(db, change) if change.state == "draft" else [],
        reasons=change.reasons,
        created_at=change.created_at,
        submitted_at=change.submitted_at,
        due_at=change.due_at,
        decided_at=change.decided_at,
    )
