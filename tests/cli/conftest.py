"""The command line, run as a user would, inside this process."""

import json
import sys

import pytest

from fourcorners import specimens
from fourcorners.cli import main


@pytest.fixture
def run(capsys, monkeypatch):
    """`run("read", path)` gives (exit status, standard output, standard error)."""

    def command(*args):
        monkeypatch.setattr(sys, "argv", ["fourcorners", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return command


@pytest.fixture
def lines(run):
    """The objects that a command printed as JSON Lines; it has to end with status 0."""

    def command(*args):
        status, out, err = run(*args, "--json")
        assert (status, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return command


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A specimen passport and a selfie of its holder."""
    path = tmp_path_factory.mktemp("pictures")
    document = specimens.draw("passport", seed=21)
    specimens.save(specimens.capture(document, "genuine", 0.2, seed=21, size=(1000, 750)), path / "document")
    specimens.save(specimens.selfie(0, seed=21, size=(480, 640)), path / "selfie")
    (path / "notes.txt").write_text("no picture", encoding="utf-8")
    return path
