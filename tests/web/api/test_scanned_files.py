"""With a virus scanner set, every way in shows it each file before the file is opened."""

import ast
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from test_api_files import PASSPORT, PIXELS

import fourcorners.web
from api_site import Api
from clamd import TEST_VIRUS, clamd
from fourcorners.evidence.models import Upload
from fourcorners.infra.scanning import open_scanner
from fourcorners.operations.doctor import examine

WEB = Path(fourcorners.web.__file__).parent


def jpeg(comment=b"taken today"):
    stream = io.BytesIO()
    PIXELS.save(stream, "JPEG", comment=comment)
    return stream.getvalue()


@pytest.fixture
def scanned(sqlite_floor, tmp_path_factory):
    """(the API with a scanner, what the scanner saw)."""
    with clamd(tmp_path_factory.mktemp("c") / "s") as (url, seen):
        yield Api(replace(sqlite_floor, scanner=open_scanner(url))), seen


def send(api, data):
    path = f"/v1/applicants/{api.new(level=3, **PASSPORT)['id']}/files/document_front"
    return api.post(path, content=data, headers={"content-type": "image/jpeg"})


def kept(api):
    with api.floor.database.read() as db:
        return db.query(Upload).count()


def test_an_infected_file_is_refused_and_not_kept_and_a_clean_one_is(scanned):
    api, seen = scanned
    assert Image.open(io.BytesIO(jpeg(TEST_VIRUS))).size == PIXELS.size  # nothing else is amiss with it
    refused = send(api, jpeg(TEST_VIRUS))
    assert (refused.status_code, refused.json()["code"], refused.json()["retryable"]) == (422, "file_infected", True)
    assert kept(api) == 0
    assert send(api, jpeg()).status_code == 201
    assert seen == [jpeg(TEST_VIRUS), jpeg()]
    assert kept(api) == 1


def test_without_its_scanner_nothing_is_taken(sqlite_floor, tmp_path):
    api = Api(replace(sqlite_floor, scanner=open_scanner(f"clamd://{tmp_path}/gone")))
    refused = send(api, jpeg())
    assert (refused.status_code, refused.json()["code"], refused.json()["retryable"]) == (
        503,
        "scanner_unavailable",
        True,
    )
    assert kept(api) == 0


def test_the_doctor_asks_for_it(scanned, sqlite_floor, tmp_path):
    def state(floor):
        return {answer.question: answer.state for answer in examine(floor)}["virus scanner"]

    assert state(sqlite_floor) == "note"
    assert state(scanned[0].floor) == "well"
    assert state(replace(sqlite_floor, scanner=open_scanner(f"clamd://{tmp_path}/gone"))) == "ill"


def test_every_way_in_goes_by_the_scanner():
    """Nothing of the web edge opens a file that was handed in but `web/uploads.py`, which asks the scanner before."""
    around = [
        str(path.relative_to(WEB))
        for path in sorted(WEB.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and {"check_file", "check_institution_file"} & {n.name for n in node.names}
    ]
    assert around == ["uploads.py"]
