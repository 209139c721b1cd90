"""Holds, erasure, retention, what a person may have: on both engines."""

import io
import json
import zipfile

import pytest

from cases import finished_run, new_case, submitted_case
from fourcorners.clearance.actions import settle
from fourcorners.evidence.queries import get_upload, list_uploads, read_upload
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.errors import KeyDestroyed, NotFound
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import list_mails, write_mail
from fourcorners.kit.ids import made_at, new_id
from fourcorners.people.models import Applicant
from fourcorners.people.queries import get_verification, read_claims
from fourcorners.privacy import close, erase, export, hold
from fourcorners.privacy.errors import MustBeKept
from fourcorners.privacy.jobs import sweep_orphans, sweep_retention
from fourcorners.workflows import perform


def person_of(floor, case):
    with floor.database.read() as db:
        return get_verification(db, case).applicant_id


def decided(floor, decision):
    case, submission = submitted_case(floor)
    run = finished_run(floor, case, submission, decision)
    with floor.database.write() as db:
        settle(db, run)
    return case, person_of(floor, case)


def do_waiting(floor):
    with floor.database.read() as db:
        waiting = [(work.kind, work.payload) for work in list_waiting(db)]
    for kind, payload in waiting:
        if kind == "files.remove":
            perform(floor, kind, payload)


def test_erasure_leaves_nothing_that_names_the_person(floor):
    """IND11: sealed per person, the key destroyed; the chain stays whole."""
    case, person = decided(floor, "reject")
    with floor.database.write() as db:
        write_mail(db, owner=person, kind="outcome", to="a@example.org", subject="s", text="t")
        key = list_uploads(db, case)[0].blob_key
        erase(db, person, actor="acc_1")
    do_waiting(floor)
    with floor.database.read() as db:
        with pytest.raises(KeyDestroyed):
            read_claims(db, get_verification(db, case))
        with pytest.raises(NotFound):
            read_upload(db, floor.blobs, get_upload(db, list_uploads(db, case)[0].id))
        assert list_mails(db, person) == []
        assert db.get(Applicant, person).erased_at is not None
        assert verify_chain(db).broken_at is None
    assert key not in floor.blobs.list()
    with floor.database.write() as db:
        erase(db, person, actor="acc_1")


def test_records_of_the_verified_are_kept_for_five_years(floor, clock):
    """IND11: retention 5 years after closure."""
    _, person = decided(floor, "approve")
    for expected in ("open", "records"):
        with pytest.raises(MustBeKept) as refused, floor.database.write() as db:
            erase(db, person, actor="acc_1")
        assert refused.value.fields["why"] == expected
        with floor.database.write() as db:
            close(db, person, actor="acc_1")
    clock.move(days=1825)
    assert sweep_retention(floor.database) == 0
    clock.move(days=2)
    assert sweep_retention(floor.database) == 1
    assert sweep_retention(floor.database) == 0


def test_a_legal_hold_stops_everything(floor, clock):
    _, person = decided(floor, "reject")
    with floor.database.write() as db:
        hold(db, person, actor="acc_1", on=True, why="court order")
        close(db, person, actor="acc_1")
        with pytest.raises(MustBeKept):
            erase(db, person, actor="acc_1")
    clock.move(days=4000)
    assert sweep_retention(floor.database) == 0
    with floor.database.write() as db:
        hold(db, person, actor="acc_1", on=False, why="lifted")
    assert sweep_retention(floor.database) == 1


def test_drafts_and_files_without_a_row_go(floor, clock):
    case = new_case(floor)
    person = person_of(floor, case)
    lost, young = f"{person}/{new_id('upl', at_ms=1_000)}", f"{person}/{new_id('upl')}"
    floor.blobs.put(lost, b"x")
    floor.blobs.put(young, b"x")
    assert sweep_orphans(floor.database, floor.blobs) == 1
    assert floor.blobs.list() == [young]
    clock.move(days=91)
    assert sweep_retention(floor.database) == 1


def test_a_person_gets_all_that_is_kept_of_them(floor):
    _, person = decided(floor, "reject")
    with floor.database.write() as db:
        packed = export(db, floor.blobs, person, actor="acc_1")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = json.loads(archive.read("data.json"))
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert archive.read(files[0]).startswith(b"\xff\xd8\xff")
    assert told["verification"]["claims"]["family_name"] == "Eriksson"
    assert told["applicant"]["email"] == "anna@example.org"
    assert told["decisions"][0]["outcome"] == "reject"
    assert len(files) == len(told["files"]) == 2
    assert "verification.submitted" in [event["action"] for event in told["history"]]


def test_an_id_tells_when_it_was_made():
    assert made_at(new_id("upl", at_ms=1_700_000_000_000)).isoformat() == "2023-11-14T22:13:20+00:00"
    assert made_at("upl_1") is None
