"""The audit chain: written with its transaction, broken by any change, valid after erasure."""

from threading import Thread

import pytest
from sqlalchemy import delete, select, update

from fourcorners.infra.audit import AuditEvent, audit, verify_chain
from fourcorners.infra.sealing import destroy_key


def write(database, count=3):
    for number in range(count):
        with database.write() as db:
            audit(
                db,
                actor="system",
                action="test.done",
                subject="ver_1",
                owner="app_1",
                details={"number": number},
                private={"name": "Ångström"},
            )


def test_events_are_chained(database):
    write(database)
    with database.read() as db:
        found = verify_chain(db)
        assert (found.events, found.broken_at) == (3, None)
        assert db.scalars(select(AuditEvent.hash).order_by(AuditEvent.seq.desc())).first() == found.head


def test_what_is_rolled_back_leaves_no_event(database):
    with pytest.raises(ZeroDivisionError), database.write() as db:
        audit(db, actor="system", action="test.done", subject="ver_1")
        raise ZeroDivisionError
    with database.read() as db:
        assert verify_chain(db).events == 0


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        (update(AuditEvent).where(AuditEvent.seq == 2).values(actor="acc_other"), "it was changed"),
        (update(AuditEvent).where(AuditEvent.seq == 2).values(sealed=b"other"), "its sealed part was changed"),
        (delete(AuditEvent).where(AuditEvent.seq == 2), "event 2 is missing"),
        (delete(AuditEvent).where(AuditEvent.seq == 3), "the end of the chain does not match its last event"),
    ],
)
def test_any_change_breaks_the_chain(database, tamper, why):
    write(database)
    with database.write() as db:
        db.execute(tamper)
    with database.read() as db:
        found = verify_chain(db)
        assert found.broken_at is not None
        assert found.why == why


def test_an_anchor_shows_that_the_end_was_cut_off_cleverly(database):
    write(database)
    with database.read() as db:
        last = db.get(AuditEvent, 3)
        anchor = (last.seq, last.hash)
        assert verify_chain(db, anchor).broken_at is None
    with database.write() as db:
        previous = db.get(AuditEvent, 2)
        db.execute(delete(AuditEvent).where(AuditEvent.seq == 3))
        from fourcorners.infra.audit import AuditHead

        db.execute(update(AuditHead).values(seq=2, hash=previous.hash))
    with database.read() as db:
        assert verify_chain(db).broken_at is None
        assert "removed" in verify_chain(db, anchor).why


def test_the_chain_stays_valid_when_a_person_is_erased(database):
    """IND11: the log outlives the person's data."""
    write(database)
    with database.write() as db:
        destroy_key(db, "app_1")
        db.execute(update(AuditEvent).where(AuditEvent.seq == 1).values(sealed=None))
    with database.read() as db:
        assert verify_chain(db).broken_at is None


def test_many_writers_at_once_make_one_chain(database):
    threads = [Thread(target=write, args=(database, 5)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as db:
        assert (verify_chain(db).events, verify_chain(db).broken_at) == (30, None)
