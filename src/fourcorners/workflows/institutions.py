"""Institutions: assess a submission, write the letters that follow a decision, look at those whose time has come."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fourcorners.clearance.institutions import close_review, open_review
from fourcorners.clearance.queries import latest_decision
from fourcorners.infra.floor import Floor
from fourcorners.institutions.actions.assessing import begin_assessment, finish_assessment
from fourcorners.institutions.assessing import Found, assess
from fourcorners.institutions.letters import feedback_of
from fourcorners.institutions.models import Assessment
from fourcorners.institutions.queries import get_institution
from fourcorners.institutions.reading import application_of
from fourcorners.institutions.rules import State
from fourcorners.workflows.institution_evidence import papers_found, people_found
from fourcorners.workflows.institution_letters import write_once
from fourcorners.workflows.institution_risk import risk_of
from fourcorners.workflows.institution_screening import screen_institution

__all__ = ["after_conclusion", "assess_submission", "found_in", "hand_to_person", "leave_queue"]

SYSTEM = "system"


def assess_submission(floor: Floor, payload: Mapping[str, Any]) -> None:
    """The whole work of one submission. Each transaction can be repeated: a second time changes nothing."""
    with floor.database.write() as db:
        assessment = begin_assessment(db, payload["submission"])
    if assessment.finished_at is None:
        found = found_in(floor, assessment)
        with floor.database.write() as db:
            finish_assessment(db, assessment.id, found)
    with floor.database.write() as db:
        done = db.get_one(Assessment, assessment.id)
        open_review(db, payload["institution"], reasons=done.reasons)


def found_in(floor: Floor, assessment: Assessment) -> Found:
    """What is found in an application as it stands: it is closed to changes while it is assessed."""
    with floor.database.read() as db:
        application = application_of(db, get_institution(db, assessment.institution_id))
    papers = papers_found(floor, assessment.institution_id, application, assessment.today)
    people = people_found(floor, assessment.institution_id, assessment.today)
    screening = screen_institution(floor, assessment.institution_id)
    risk = risk_of(floor, assessment.institution_id, application, assessment.today)
    return assess(application, today=assessment.today, papers=papers, people=people, screening=screening, risk=risk)


def hand_to_person(floor: Floor, payload: Mapping[str, Any], code: str) -> None:
    """It could not be assessed, however often it was tried: a person decides, and is told so."""
    with floor.database.write() as db:
        open_review(db, payload["institution"], reasons=["assessment_not_made"])


def leave_queue(floor: Floor, payload: Mapping[str, Any]) -> None:
    """The application was withdrawn: nobody need decide it."""
    with floor.database.write() as db:
        if get_institution(db, payload["institution"]).state == State.WITHDRAWN:
            close_review(db, payload["institution"])


def after_conclusion(floor: Floor, payload: Mapping[str, Any]) -> None:
    """Write the letter, once for each decision; nothing if another decision came after it."""
    with floor.database.write() as db:
        institution = get_institution(db, payload["institution"], lock=True)
        if institution.decided_at != datetime.fromisoformat(payload["decided_at"]) or institution.erased_at is not None:
            return
        kind = {State.APPROVED: "approved", State.REJECTED: "rejected"}.get(State(institution.state))
        decision = latest_decision(db, institution.id)
        if kind is None or decision is None:
            return
        feedback = feedback_of(db, institution, decision.items, decision.reasons)
        mark = f"{kind} {payload['decided_at']}"
        write_once(db, institution.id, mark, kind, floor.settings.public_url, feedback=feedback)
