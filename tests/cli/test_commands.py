"""The commands keep their form: one object a file, in order, and stable exit statuses."""

import csv
import json
from base64 import b64decode
from datetime import date

import pytest

from fourcorners.cli.exits import Exit
from fourcorners.formats import aamva

DOCUMENT_CHECKS = {
    *("document_present", "corners_visible", "in_colour", "not_screenshot", "not_screen_photo", "not_photocopy"),
    *("not_scan", "not_edited", "sharp", "no_glare", "evenly_lit", "not_covered"),
}
SELFIE_CHECKS = {
    *("single_face", "face_in_oval", "eyes_visible", "no_mask", "no_sunglasses", "no_glasses", "no_hat", "well_lit"),
    *("sharp", "looks_live"),
}
FINDING = {"check", "outcome", "reason", "raw", "unit", "threshold", "score", "evidence"}


def test_read(lines, folder):
    (answer,) = lines("read", folder / "document.jpg")
    assert answer["file"] == str(folder / "document.jpg")
    assert set(answer["document"]) >= {"kind", "country"}
    assert set(answer["mrz"]) >= {"format", "lines", "check_digits_agree", "sure"}
    assert answer["mrz"]["format"] == "TD3"
    for field in answer["fields"].values():
        assert set(field) >= {"value", "source", "confidence", "box"}
        assert field["source"] in {"mrz", "print", "barcode"}
        assert field["box"] is None or len(field["box"]) == 4
    assert date.fromisoformat(answer["fields"]["birth_date"]["value"])
    assert all(b64decode(code["bytes_base64"]) for code in answer["barcodes"])


def test_read_writes_a_report_of_every_file_that_could_be_read(run, folder, tmp_path):
    page = tmp_path / "out" / "read.html"
    status, out, _ = run("read", folder / "document.jpg", folder / "notes.txt", "--report", page, "--workers", "1")
    assert status == Exit.OK
    assert f"The report is in {page}" in out.replace("\n", "")
    html = page.read_text(encoding="utf-8")
    assert "document.jpg" in html
    assert "notes.txt" not in html
    assert html.count("<svg viewBox") >= 1


def test_judge(lines, folder):
    (answer,) = lines("judge", folder / "document.jpg")
    assert [len(point) for point in answer["outline"]] == [2, 2, 2, 2]
    assert {f["check"] for f in answer["findings"]} >= DOCUMENT_CHECKS
    assert all(set(f) >= FINDING for f in answer["findings"])


def test_selfie(lines, folder):
    (answer,) = lines("selfie", folder / "selfie.jpg")
    assert answer["faces"] == 1
    assert {f["check"] for f in answer["findings"]} >= SELFIE_CHECKS
    scores = {f["check"]: f["score"] for f in answer["findings"]}
    assert all(0 <= scores[check] <= 100 for check in ("no_mask", "no_sunglasses", "looks_live"))


def test_many_files_keep_their_order_and_bad_ones_their_place(lines, folder, tmp_path):
    names = [folder / "selfie.jpg", folder / "notes.txt", tmp_path / "nowhere.jpg", folder / "document.jpg"]
    (tmp_path / "list.txt").write_text("\n".join(map(str, names[2:])) + "\n\n", encoding="utf-8")
    answers = lines("selfie", *names[:2], "--files-from", tmp_path / "list.txt")
    assert [a["file"] for a in answers] == [str(n) for n in names]
    assert [a.get("error", {}).get("code") for a in answers] == [None, "file_type_unsupported", "file_missing", None]
    assert all(a["error"]["message"].endswith(".") for a in answers if "error" in a)


def test_people_get_a_table_and_a_sentence(run, folder):
    status, out, _ = run("selfie", folder / "selfie.jpg", folder / "notes.txt", "--workers", "1")
    assert status == Exit.OK
    assert "single_face" in out
    assert "file_type_unsupported" in out


def test_match(lines, folder, tmp_path):
    table = tmp_path / "pairs.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = [("selfie.jpg", "selfie.jpg"), ("selfie.jpg", "document.jpg"), ("selfie.jpg", "notes.txt")]
        csv.writer(file).writerows([("image_a", "image_b"), *rows])
    same, portrait, error = lines("match", "--pairs", table, "--root", folder, "--workers", "1")
    assert (same["a"], same["b"]) == ("selfie.jpg", "selfie.jpg")
    assert (same["same"], same["score"], same["reason"]) == (True, 1.0, None)
    assert portrait["score"] < same["score"]
    assert (error["same"], error["score"], error["error"]["code"]) == (None, None, "file_type_unsupported")


def test_aamva(lines, tmp_path):
    born = date(1990, 1, 2)
    payload = aamva.write(
        issuer="636014",
        family_name="SAMPLE",
        given_names="ALEX",
        document_number="D1234567",
        birth_date=born,
        expiry_date=date(2030, 1, 2),
        issue_date=date(2022, 1, 2),
        sex="F",
        street="1 MAIN ST",
        city="SACRAMENTO",
        state="CA",
        postcode="95814",
    )
    (tmp_path / "back.txt").write_bytes(payload)
    (answer,) = lines("aamva", tmp_path / "back.txt")
    assert (answer["version"], answer["issuer"], answer["jurisdiction"]) == (10, "636014", "CA")
    assert answer["fields"]["birth_date"] == "1990-01-02"
    (missing,) = lines("aamva", tmp_path / "nowhere.txt")
    assert missing["error"]["code"] == "file_missing"


def test_check_explains_itself_and_ends_with_its_verdict(run, folder, tmp_path):
    args = ("check", "--document", folder / "document.jpg", "--selfie", folder / "selfie.jpg", "--today", "2026-11-01")
    status, out, _ = run(*args, "--json", "--report", tmp_path / "report.html")
    verdict = json.loads(out)
    ends = {"approve": Exit.OK, "resubmit": Exit.RESUBMIT, "review": Exit.REVIEW, "reject": Exit.REJECT}
    assert status == ends[verdict["verdict"]]
    assert set(verdict) >= {"verdict", "reasons", "findings", "read", "versions"}
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    status, out, _ = run(*args)
    assert status == ends[verdict["verdict"]]
    assert all(code in out for code in verdict["reasons"])


def test_check_takes_the_back_after_the_front(run, folder):
    front = folder / "document.jpg"
    _, out, _ = run("check", "--document", front, front, "--json", "--only", "sides_differ", "--today", "2026-11-01")
    (finding,) = json.loads(out)["findings"]
    assert (finding["check"], finding["reason"]) == ("sides_differ", "same_side_twice")
    status, _, err = run("check", "--document", front, front, front)
    assert status == Exit.USAGE
    assert "two photos at most" in err


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("read",), Exit.USAGE, "Name at least one file"),
        (("no-such-command",), Exit.USAGE, "No such command"),
        (("check", "--document", "x.jpg", "--claims", "nowhere.json"), Exit.REFUSED, "claims_missing"),
        (("check", "--document", "x.jpg", "--only", "no_such_check"), Exit.REFUSED, "check_unknown"),
        (("check", "--document", "x.jpg", "--today", "tomorrow"), Exit.USAGE, "tomorrow"),
        (("match", "--pairs", "nowhere.csv"), Exit.REFUSED, "pairs_refused"),
        (("check-many", "nowhere"), Exit.REFUSED, "cases_refused"),
        (("evaluate", "nowhere"), Exit.REFUSED, "evaluation_refused"),
        (("evaluate",), Exit.USAGE, "--iso"),
        (("evaluate", "nowhere", "--iso"), Exit.USAGE, "draws its own"),
        (("evaluate", "nowhere", "--count", "3"), Exit.USAGE, "--count, --kind, --megapixels"),
        (("specimen",), Exit.USAGE, "--list"),
        (("specimen", "nowhere", "--capture", "painting"), Exit.REFUSED, "specimen_impossible"),
        (("specimen", "nowhere", "--template", "atlantis_card"), Exit.REFUSED, "specimen_impossible"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, args, status, said):
    end, out, err = run(*args)
    assert end == status
    assert said in err.replace("\n", " ")
    assert out == ""


def test_claims_that_are_no_json_are_refused(run, folder, tmp_path):
    claims = tmp_path / "claims.json"
    claims.write_text('{"shoe_size": "44"}', encoding="utf-8")
    status, _, err = run("check", "--document", folder / "document.jpg", "--claims", claims)
    assert (status, "claims_invalid" in err) == (Exit.REFUSED, True)


def test_a_bug_is_owned_up_to(run, folder, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("fourcorners.check", broken)
    status, _, err = run("check", "--document", folder / "document.jpg")
    assert status == Exit.INTERNAL
    assert "This is a bug: ZeroDivisionError" in err


def test_a_bug_on_one_file_does_not_stop_the_others(run, folder, monkeypatch):
    def broken(_frame):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("fourcorners.vision.selfie.SelfieFrame.__init__", lambda self, picture: broken(picture))
    status, out, _ = run("selfie", folder / "selfie.jpg", "--json")
    assert status == Exit.INTERNAL
    assert json.loads(out)["error"]["code"] == "internal_error"


def test_version(run):
    status, out, _ = run("--version")
    assert status == 0
    assert out.strip()[0].isdigit()
