"""INS16, INS14, INS6: an institution's case in the console, by forms: who sees what, rulings, question, decision."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from fourcorners.accounts import Role
from fourcorners.clearance.actions import answer
from fourcorners.clearance.institutions import standings
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions.queries import get_institution, list_papers
from fourcorners.web import create_app
from institution_cases import GRAPH, approved, begin, fill_in, give_paper, hand_over, in_review, save, work_off
from signing_tools import add_member


class Reviewer(TestClient):
    """A browser that sends the forms that it was shown."""

    def fill(self, path, shown_at, **fields):
        token = re.search(r'name="form_token" value="(\w+)"', self.get(shown_at).text)[1]
        return self.post(path, data={"form_token": token, **fields})

    def rule(self, case, item, ruling="accept", mark=None, **fields):
        mark = marks(self.get(at(case)))[item] if mark is None else mark
        return self.fill(f"{at(case)}/rule", at(case), item=item, mark=mark, ruling=ruling, **fields)

    def decide(self, path, outcome, **fields):
        page = self.get(path)
        hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in ("key", "seen")}
        return self.fill(f"{path}/decide", path, outcome=outcome, **{**hidden, **fields})


@pytest.fixture
def enter(sqlite_floor):
    """Sign in as a role; gives a browser."""
    app = create_app(sqlite_floor)

    def sign_in(role="reviewer", name="one"):
        account, session = add_member(sqlite_floor.database, f"{role}.{name}@example.org", Role(role))
        headers = {"accept": "text/html", "accept-language": "en"}
        browser = Reviewer(app, base_url=sqlite_floor.settings.public_url, headers=headers)
        browser.cookies.set(app.state.site.cookie("session"), session.token)
        browser.account = account
        return browser

    return sign_in


def at(case):
    return f"/console/institutions/{case}"


def said(page):
    return html.unescape(page.text)


def marks(page):
    """The mark of every item that the page offers to rule on."""
    return dict(re.findall(r'name="item" value="([^"]+)"><input type="hidden" name="mark" value="(\w+)"', page.text))


def state(floor, case):
    with floor.database.read() as db:
        return get_institution(db, case).state


def test_the_case_shows_the_institution_to_whoever_may_see_it(enter, sqlite_floor):
    case = in_review(sqlite_floor)
    queue = said(enter().get("/console/queue?kind=institution"))
    assert at(case) in queue
    assert "Privately owned company" in queue
    assert at(case) not in said(enter().get("/console/queue?kind=person"))
    page = said(enter().get(at(case)))
    print(len(page))
