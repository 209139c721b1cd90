"""Database and disk fail under a request: a clear 503, nothing half done, and asking the same again does it."""

from contextlib import contextmanager

import pytest

from api_site import Api
from cases import picture
from engines import open_test_floor, stamp, with_tables
from fourcorners.evidence.models import Upload
from fourcorners.infra.audit import verify_chain
from fourcorners.people.models import Applicant
from fourcorners.workflows import Dispatch, make_work_tables
from outages import bring_back, cut_off_while_it_waits, filled, lone_server, short_files, small_disk

PASSPORT = {
    "residence": {"residence": "SE", "nationality": "SE"},
    "document": {"kind": "passport", "country": "SE"},
}


@pytest.fixture(scope="module")
def server():
    with lone_server() as started:
        yield started


def unavailable(answer):
    """503 as problem JSON that says: try again."""
    said = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), answer.text
    return (said["code"], said["retryable"]) == ("store_unavailable", True)


def count(api, table):
    with api.floor.database.read() as db:
        assert verify_chain(db).broken_at is None
        return db.query(table).count()


def new(api, key="a"):
    return api.post("/v1/applicants", json={"reference": key}, headers={"idempotency-key": key})


def send(api, applicant):
    path = f"/v1/applicants/{applicant}/files/document_front"
    return api.post(path, content=picture(1200, 900), headers={"idempotency-key": "f", "content-type": "image/jpeg"})


@pytest.mark.parametrize("where", ["applicants", "uploads", "audit_head"])
def test_a_server_that_is_cut_off_under_a_request(server, where, tmp_path, clock):
    """At the beginning; with the file stored already; with everything written but the end of the audit chain."""
    floor = open_test_floor("postgresql", tmp_path, clock, database_url=with_tables(server))
    api = Api(floor)
    applicant = api.new(**PASSPORT)["id"]
    kept, ask = (Upload, lambda: send(api, applicant)) if where == "uploads" else (Applicant, lambda: new(api))
    before = count(api, kept)
    assert unavailable(cut_off_while_it_waits(server, where, ask))
    assert unavailable(ask()), "and while it is away"
    bring_back(server)
    assert count(api, kept) == before
    assert ask().status_code == 201
    assert ask().headers["idempotency-replayed"] == "true"
    assert count(api, kept) == before + 1
    floor.close()


@contextmanager
def folder_of_its_own(folder):
    folder.mkdir()
    yield


@pytest.mark.parametrize(("disk", "full"), [(small_disk, filled), (folder_of_its_own, short_files)])
def test_a_full_disk(disk, full, tmp_path, clock):
    """Files and applicants are refused while it is full, reading goes on; afterwards the same requests are taken."""
    folder = tmp_path / "data"
    with disk(folder):
        floor = open_test_floor("sqlite", folder, clock, blob_url=(folder / "blobs").as_uri())
        stamp(floor)
        make_work_tables(floor.settings)
        dispatch = Dispatch(floor.database, floor.settings)
        floor.database.after_commit.append(dispatch)
        api = Api(floor)
        applicant = api.new(**PASSPORT)["id"]
        with full(folder):
            assert unavailable(send(api, applicant))
            assert all(unavailable(new(api, f"a{number}")) for number in range(5))
            assert api.get(f"/v1/applicants/{applicant}").status_code == 200
        assert (floor.blobs.list(), count(api, Upload), count(api, Applicant)) == ([], 0, 1)
        assert send(api, applicant).status_code == 201
        assert new(api, "a0").status_code == 201
        assert (len(floor.blobs.list()), count(api, Upload), count(api, Applicant)) == (1, 1, 2)
        dispatch.close()
        floor.close()
