"""Institutions under retention: closed, held, exported, erased; on both engines."""

import io
import json
import zipfile

import pytest

from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.mail import list_mails
from fourcorners.infra.webhooks import Event
from fourcorners.institutions.actions import save_section, send_party_link
from fourcorners.institutions.actions.beginning import find_editor_by_secret, grant_editor
from fourcorners.institutions.queries import get_institution, list_editors, list_papers, list_parties, read_section
from fourcorners.people.actions import register_applicant
from fourcorners.people.queries import get_applicant
from fourcorners.privacy.errors import MustBeKept
from fourcorners.privacy.institutions import (
    close_institution,
    erase_institution,
    export_institution,
    hold_institution,
)
from fourcorners.privacy.jobs import remove_files, sweep_orphans, sweep_retention
from institution_cases import ORIGIN, approved, begin, fill_in, in_review

NAMES = ("Ann Lee", "Muster Handel", "X1234567", "office@example.org", "Gasse")


def test_an_approved_institution_is_kept_until_its_time_is_over(floor, clock):
    institution = approved(floor)
    with floor.database.write() as db, pytest.raises(MustBeKept):
        erase_institution(db, institution, actor="system")
    with floor.database.write() as db:
        close_institution(db, institution, actor="system")
        close_institution(db, institution, actor="system")
        hold_institution(db, institution, actor="system", on=True, why="a letter of the court")
    clock.move(days=1827)
    assert sweep_retention(floor.database) == 0
    with floor.database.write() as db:
        hold_institution(db, institution, actor="system", on=False, why="over")
    assert sweep_retention(floor.database) == 1
    with floor.database.read() as db:
        assert get_institution(db, institution).erased_at == clock.now
        with pytest.raises(KeyDestroyed):
            read_section(db, institution, "basic_info")
        assert [e.kind for e in db.query(Event).order_by(Event.id)][-2:] == ["institution.closed", "institution.erased"]


def test_erased_is_erased_everywhere(floor):
    """Nothing that names somebody is left in a row; files go; the chain is whole."""
    institution = in_review(floor)
    with floor.database.write() as db:
        party = list_parties(db, institution)[0]
        linked = send_party_link(db, institution, party.id, actor="system", origin=ORIGIN).applicant_id
        secret = grant_editor(db, list_editors(db, institution)[0], "browser", actor="system")
        uploads = [paper.upload_id for paper in list_papers(db, institution)]
        close_institution(db, institution, actor="system")
        assert get_applicant(db, linked).closed_at is not None, "who verified themselves for it only"
        erase_institution(db, institution, actor="system")
        erase_institution(db, institution, actor="system")
    remove_files(floor.database, floor.blobs, uploads)
    with floor.database.read() as db:
        assert list_mails(db, institution) == []
        assert floor.blobs.list(institution) == []
        assert find_editor_by_secret(db, secret, ("browser",)) is None
        assert verify_chain(db).broken_at is None
        for event in db.query(AuditEvent).where(AuditEvent.owner == institution):
            assert not any(name in json.dumps(event.details) for name in NAMES)
    with floor.database.write() as db, pytest.raises(KeyDestroyed):
        save_section(db, institution, "basic_info", actor="x", changes={"industry": "x"}, seen=0)
    assert begin(floor) != institution, "the address is free again"


def test_what_is_kept_is_handed_out(floor):
    institution = in_review(floor)
    with floor.database.write() as db:
        archive = zipfile.ZipFile(io.BytesIO(export_institution(db, floor.blobs, institution, actor="system")))
        told = json.loads(archive.read("data.json"))
    assert len(archive.namelist()) == 1 + len(told["files"])
    whole = json.dumps(told, ensure_ascii=False)
    assert all(name in whole for name in (*NAMES, "192.0.2.7"))
    assert told["assessments"][0]["ownership"]["owners"][0]["name"] == "Ann Lee"
    assert told["history"][-1]["action"]


def test_drafts_that_nobody_submits_go_and_nothing_else(floor, clock):
    draft, waiting = begin(floor, reference="one"), in_review(floor, email="b@example.org", reference="two")
    fill_in(floor, draft)
    with floor.database.write() as db:
        person = register_applicant(db, actor="system").applicant_id
    clock.move(days=89)
    assert sweep_retention(floor.database) == 0
    clock.move(days=2)
    assert sweep_retention(floor.database) == 2
    with floor.database.read() as db:
        assert get_institution(db, draft).erased_at is not None
        assert get_applicant(db, person).erased_at is not None
        assert get_institution(db, waiting).erased_at is None
    clock.move(days=2)
    sweep_orphans(floor.database, floor.blobs)
    assert len(floor.blobs.list(waiting)) == 7, "files that a row knows stay"
