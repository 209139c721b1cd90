"""What every request passes: host, origin, rate, size, time; and what every answer carries."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fourcorners.web import Site, create_app
from fourcorners.web.bodies import BoundedBody, WhileReading
from fourcorners.web.errors import BodyTooSlow
from fourcorners.web.guards import Buckets, network_address
from fourcorners.web.limits import body_limits, rate_limits
from fourcorners.web.problems import refusal_of


def test_a_foreign_host_is_not_answered(client):
    answer = client.get("/design/applicant", headers={"host": "evil.example"})
    assert (answer.status_code, "evil" in answer.text) == (421, False)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://testserver"}, 403),  # the right name, the wrong scheme
        ({"sec-fetch-site": "same-origin"}, 403),  # past this guard: then the form's token is missed
    ],
)
def test_another_site_cannot_write(client, headers, status):
    answer = client.post("/design/applicant", headers={**headers, "accept": "application/json"})
    own = headers == {"sec-fetch-site": "same-origin"}
    assert (answer.status_code, answer.json()["code"]) == (status, "form_expired" if own else "origin_foreign")


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_another_site_cannot_open_a_socket(client, headers):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/v1/socket", headers=headers):
        pass
    with client.websocket_connect("/v1/socket", headers={"origin": "http://testserver"}) as socket:
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize("path", ["/design/applicant", "/missing", "/v1/missing", "/broken", "/v1/broken"])
def test_every_answer_is_safe_and_private(client, path):
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'",) * 3
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["cache-control"] == "no-store"
    assert headers["permissions-policy"].startswith("camera=(self), microphone=()")
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "strict-transport-security" not in headers


def test_over_tls_browsers_are_told_to_insist_on_it(sqlite_floor):
    app = create_app(sqlite_floor, site=Site("https://testserver", bytes(32)))
    client = TestClient(app, base_url="https://testserver")
    assert client.get("/").headers["strict-transport-security"].startswith("max-age=31536000")


def test_files_are_kept_for_a_year_and_old_addresses_lead_to_the_new(client, app):
    url = app.state.pages.assets.url("house/site.css")
    answer = client.get(url)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert answer.headers["content-type"].startswith("text/css")
    old = client.get("/static/0123456789abcdef/house/site.css", follow_redirects=False)
    assert (old.status_code, old.headers["location"], old.headers["cache-control"]) == (307, url, "no-store")
    for path in ("house/../app.py", "house/%2e%2e/app.py", "house/nothing.css"):
        assert client.get(f"/static/{app.state.pages.assets.version}/{path}").status_code == 404


def test_a_body_is_refused_by_its_announcement_and_while_it_comes_in(client):
    limit = body_limits("/v1/echo").bytes_max
    assert client.post("/v1/echo", content=b"x" * limit).json() == {"bytes": limit}
    announced = client.post("/v1/echo", content=b"x" * (limit + 1))
    streamed = client.post("/v1/echo", content=(b"x" * 100_000 for _ in range(limit // 100_000 + 1)))
    for answer in (announced, streamed):
        assert (answer.status_code, answer.json()["code"], answer.json()["limit_bytes"]) == (
            413,
            "body_too_large",
            limit,
        )
    assert client.post("/v1/echo", content=iter([b"x"]), headers={"content-length": "-5"}).status_code == 400


def test_files_may_be_larger_than_forms():
    assert body_limits("/verify/case/upload").bytes_max > 20e6 > body_limits("/sign-in").bytes_max


async def silent():
    await asyncio.sleep(60)


def test_a_body_that_stops_coming_is_refused():
    """The whole time allowed is used up by a clock that runs ahead: what is missing is waited for no longer."""
    moments = iter([0.0, 1e6])
    taken = []

    async def read(scope, receive, send):
        taken.append(await receive())

    scope = {"type": "http", "path": "/v1/echo", "headers": []}
    with pytest.raises(WhileReading) as stopped:
        asyncio.run(BoundedBody(read, clock=lambda: next(moments))(scope, silent, None))
    assert isinstance(refusal_of(stopped.value), BodyTooSlow)
    assert taken == []


def test_buckets_refill_and_forget_the_longest_unseen():
    moment = [0.0]
    limit = next(x for x in rate_limits() if x.name == "sign_in")
    buckets = Buckets(2, lambda: moment[0])
    assert [buckets.take(limit, "a") for _ in range(limit.requests)] == [0.0] * limit.requests
    assert buckets.take(limit, "a") == pytest.approx(limit.per_s / limit.requests)
    assert buckets.take(limit, "b") == 0.0
    moment[0] = limit.per_s / limit.requests
    assert buckets.take(limit, "a") == 0.0
    buckets.take(limit, "c")
    assert set(buckets.kept) == {("sign_in", "a"), ("sign_in", "c")}


def test_who_asks_too_often_is_told_when_to_come_back(client):
    answers = [client.post("/sign-in", headers={"accept": "application/json"}) for _ in range(21)]
    assert [a.status_code for a in answers[:20]] == [404] * 20
    assert (answers[20].status_code, answers[20].headers["retry-after"]) == (429, "3")


@pytest.mark.parametrize(
    ("host", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_one_subscriber_is_counted_as_one(host, counted):
    assert network_address({"client": (host, 1)}) == counted


@pytest.mark.parametrize("origin", ["verify.example", "ftp://a.example", "https://a.example/path", "https://"])
def test_a_site_needs_a_real_origin_and_a_long_secret(origin):
    with pytest.raises(ValueError, match="origin"):
        Site(origin, bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        Site("https://a.example", bytes(31))
