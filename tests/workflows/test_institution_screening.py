"""INS16: an institution, its people and its owners before lists; hits are decided by people."""

import json

import pytest

from cases import staff
from fourcorners.clearance import Outcome, require_institution
from fourcorners.clearance.actions import decide_hit
from fourcorners.clearance.errors import NotCleared
from fourcorners.clearance.institutions import decide_institution
from fourcorners.clearance.queries import find_review
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.webhooks.models import Event
from fourcorners.institutions.actions import sign
from fourcorners.institutions.queries import find_assessment, get_institution, read_assessment
from fourcorners.privacy.institutions import close_institution, erase_institution
from fourcorners.screening.errors import HitsOpen
from fourcorners.screening.lists import CHANGED, import_list
from fourcorners.screening.queries import list_hits_of, list_screened, read_hit
from fourcorners.workflows.handlers import perform
from institution_cases import accept_all, approved, begin, fill_in, hand_over, in_review, save, work_off

ANNA, BERTA = staff(), staff(name="berta")


def bring(floor, tmp_path, *names):
    path = tmp_path / "list.json"
    rows = [{"id": name, "schema": schema, "properties": {"name": [name]}} for name, schema in names]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    import_list(floor.database, floor.blobs, path, "eu", actor="acc_1")
    with floor.database.read() as db:
        for work in [w for w in list_waiting(db) if w.kind == CHANGED]:
            perform(floor, work.kind, work.payload)


def hits(floor, institution):
    with floor.database.read() as db:
        return {read_hit(db, hit)["name"]: hit for hit in list_hits_of(db, institution)}


def test_everybody_in_the_application_is_screened_and_a_hit_stops_the_approval(floor, tmp_path):
    bring(floor, tmp_path, ("Lee, Ann", "Person"), ("Blue Holding Ltd", "Company"), ("Somebody Else", "Person"))
    institution = begin(floor)
    fill_in(floor, institution, sign_it=False, exposed=True)
    between = {"id": "blue", "kind": "entity", "name": "Blue Holding Limited"}
    edge = {"id": "e1", "owner": "ann", "owned": "blue", "kind": "shares", "share": "100 %"}
    other = {"id": "e2", "owner": "blue", "owned": "own", "kind": "shares", "share": "100 %"}
    save(floor, institution, "ownership", {"node:blue": between, "edge:e1": edge, "edge:e2": other})
    with floor.database.write() as db:
        sign(db, institution, actor="edi", signer="Ann Lee", kind="typed")
    hand_over(floor, institution)
    work_off(floor)
    found = hits(floor, institution)
    assert set(found) == {"Ann Lee", "Blue Holding Limited"}
    with floor.database.read() as db:
        done = find_assessment(db, institution)
        assert "screening_hit" in done.reasons
        assert set(read_assessment(db, done)["screening"]["hits"]) == {hit.id for hit in found.values()}
        assert len(list_screened(db, institution)) == 3
    accept_all(floor, institution, ANNA)
    with floor.database.write() as db, pytest.raises(HitsOpen):
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
    with floor.database.write() as db:
        for hit in found.values():
            decide_hit(db, hit.id, actor=ANNA, same=False, note="Another one.")
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.APPROVE)
    with floor.database.write() as db:
        decide_institution(db, institution, actor=BERTA, outcome=Outcome.APPROVE)
        assert get_institution(db, institution).state == "approved"


def test_a_new_list_calls_a_person_and_a_confirmed_match_closes_the_gate(floor, tmp_path):
    institution = approved(floor)
    with floor.database.read() as db:
        user = get_institution(db, institution).user_party
        assert "screening_not_made" in find_assessment(db, institution).reasons
    bring(floor, tmp_path, ("Muster Handel AG", "Company"))
    with floor.database.write() as db:
        assert find_review(db, institution).closed_at is None
        assert find_review(db, institution).reasons == ["screening_hit"]
        require_institution(db, institution, "withdraw", user_party=user)
    (hit,) = hits(floor, institution).values()
    with floor.database.write() as db:
        decide_hit(db, hit.id, actor=ANNA, same=True, note="It is them.")
        with pytest.raises(NotCleared):
            require_institution(db, institution, "withdraw", user_party=user)
        decide_institution(db, institution, actor=ANNA, outcome=Outcome.REJECT, reasons=["listed_match"])
        assert get_institution(db, institution).state == "rejected"


def test_an_approved_institution_leaves_the_queue_when_its_hits_are_somebody_else(sqlite_floor, tmp_path):
    institution = approved(sqlite_floor)
    bring(sqlite_floor, tmp_path, ("Muster Handel AG", "Company"), ("Ann Lee", "Person"))
    found = list(hits(sqlite_floor, institution).values())
    for waits, hit in zip((True, False), found, strict=True):
        with sqlite_floor.database.write() as db:
            decide_hit(db, hit.id, actor=ANNA, same=False, note="Another one.")
            assert (find_review(db, institution).closed_at is None) is waits
    with sqlite_floor.database.read() as db:
        assert get_institution(db, institution).state == "approved"
        told = [event.kind for event in db.query(Event).order_by(Event.id) if "hit_" in event.kind]
        assert told == [f"institution.hit_{what}" for what in ("found", "found", "decided", "decided")]


def test_nobody_is_screened_in_the_sandbox_and_erasure_forgets_the_hits(sqlite_floor, tmp_path):
    bring(sqlite_floor, tmp_path, ("Ann Lee", "Person"))
    tried = in_review(sqlite_floor, sandbox=True)
    assert hits(sqlite_floor, tried) == {}
    real = in_review(sqlite_floor, email="b@example.org")
    assert len(hits(sqlite_floor, real)) == 1
    with sqlite_floor.database.write() as db:
        close_institution(db, real, actor="system")
        erase_institution(db, real, actor="system")
        assert list_hits_of(db, real) == []
