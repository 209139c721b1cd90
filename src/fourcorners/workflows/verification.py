"""Check a submission: open its evidence, run all checks, keep the verdict, settle the case."""

import json
from collections.abc import Mapping
from typing import Any

import fourcorners
from fourcorners.clearance.actions import leave_to_person, settle
from fourcorners.clearance.queries import facts_of
from fourcorners.evidence.actions import begin_run, finish_run, note_matches
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import get_upload, read_upload, read_verdict
from fourcorners.infra.db import WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.people import Item
from fourcorners.people.consents import BIOMETRIC, taken_back_at
from fourcorners.people.details import claims_for_checks
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_verification, read_claims, uploads_by_item
from fourcorners.verdict import Verdict
from fourcorners.workflows.gathering import address_verdict, find_matches, live_of
from fourcorners.workflows.judged import Judged
from fourcorners.workflows.personas import find_persona, play
from fourcorners.workflows.screening import screen_applicant
from fourcorners.workflows.whole_case import WholeVerdict, whole_verdict

__all__ = ["check_submission", "hand_to_person", "judge", "judge_whole", "judged"]

CHECKED = (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK, Item.SELFIE)


def check_submission(floor: Floor, payload: Mapping[str, Any]) -> None:
    """The whole work of one submission. Each transaction can be repeated: a second time changes nothing."""
    with floor.database.write() as db:
        verification = get_verification(db, payload["verification"])
        if _left_without_consent(db, verification):
            return
        given = uploads_by_item(db, verification.id)
        run = begin_run(
            db,
            owner_id=verification.applicant_id,
            case_id=verification.id,
            submission_id=payload["submission"],
            uploads=given,
            today=db.now.date(),
            about=facts_of(verification).to_dict(),
        )
    if run.finished_at is None:
        found = judged(floor, run)
        with floor.database.write() as db:
            finish_run(
                db,
                run.id,
                verdict=found.verdict,
                decision=found.decision,
                reasons=found.reasons,
                versions=found.versions,
            )
    screen_applicant(floor, payload["verification"])
    with floor.database.write() as db:
        if not _left_without_consent(db, get_verification(db, payload["verification"], lock=True)):
            settle(db, run.id)


def judged(floor: Floor, run: Run) -> Judged:
    """What the checks find in the evidence of a run, or a persona's table: the same bytes whenever it is asked for."""
    with floor.database.read() as db:
        persona = find_persona(db, run.owner_id)
        if persona is not None:
            return play(db, persona, run)
    pictures = judge(floor, run)
    if run.matches is None:
        with floor.database.write() as db:
            run = note_matches(db, run.id, find_matches(db, run, pictures))
    verdict = judge_whole(floor, run, pictures)
    return Judged(verdict.to_json().encode(), verdict.decision.value, verdict.reasons, verdict.versions)


def hand_to_person(floor: Floor, payload: Mapping[str, Any], code: str) -> None:
    """The checks could not be made, however often they were tried: a person decides, and is told why."""
    with floor.database.write() as db:
        leave_to_person(db, payload["verification"], cause=code)


def judge(floor: Floor, run: Run) -> Verdict:
    """The library's verdict on the pictures of a run: the same bytes whenever it is asked for again."""
    with floor.database.read() as db:
        verification = get_verification(db, run.case_id)
        details = read_claims(db, verification)
        pictures = {
            item: read_upload(db, floor.blobs, get_upload(db, run.uploads[item.value]))
            for item in CHECKED
            if item.value in run.uploads
        }
        claims = claims_for_checks(
            details, verification.nationality, verification.document_kind, verification.document_country
        )
        if run.verdict is not None:  # a replay: what was claimed then, whatever is claimed now
            claims = json.loads(read_verdict(db, run))["claims"]
    sides = [pictures[item] for item in (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK) if item in pictures]
    return fourcorners.check(document=sides, selfie=pictures.get(Item.SELFIE), claims=claims, today=run.today)


def judge_whole(floor: Floor, run: Run, pictures: Verdict | None = None) -> WholeVerdict:
    """The verdict on everything: the same bytes whenever it is asked for again. `pictures` is `judge`'s, if at hand."""
    known = judge(floor, run) if pictures is None else pictures
    live, report = live_of(floor, run, known)
    address, household = address_verdict(floor, run)
    return whole_verdict(
        known, live=live, live_report=report, address=address, household=household, matches=run.matches or {}
    )


def _left_without_consent(db: WriteSession, verification: Verification) -> bool:
    """Who took back the consent to be compared meanwhile is compared by no machine: a person decides."""
    if taken_back_at(db, verification.applicant_id, BIOMETRIC) is None:
        return False
    leave_to_person(db, verification.id, cause="consent_withdrawn")
    return True
