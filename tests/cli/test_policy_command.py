"""`fourcorners policy` and `fourcorners replay`, as an operator runs them."""

import json

import pytest
from typer.testing import CliRunner

from cases import policy_text, settled_case
from fourcorners.cli import app
from fourcorners.infra import Settings, open_floor
from fourcorners.migrations import migrate


@pytest.fixture
def floor(tmp_path, monkeypatch):
    """An installation of its own, which the commands open again."""
    monkeypatch.setenv("FOURCORNERS_DATA_DIR", str(tmp_path))
    opened = open_floor(Settings())
    migrate(opened.database)
    yield opened
    opened.close()


@pytest.fixture
def called(floor):
    """Runs a command; gives (exit status, output, what was raised)."""

    def call(*args):
        shown = CliRunner().invoke(app, list(map(str, args)))
        return shown.exit_code, shown.output, shown.exception

    return call


@pytest.fixture
def draft_file(tmp_path):
    path = tmp_path / "draft.toml"
    path.write_text(policy_text('[rules.effects.blurred]\nfail = "none"'), encoding="utf-8")
    return path


def test_a_draft_is_tried_kept_and_activated(called, floor, draft_file):
    _, run = settled_case(floor, "resubmit")
    status, told, _ = called("policy", "what-if", draft_file, "--days", 3650)
    assert (status, "1 runs, 1 would flip" in told, f"{run}  SE  resubmit -> approve  -blurred" in told) == (
        0,
        True,
        True,
    )
    found = json.loads(called("policy", "what-if", draft_file, "--days", 3650, "--json")[1])
    assert (found["flipped"], found["moves"]) == (1, {"resubmit>approve": 1})
    assert "Draft 2" in called("policy", "draft", draft_file)[1]
    assert "in force" in called("policy", "activate", 2)[1]
    assert "# Version 2" in called("policy", "show")[1]
    assert "As shipped" in called("policy", "show", 1)[1]
    assert "in force" in called("policy", "history")[1].splitlines()[0]


def test_a_mistake_in_a_draft_is_said_on_its_line(called, draft_file):
    draft_file.write_text(policy_text("[rules.effects.blured]\nfail = 'none'"), encoding="utf-8")
    assert "Line 5: 'blured' is no reason" in called("policy", "draft", draft_file)[2].message
    draft_file.write_bytes(b"\xff\xfe")
    assert "UTF-8" in called("policy", "what-if", draft_file)[2].message


def test_a_run_that_is_not_there_cannot_be_replayed(called):
    assert called("replay", "run_x")[2].code == "not_found"
