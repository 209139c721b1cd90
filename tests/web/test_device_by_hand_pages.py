"""A device decided by a person, from the waiting page to the console and back, with drawn documents (DEV8)."""

import re
from datetime import date
from functools import cache

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from cases import finished_run
from fourcorners import specimens
from fourcorners.accounts import Role, find_session, get_account
from fourcorners.clearance.actions import settle
from fourcorners.clearance.queries import find_review
from fourcorners.devices import ask_device
from fourcorners.devices.jobs import compare_photos, leave_photos, read_found
from fourcorners.devices.models import DeviceTicket
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.operations.demonstration import PHOTO, SELFIE, fill_in_case
from fourcorners.people import Item
from fourcorners.people.actions import submit
from fourcorners.people.queries import get_applicant, get_verification
from fourcorners.web import create_app
from signing_keys import BrowserKey
from signing_tools import PASSWORD, add_customer, add_member

SEED = 11


@cache
def photo(portrait=0):
    """A drawn passport with this person's portrait, photographed."""
    issued = date(2024, 3, 1)
    drawn = specimens.draw("passport", seed=SEED, portrait=portrait, issue_date=issued, expiry_date=date(2034, 3, 1))
    return drawn, specimens.file_bytes(specimens.capture(drawn, "genuine", severity=0.3, seed=SEED, size=PHOTO))


@pytest.fixture
def floor(sqlite_floor):
    """Cleo's account, whose person was verified with a drawn passport and a selfie."""
    account, _ = add_customer(sqlite_floor.database)
    passport, front = photo()
    holder = passport.holder
    details = {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
        "address": "1 Orchard Lane, Amaurot",
    }
    selfie = specimens.file_bytes(specimens.selfie(0, seed=SEED, size=SELFIE))
    case = fill_in_case(sqlite_floor, details, {Item.DOCUMENT_FRONT: front, Item.SELFIE: selfie})
    with sqlite_floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        get_applicant(db, owner).account_id = account
        get_account(db, account).locale = "en"
        submission = submit(db, case, actor=owner).id
    run = finished_run(sqlite_floor, case, submission, "approve")
    with sqlite_floor.database.write() as db:
        settle(db, run)
    return sqlite_floor


class Visitor(TestClient):
    """A browser with a key of its own."""

    def __init__(self, floor, app):
        super().__init__(
            app, base_url=floor.settings.public_url, headers={"accept": "text/html", "user-agent": "Firefox Linux"}
        )
        self.key = BrowserKey()

    def fill(self, path, shown_at=None, files=None, **fields):
        token = re.search(r'name="form_token" value="(\w+)"', self.get(shown_at or path).text)[1]
        return self.post(path, data={"form_token": token, **fields}, files=files)

    def knock(self):
        self.fill("/sign-in", email="cleo@example.org", password=PASSWORD)
        challenge = re.search(r'name="device_challenge" value="([^"]+)"', self.get("/sign-in/pending").text)[1]
        signature = self.key.sign("POST", "/sign-in/pending", challenge)
        proof = {"device_challenge": challenge, "device_signature": signature}
        return self.fill("/sign-in/pending", key=self.key.public, camera="no", **proof)


@pytest.fixture
def site(floor):
    app = create_app(floor)
    app.state.further = ask_device
    return app


def mailed(floor, kind):
    with floor.database.read() as db:
        (found,) = [m for m in list_mails(db) if m.kind == f"device.{kind}"][:1]
        return read_mail(db, found.id)


def link_in(letter):
    return re.search(r"/devices/hand/\S+", letter.text)[0]


def ticket(floor):
    with floor.database.read() as db:
        return db.scalar(select(DeviceTicket).order_by(DeviceTicket.opened_at.desc()).limit(1)).id


def compared(floor):
    compare_photos(floor, {"ticket": ticket(floor)})
    with floor.database.read() as db:
        found = read_found(db, ticket(floor))
        match = next(f for f in found["findings"] if f["check"] == "face_matches")
        return found, match, find_review(db, ticket(floor)).reasons


def files(portrait=0):
    data = photo(portrait)[1]
    return {
        "document_front": ("front.jpg", data, "image/jpeg"),
        "document_back": ("back.jpg", data, "image/jpeg"),
    }


def test_photos_are_handed_in_compared_decided_and_the_device_comes_in_after_the_hold(floor, site, clock):
    owner = Visitor(floor, site)
    assert "None of this works" in owner.knock().text
    assert "We sent you a link by which" in owner.fill("/sign-in/pending/person", shown_at="/sign-in/pending").text
    link = link_in(mailed(floor, "hand"))
    elsewhere = Visitor(floor, site)  # the mail is opened on another device
    shown = elsewhere.get(link)
    assert "Firefox, Linux" in shown.text
    assert "Choose a photo." in elsewhere.fill(f"{link}/files", shown_at=link).text
    no_photo = {"document_front": ("a.jpg", b"no picture", "image/jpeg")}
    assert elsewhere.fill(f"{link}/files", shown_at=link, files=no_photo).status_code == 422
    assert "A person looks at them" in elsewhere.fill(f"{link}/files", shown_at=link, files=files()).text
    assert "Your photos are there" in owner.get("/sign-in/pending").text
    found, match, reasons = compared(floor)
    assert match["outcome"] == "pass"
    assert not {"face_mismatch", "face_uncertain", "same_side_twice"} & set(reasons)
    assert found["claims"]["family_name"] == photo()[0].holder.family_name
    assert reasons == list(found["reasons"])

    add_member(floor.database, "rita@example.org", Role.REVIEWER)
    app = create_app(floor)  # the staff's own door asks for no device here
    rita = Visitor(floor, app)
    rita.fill("/sign-in", email="rita@example.org", password=PASSWORD)
    queue = rita.get("/console/queue")
    assert f"/console/devices/{ticket(floor)}" in queue.text
    page = rita.fill("/console/queue/next", shown_at="/console/queue")
    assert page.url.path == f"/console/devices/{ticket(floor)}"
    assert "cleo@example.org" in page.text
    assert photo()[0].holder.document_number in page.text
    pictures = re.findall(r'<img src="(/console/pictures/[^"]+)"', page.text)
    assert len(pictures) == 4  # front and back now; front and selfie of the verification
    assert rita.get(pictures[0].replace("&amp;", "&")).headers["content-type"] == "image/jpeg"
    decided = rita.fill(f"{page.url.path}/decide", shown_at=page.url.path, answer="approve")
    assert "Approved" in decided.text
    assert "2 November 2026, 09:00 UTC" in mailed(floor, "hand_approved").text
    assert rita.fill(f"{page.url.path}/decide", shown_at="/console/queue", answer="approve").status_code == 409

    assert "From 2 November 2026, 09:00 UTC" in owner.get("/sign-in/pending").text
    owner.fill("/sign-in/pending/cancel", shown_at="/sign-in/pending")
    clock.move(hours=24)
    inside = owner.knock()
    assert inside.url.path == "/security"
    with floor.database.read() as db:
        cookie = next(c.value for c in owner.cookies.jar if c.name == "fc_session")
        assert find_session(db, cookie)[0].pending is None


def test_another_face_is_doubted_and_a_refusal_is_written_with_its_reason(floor, site):
    owner = Visitor(floor, site)
    owner.knock()
    owner.fill("/sign-in/pending/person", shown_at="/sign-in/pending")
    link = link_in(mailed(floor, "hand"))
    owner.fill(f"{link}/files", shown_at=link, files=files(portrait=2))
    _, match, reasons = compared(floor)
    assert match["outcome"] != "pass"
    assert {"face_mismatch", "face_uncertain"} & set(reasons)
    add_member(floor.database, "rita@example.org", Role.REVIEWER)
    rita = Visitor(floor, create_app(floor))
    rita.fill("/sign-in", email="rita@example.org", password=PASSWORD)
    path = f"/console/devices/{ticket(floor)}"
    rita.fill(f"{path}/decide", shown_at=path, answer="refuse_other_face")
    assert "The face on it is not that of the verification." in mailed(floor, "hand_refused_other_face").text
    assert "It was not approved" in owner.get(link).text


def test_the_owner_says_no_by_the_link_and_photos_that_cannot_be_judged_are_left_to_a_person(floor, site):
    owner = Visitor(floor, site)
    owner.knock()
    owner.fill("/sign-in/pending/person", shown_at="/sign-in/pending")
    link = link_in(mailed(floor, "hand"))
    owner.fill(f"{link}/files", shown_at=link, files=files())
    leave_photos(floor, {"ticket": ticket(floor)}, "some_code")
    with floor.database.read() as db:
        assert find_review(db, ticket(floor)).reasons == ["check_not_made"]
    assert "It was kept out" in owner.fill(f"{link}/no", shown_at=link).text
    with floor.database.read() as db:
        assert find_review(db, ticket(floor)).closed_at is not None
    assert owner.get("/devices/hand/guessed").status_code == 410
