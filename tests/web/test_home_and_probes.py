"""The front door, the demonstration, and what machines ask."""

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from starlette.testclient import TestClient

from cases import submitted_case
from device_tools import bind_number, come, first_device, half_open, script
from engines import open_test_floor, stamp
from fourcorners.accounts import Proof, get_account
from fourcorners.accounts.queries import find_by_email
from fourcorners.devices import ask_device_of_customers
from fourcorners.devices.actions import place_call
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.queries import get_request
from fourcorners.infra.phone import list_phone_messages
from fourcorners.operations.demonstration import CUSTOMER, STAFF, prepare
from fourcorners.web.app import create_app
from signing_keys import BrowserKey


@pytest.fixture
def demo_floor(tmp_path, clock):
    opened = open_test_floor("sqlite", tmp_path, clock, mode="demo", metrics_token=SecretStr("token"))
    yield opened
    opened.close()


def browser(floor):
    return TestClient(create_app(floor), base_url="http://127.0.0.1:8000", follow_redirects=False)


def test_the_front_door(sqlite_floor, demo_floor):
    assert browser(sqlite_floor).get("/").headers["location"] == "/sign-in"
    assert browser(demo_floor).get("/").headers["location"] == "/demo"


def test_the_demonstration_leads_an_applicant_in(demo_floor):
    with browser(demo_floor) as page:
        shown = page.get("/demo")
        assert shown.status_code == 200
        token = shown.text.split('name="form_token" value="')[1].split('"')[0]
        begun = page.post("/demo", data={"form_token": token}, headers={"origin": "http://127.0.0.1:8000"})
        assert begun.headers["location"].startswith("/verify/open/")
        assert page.get("/demo/passport.jpg").content.startswith(b"\xff\xd8\xff")


def test_there_is_no_demonstration_in_earnest(sqlite_floor):
    assert browser(sqlite_floor).get("/demo").status_code == 404


def test_ready_means_that_it_can_work(sqlite_floor):
    page = browser(sqlite_floor)
    assert page.get("/health").status_code == 200
    assert page.get("/ready").status_code == 503
    stamp(sqlite_floor)
    assert page.get("/ready").json() == {"status": "ok"}
    with sqlite_floor.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert page.get("/ready").json() == {"status": "database_old"}


def test_metrics_are_for_who_has_the_token(demo_floor, sqlite_floor):
    submitted_case(demo_floor)
    page = browser(demo_floor)
    assert page.get("/metrics").status_code == 404
    assert page.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    told = page.get("/metrics", headers={"authorization": "Bearer token"}).text
    assert 'fourcorners_verifications{state="under_review"} 1.0' in told
    assert 'fourcorners_work_waiting{kind="verification.run"} 1.0' in told
    assert browser(sqlite_floor).get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_the_demonstration_has_a_customer_whose_calls_are_answered_on_its_page(demo_floor, clock):
    """A call's keys are on the page; older demonstrations get the customer too, and keep their passwords."""
    passwords = prepare(demo_floor).passwords
    assert set(passwords) == {*STAFF, CUSTOMER}
    assert prepare(demo_floor).passwords == passwords
    account, _, opened = first_device(demo_floor.database)
    bind_number(demo_floor.database, account, opened, "+493030903001")
    with demo_floor.database.write() as db:
        clear_trust(db, account, why="test", actor=account)
    request = come(demo_floor.database, BrowserKey(), half_open(demo_floor.database)).request
    with demo_floor.database.write() as db:
        place_call(db, request.id, actor=account, script=script)
        message = list_phone_messages(db)[0].id
    with browser(demo_floor) as page:
        shown = page.get("/demo").text
        assert CUSTOMER in shown
        assert "+493030903001" in shown
        token = shown.split('name="form_token" value="')[1].split('"')[0]
        fields = {"form_token": token, "message": message, "key": "1"}
        answer = page.post("/demo/press", data=fields, headers={"origin": "http://127.0.0.1:8000"})
        assert answer.headers["location"] == "/demo#calls"
    with demo_floor.database.read() as db:
        assert get_request(db, request.id).shown == ["phone"]
    with demo_floor.database.write() as db:
        proof = Proof("password", "Firefox", "192.0.2.7")
        staff = get_account(db, find_by_email(db, "admin@demo.example").id)
        assert ask_device_of_customers(db, staff, proof) is None
        assert ask_device_of_customers(db, get_account(db, account), proof) == "device"
