"""Back-up and restore: between engines, whole or not at all."""

import tarfile

import pytest

from cases import staff, submitted_case
from engines import TestClock, open_test_floor, stamp
from fourcorners.clearance import Outcome
from fourcorners.clearance.institutions import decide_institution, standings
from fourcorners.clearance.queries import find_review
from fourcorners.evidence.queries import get_upload, list_uploads, read_upload
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.institutions.queries import (
    find_assessment,
    get_institution,
    list_papers,
    read_assessment,
    read_section,
)
from fourcorners.institutions.reading import is_signed
from fourcorners.operations.backup import backup, restore
from fourcorners.operations.errors import BackupDamaged, BackupForeign, DatabaseNotEmpty
from fourcorners.people.queries import get_verification, read_claims
from institution_cases import accept_all, in_review


@pytest.fixture
def elsewhere(tmp_path):
    """An empty SQLite installation with the same master key."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    opened = open_test_floor("sqlite", folder, TestClock())
    stamp(opened)
    yield opened
    opened.close()


def test_a_backup_restores_into_the_other_engine(floor, elsewhere, tmp_path):
    stamp(floor)
    case, submission = submitted_case(floor)
    with floor.database.write() as db:
        mark_taken(db, list_waiting(db)[0].id)
    counts = backup(floor.database, floor.blobs, tmp_path / "all.tar")
    assert counts["files"] == 2
    assert b"Eriksson" not in (tmp_path / "all.tar").read_bytes()
    assert restore(elsewhere.database, elsewhere.blobs, tmp_path / "all.tar") == counts
    with elsewhere.database.read() as db:
        verification = get_verification(db, case)
        assert read_claims(db, verification)["family_name"] == "Eriksson"
        assert verification.submitted_at.tzinfo is not None
        assert read_upload(db, elsewhere.blobs, list_uploads(db, case)[0]).startswith(b"\xff\xd8\xff")
        assert verify_chain(db).broken_at is None
        assert list_waiting(db)[0].payload["submission"] == submission
    with pytest.raises(DatabaseNotEmpty):
        restore(elsewhere.database, elsewhere.blobs, tmp_path / "all.tar")


def test_an_institution_comes_back_with_its_papers_rulings_and_queue(floor, elsewhere, tmp_path):
    stamp(floor)
    institution = in_review(floor)
    accept_all(floor, institution, staff())
    backup(floor.database, floor.blobs, tmp_path / "all.tar")
    assert b"Muster Handel" not in (tmp_path / "all.tar").read_bytes()
    restore(elsewhere.database, elsewhere.blobs, tmp_path / "all.tar")
    with elsewhere.database.read() as db:
        assert read_section(db, institution, "basic_info").values["legal_name"] == "Muster Handel AG"
        assert read_assessment(db, find_assessment(db, institution))["ownership"]["owners"][0]["name"] == "Ann Lee"
        assert all(standing.accepted for standing in standings(db, institution).values())
        assert find_review(db, institution).closed_at is None
        paper = list_papers(db, institution)[0]
        assert read_upload(db, elsewhere.blobs, get_upload(db, paper.upload_id)).startswith(b"%PDF")
        assert is_signed(db, get_institution(db, institution)), "what was signed is there letter by letter"
    with elsewhere.database.write() as db:
        decide_institution(db, institution, actor=staff(), outcome=Outcome.APPROVE)
        assert get_institution(db, institution).state == "approved"


@pytest.mark.parametrize("harm", ["cut", "changed", "missing", "none of ours"])
def test_a_damaged_backup_changes_nothing(sqlite_floor, elsewhere, tmp_path, harm):
    stamp(sqlite_floor)
    submitted_case(sqlite_floor)
    path = tmp_path / "all.tar"
    backup(sqlite_floor.database, sqlite_floor.blobs, path)
    data = path.read_bytes()
    if harm == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif harm == "changed":
        path.write_bytes(data.replace(b"verification.submitted", b"verification.submitteD", 1))
    elif harm == "missing":
        with tarfile.open(path) as whole, tarfile.open(tmp_path / "less.tar", "w") as less:
            for member in whole.getmembers():
                if not member.name.startswith("files/"):
                    less.addfile(member, whole.extractfile(member))
        path = tmp_path / "less.tar"
    else:
        path.write_bytes(b"PK\x03\x04" + data[4:])
    with pytest.raises(BackupDamaged):
        restore(elsewhere.database, elsewhere.blobs, path)
    with elsewhere.database.read() as db:
        assert verify_chain(db).events == 0


def test_a_backup_of_another_form_is_refused(sqlite_floor, elsewhere, tmp_path):
    submitted_case(sqlite_floor)
    backup(sqlite_floor.database, sqlite_floor.blobs, tmp_path / "all.tar")
    with pytest.raises(BackupForeign):
        restore(elsewhere.database, elsewhere.blobs, tmp_path / "all.tar")
