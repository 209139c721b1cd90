"""`fourcorners screening`, as an operator runs it."""

import json

import pytest
from typer.testing import CliRunner

from fourcorners.cli import app
from fourcorners.infra import Settings, open_floor
from fourcorners.migrations import migrate


@pytest.fixture
def called(tmp_path, monkeypatch):
    """Runs a command on an installation of its own; gives (exit status, output)."""
    monkeypatch.setenv("FOURCORNERS_DATA_DIR", str(tmp_path))
    floor = open_floor(Settings())
    migrate(floor.database)
    floor.close()

    def call(*args):
        shown = CliRunner().invoke(app, ["screening", *map(str, args)])
        return shown.exit_code, shown.output

    return call


def test_from_no_list_to_a_hit_and_back(called, tmp_path):
    assert called("lists") == (0, "There is no list: nobody is screened.\n")
    assert called("look", "Wladimir Orlow") == (3, "Not screened: there is no list.\n")
    rows = [{"id": f"q{n}", "schema": "Person", "properties": {"name": [f"Somebody {n}"]}} for n in range(40)]
    rows += [{"id": "o", "schema": "Person", "properties": {"name": ["Владимир Орлов"]}}]
    rows += [{"id": "v", "schema": "Vessel", "properties": {"name": ["Orlova"]}}]
    file = tmp_path / "eu.json"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows) + "{\n", encoding="utf-8")
    status, told = called("import", file, "--list", "eu")
    assert (status, "eu, version 1: 41 entries in force." in told) == (0, True)
    assert "1 rows of kind Vessel are left out" in told
    assert "line 43: the line is no JSON" in told
    assert "nothing is changed" in called("import", file, "--list", "eu")[1]
    status, told = called("look", "Wladimir Orlow", "--country", "ru")
    assert (status, "Владимир Орлов" in told, "transliteration" in told) == (0, True, True)
    assert json.loads(called("look", "Orlov Vladimir", "--json")[1])["entry"]["id"] == "o"
    assert called("look", "Carla Fairweather") == (0, "No hits in eu 1.\n")
    assert called("look", "Carla", "--born", "soon")[0] == 2
    assert called("retire", "--list", "eu")[0] == 0
    assert "kept" in called("lists")[1]
