"""Institutions through the API: from creation to approval, with what each world and scope may see."""

import json

import pytest

from api_site import Api
from fourcorners.accounts import Scope
from fourcorners.institutions import needs
from fourcorners.institutions.kinds import Kind
from institution_cases import ADDRESS, FACTS, GRAPH, PERSON, pdf

WANTED = needs(Kind.PRIVATE_COMPANY, variant="company", country="CH")
HERE = "/v1/institutions"


@pytest.fixture
def api(sqlite_floor):
    return Api(sqlite_floor)


@pytest.fixture
def firm(api):
    return api.post(HERE, json={"reference": "firm-1", "email": "office@example.org"}).json()["id"]


def save(api, firm, section, changes, seen=0):
    said, headers = json.dumps({"seen": seen, "changes": changes}), {"content-type": "application/json"}
    return api.patch(f"{HERE}/{firm}/sections/{section}", content=said, headers=headers)


def upload(api, firm, paper, data=None, **asked):
    headers = {"content-type": "application/pdf"}
    return api.post(f"{HERE}/{firm}/papers/{paper}/files", content=data or pdf(paper), headers=headers, params=asked)


def fill_in(api, firm):
    for section, changes in (
        ("type", {"kind": "private_company", "variant": "company"}),
        ("basic_info", FACTS),
        ("addresses", ADDRESS),
        ("additional_info", {"regulated": "no"}),
        ("ownership", GRAPH),
    ):
        assert save(api, firm, section, changes).json()["version"] == 1
    said = {"values": {**PERSON, "roles": [*WANTED.people, *WANTED.people_if_any], "is_pep": True}}
    party = api.post(f"{HERE}/{firm}/parties", json=said).json()["id"]
    for paper in ("identity_page", "proof_of_address"):
        assert upload(api, firm, paper, party=party).status_code == 201
    for paper in WANTED.papers:
        about = {"dated": "2026-10-01", "signed": "true"} if paper == "ownership" else {}
        assert upload(api, firm, paper, **about).status_code == 201
    said = {"signer": "Ann Lee", "attestations": list(WANTED.attestations), "address": "192.0.2.7"}
    assert api.post(f"{HERE}/{firm}/signature", json=said).status_code == 201
    return party


def test_from_creation_to_approval(api, firm):
    early = api.post(f"{HERE}/{firm}/submission")
    assert early.status_code == 422
    assert "kind" in early.json()["items"]
    party = fill_in(api, firm)
    seen = api.get(f"{HERE}/{firm}").json()
    assert (seen["state"], seen["badge"], seen["missing"]) == ("draft", "continue", [])
    assert set(seen["progress"].values()) == {"complete"}
    first = api.post(f"{HERE}/{firm}/submission", headers={"idempotency-key": "one"})
    again = api.post(f"{HERE}/{firm}/submission", headers={"idempotency-key": "one"})
    assert first.content == again.content
    api.work()
    found = api.get(f"{HERE}/{firm}/assessment").json()
    assert found["found"]["ownership"]["owners"][0]["name"] == "Ann Lee"
    for each in api.get(f"{HERE}/{firm}/items").json()["data"]:
        assert each["accepted"] is None
        assert api.put(f"{HERE}/{firm}/items/{each['item']}", json={"accepted": True}).json()["accepted"] is True
    said = {"outcome": "approve", "note": "Fine."}
    assert api.post(f"{HERE}/{firm}/decisions", json=said).json()["standing"] == "proposed"
    assert api.post(f"{HERE}/{firm}/decisions", json=said).status_code == 409, "a key is one reviewer"
    other = Api(api.floor)
    assert other.post(f"{HERE}/{firm}/decisions", json=said).json()["standing"] == "effective"
    api.work()
    now = api.get(f"{HERE}/{firm}").json()
    assert (now["state"], now["badge"], now["user"]) == ("approved", "verified", party)
    kinds = [e["type"] for e in api.get("/v1/events", params={"limit": 100}).json()["data"]][::-1]
    assert kinds == [f"institution.{k}" for k in ("created", "submitted", "under_manual_review", "approved")]
    assert api.get("/v1/events").json()["data"][0]["data"]["institution"] == firm


def test_two_who_save_the_same_field_are_told_and_others_are_merged(api, firm):
    assert save(api, firm, "basic_info", {"legal_name": "A", "country": "CH"}).json()["version"] == 1
    assert save(api, firm, "basic_info", {"industry": "trade"}).status_code == 200
    clash = save(api, firm, "basic_info", {"country": "DE"})
    assert clash.status_code == 409
    assert (clash.json()["code"], clash.json()["values"]) == ("institution_section_changed", {"country": "CH"})
    unknown = save(api, firm, "basic_info", {"colour": "red", "legal_name": "\ud800"}, seen=2)
    assert unknown.json()["problems"] == {"colour": "unknown", "legal_name": "invalid"}


def test_owners_go_in_and_out_as_statements_without_loss(api, firm):
    save(api, firm, "ownership", {**GRAPH, "edge:e1": {**GRAPH["edge:e1"], "share": "33.34 %"}})
    told = api.get(f"{HERE}/{firm}/ownership")
    other = api.post(HERE, json={}).json()["id"]
    said = {"seen": 0, "subject": "own", "statements": told.json()}
    assert api.put(f"{HERE}/{other}/ownership", json=said).status_code == 200
    assert api.get(f"{HERE}/{other}/ownership").json() == told.json()
    broken = json.loads(json.dumps(told.json()))
    del broken[0]["recordDetails"]
    wrong = api.put(f"{HERE}/{other}/ownership", json={"seen": 1, "statements": broken})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "ownership_statements_invalid")


def test_each_world_and_scope_sees_its_own(api, firm, sqlite_floor):
    live = Api(sqlite_floor, sandbox=False)
    assert live.get(f"{HERE}/{firm}").status_code == 404
    assert live.get(HERE).json()["data"] == []
    blind = Api(sqlite_floor, Scope.APPLICANTS_READ, Scope.APPLICANTS_WRITE)
    blind.post(f"{HERE}/{firm}/parties", json={"values": {"name": "Ann Lee"}})
    (shown,) = blind.get(f"{HERE}/{firm}/parties").json()["data"]
    assert shown["values"] is None
    assert blind.get(f"{HERE}/{firm}/sections/basic_info").status_code == 403
    assert api.get(f"{HERE}/{firm}/parties").json()["data"][0]["values"] == {"name": "Ann Lee"}
    assert [i["id"] for i in api.get(HERE, params={"reference": "firm-1"}).json()["data"]] == [firm]


def test_what_is_no_paper_is_refused_and_nothing_is_kept(api, firm):
    for paper, data, status in (
        ("articles", b"MZ" + bytes(100), 422),
        ("recipe", pdf("x"), 422),
        ("articles", b"%PDF-1.4 nothing", 422),
    ):
        assert upload(api, firm, paper, data=data).status_code == status
    assert upload(api, firm, "identity_page", party="pty_nobody").status_code == 404
    assert api.get(f"{HERE}/{firm}/papers").json()["data"] == []
    made = upload(api, firm, "articles").json()
    assert made["media_type"] == "application/pdf"
    assert api.delete(f"{HERE}/{firm}/papers/{made['id']}").status_code == 204


def test_a_question_an_answer_a_refusal_and_a_new_beginning(api, firm):
    party = fill_in(api, firm)
    api.post(f"{HERE}/{firm}/submission")
    api.work()
    api.post(f"{HERE}/{firm}/questions", json={"text": "Who is Mr Blue?"})
    assert api.get(f"{HERE}/{firm}").json()["badge"] == "feedback"
    api.post(f"{HERE}/{firm}/answers", json={"text": "Nobody."})
    assert [m["direction"] for m in api.get(f"{HERE}/{firm}/messages").json()["data"]] == ["out", "in"]
    said = {"accepted": False, "reasons": ["identity_not_proved"]}
    assert api.put(f"{HERE}/{firm}/items/party:{party}", json=said).status_code == 200
    made = api.post(f"{HERE}/{firm}/decisions", json={"outcome": "reject"}).json()
    assert made["items"] == {f"party:{party}": ["identity_not_proved"]}
    assert api.post(f"{HERE}/{firm}/reopening").json()["state"] == "draft"
    assert api.get(f"{HERE}/{firm}").json()["progress"]["key_people"] == "error"
    assert api.post(f"{HERE}/{firm}/withdrawal").json()["state"] == "withdrawn"


def test_the_link_and_the_tables(api, firm):
    assert "/institution/open/" in api.post(f"{HERE}/{firm}/links").json()["url"]
    kinds = api.get("/v1/institution-kinds", params={"country": "CH"}).json()["data"]
    assert len(kinds) == len(Kind)
    assert "articles" in kinds[0]["papers"]
