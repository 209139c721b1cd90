"""Transactions: all or nothing, and what follows a commit."""

import io
import json
import subprocess
import sys

import pytest
from sqlalchemy.exc import DatabaseError

from engines import START
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.blobs import open_blobs
from fourcorners.infra.db import Database
from fourcorners.infra.errors import Busy, NotFound, StoreUnavailable
from fourcorners.infra.handover import hand_over, list_waiting, mark_taken
from fourcorners.infra.logs import log, set_up_logs
from fourcorners.infra.mail import NullPost, deliver, list_mails, read_mail, write_mail
from fourcorners.infra.sealing import Keyring
from fourcorners.kit.ids import is_id, new_id


def test_work_is_handed_over_with_its_transaction_only(database):
    told = []
    database.after_commit.append(told.extend)
    with pytest.raises(ZeroDivisionError), database.write() as db:
        hand_over(db, "test.work", {"id": "ver_1"})
        raise ZeroDivisionError
    with database.write() as db:
        kept = hand_over(db, "test.work", {"id": "ver_2"})
    assert told == [kept]
    with database.write() as db:
        assert [work.id for work in list_waiting(db)] == [kept]
        mark_taken(db, kept)
    with database.read() as db:
        assert list_waiting(db) == []


def test_a_mail_is_delivered_once(database):
    with database.write() as db:
        mail = write_mail(db, owner="app_1", kind="test", to="ana@example.org", subject="Hi\nthere", text="Words")
    assert b"ana" not in mail.sealed
    with database.write() as db:
        deliver(db, NullPost(), mail.id)
        deliver(db, NullPost(), mail.id)
    with database.read() as db:
        (kept,) = list_mails(db, "app_1")
        assert kept.shown_only
        assert kept.sent_at == START
        assert read_mail(db, mail.id).subject == "Hi there"
        with pytest.raises(NotFound):
            read_mail(db, "mail_0")


def test_a_read_session_cannot_write(database):
    if database.dialect == "postgresql":
        with pytest.raises(DatabaseError), database.read() as db:
            db.add(AuditEvent(seq=9, at=db.now, actor="x", action="x", subject="x", details={}, previous="", hash=""))
            db.flush()
    with database.read() as db:
        assert db.get(AuditEvent, 9) is None


def test_a_writer_that_waits_too_long_is_told_so(database):
    with database.engine.connect() as probe:
        name = probe.dialect.name
    if name != "sqlite":
        return
    url = f"{database.engine.url.render_as_string(hide_password=False)}"
    other = Database(url, database.keyring)
    with other.engine.connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout=1")
    with database.write(), pytest.raises(Busy), other.write():
        pass
    other.close()


def test_a_database_that_is_not_there_is_a_refusal(tmp_path):
    gone = Database("postgresql:///none?host=/nowhere", Keyring(bytes(32)))
    with pytest.raises(StoreUnavailable), gone.read() as db:
        db.connection()
    gone.close()


def test_files_are_kept_by_key(tmp_path):
    blobs = open_blobs((tmp_path / "files").as_uri())
    blobs.put("ver_1/upl_1", b"one")
    blobs.put("ver_1/upl_1", b"two")
    blobs.put("ver_2/upl_2", b"x")
    assert blobs.get("ver_1/upl_1") == b"two"
    assert blobs.list("ver_1") == ["ver_1/upl_1"]
    blobs.delete("ver_1/upl_1")
    blobs.delete("ver_1/upl_1")
    with pytest.raises(NotFound):
        blobs.get("ver_1/upl_1")


def test_logs_carry_ids_and_codes_only():
    stream = io.StringIO()
    set_up_logs(stream)
    log.info("upload.stored", upload=new_id("upl"), size=1234, name="Ana Maria", number="P1234567 8", doc=123456789)
    entry = json.loads(stream.getvalue())
    assert is_id(entry["upload"], "upl")
    assert entry["size"] == 1234
    assert entry["name"] == entry["number"] == entry["doc"] == "[withheld]"


def test_ids_sort_by_time_and_name_their_kind():
    early, late = new_id("ver", at_ms=1_000), new_id("ver", at_ms=2_000)
    assert early < late
    assert is_id(early)
    assert is_id(early, "ver")
    assert not is_id(early, "app")
    assert not is_id("ver_123")
    made = [new_id("ver") for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made == sorted(made), "also those of one millisecond"


def test_a_log_line_is_not_lost_while_a_library_is_silenced(tmp_path):
    script = (
        "import os; from fourcorners.infra.logs import log, set_up_logs; set_up_logs();"
        "os.dup2(os.open(os.devnull, os.O_WRONLY), 2); log.info('worker.started')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr)["event"] == "worker.started"
