"""The doctor tells of every trouble, and changes nothing."""

from dataclasses import replace

from sqlalchemy import update

from cases import submitted_case
from engines import stamp
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.blobs import open_blobs
from fourcorners.infra.db import Database
from fourcorners.infra.sealing import Keyring
from fourcorners.operations.doctor import examine


def states(floor):
    return {answer.question: answer.state for answer in examine(floor)}


def test_a_healthy_house(floor):
    stamp(floor)
    found = states(floor)
    assert "ill" not in found.values()
    assert found["workers"] == "note"
    assert floor.blobs.list() == []


def test_every_trouble_is_told(floor, clock, tmp_path):
    stamp(floor, "base")
    submitted_case(floor)
    clock.move(minutes=10)
    with floor.database.write() as db:
        db.execute(update(AuditEvent).where(AuditEvent.seq == 2).values(action="other"))
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    broken = replace(floor, blobs=open_blobs(blocked.as_uri()))
    broken.settings.__dict__["public_url"] = "http://verify.example.org"
    blocked.rmdir()
    blocked.write_text("a file where the folder was")
    found = states(broken)
    assert {q for q, state in found.items() if state == "ill"} == {
        "tables",
        "files",
        "waiting work",
        "audit chain",
        "address",
    }


def test_a_wrong_master_key_is_told(sqlite_floor):
    stamp(sqlite_floor)
    url = sqlite_floor.database.engine.url.render_as_string(hide_password=False)
    other = replace(sqlite_floor, database=Database(url, Keyring(bytes(32))))
    assert states(other)["master key"] == "ill"
    other.database.close()
