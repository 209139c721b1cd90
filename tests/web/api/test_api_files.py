"""Files through the API: as the body and in forms; everything that is no such file is refused, and nothing is kept."""

import io
import json

import pytest
from PIL import Image

from api_site import Api
from fourcorners.evidence.models import Upload
from test_bad_input import REFUSED, odd_pictures

PIXELS = Image.effect_noise((1200, 900), 60).convert("RGB")


def encoded(form="JPEG"):
    stream = io.BytesIO()
    PIXELS.save(stream, form)
    return stream.getvalue()


JPEG = encoded()
PASSPORT = {
    "residence": {"residence": "SE", "nationality": "SE"},
    "document": {"kind": "passport", "country": "SE"},
}


@pytest.fixture
def api(sqlite_floor):
    return Api(sqlite_floor)


@pytest.fixture
def path(api):
    return f"/v1/applicants/{api.new(level=3, **PASSPORT)['id']}/files"


def send(api, path, data=JPEG, kind="image/jpeg", **more):
    return api.post(path, content=data, headers={"content-type": kind}, **more)


def kept(api):
    with api.floor.database.read() as db:
        return db.query(Upload).count()


def test_the_body_itself_or_a_form_and_the_first_answer_again(api, path):
    raw = api.post(
        f"{path}/document_front",
        content=JPEG,
        params={"name": "front.jpg"},
        headers={"content-type": "image/jpeg", "idempotency-key": "f"},
    )
    assert (raw.status_code, raw.json()["media_type"], raw.json()["size_bytes"]) == (201, "image/jpeg", len(JPEG))
    again = api.post(
        f"{path}/document_front",
        content=JPEG,
        params={"name": "front.jpg"},
        headers={"content-type": "image/jpeg", "idempotency-key": "f"},
    )
    assert (again.content, kept(api)) == (raw.content, 1)
    form = api.post(f"{path}/selfie", files={"file": ("selfie.png", encoded("PNG"), "image/png")})
    assert (form.status_code, form.json()["media_type"]) == (201, "image/png")
    unsaid = send(api, f"{path}/document_front", kind="application/octet-stream")
    assert unsaid.status_code == 201
    applicant = path.split("/")[3]
    states = {i["name"]: i["state"] for i in api.verification(applicant)["items"]}
    assert (states["document_front"], states["selfie"]) == ("given", "given")


def test_a_paper_may_have_five_files_and_a_picture_one(api, path):
    pages = [("file", (f"page-{n}.jpg", JPEG, "image/jpeg")) for n in range(6)]
    given = api.post(f"{path}/paper", files=pages[:5])
    assert (given.status_code, given.json()["pages_given"]) == (201, 5)
    for item, files in (("paper", pages), ("document_front", pages[:2])):
        many = api.post(f"{path}/{item}", files=files)
        assert (many.status_code, many.json()["code"]) == (400, "body_malformed")


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (JPEG, "image/png", 422, "media_type_differs"),
        (JPEG, "text/html", 415, "media_type_unsupported"),
        (JPEG, "", 415, "media_type_unsupported"),
        (JPEG, "multipart/form-data", 400, "body_malformed"),
        (b"", "image/jpeg", 422, None),
        (b"<html><script>alert(1)</script>", "image/jpeg", 422, None),
        (JPEG[:2000], "image/jpeg", 422, None),
        (JPEG + b"\0" * 10_600_000, "image/jpeg", 413, "body_too_large"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400, "body_malformed"),
        (b"PK\x03\x04" + b"\0" * 500, "application/octet-stream", 422, None),
    ],
)
def test_what_is_no_such_file_is_refused_and_nothing_is_kept(api, path, data, kind, status, code):
    answer = send(api, f"{path}/document_front", data, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert code is None or answer.json()["code"] == code
    assert kept(api) == 0


def test_every_bad_file_is_refused_and_nothing_is_kept(api, path):
    """What the library is tried with: empty, cut, of another kind, with a second file in it, a bomb, moving, huge."""
    for name, (data, code) in REFUSED.items():
        answer = send(api, f"{path}/document_front", data, "application/octet-stream", params={"name": name})
        said = (answer.status_code, answer.json()["code"])
        assert said == ((413, "body_too_large") if code == "file_too_large" else (422, code)), name
    assert kept(api) == 0
    assert api.floor.blobs.list() == []


def test_every_odd_picture_is_taken_as_it_is_or_refused_with_its_code(api, path):
    for name, data in odd_pictures().items():
        answer = send(api, f"{path}/document_front", data, "application/octet-stream", params={"name": name})
        assert answer.status_code == 201 or answer.json()["code"] == "picture_too_small", (name, answer.text)
        if answer.status_code == 201:
            assert answer.json()["size_bytes"] == len(data)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.jpg", "<script>alert(1)</script>.jpg", "a.jpg\0.exe"])
def test_names_that_are_paths_or_markup_do_no_harm(api, path, name):
    answer = api.post(f"{path}/document_front", files={"file": (name, JPEG, "image/jpeg")})
    assert answer.status_code in (201, 400, 422)
    assert "script" not in answer.text
    assert all(name not in key for key in api.floor.blobs.list())


def test_ten_thousand_parts_are_refused(api, path):
    parts = b"".join(b'--x\r\ncontent-disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(10_000))
    answer = send(api, f"{path}/document_front", parts + b"--x--\r\n", "multipart/form-data; boundary=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "body_malformed")


def test_more_than_was_announced_is_refused_while_it_comes_in(api, path):
    def endless():
        for _ in range(200):
            yield b"\0" * 100_000

    answer = api.post(f"{path}/selfie", content=endless(), headers={"content-type": "image/jpeg"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("item", ["claims", "live", "live_portrait", "../selfie", "%00"])
def test_there_are_no_other_items(api, path, item):
    answer = send(api, f"{path}/{item}")
    assert answer.status_code in (404, 422)
    assert kept(api) == 0


def test_what_was_accepted_or_is_under_review_is_not_replaced(api):
    applicant = api.new(persona="glare_on_document")["id"]
    api.submit(applicant)
    answer = send(api, f"/v1/applicants/{applicant}/files/selfie")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    api.work("verification.run")
    answer = send(api, f"/v1/applicants/{applicant}/files/selfie")
    assert (answer.status_code, answer.json()["code"]) == (409, "item_not_asked")
    assert send(api, f"/v1/applicants/{applicant}/files/document_front").status_code == 201
    assert api.submit(applicant).status_code == 201
    assert json.loads(api.get("/v1/events", params={"type": "verification.submitted"}).text)["data"]
