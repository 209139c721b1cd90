"""Hits on lists in the console: who sees what, why a hit is one, and the form that decides it (INS16)."""

import html
import json
import re

import pytest
from fastapi.testclient import TestClient

from cases import finished_run, settled_case, staff, submitted_case
from fourcorners.accounts import Role
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import overrule
from fourcorners.people import State
from fourcorners.people.actions import RUN
from fourcorners.people.queries import get_applicant, get_verification, state_of
from fourcorners.screening.lists import import_list
from fourcorners.screening.queries import list_hits_of
from fourcorners.web import create_app
from fourcorners.workflows import perform
from signing_tools import add_member

LISTED = {
    "id": "nk-1",
    "schema": "Person",
    "properties": {
        "name": ["Эрикссон Анна Мария"],
        "weakAlias": ["Anna"],
        "birthDate": ["1974"],
        "country": ["se"],
        "topics": ["sanction"],
        "sourceUrl": ["https://example.org/nk-1"],
    },
}


@pytest.fixture
def enter(sqlite_floor):
    app = create_app(sqlite_floor)

    def sign_in(role):
        _, session = add_member(sqlite_floor.database, f"{role}@example.org", Role(role))
        headers = {"accept": "text/html", "accept-language": "en"}
        visitor = TestClient(app, base_url=sqlite_floor.settings.public_url, headers=headers)
        visitor.cookies.set(app.state.site.cookie("session"), session.token)
        return visitor

    return sign_in


@pytest.fixture
def hit(sqlite_floor, tmp_path):
    """The id of a hit of a case that waits for it."""
    path = tmp_path / "list.json"
    path.write_text(f"{json.dumps(LISTED)}\n", encoding="utf-8")
    import_list(sqlite_floor.database, sqlite_floor.blobs, path, "eu", actor="acc_1")
    case, submission = submitted_case(sqlite_floor)
    finished_run(sqlite_floor, case, submission, "approve")
    perform(sqlite_floor, RUN, {"verification": case, "submission": submission})
    with sqlite_floor.database.read() as db:
        return list_hits_of(db, case)[0]


def page_of(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def decide(visitor, hit, **fields):
    shown = visitor.get(f"/console/hits/{hit.id}")
    token = re.search(r'name="form_token" value="(\w+)"', shown.text)[1]
    return visitor.post(f"/console/hits/{hit.id}/decide", data={"form_token": token, **fields})


def test_without_a_list_the_page_says_that_nobody_is_screened(enter):
    assert "No list is loaded: nobody is screened" in page_of(enter("reviewer"), "/console/hits")


def test_a_hit_is_told_word_by_word(enter, hit):
    visitor = enter("reviewer")
    assert "Anna Maria Eriksson" in page_of(visitor, "/console/hits")
    page = page_of(visitor, f"/console/hits/{hit.id}")
    for told in ("ЭРИКССОН", "Same year", "Sweden", "sanction", "eu, version 1"):
        assert told in page
    assert 'href="https://example.org/nk-1"' in page
    case = page_of(visitor, f"/console/cases/{hit.case_id}")
    assert "Screened against eu" in case
    assert "A name on a list is like this one" in case
    assert "A listed name is alike" in page_of(visitor, "/console/queue")


def test_whoever_sees_no_names_sees_no_list_entry_either(enter, hit):
    visitor = enter("developer")
    for path in ("/console/hits", f"/console/hits/{hit.id}", f"/console/cases/{hit.case_id}"):
        page = page_of(visitor, path)
        for private in ("Eriksson", "ЭРИКССОН", "nk-1", "sanction", 'name="answer"'):
            assert private not in page
    assert enter("administrator").get("/console/hits").status_code == 403


def test_a_hit_is_decided_with_a_reason_and_leads_back_to_the_case(enter, hit, sqlite_floor):
    visitor = enter("reviewer")
    assert decide(visitor, hit, note="Compared.").status_code == 422
    empty = decide(visitor, hit, answer="not_same", note=" ")
    assert (empty.status_code, "Please say why" in empty.text) == (422, True)
    done = decide(visitor, hit, answer="not_same", note="Another birthplace.")
    assert done.url.path == f"/console/cases/{hit.case_id}"
    assert "A name on a list" not in done.text
    page = page_of(visitor, f"/console/hits/{hit.id}")
    assert "Another birthplace." in page
    assert 'name="answer"' not in page
    assert "Somebody else" in page_of(visitor, "/console/hits?state=decided")
    assert 'name="answer"' in page_of(enter("senior_reviewer"), f"/console/hits/{hit.id}")


def test_the_case_is_not_approved_over_an_open_hit(enter, hit, sqlite_floor):
    visitor = enter("reviewer")
    shown = visitor.get(f"/console/cases/{hit.case_id}")
    hidden = dict(re.findall(r'name="(form_token|key|seen)" value="([^"]*)"', shown.text))
    answer = visitor.post(f"/console/cases/{hit.case_id}/decide", data={**hidden, "outcome": "approve"})
    assert answer.status_code == 409
    assert "decide them first" in answer.text
    with sqlite_floor.database.read() as db:
        assert state_of(get_verification(db, hit.case_id)) is State.UNDER_REVIEW


def test_a_senior_lifts_a_hold_with_a_reason(enter, sqlite_floor):
    case, _ = settled_case(sqlite_floor, "approve")
    with sqlite_floor.database.write() as db:
        overrule(db, case, actor=staff("senior_reviewer"), outcome=Outcome.RESUBMIT)
    assert "/lift" not in page_of(enter("reviewer"), f"/console/cases/{case}")
    visitor = enter("senior_reviewer")
    shown = page_of(visitor, f"/console/cases/{case}")
    assert "Lift the hold" in shown
    token = re.search(r'name="form_token" value="(\w+)"', shown)[1]
    said = {"form_token": token, "lift-note": " "}
    assert visitor.post(f"/console/cases/{case}/lift", data=said).status_code == 422
    done = visitor.post(f"/console/cases/{case}/lift", data={**said, "lift-note": "It was the twin."})
    assert "It was the twin." in done.text
    assert "On hold" not in done.text
    with sqlite_floor.database.read() as db:
        assert not get_applicant(db, get_verification(db, case).applicant_id).hold
