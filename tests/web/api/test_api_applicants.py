"""Applicants through the API: from creating one to the verdict, each world by itself, no data without the scope."""

import io
import json
import zipfile

import pytest

from api_site import Api
from fourcorners.accounts import Scope
from fourcorners.clearance.assurance_rules import check_verified_claims
from fourcorners.people.personas import personas
from fourcorners.verdict.catalogue import reason

DRAFT = {
    "residence": {"residence": "SE", "nationality": "SE"},
    "details": {
        "family_name": "Eriksson",
        "given_names": "Anna Maria",
        "birth_date": "1974-08-12",
        "document_number": "L898902C3",
        "address": "Storgatan 1, Stockholm",
    },
    "document": {"kind": "passport", "country": "SE"},
}
STATES = {"resubmit": "action_required", "review": "under_review", "reject": "rejected_final"}


@pytest.fixture
def api(sqlite_floor):
    return Api(sqlite_floor)


def code(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_draft_is_filled_in_step_by_step(api):
    made = api.new(reference="customer-1", email="anna@example.org", locale="de", level=3)
    assert (made["state"], made["level_wanted"], made["sandbox"]) == ("not_started", 3, True)
    path = f"/v1/applicants/{made['id']}"
    changed = api.patch(path, json={**DRAFT, "email": "new@example.org", "locale": "fr"}).json()
    assert (changed["state"], changed["document_kind"], changed["locale"]) == ("in_progress", "passport", "fr")
    assert changed["personal"]["email"] == "new@example.org"
    assert changed["personal"]["details"]["family_name"] == "Eriksson"
    assert api.get(path).json() == changed
    seen = api.verification(made["id"])
    assert {i["name"]: (i["state"], i["asked"]) for i in seen["items"]}["claims"] == ("given", True)
    assert {s["step"]: s["state"] for s in seen["progress"]}["capture"] == "empty"
    assert code(api.submit(made["id"])) == (422, "incomplete")


def test_personal_data_are_shown_to_keys_with_the_scope_only(api, sqlite_floor):
    made = api.new(email="anna@example.org", **DRAFT)
    other = Api(sqlite_floor, Scope.APPLICANTS_READ, app=api.app)
    path = f"/v1/applicants/{made['id']}"
    assert other.get(path).json()["personal"] is None
    for closed in ("export", "verified-claims", "verdict", "decisions"):
        assert code(other.get(f"{path}/{closed}")) == (403, "scope_missing")
    assert "Eriksson" not in other.get(f"{path}/verification").text


def test_each_world_knows_nothing_of_the_other(api, sqlite_floor):
    live = Api(sqlite_floor, sandbox=False, app=api.app)
    mine, theirs = api.new(reference="a")["id"], live.new(reference="b")["id"]
    for client, foreign in ((api, theirs), (live, mine)):
        path = f"/v1/applicants/{foreign}"
        for get in ("", "/verification", "/decisions", "/verdict", "/replay", "/export", "/verified-claims"):
            assert code(client.get(path + get)) == (404, "not_found")
        for post, body in (
            ("/submission", {"consent": True}),
            ("/links", None),
            ("/closure", None),
            ("/consent-withdrawal", None),
            ("/erasure", None),
        ):
            assert code(client.post(path + post, json=body)) == (404, "not_found")
        assert code(client.patch(path, json=DRAFT)) == (404, "not_found")
        assert foreign not in client.get("/v1/applicants").text
        assert foreign not in client.get("/v1/events").text
    assert code(live.post("/v1/applicants", json={"persona": "approved"})) == (422, "persona_unknown")
    assert live.new(reference="persona:approved")["persona"] is None
    assert code(live.post("/v1/applicants", json={"document": DRAFT["document"] | {"country": "XU"}})) == (
        409,
        "wrong_state",
    )


@pytest.mark.parametrize("name", sorted(personas()))
def test_every_persona_ends_as_its_table_says(api, name):
    persona = personas()[name]
    applicant = api.new(reference=f"persona:{name}/1")["id"]
    for number in (1, 2):
        assert api.submit(applicant).status_code == 201
        assert api.verification(applicant)["state"] == "under_review"
        api.work("verification.run")
        told = list(persona.told_in(number))
        found = api.get(f"/v1/applicants/{applicant}/verdict").json()
        assert (found["reasons"], found["decision"]) == (told, persona.leads_to if told else "approve")
        seen = api.verification(applicant)
        assert seen["state"] == (STATES[persona.leads_to] if told else "verified")
        again = {reason(each).redo for each in told}
        if seen["state"] == "action_required":
            wanted = {"document_front" if item == "picture" else item for item in again}
            assert {i["name"] for i in seen["items"] if i["state"] == "redo"} == wanted
        if seen["state"] != "action_required":
            break
    replay = api.get(f"/v1/applicants/{applicant}/replay").json()
    assert (replay["same_decision"], replay["same_bytes"]) == (True, True)


def test_reasons_are_told_in_the_applicants_words_with_a_way_to_help(api):
    applicant = api.new(persona="blurred_document")["id"]
    api.submit(applicant)
    api.work("verification.run")
    front = next(i for i in api.verification(applicant, "de")["items"] if i["name"] == "document_front")
    (told,) = front["reasons"]
    assert told["code"] == "blurred"
    assert told["title"] != api.verification(applicant)["reasons"][0]["title"]
    assert told["help"].startswith(api.floor.settings.public_url + "/help/")


def test_lists_turn_pages_that_new_ones_do_not_move(api):
    made = [api.new(reference=f"r{n}")["id"] for n in range(5)]
    first = api.get("/v1/applicants", params={"limit": 2}).json()
    api.new(reference="late")
    second = api.get("/v1/applicants", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    third = api.get("/v1/applicants", params={"limit": 2, "cursor": second["next_cursor"]}).json()
    pages = [a["id"] for page in (first, second, third) for a in page["data"]]
    assert (sorted(pages), third["next_cursor"]) == (sorted(made), None)
    assert [a["id"] for a in api.get("/v1/applicants", params={"reference": "r3"}).json()["data"]] == [made[3]]
    assert api.get("/v1/applicants", params={"state": "verified"}).json()["data"] == []
    for wrong in ("x", "MTo7RFJPUA", "é", "1:app_1"):
        assert code(api.get("/v1/applicants", params={"cursor": wrong})) == (422, "request_invalid")


def test_a_person_decides_with_reasons_of_the_catalogue(api):
    applicant = api.new(persona="manual_review")["id"]
    api.submit(applicant)
    api.work("verification.run")
    path = f"/v1/applicants/{applicant}/decisions"
    assert code(api.post(path, json={"outcome": "reject", "reasons": ["made_up"]})) == (422, "reason_unknown")
    assert code(api.post(path, json={"outcome": "resubmit", "reasons": ["blurred"]})) == (422, "reason_unknown")
    asked = {"outcome": "resubmit", "items": {"selfie": ["sunglasses"]}, "note": "Look again."}
    made = api.post(path, json=asked)
    assert (made.status_code, made.json()["by"], made.json()["items"]) == (201, "api", {"selfie": ["sunglasses"]})
    assert code(api.post(path, json={"outcome": "approve"})) == (409, "already_decided")
    assert [d["by"] for d in api.get(path).json()["data"]] == ["machine", "api"]
    api.submit(applicant)
    api.work("verification.run")
    assert api.post(path, json={"outcome": "approve"}).status_code == 201
    assert api.verification(applicant)["state"] == "verified"


def test_what_was_verified_is_exported_as_openid_has_it(api):
    applicant = api.new(persona="approved")["id"]
    path = f"/v1/applicants/{applicant}/verified-claims"
    assert code(api.get(path)) == (409, "not_verified")
    api.submit(applicant)
    api.work("verification.run")
    told = api.get(path).json()
    assert check_verified_claims(told) == []
    whole = told["verified_claims"]
    assert whole["claims"] == {
        "family_name": "Persona",
        "given_name": "Sandra",
        "birthdate": "1990-02-03",
        "nationalities": ["UTO"],
    }
    (evidence,) = whole["verification"]["evidence"]
    assert evidence["document_details"] == {
        "type": "passport",
        "document_number": "P00000000",
        "issuer": {"country_code": "UTO"},
        "date_of_expiry": "2031-11-01",
    }
    assert [c["check_method"] for c in evidence["check_details"]] == ["vri", "bvr"]


@pytest.mark.parametrize(
    ("place", "value", "wrong"),
    [
        (("verification", "trust_framework"), "", "trust_framework"),
        (("verification", "time"), "2026-11-01T09:00:00", "time"),
        (("verification", "evidence"), [], "evidence"),
        (("verification", "evidence", 0, "type"), "vouch", "documents only"),
        (("verification", "evidence", 0, "check_details"), [], "check_details"),
        (("verification", "evidence", 0, "check_details", 0, "check_method"), "eyes", "check_method"),
        (("verification", "evidence", 0, "document_details", "type"), "library_card", "type"),
        (("verification", "evidence", 0, "document_details", "date_of_expiry"), "31.12.2030", "date"),
        (("verification", "evidence", 0, "document_details", "issuer"), {"country_code": "SE"}, "three letters"),
        (("claims",), {}, "empty"),
        (("claims", "birthdate"), "1990-2-3", "birthdate"),
        (("claims", "nationalities"), ["Utopia"], "three letters"),
    ],
)
def test_the_rules_of_verified_claims_find_what_is_wrong(api, place, value, wrong):
    applicant = api.new(persona="approved")["id"]
    api.submit(applicant)
    api.work("verification.run")
    told = api.get(f"/v1/applicants/{applicant}/verified-claims").json()
    inner = told["verified_claims"]
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    (problem,) = check_verified_claims(told)
    assert wrong in problem
    assert check_verified_claims({}) == ["verified_claims: must be an object"]


def test_a_person_is_closed_exported_and_erased(api):
    applicant = api.new(persona="approved", email="sandra@example.org")["id"]
    api.submit(applicant)
    api.work("verification.run")
    path = f"/v1/applicants/{applicant}"
    archive = api.get(f"{path}/export")
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert json.loads(opened.read("data.json"))["applicant"]["email"] == "sandra@example.org"
    withdrawn = api.post(f"{path}/consent-withdrawal").json()
    assert (withdrawn["id"], withdrawn["withdrawn_at"] is None) == (applicant, False)
    assert code(api.post(f"{path}/erasure")) == (409, "must_be_kept")
    assert api.post(f"{path}/closure").json()["closed_at"]
    other = api.new(email="nina@example.org")["id"]
    assert api.post(f"/v1/applicants/{other}/consent-withdrawal").json()["withdrawn_at"] is None, "none was given"
    gone = api.post(f"/v1/applicants/{other}/erasure")
    assert (gone.status_code, gone.json()["id"]) == (200, other)
    assert api.get(f"/v1/applicants/{other}").json()["personal"] is None
    for write in (
        api.patch(f"/v1/applicants/{other}", json={"locale": "de"}),
        api.submit(other),
        api.post(f"/v1/applicants/{other}/links"),
        api.get(f"/v1/applicants/{other}/export"),
    ):
        assert code(write) == (410, "key_destroyed")
    kinds = [e["type"] for e in api.get("/v1/events", params={"applicant": other}).json()["data"]]
    assert kinds == ["applicant.erased", "applicant.created"]


def test_the_link_opens_the_hosted_pages_until_it_is_taken_back(api):
    applicant = api.new()["id"]
    made = api.post(f"/v1/applicants/{applicant}/links").json()
    browser = api.get(made["url"], follow_redirects=False, headers={"authorization": ""})
    assert (browser.status_code, browser.headers["location"]) == (303, "/verify")
    assert api.get("/verify/state").status_code == 200
    assert api.delete(f"/v1/applicants/{applicant}/links").status_code == 204
    assert api.get(made["url"]).status_code == 410
    assert api.get("/verify/state").status_code == 404


def test_a_body_that_does_not_say_that_it_is_json_is_told_how_to_say_it(api):
    """As `curl -d` sends it."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = api.post("/v1/applicants", content=b'{"persona": "approved"}', headers=form)
    assert (answer.status_code, code(answer)[1]) == (422, "request_invalid")
    assert "Content-Type: application/json" in answer.json()["detail"]


def test_what_is_wrong_with_a_new_applicant_is_told_field_by_field(api):
    for body, expected in [
        ({"email": "nobody"}, (422, "email_invalid")),
        ({"level": 9}, (422, "request_invalid")),
        ({"unknown": 1}, (422, "request_invalid")),
        ({"reference": "a\nb"}, (422, "request_invalid")),
        ({"reference": "\ud800"}, (422, "request_invalid")),
        ({"residence": {"residence": "KP", "nationality": "SE"}}, (422, "country_unsupported")),
        ({**DRAFT, "details": DRAFT["details"] | {"birth_date": "2020-01-01"}}, (422, "underage")),
        ({**DRAFT, "details": DRAFT["details"] | {"birth_date": "soon"}}, (422, "details_invalid")),
        ({"reference": "persona:nobody"}, (422, "persona_unknown")),
    ]:
        answer = api.post("/v1/applicants", content=json.dumps(body), headers={"content-type": "application/json"})
        assert code(answer) == expected, body
        assert "2020-01-01" not in answer.text
    assert api.get("/v1/applicants").json()["data"] == []
    api.new(reference="twice")
    assert code(api.post("/v1/applicants", json={"reference": "twice"})) == (409, "reference_taken")


def test_tables_and_the_key_are_told(api, sqlite_floor):
    assert "blurred" in {r["code"] for r in api.get("/v1/reasons", params={"locale": "fr"}).json()["data"]}
    countries = {c["code"]: c["served"] for c in api.get("/v1/countries").json()["data"]}
    assert (countries["SE"], countries["KP"], countries["XU"]) == (True, False, True)
    live = Api(sqlite_floor, Scope.FILES_WRITE, sandbox=False, app=api.app)
    assert "XU" not in {c["code"] for c in live.get("/v1/countries").json()["data"]}
    assert api.get("/v1/documents", params={"country": "GB"}).json()["two_sided"] == [
        "driving_licence",
        "residence_permit",
    ]
    assert {p["name"] for p in api.get("/v1/personas").json()["data"]} == set(personas())
    told = live.get("/v1/key").json()
    assert (told["sandbox"], told["scopes"]) == (False, ["files:write"])
    assert live.key not in live.get("/v1/key").text


def test_a_limit_leads_to_the_next_level(api):
    """IND9, IND10: verified anew for a reason of the table; what was reached stays open meanwhile."""
    applicant = api.new(persona="approved")["id"]
    path = f"/v1/applicants/{applicant}"
    assert api.get(f"{path}/limits").json()["withdraw_daily_minor"] == 0
    early = api.post(f"{path}/reverification", json={"trigger": "risk"})
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
    api.submit(applicant)
    api.work()
    limits = api.get(f"{path}/limits").json()
    assert (limits["level"], limits["withdraw_daily_minor"], limits["next_level"]) == (2, 1_000_000, 3)
    for trigger in ("overruled", "boredom"):
        wrong = api.post(f"{path}/reverification", json={"trigger": trigger})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "trigger_unknown")
    again = api.post(f"{path}/reverification", json={"trigger": "higher_level", "level": limits["next_level"]})
    told = again.json()
    assert (again.status_code, told["state"], told["level_wanted"], told["round"]) == (201, "expired_reverify", 3, 2)
    assert "paper" in [item["name"] for item in told["items"] if item["asked"]]
    assert api.get(f"{path}/limits").json()["level"] == 2
    assert api.get("/v1/events", params={"type": "verification.reopened"}).json()["data"]
