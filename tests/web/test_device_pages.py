"""Pages of devices without a browser: the key of a test signs. What is sent without a signature changes nothing."""

import json
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from engines import TestClock
from fourcorners.accounts.queries import list_keys
from fourcorners.devices import ask_device
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.phone import list_phone_messages, read_phone_message
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


@pytest.fixture
def visit_with_telephone(sqlite_floor):
    """A site whose operator has a telephone provider."""
    settings = sqlite_floor.settings.model_copy(update={"phone_url": "https://provider.example/calls"})
    add_member(sqlite_floor.database)
    app = create_app(replace(sqlite_floor, settings=settings))
    app.state.further = ask_device

    def come(agent=AGENT):
        origin = sqlite_floor.settings.public_url
        return Visitor(app, base_url=origin, headers={"accept": "text/html", "user-agent": agent})

    return come


def said_on_telephone(floor):
    with floor.database.read() as db:
        return read_phone_message(db, list_phone_messages(db)[0].id)


def test_a_number_is_bound_and_then_asked_for_by_call_or_text(visit_with_telephone, sqlite_floor, clock: TestClock):
    """DEV3, DEV5: the provider tells the key at the address of its call, and needs no cookie for it."""
    visitor = signed_in(visit_with_telephone, sqlite_floor)
    path = "/devices/phone"

    def send(path, **fields):
        return visitor.fill(path, shown_at="/devices/phone", **fields, **visitor.signed(path, visitor.challenge()))

    assert "We cannot call this number" in send(path, number="12", way="text").text
    assert "We are sending a code to +49 ••• 001" in send(path, number="+493030903001", way="text").text
    said = said_on_telephone(sqlite_floor)
    assert said.to == "+493030903001"
    assert "That code does not fit" in send(f"{path}/code", code="1").text
    done = send(f"{path}/code", code=re.search(r"\d{8}", said.text)[0])
    assert "Bound: +49 ••• 001" in done.text
    assert "Withdrawals are held until" in done.text
    clock.move(days=31)  # trust has lapsed

    new = visit_with_telephone("Mozilla/5.0 (Windows NT 10.0) Chrome/140")
    new.key = BrowserKey()
    new.fill("/sign-in", email="ada@example.org", password=PASSWORD)
    waiting = new.arrive().text
    assert "We call +49 ••• 001" in waiting
    assert "The telephone will ring." in new.fill("/sign-in/pending/call", shown_at="/sign-in/pending").text
    call = said_on_telephone(sqlite_floor)
    assert "press 1" in call.text
    assert "Chrome, Windows" in call.text
    address = call.answer_url.removeprefix(sqlite_floor.settings.public_url)
    provider = visit_with_telephone("provider")
    assert provider.post(address, json={"key": "5"}).status_code == 204
    assert provider.post(address, json={"key": "1" * 9}).status_code == 422
    assert provider.post(f"{address}x", json={"key": "1"}).status_code == 410
    sent = new.fill("/sign-in/pending/text", shown_at="/sign-in/pending")
    assert "A code is on its way." in sent.text
    wrong = new.fill("/sign-in/pending/text-code", shown_at="/sign-in/pending", text="1")
    assert "4 more tries" in wrong.text
    assert provider.post(address, json={"key": "1"}).status_code == 204
    assert new.get("/sign-in/pending").text.count("Done") == 1
    new.fill(link_of(sqlite_floor), answer="allow")
    assert new.arrive().url.path not in ("/sign-in", "/sign-in/pending")


def test_without_a_provider_no_number_is_asked_for(visit, sqlite_floor):
    visitor = signed_in(visit, sqlite_floor)
    assert visitor.get("/devices/phone").status_code == 404
    assert "/devices/phone" not in visitor.get("/devices").text
