"""Live check, proof of address and duplicates become findings of the run, and the case is decided over all of it."""

from datetime import date

import numpy as np
import pytest

from cases import DETAILS, because, finished_run, new_case, submitted_case
from fourcorners.checks.finding import Outcome
from fourcorners.checks.live import Challenge, LiveResult, ResultCode, StepResult
from fourcorners.clearance.actions import settle
from fourcorners.evidence.actions import begin_run, finish_run, note_matches, store_upload
from fourcorners.evidence.faces import drop_template_later, keep_template, search_faces
from fourcorners.evidence.live_checks import end_live_check, issue_live_check
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.data import load_toml
from fourcorners.people import State
from fourcorners.people.marks import holders_of, keep_marks, marks_of
from fourcorners.people.queries import CLAIMS, get_applicant, get_verification, state_of
from fourcorners.specimens.papers import draw_paper
from fourcorners.workflows import perform
from fourcorners.workflows.conclusions import after_conclusion, watch_expiry
from fourcorners.workflows.verification import judge_whole
from fourcorners.workflows.whole_case import duplicate_finding, live_findings

STEPS = [StepResult("left", passed=True, start_s=1.0, end_s=2.0).to_dict()]
FACE = np.eye(128)[0]
OTHER = np.eye(128)[1]


def told(findings):
    return [(f.check, f.outcome, f.reason) for f in findings]


def test_a_passed_live_check_with_the_face_of_the_selfie_says_nothing():
    findings = live_findings({"steps": STEPS, "reasons": []}, "passed", FACE, FACE)
    assert [f.outcome for f in findings] == [Outcome.PASS, Outcome.PASS]
    assert findings[1].raw == 0.0


@pytest.mark.parametrize(
    ("report", "code", "face", "reason"),
    [
        ({"steps": STEPS, "reasons": ["face_flat"]}, "liveness_failed", FACE, "live_not_passed"),
        ({}, None, None, "live_by_person"),
        (None, None, None, "live_missing"),
        ({"steps": STEPS, "reasons": []}, "passed", OTHER, "live_face_differs"),
    ],
)
def test_what_the_live_check_found_has_its_reason(report, code, face, reason):
    findings = live_findings(report, code, face, FACE)
    assert reason in [f.reason for f in findings]
    assert all(f.subject == "live" for f in findings)


@pytest.mark.parametrize(
    ("matches", "outcome"),
    [
        ({}, Outcome.PASS),
        ({"document": ["app_1"]}, Outcome.UNSURE),
        ({"faces": [["app_1", 0.2]]}, Outcome.UNSURE),
        ({"document": ["app_1"], "person": ["app_2"]}, Outcome.UNSURE),
        ({"document": ["app_1"], "person": ["app_1"]}, Outcome.FAIL),
        ({"person": ["app_1"], "faces": [["app_1", 0.2]]}, Outcome.FAIL),
    ],
)
def test_ind5_two_marks_of_one_person_are_certain_and_one_goes_to_a_person(matches, outcome):
    finding = duplicate_finding(matches)
    assert finding.outcome is outcome
    assert finding.reason == (None if outcome is Outcome.PASS else "id_already_verified")
    assert "app_1" not in str(finding.to_dict()), "no detail of the other account leaves `matches`"


def test_ind5_marks_meet_whatever_the_spelling_and_only_within_their_world(floor):
    first, second, sandbox = new_case(floor), new_case(floor), new_case(floor, sandbox=True)
    with floor.database.write() as db:
        kept, asked = get_verification(db, first), get_verification(db, second)
        for verification in (kept, asked):
            verification.document_kind, verification.document_country = "passport", "SE"
        keep_marks(db, kept.applicant_id, marks_of(db, kept, DETAILS))
        keep_marks(db, kept.applicant_id, marks_of(db, kept, DETAILS))
        changed = {**DETAILS, "family_name": "ERIKSSÖN", "document_number": "l898 902-c3"}
        marks = marks_of(db, asked, changed)
        here = holders_of(db, marks, get_applicant(db, asked.applicant_id))
        assert here["document"] == [kept.applicant_id]
        itself = holders_of(db, marks_of(db, kept, DETAILS), get_applicant(db, kept.applicant_id))
        assert itself == {"document": [], "person": []}
        elsewhere = get_applicant(db, get_verification(db, sandbox).applicant_id)
        assert holders_of(db, marks, elsewhere)["document"] == []


def test_faces_of_verified_people_are_found_and_go_after_a_failed_case(floor, clock):
    one, two = new_case(floor), new_case(floor)
    with floor.database.write() as db:
        owner, other = (get_verification(db, case).applicant_id for case in (one, two))
        keep_template(db, owner, FACE)
        near = FACE + 0.05 * OTHER
        assert [hit[0] for hit in search_faces(db, near / np.linalg.norm(near), other)] == [owner]
        assert search_faces(db, OTHER, other) == []
        assert search_faces(db, FACE, owner) == []
        drop_template_later(db, owner)
    clock.move(days=load_toml("fourcorners.evidence", "live.toml")["template_days_after_failure"])
    with floor.database.read() as db:
        assert search_faces(db, FACE, other) == []


def outcome(floor, decision, reasons=()):
    case, submission = submitted_case(floor)
    entries = [because(code) for code in reasons]
    run = finished_run(floor, case, submission, decision, entries)
    with floor.database.write() as db:
        settle(db, run)
    with floor.database.read() as db:
        work = next(w for w in list_waiting(db) if w.kind == "verification.concluded")
        owner = get_verification(db, case).applicant_id
    return case, owner, work


def test_ind6_the_letter_says_why_what_helps_and_the_way_back_and_is_written_once(floor):
    _, owner, work = outcome(floor, "resubmit", ["glare", "blurred"])
    perform(floor, work.kind, work.payload)
    perform(floor, work.kind, work.payload)
    with floor.database.read() as db:
        (mail,) = list_mails(db, owner)
        letter = read_mail(db, mail.id)
    assert letter.to == "anna@example.org"
    assert "Front of the document:" in letter.text
    assert letter.text.count("\n- ") == 2
    assert "http://127.0.0.1:8000/verify/open/" in letter.text


def test_a_letter_about_a_decision_that_was_replaced_is_not_written(floor):
    case, owner, _ = outcome(floor, "resubmit", ["glare"])
    after_conclusion(floor, {"verification": case, "decided_at": "2020-01-01T00:00:00+00:00"})
    with floor.database.read() as db:
        assert list_mails(db, owner) == []


def test_ind9_notices_before_the_document_expires_and_re_verification_after(sqlite_floor, clock):
    floor = sqlite_floor
    case, submission = submitted_case(floor)
    run = finished_run(
        floor, case, submission, "approve", read={"document": {}, "fields": {"expiry_date": {"value": "2026-12-31"}}}
    )
    with floor.database.write() as db:
        settle(db, run)
        owner = get_verification(db, case).applicant_id

    def written():
        watch_expiry(floor)
        watch_expiry(floor)
        with floor.database.read() as db:
            return [m.kind for m in reversed(list_mails(db, owner))]

    assert written() == []
    clock.move(days=31)
    assert written() == ["expiry 30 2026-12-31"]
    clock.move(days=22)
    assert written() == ["expiry 30 2026-12-31", "expiry 7 2026-12-31"]
    clock.move(days=8)
    watch_expiry(floor)
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.EXPIRED_REVERIFY


def test_ind9_everybody_is_looked_at_again_after_years_and_written_to_once(floor, clock):
    case, submission = submitted_case(floor)
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
        verification = get_verification(db, case)
        verification.expires_on, owner = None, verification.applicant_id
    clock.move(days=1825)
    watch_expiry(floor)
    with floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.VERIFIED
    clock.move(days=2)
    for _ in range(2):
        watch_expiry(floor)
    with floor.database.read() as db:
        verification = get_verification(db, case)
        assert (state_of(verification), verification.trigger) == (State.EXPIRED_REVERIFY, "periodic_review")
        (letter,) = [mail for mail in list_mails(db, owner) if mail.kind.startswith("again")]
        assert "/verify/open/" in read_mail(db, letter.id).text


def test_fr1_a_challenge_is_answered_once_and_in_its_time(floor, clock):
    case = new_case(floor)
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        checks = [
            issue_live_check(
                db,
                actor=owner,
                owner_id=owner,
                case_id=case,
                purpose="kyc",
                session="gra_test",
                challenge=Challenge(("left",), nonce, 60.0),
                policy="standard",
            ).id
            for nonce in ("a", "b")
        ]
    result = LiveResult(ResultCode.PASSED, (), (), (), "AAAA")
    with floor.database.write() as db:
        assert end_live_check(db, checks[0], actor=owner, result=result).code == "passed"
    clock.move(minutes=5)
    with floor.database.write() as db:
        assert end_live_check(db, checks[1], actor=owner, result=result).code == "network_timeout"


def test_poa7_a_proof_of_address_with_its_pages_is_part_of_the_run_and_of_its_replay(sqlite_floor):
    floor = sqlite_floor
    case = new_case(floor)
    bill = draw_paper("electricity_bill", seed=3, country="US", layout="labelled", issued=date(2026, 10, 1))
    claimed = {**DETAILS, "address": bill.truth.address}
    with floor.database.write() as db:
        verification = get_verification(db, case)
        owner = verification.applicant_id
        verification.residence, verification.level_wanted = "US", 3
        verification.claims = seal_json(db, owner, claimed, CLAIMS)
        pages = [
            store_upload(
                db,
                floor.blobs,
                actor=owner,
                owner_id=owner,
                case_id=case,
                item="paper",
                data=bill.pdf,
                media_type="application/pdf",
                source="upload",
            ).id
            for _ in range(2)
        ]
        uploads = {"paper": pages[0], "paper_2": pages[1]}
        run = begin_run(db, owner_id=owner, case_id=case, submission_id="sub_1", uploads=uploads, today=db.now.date())
        run = note_matches(db, run.id, {})
    first = judge_whole(floor, run)
    assert "poa_name" in first.reasons, "the bill is somebody else's"
    assert len(first.plain["address"]["files"]) == 2
    assert {f["subject"] for f in first.plain["findings"]} >= {"paper"}
    with floor.database.write() as db:
        run = finish_run(
            db,
            run.id,
            verdict=first.to_json().encode(),
            decision=first.decision.value,
            reasons=first.reasons,
            versions=first.versions,
        )
        later = {**claimed, "family_name": "Somebody Else"}
        get_verification(db, case).claims = seal_json(db, owner, later, CLAIMS)
    assert judge_whole(floor, run).to_json() == first.to_json()
