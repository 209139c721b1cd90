"""Drawing, showing off, and writing the reference."""

import json
from pathlib import Path

import pytest

from fourcorners.cli.exits import Exit
from fourcorners.cli.reference import pages
from fourcorners.specimens import Camera, CaptureKind
from fourcorners.specimens.designs import designs_of

NAMES = [
    "api.md",
    "checks.md",
    "commands.md",
    "errors.md",
    "institution-papers.md",
    "limits.md",
    "live.md",
    "reasons.md",
    "risk.md",
    "screening.md",
    "settings.md",
    "weights.md",
]
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_specimens_are_drawn_with_their_truth(run, tmp_path):
    args = ("specimen", tmp_path, "--kind", "id_card", "--seed", "5", "--width", "640", "--height", "480")
    status, out, _ = run(*args)
    written = [Path(line) for line in out.splitlines()]
    assert status == Exit.OK
    assert [p.name for p in written] == ["id_card-5-front-genuine.jpg", "id_card-5-back-genuine.jpg"]
    for path in written:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert truth["document"] == "id_card"
        assert len(truth["corners"]) == 4


def test_every_template_capture_and_camera_is_listed(run):
    status, out, _ = run("specimen", "--list")
    assert status == Exit.OK
    listed = [line.split()[:2] for line in out.splitlines()]
    assert {name for sort, name in listed if sort == "template"} == {d.name for d in designs_of(None, None)}
    assert {name for sort, name in listed if sort == "capture"} == set(CaptureKind)
    assert {name for sort, name in listed if sort == "camera"} == set(Camera)


def test_a_template_is_drawn_whatever_the_kind(run, tmp_path):
    size = ("--width", "400", "--height", "300")
    status, out, _ = run("specimen", tmp_path, "--template", "solmar_visa_b", "--camera", "bayer", *size)
    assert status == Exit.OK
    (path,) = map(Path, out.splitlines())
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (truth["design"], truth["document"], truth["camera"]) == ("solmar_visa_b", "visa_b", "bayer")


def test_the_demo_checks_a_good_and_a_bad_photo(run, tmp_path):
    status, out, _ = run("demo", "--out", tmp_path)
    assert status == Exit.OK
    for name in ("report.html", "report-bad.html"):
        assert (tmp_path / name).is_file()
        assert name in out


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_reference_is_what_the_code_says(name):
    """When this fails: `make docs`, and commit."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name]


def test_the_reference_is_written(run, tmp_path):
    status, _, _ = run("docs", tmp_path)
    assert status == Exit.OK
    assert sorted(pages()) == NAMES
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.glob("*.md")} == pages()
