"""Pages of devices without a browser: the key of a test signs. What is sent without a signature changes nothing."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from engines import TestClock
from fourcorners.accounts.queries import list_keys
from fourcorners.devices import ask_device
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.web import create_app
from signing_keys import BrowserKey
from signing_tools import PASSWORD, add_member

AGENT = "Mozilla/5.0 (X11; Linux) Firefox/140"


class Visitor(TestClient):
    """A browser with a key of its own."""

    key = BrowserKey()

    def fill(self, path, shown_at=None, **fields):
        page = self.get(shown_at or path)
        token = re.search(r'name="form_token" value="(\w+)"', page.text)[1]
        return self.post(path, data={"form_token": token, **fields})

    def signed(self, path, challenge):
        return {"device_challenge": challenge, "device_signature": self.key.sign("POST", path, challenge)}

    def arrive(self):
        challenge = re.search(r'name="device_challenge" value="([^"]+)"', self.get("/sign-in/pending").text)[1]
        proof = self.signed("/sign-in/pending", challenge)
        return self.fill("/sign-in/pending", key=self.key.public, **proof)

    def challenge(self):
        return json.loads(self.get("/devices/challenge").text)["challenge"]


@pytest.fixture
def visit(sqlite_floor):
    add_member(sqlite_floor.database)
    app = create_app(sqlite_floor)
    app.state.further = ask_device
    origin = sqlite_floor.settings.public_url

    def come(agent=AGENT):
        return Visitor(app, base_url=origin, headers={"accept": "text/html", "user-agent": agent})

    return come


def link_of(floor):
    with floor.database.read() as db:
        texts = [read_mail(db, mail.id).text for mail in list_mails(db)]
    return next(m[0] for text in texts if (m := re.search(r"/devices/link/\S+", text)))


def signed_in(visit, floor):
    visitor = visit()
    assert visitor.fill("/sign-in", email="ada@example.org", password=PASSWORD).url.path == "/sign-in/pending"
    assert "We sent a link to ada@example.org" in visitor.arrive().text
    link = link_of(floor)
    assert "Did you just sign in?" in visitor.get(link).text
    assert visitor.arrive().url.path == "/sign-in/pending"  # looking at the link let nobody in
    assert "Thank you" in visitor.fill(link, answer="allow").text
    assert visitor.fill(link.replace("/link/", "/link/x"), shown_at="/sign-in", answer="allow").status_code == 410
    inside = visitor.arrive()
    assert inside.url.path not in ("/sign-in", "/sign-in/pending")
    return visitor


def test_what_matters_is_signed_and_a_copied_cookie_changes_nothing(visit, sqlite_floor):
    visitor, path = signed_in(visit, sqlite_floor), "/console/keys"
    key = {"name": "Shop", "scope_applicants_read": "yes"}
    assert visitor.fill(path, **key).status_code == 403
    proof = visitor.signed(path, visitor.challenge())
    assert visitor.fill(path, **key, **proof).status_code == 200
    assert visitor.fill(path, **key, **proof).status_code == 403  # good once
    with sqlite_floor.database.read() as db:
        assert len(list_keys(db)) == 1
    thief = visit()
    thief.cookies = visitor.cookies
    thief.key = BrowserKey()
    assert thief.fill(path, **key, **thief.signed(path, visitor.challenge())).status_code == 403
    elsewhere = visit("curl/8")
    elsewhere.cookies = visitor.cookies
    assert elsewhere.get("/devices").url.path == "/devices/prove"


def test_a_session_goes_on_while_its_device_signs(visit, sqlite_floor, clock: TestClock):
    visitor = signed_in(visit, sqlite_floor)
    assert visitor.get("/devices").url.path == "/devices"
    clock.move(minutes=5)
    shown = visitor.get("/devices")
    assert (shown.url.path, shown.url.params["next"]) == ("/devices/prove", "/devices")
    wrong = visitor.fill("/devices/prove", device_challenge="a.1.b", device_signature="")
    assert wrong.status_code == 403
    proof = visitor.signed("/devices/prove", visitor.challenge())
    assert visitor.fill("/devices/prove", next="/devices", **proof).url.path == "/devices"
    assert "This device" in visitor.get("/devices").text


def test_nobody_comes_by_the_waiting_page_without_a_half_session(visit):
    visitor = visit()
    assert "This sign-in is over" in visitor.get("/sign-in/pending").text
    for path in ("", "/code", "/mail", "/cancel"):
        answer = visitor.fill(f"/sign-in/pending{path}", shown_at="/sign-in")
        assert answer.url.path == "/sign-in"
    assert visitor.get("/devices").url.path == "/sign-in"
