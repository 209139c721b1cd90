"""Idempotency keys: what was answered once is answered again, byte for byte, and done once."""

import threading

import pytest
from fastapi.testclient import TestClient

from api_site import Api
from engines import open_test_floor
from fourcorners.accounts.answers import sweep_answers
from fourcorners.accounts.models import Answer
from fourcorners.people.models import Applicant
from fourcorners.web.guards import Buckets
from fourcorners.web.limits import key_limits

BODY = {"reference": "customer-1", "email": "anna@example.org"}


@pytest.fixture
def api(tmp_path, clock):
    floor = open_test_floor("sqlite", tmp_path, clock, webhooks_plain_http=True, webhooks_private_addresses=True)
    yield Api(floor)
    floor.close()


@pytest.fixture
def on_both(floor):
    return Api(floor)


def create(api, key="k1", body=BODY):
    return api.post("/v1/applicants", json=body, headers={"idempotency-key": key})


def applicants(api):
    with api.floor.database.read() as db:
        return db.query(Applicant).count()


def test_the_same_key_and_body_give_the_first_answer_again(on_both):
    first, again = create(on_both), create(on_both)
    assert (again.status_code, again.content) == (201, first.content)
    assert (again.headers["idempotency-replayed"], "idempotency-replayed" in first.headers) == ("true", False)
    assert applicants(on_both) == 1


def test_another_body_or_address_is_a_conflict_and_nothing_is_done(api):
    made = create(api).json()
    for answer in (
        create(api, body={"reference": "customer-2"}),
        api.post(f"/v1/applicants/{made['id']}/links", headers={"idempotency-key": "k1"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert applicants(api) == 1


def test_another_key_may_choose_the_same_name(api):
    create(api)
    other = Api(api.floor, app=api.app)
    assert create(other, body={"reference": "customer-2"}).status_code == 201


def test_a_refusal_stands_for_nothing_and_the_next_try_counts(api):
    api.new(reference="customer-1")
    assert create(api).status_code == 409
    assert create(api, body={"reference": "customer-2"}).status_code == 201


def test_after_a_day_the_key_is_free_again(api, clock):
    create(api)
    clock.move(hours=23, minutes=59)
    assert create(api).headers.get("idempotency-replayed") == "true"
    clock.move(minutes=1)
    assert create(api, body={"reference": "customer-2"}).status_code == 201
    clock.move(hours=25)
    assert sweep_answers(api.floor.database) == 1


def test_two_at_once_do_it_once(on_both):
    clients = [TestClient(on_both.app, base_url=str(on_both.base_url), headers=on_both.headers) for _ in range(4)]
    answers = [None] * 4

    def ask(number):
        answers[number] = create(clients[number])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert applicants(on_both) == 1


def test_what_is_kept_is_sealed_and_goes_with_the_person(api):
    made = create(api).json()
    hook = api.post("/v1/webhooks", json={"url": "http://127.0.0.1/x"}, headers={"idempotency-key": "hook"}).json()
    with api.floor.database.read() as db:
        rows = {row.owner: row.sealed for row in db.query(Answer)}
    assert set(rows) == {made["id"], "house"}
    assert b"anna" not in rows[made["id"]]
    assert hook["secret"].encode() not in rows["house"]
    again = api.post("/v1/webhooks", json={"url": "http://127.0.0.1/x"}, headers={"idempotency-key": "hook"}).json()
    assert again["secret"] == hook["secret"]
    assert api.post(f"/v1/applicants/{made['id']}/erasure", headers={"idempotency-key": "erase"}).status_code == 200
    assert (create(api).status_code, create(api).json()["code"]) == (410, "key_destroyed")
    gone = api.post(f"/v1/applicants/{made['id']}/erasure", headers={"idempotency-key": "erase"})
    assert gone.json()["id"] == made["id"]


@pytest.mark.parametrize("name", ["", "x" * 201, "a b", "é".encode()])
def test_a_key_that_is_none_is_refused(api, name):
    answer = create(api, key=name)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


def test_every_answer_says_what_is_left_and_too_many_are_told_when_to_come_back(api):
    api.app.state.key_buckets = Buckets(100, lambda: 0.0)
    limit = next(each for each in key_limits() if each.name == "writes")
    first = create(api)
    assert first.headers["ratelimit-policy"] == f'"writes";q={limit.requests};w=60'
    assert first.headers["ratelimit"].startswith(f'"writes";r={limit.requests - 1};')
    for number in range(limit.requests - 1):
        last = api.post("/v1/applicants", json={"level": 9}, headers={"idempotency-key": str(number)})
    assert last.status_code == 422
    refused = api.post("/v1/applicants", json={})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["ratelimit"].startswith('"writes";r=0;')
    assert api.get("/v1/key").headers["ratelimit-policy"].startswith('"reads"')
    other = Api(api.floor, app=api.app)
    assert other.post("/v1/applicants", json={"level": 9}).status_code == 422
    wrong = api.get("/v1/key", headers={"authorization": "Bearer fck_test_no"})
    assert (wrong.status_code, wrong.headers["www-authenticate"]) == (401, "Bearer")
