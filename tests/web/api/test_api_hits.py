"""Hits on lists through the API: what each world and scope sees, and decisions, said once (INS16)."""

import httpx
import pytest

from api_site import Api
from fourcorners.accounts import Scope
from fourcorners.client import ApiRefused, Client
from fourcorners.people import State
from fourcorners.people.queries import get_verification, state_of
from listed_people import ANNA, bring, checked, hits

HERE = "/v1/hits"
SAID = {"outcome": "not_same", "note": "Another birthplace."}


@pytest.fixture
def hit(sqlite_floor, tmp_path):
    """A hit on somebody who is verified."""
    case = checked(sqlite_floor)
    bring(sqlite_floor, tmp_path, ANNA)
    return hits(sqlite_floor, case)[0]


@pytest.fixture
def live(sqlite_floor):
    return Api(sqlite_floor, sandbox=False)


def decide(api, hit, said=SAID, **headers):
    return api.post(f"{HERE}/{hit.id}/decisions", json=said, headers=headers)


def through(api):
    """A transport to the service of `api`, without a socket."""

    def handle(request):
        answer = api.request(request.method, str(request.url), content=request.content, headers=request.headers)
        return httpx.Response(answer.status_code, content=answer.content, headers={"content-type": "application/json"})

    return httpx.MockTransport(handle)


def test_a_hit_is_listed_and_told_with_why(live, hit):
    (shown,) = live.get(HERE, params={"state": "open"}).json()["data"]
    assert shown == live.get(f"{HERE}/{hit.id}").json()
    assert (shown["case"], shown["applicant"], shown["institution"]) == (hit.case_id, hit.owner_id, None)
    assert (shown["list"], shown["list_version"], shown["decided_by"]) == ("eu", 1, None)
    assert shown["why"]["entry"]["id"] == "nk-1"
    assert live.get(HERE, params={"case": hit.case_id}).json()["data"] == [shown]
    for empty in ({"case": "ver_nobody"}, {"state": "true_match"}):
        assert live.get(HERE, params=empty).json() == {"data": [], "next_cursor": None}


def test_each_world_and_scope_sees_its_own(live, hit, sqlite_floor):
    tried = Api(sqlite_floor)
    assert tried.get(HERE).json()["data"] == []
    assert tried.get(f"{HERE}/{hit.id}").status_code == decide(tried, hit).status_code == 404
    reader = Api(sqlite_floor, Scope.DECISIONS_READ, sandbox=False)
    shown = reader.get(f"{HERE}/{hit.id}")
    assert (shown.json()["why"], "riksson" in shown.text, "nk-1" in shown.text) == (None, False, False)
    assert decide(reader, hit).status_code == 403
    assert Api(sqlite_floor, Scope.APPLICANTS_READ, sandbox=False).get(HERE).status_code == 403


def test_a_hit_is_decided_once_with_a_reason(live, hit, sqlite_floor):
    assert decide(live, hit, {"outcome": "not_same", "note": " "}).json()["code"] == "hit_reason_missing"
    for wrong in ({"outcome": "not_same"}, {**SAID, "outcome": "gone"}):
        assert decide(live, hit, wrong).status_code == 422
    first, again = (decide(live, hit, **{"idempotency-key": "one"}) for _ in range(2))
    assert (first.status_code, first.content == again.content) == (201, True)
    assert (first.json()["state"], first.json()["decided_by"]) == ("not_same", "api")
    assert first.json()["note"] == SAID["note"]
    assert decide(live, hit, {**SAID, "outcome": "true_match"}).json()["code"] == "not_allowed"
    told = [e for e in live.get("/v1/events").json()["data"] if "hit_" in e["type"]]
    assert [e["type"] for e in told] == ["verification.hit_decided", "verification.hit_found"]
    assert told[0]["data"] == {
        "applicant": hit.owner_id,
        "verification": hit.case_id,
        "hit": hit.id,
        "list": "eu",
        "outcome": "not_same",
    }


def test_the_client_lists_fetches_and_decides(live, hit, sqlite_floor):
    with Client(sqlite_floor.settings.public_url, live.key, transport=through(live)) as client:
        (found,) = client.hits(state="open", case=hit.case_id)
        assert client.hit(found.id) == found
        assert client.decide_hit(found.id, "true_match", note="It is them.").state == "true_match"
        assert list(client.hits(state="open")) == []
        with pytest.raises(ApiRefused, match="Your role"):
            client.decide_hit(found.id, "not_same", note="No.")
    with sqlite_floor.database.read() as db:
        assert state_of(get_verification(db, hit.case_id)) is State.EXPIRED_REVERIFY
