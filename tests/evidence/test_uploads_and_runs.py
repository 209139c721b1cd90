"""Uploads: what is taken, kept sealed, and found again."""

import io

import pytest
from PIL import Image
from sqlalchemy import update

from cases import finished_run, new_case, submitted_case
from fourcorners.evidence.actions import check_file, store_upload
from fourcorners.evidence.errors import ItemUnknown, SourceNotAllowed, TooManyFiles
from fourcorners.evidence.models import Upload
from fourcorners.evidence.queries import find_run, get_run, list_uploads, read_name, read_upload, read_verdict
from fourcorners.evidence.rules import check_quota
from fourcorners.infra.errors import KeyDestroyed, NotFound, SealBroken
from fourcorners.infra.sealing import destroy_key
from fourcorners.kit.errors import Refusal
from fourcorners.people.queries import get_verification


def jpeg(size=(1000, 800)):
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, "JPEG")
    return stream.getvalue()


def store(floor, case, data=b"picture", name="me.jpg", item="document_front", source="upload"):
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        return store_upload(
            db,
            floor.blobs,
            actor=owner,
            owner_id=owner,
            case_id=case,
            item=item,
            data=data,
            media_type="image/jpeg",
            source=source,
            name=name,
        )


def test_an_upload_is_sealed_and_opens_again(floor):
    """IND11."""
    case = new_case(floor)
    upload = store(floor, case)
    assert b"picture" not in floor.blobs.get(upload.blob_key)
    with floor.database.read() as db:
        (kept,) = list_uploads(db, case)
        assert read_upload(db, floor.blobs, kept) == b"picture"
        assert read_name(db, kept) == "me.jpg"
    floor.blobs.put(upload.blob_key, floor.blobs.get(upload.blob_key)[:-1] + b"x")
    with floor.database.read() as db, pytest.raises(SealBroken):
        read_upload(db, floor.blobs, kept)
    with floor.database.write() as db:
        destroy_key(db, kept.owner_id)
        with pytest.raises(KeyDestroyed):
            read_upload(db, floor.blobs, kept)


def test_nobody_fills_the_disk_within_a_day(floor, clock):
    """ASVS 5.0, 5.2.4: files count by number and by size, also those that were replaced or removed."""
    case = new_case(floor)
    first = store(floor, case)
    with floor.database.write() as db:
        db.execute(update(Upload).values(size_bytes=499_999_990, removed_at=db.now))
    store(floor, case, b"1234567890")
    with pytest.raises(TooManyFiles) as refused:
        store(floor, case, b"x")
    assert (refused.value.retryable, refused.value.fields) == (True, {"within_h": 24})
    assert first.blob_key in floor.blobs.list()
    assert len(floor.blobs.list()) == 2
    store(floor, new_case(floor), b"of somebody else")
    clock.move(hours=25)
    store(floor, case)


@pytest.mark.parametrize(("item", "files_max"), [("selfie", 200), ("paper", 200), ("institution_paper", 1000)])
def test_files_are_counted(item, files_max):
    check_quota(item, files_max - 1, 0, 10)
    with pytest.raises(TooManyFiles):
        check_quota(item, files_max, 0, 10)


def test_a_selfie_comes_from_the_camera(floor):
    """IDP7: no gallery."""
    case = new_case(floor)
    with pytest.raises(SourceNotAllowed):
        store(floor, case, item="selfie", source="upload")
    assert store(floor, case, item="selfie", source="camera").item == "selfie"


@pytest.mark.parametrize(
    ("item", "data", "name", "code"),
    [
        ("document_front", b"", "a.jpg", "file_empty"),
        ("document_front", b"%PDF-1.7", "a.pdf", "file_type_unsupported"),
        ("document_front", jpeg(), "a.png", "file_type_mismatch"),
        ("selfie", jpeg()[:500], "a.jpg", "file_truncated"),
        ("paper", b"", "a.pdf", "file_empty"),
    ],
)
def test_a_file_that_is_no_good_says_why(item, data, name, code):
    """IDP6, POA4."""
    with pytest.raises(Refusal) as refused:
        check_file(item, data, name)
    assert refused.value.code == code


def test_a_good_file_tells_its_type():
    assert check_file("document_front", jpeg(), "a.jpeg") == "image/jpeg"
    with pytest.raises(ItemUnknown):
        check_file("shoes", jpeg(), "a.jpg")


def test_a_run_is_finished_once(floor):
    case, submission = submitted_case(floor)
    run_id = finished_run(floor, case, submission, "approve")
    finished_run(floor, case, submission, "reject")
    with floor.database.read() as db:
        run = get_run(db, run_id)
        assert run.decision == "approve"
        assert b'"verdict":"approve"' in read_verdict(db, run)
        assert find_run(db, submission).id == run_id
        with pytest.raises(NotFound):
            get_run(db, "run_none")
