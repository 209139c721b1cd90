"""`fourcorners staff add`: the first administrator comes in by a link that the operator hands over."""

import re

import pytest
from typer.testing import CliRunner

from fourcorners.accounts import find_session
from fourcorners.accounts.actions import follow_link
from fourcorners.accounts.queries import find_by_email
from fourcorners.cli import app
from fourcorners.infra import Settings, open_floor
from fourcorners.infra.audit import AuditEvent
from signing_tools import HASHED, PROOF


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FOURCORNERS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FOURCORNERS_PUBLIC_URL", "https://verify.example.org/")
    return tmp_path


def test_the_link_that_is_printed_makes_an_administrator(folder):
    shown = CliRunner().invoke(app, ["staff", "add", "ada@example.org", "--role", "administrator", "--name", "Ada"])
    assert shown.exit_code == 0
    floor = open_floor(Settings(data_dir=folder))
    token = re.search(r"https://verify\.example\.org/link/([\w-]{43})\n$", shown.output)[1]
    with floor.database.write() as db:
        opened = follow_link(db, token, HASHED, PROOF)
    with floor.database.read() as db:
        assert find_session(db, opened.token)[1].role == "administrator"
        made = db.query(AuditEvent).filter_by(action="account.made").one()
        assert (made.actor, made.subject) == ("system", find_by_email(db, "ada@example.org").id)
    floor.close()


def test_an_unknown_role_is_answered_with_those_there_are(folder):
    wrong = CliRunner().invoke(app, ["staff", "add", "ada@example.org", "--role", "king"])
    assert (wrong.exit_code, "compliance_officer" in wrong.output) == (2, True)
