"""Lists and hits as they are kept: versions, swaps, decisions that stand while nothing changes (INS16)."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.floor import Floor
from fourcorners.infra.handover import list_waiting
from fourcorners.screening import Kind, Outcome, Subject
from fourcorners.screening.actions import decide_hit, screen_case
from fourcorners.screening.errors import ListNameInvalid, ListUnreadable, ReasonMissing
from fourcorners.screening.lists import CHANGED, import_list, list_versions, lists_in_force, loaded, retire_list
from fourcorners.screening.queries import list_hits, list_hits_of, list_screened, read_hit, read_note, stops_approval
from fourcorners.screening.rules import State

ORLOV = {"id": "q1", "schema": "Person", "properties": {"name": ["Vladimir Orlov"], "birthDate": ["1960-05-12"]}}
OTHER = {"id": "q2", "schema": "Person", "properties": {"name": ["Somebody Else"]}}


@pytest.fixture
def ready(floor: Floor, tmp_path: Path):
    """Imports rows as the list `eu`."""

    def bring(*rows: dict[str, object], name: str = "eu"):
        path = tmp_path / f"{name}.json"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return import_list(floor.database, floor.blobs, path, name, actor="acc_1")

    return bring


def ask(floor: Floor, name: str = "Wladimir Orlow", subject: str = "par_1"):
    who = Subject(subject, Kind.PERSON, (name,), date(1960, 5, 12))
    return screen_case(floor.database, floor.blobs, case_id="ins_1", owner_id="app_1", subjects=[who])[0]


def states(floor: Floor) -> list[str]:
    with floor.database.read() as db:
        return [hit.state for hit in list_hits_of(db, "ins_1")]


def decide(floor: Floor, *, same: bool, note: str = "Another birthplace."):
    with floor.database.write() as db:
        (hit,) = list_hits_of(db, "ins_1")
        return decide_hit(db, hit.id, actor="acc_2", same=same, note=note)


def test_without_a_list_it_says_so(floor: Floor) -> None:
    assert ask(floor).outcome is Outcome.NOT_SCREENED
    with floor.database.read() as db:
        (row,) = list_screened(db, "ins_1")
        assert (row.outcome, row.lists, row.hits) == ("not_screened", {}, 0)


def test_a_list_is_swapped_whole_and_its_versions_are_kept(floor: Floor, ready) -> None:
    first = ready(ORLOV)
    assert (first.version.number, first.is_new) == (1, True)
    assert ready(ORLOV).is_new is False
    second = ready(ORLOV, OTHER)
    assert ready(OTHER, name="house").version.number == 1
    with floor.database.read() as db:
        assert [(one.name, one.number, one.in_force) for one in list_versions(db)] == [
            ("eu", 2, True),
            ("eu", 1, False),
            ("house", 1, True),
        ]
        assert [one.kind for one in list_waiting(db)] == [CHANGED] * 3
    assert [(one.name, one.version) for one in loaded(floor.database, floor.blobs)] == [("eu", "2"), ("house", "1")]
    assert b"Orlov" not in floor.blobs.get(second.version.blob_key)
    with floor.database.write() as db:
        retire_list(db, "eu", actor="acc_1")
    with floor.database.read() as db:
        assert [one.name for one in lists_in_force(db)] == ["house"]


def test_a_file_that_is_mostly_broken_replaces_nothing(floor: Floor, ready, tmp_path: Path) -> None:
    ready(ORLOV)
    with pytest.raises(ListUnreadable, match="line 2"):
        ready(ORLOV, {"id": "q3"})
    with pytest.raises(ListUnreadable):
        ready()
    with pytest.raises(ListNameInvalid):
        ready(ORLOV, name="EU")
    (tmp_path / "latin.csv").write_bytes("id,name\n1,Łoś".encode("iso8859_2"))
    with pytest.raises(ListUnreadable, match="UTF-8"):
        import_list(floor.database, floor.blobs, tmp_path / "latin.csv", "eu", actor="acc_1")
    with floor.database.read() as db:
        assert [one.number for one in list_versions(db)] == [1]


def test_a_hit_is_kept_sealed_with_its_reasons_and_decided_with_a_note(floor: Floor, ready) -> None:
    ready(ORLOV)
    assert ask(floor).outcome is Outcome.HITS
    with floor.database.read() as db:
        (hit,) = list_hits(db, [State.OPEN]).hits
        told = read_hit(db, hit)
        assert b"ORLOV" not in hit.told
        assert [hit.id for hit in stops_approval(db, "ins_1")] == [hit.id]
    assert (told["list"], told["entry"]["id"], told["name"]) == ("eu", "q1", "Wladimir Orlow")
    with pytest.raises(ReasonMissing):
        decide(floor, same=False, note=" ")
    decided = decide(floor, same=False)
    assert (decided.state, decided.decided_by) == ("not_same", "acc_2")
    assert decide(floor, same=False, note="Once more.").decided_at == decided.decided_at
    with floor.database.read() as db:
        assert stops_approval(db, "ins_1") == []
        assert read_note(db, list_hits_of(db, "ins_1")[0]) == "Another birthplace."
        events = db.scalars(select(AuditEvent.action).where(AuditEvent.subject == "ins_1")).all()
        assert sorted(events) == ["case.screened", "hit.decided"]
        assert verify_chain(db).broken_at is None


def test_a_decision_stands_until_the_entry_or_the_subject_changes(floor: Floor, ready) -> None:
    ready(ORLOV)
    ask(floor)
    decide(floor, same=False)
    ready(ORLOV, OTHER)
    ask(floor)
    assert states(floor) == ["not_same"]
    changed = {**ORLOV, "properties": {**ORLOV["properties"], "nationality": ["ru"]}}
    ready(changed)
    ask(floor)
    assert states(floor) == ["open"]
    decide(floor, same=False)
    ask(floor, "Vladimir Orlov")
    assert states(floor) == ["open"]


def test_what_is_no_longer_found_is_gone_unless_it_was_decided(floor: Floor, ready) -> None:
    ready(ORLOV)
    ask(floor)
    ready(OTHER)
    ask(floor)
    assert states(floor) == ["gone"]
    ready(ORLOV, OTHER)
    ask(floor)
    assert states(floor) == ["open"]
    decide(floor, same=True)
    ready(OTHER)
    ask(floor)
    assert states(floor) == ["true_match"], "a confirmed match goes when a person says so"


def test_a_party_that_left_the_case_stops_it_no_more(floor: Floor, ready) -> None:
    ready(ORLOV)
    ask(floor)
    with floor.database.read() as db:
        assert len(stops_approval(db, "ins_1")) == 1
    ask(floor, "Carla Fairweather", subject="par_2")
    assert states(floor) == ["gone"]
    with floor.database.read() as db:
        assert [row.subject_id for row in list_screened(db, "ins_1")] == ["par_2"]


def test_screening_twice_changes_nothing(floor: Floor, ready) -> None:
    ready(ORLOV)
    assert ask(floor) == ask(floor)
    with floor.database.read() as db:
        events = db.scalars(select(AuditEvent.action).where(AuditEvent.subject == "ins_1")).all()
    assert events == ["case.screened"]
    assert states(floor) == ["open"]
