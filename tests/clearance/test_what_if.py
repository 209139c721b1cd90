"""What if the policy were another: who would flip, told without writing anything."""

import json
import os
import time
from datetime import timedelta

from cases import finished_run, policy_text, put_in_force, settled_case, staff, submitted_case, verdict_of
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import decide, settle
from fourcorners.clearance.models import Decision
from fourcorners.clearance.policy import read_policy
from fourcorners.clearance.policy.what_if import what_if
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import BASIS, get_run, read_verdict
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.sealing import SealingKey, destroy_key, seal_json
from fourcorners.kit.ids import new_id
from fourcorners.people.queries import get_verification
from fourcorners.verdict import basis_of

DAY = timedelta(days=1)


def tried(floor, rules):
    with floor.database.read() as db:
        return what_if(db, read_policy(policy_text(rules)), db.now - DAY, db.now + DAY)


def test_a_draft_that_changes_nothing_flips_nobody(floor):
    for decision in ("approve", "resubmit", "review", "reject"):
        settled_case(floor, decision)
    found = tried(floor, "")
    assert (found.runs, found.flips) == (4, [])
    assert found.before == found.after


def test_who_would_flip_by_reason_and_country(floor):
    case, run = settled_case(floor, "resubmit")
    settled_case(floor, "approve")
    found = tried(floor, '[rules.effects.blurred]\nfail = "none"')
    (flip,) = found.flips
    assert (flip.run_id, flip.case_id, flip.before, flip.after) == (run, case, "resubmit", "approve")
    assert (flip.gained, flip.lost, flip.country, flip.person) == ((), ("blurred",), "SE", None)
    assert (found.by_reason, found.by_country) == ({"blurred": 1}, {"SE": 1})
    assert found.moves == {("resubmit", "approve"): 1}
    assert found.to_dict()["flipped"] == 1


def test_a_changed_threshold_flips_those_who_measured_between(floor):
    for raw in (0.25, 0.30, 0.33):
        settled_case(floor, "approve", raws={("face_matches", "case"): raw})
    found = tried(floor, "[rules.limits.match.face_matches]\npass_at = 0.28\nfail_at = 0.31")
    assert found.moves == {("approve", "review"): 1, ("approve", "resubmit"): 1}
    assert found.by_reason == {"face_uncertain": 1, "face_mismatch": 1}


def test_flips_are_set_beside_what_people_decided(floor):
    case, _ = settled_case(floor, "review")
    with floor.database.write() as db:
        decide(db, case, actor=staff(), outcome=Outcome.APPROVE)
    found = tried(floor, '[rules.effects.face_uncertain]\nfail = "none"')
    assert [flip.person for flip in found.flips] == ["approve"]
    assert (found.with_person, found.against_person) == (1, 0)


def test_the_policy_of_then_is_what_is_compared_with(floor):
    put_in_force(floor, '[rules.effects.blurred]\nfail = "review"')
    settled_case(floor, "resubmit")
    assert tried(floor, '[rules.effects.blurred]\nfail = "review"').flips == []
    assert len(tried(floor, "").flips) == 1


def test_nothing_is_written_and_who_was_erased_is_skipped(floor):
    case, _ = settled_case(floor, "resubmit")
    with floor.database.write() as db:
        destroy_key(db, get_verification(db, case).applicant_id)
        before = db.query(AuditEvent).count(), db.query(Decision).count()
    found = tried(floor, '[rules.effects.blurred]\nfail = "none"')
    assert (found.runs, found.skipped) == (0, 1)
    with floor.database.read() as db:
        assert (db.query(AuditEvent).count(), db.query(Decision).count()) == before


def test_only_the_period_counts(floor, clock):
    settled_case(floor, "resubmit")
    clock.move(days=3)
    assert tried(floor, '[rules.effects.blurred]\nfail = "none"').runs == 0


def test_what_is_kept_small_decides_as_the_whole_verdict(floor):
    _, run = settled_case(floor, "review")
    with floor.database.read() as db:
        whole = basis_of(json.loads(read_verdict(db, get_run(db, run))))
        assert type(whole).from_dict(whole.to_dict()) == whole


def test_ten_thousand_runs_take_seconds(sqlite_floor):
    """The bar is 10,000 in less than ten seconds of work; 300 are held to their share of it every time."""
    count = 10_000 if os.environ.get("FOURCORNERS_LONG") else 300
    many(sqlite_floor, count)
    tried(sqlite_floor, "")  # so that nothing is loaded for the first time while it is timed
    began = time.process_time()
    found = tried(sqlite_floor, "[rules.limits.match.face_matches]\npass_at = 0.28\nfail_at = 0.31")
    assert (found.runs, len(found.flips)) == (count, count / 2)
    assert time.process_time() - began < 10 * count / 10_000


def many(floor, count):
    """So many finished runs, each of a person of their own, half of them with a distance of 0.30."""
    case, submission = submitted_case(floor)
    run_id = finished_run(floor, case, submission, "approve", raws={("face_matches", "case"): 0.2})
    near, far = (basis_of(verdict_of(raws={("face_matches", "case"): raw})).to_dict() for raw in (0.2, 0.3))
    with floor.database.write() as db:
        settle(db, run_id)
        first = get_run(db, run_id)
        whole = read_verdict(db, first)
        keep = {c.name: getattr(first, c.name) for c in Run.__table__.columns}
        for n in range(count - 1):
            own = {
                "id": new_id("run"),
                "owner_id": new_id("app"),
                "case_id": new_id("ver"),
                "submission_id": new_id("sub"),
            }
            sealed = seal_json(db, own["owner_id"], far if n % 2 == 0 else near, f"{BASIS} {own['id']}")
            db.add(Run(**{**keep, **own, "basis": sealed, "verdict": whole * 3}))
            if n % 500 == 0:
                db.flush()
                db.expunge_all()
        assert db.query(SealingKey).count() >= 1
