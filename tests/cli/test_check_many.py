"""Many cases: from a folder or a table, one report a case, going on where it stopped."""

import json
import shutil

import pytest

from fourcorners.cli.exits import Exit


@pytest.fixture
def cases(folder, tmp_path):
    root = tmp_path / "cases"
    for name, files in (("ann", ("document.jpg", "selfie.jpg")), ("bob", ("selfie.jpg",))):
        (root / name).mkdir(parents=True)
        for file in files:
            shutil.copy(folder / file, root / name / file)
    (root / "ann" / "claims.json").write_text('{"sex": "F"}', encoding="utf-8")
    return root


def test_a_folder_of_cases_is_resumed_where_it_stopped(run, cases, tmp_path):
    args = ("check-many", cases, "--out", tmp_path / "out", "--today", "2026-11-01", "--workers", "1")
    status, out, _ = run(*args, "--json")
    assert status == Exit.OK
    first = [json.loads(line) for line in out.splitlines()]
    assert [a["case"] for a in first] == ["ann", "bob"]
    assert [a["new"] for a in first] == [True, True]
    assert "document_missing" in first[1]["reasons"]
    for name in ("ann", "bob"):
        assert (tmp_path / "out" / name / "report.html").is_file()
        assert json.loads((tmp_path / "out" / name / "verdict.json").read_text(encoding="utf-8"))["verdict"]
    (tmp_path / "out" / "bob" / "verdict.json").unlink()
    _, out, _ = run(*args, "--json")
    assert [json.loads(line)["new"] for line in out.splitlines()] == [False, True]
    _, out, _ = run(*args)
    assert "ann" in out
    assert "document_missing" in out


def test_a_table_of_cases(run, cases, tmp_path):
    table = cases / "cases.csv"
    table.write_text("case,document,selfie\nx,ann/document.jpg,bob/selfie.jpg\ny,,bob/missing.jpg\n", encoding="utf-8")
    status, out, _ = run("check-many", table, "--out", tmp_path / "out", "--json", "--workers", "1")
    answers = {json.loads(line)["case"]: json.loads(line) for line in out.splitlines()}
    assert status == Exit.OK
    assert set(answers) == {"x", "y"}
    assert "file_missing" in answers["y"]["reasons"]


@pytest.mark.parametrize(
    "text", ["", "name,document\nx,y\n", "case,document\nx,a\nx,b\n", "case,document\n../x,a\n", "case,document\n,a\n"]
)
def test_a_table_that_cannot_be_worked_with_is_refused(run, tmp_path, text):
    table = tmp_path / "cases.csv"
    table.write_text(text, encoding="utf-8")
    status, _, err = run("check-many", table, "--out", tmp_path / "out")
    assert status == Exit.REFUSED
    assert "cases_refused" in err


def test_claims_that_are_refused_are_an_answer(run, cases, tmp_path):
    (cases / "bob" / "claims.json").write_text("{", encoding="utf-8")
    _, out, _ = run("check-many", cases, "--out", tmp_path / "out", "--json", "--workers", "1")
    answers = [json.loads(line) for line in out.splitlines()]
    assert answers[1]["error"]["code"] == "claims_invalid"
    assert not (tmp_path / "out" / "bob").exists()
