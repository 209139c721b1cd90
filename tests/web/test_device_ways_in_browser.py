"""The telephone and the decision by hand in a real browser: bound, called, handed in, decided, let in."""

import pytest

from cases import picture
from device_browsing import PICTURES, browsers, first_device, look, mailed_link, sign_in, whole
from device_tools import verify
from engines import TestClock, open_test_floor
from fourcorners.accounts import Role, get_account
from fourcorners.accounts.queries import find_by_email
from fourcorners.devices import ask_device_of_customers
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.jobs import compare_photos
from fourcorners.devices.models import DeviceTicket
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.phone import list_phone_messages, read_phone_message
from serving import IN_BROWSER, arrive
from signing_tools import PASSWORD, add_customer, add_member

pytestmark = IN_BROWSER


@pytest.fixture
def clock():
    return TestClock()


@pytest.fixture
def floor(tmp_path, clock):
    """A site with a telephone provider (whom nobody asks here), and Cleo's account."""
    opened = open_test_floor("sqlite", tmp_path, clock, phone_url="http://127.0.0.1:9/calls")
    account, _ = add_customer(opened.database)
    with opened.database.write() as db:
        get_account(db, account).locale = "en"
    yield opened
    opened.close()


def account_of(floor):
    with floor.database.read() as db:
        return find_by_email(db, "cleo@example.org").id


def distrust(floor):
    """No device is trusted any more: there is none to ask."""
    with floor.database.write() as db:
        clear_trust(db, account_of(floor), why="test", actor=account_of(floor))


def said_on_telephone(floor):
    with floor.database.read() as db:
        return read_phone_message(db, list_phone_messages(db)[0].id)


def answer_mail(floor, page):
    mail = page.context.new_page()
    mail.goto(mailed_link(floor))
    mail.get_by_role("button", name="Yes, that was me").click()
    mail.get_by_text("Thank you").wait_for()
    mail.close()


def test_a_number_is_bound_and_the_telephone_rings_at_the_door(floor):
    """DEV3, DEV5, DEV11."""
    with browsers(floor) as device:
        old = first_device(floor, device)
        old.goto("/devices/phone")
        old.get_by_label("Telephone number").fill("+49 30 30903001")
        look(old, "phone-new")
        old.get_by_role("button", name="Send a code").click()
        old.get_by_text("We are sending a code to").wait_for()
        look(old, "phone-code")
        old.locator("#code").fill(said_on_telephone(floor).text[:8])
        old.get_by_role("button", name="Bind the number").click()
        old.get_by_text("The telephone number changed.").wait_for()
        look(old, "phone-bound")
        distrust(floor)

        new = device("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/605")
        sign_in(new)
        new.get_by_role("button", name="Call me").click()
        new.get_by_text("The telephone will ring.").wait_for()
        look(new, "door-called")
        call = said_on_telephone(floor)
        assert new.request.post(call.answer_url, data={"key": "1"}).status == 204
        new.get_by_role("button", name="Call me").wait_for(state="detached")  # by itself, over the socket
        assert not whole(floor, new)
        answer_mail(floor, new)
        arrive(new, "**/security")
        assert whole(floor, new)
        assert old.complaints == new.complaints == []


def test_photos_are_handed_in_a_person_decides_and_the_device_comes_in_a_day_later(floor, clock):
    """DEV8, DEV9."""
    verify(floor, account_of(floor))
    add_member(floor.database, "rita@example.org", Role.REVIEWER)
    with browsers(floor, ask_device_of_customers) as device:
        old = first_device(floor, device)
        new = device("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
        sign_in(new)
        new.locator("[data-code]").wait_for()
        new.get_by_text("None of this works").click()
        look(new, "door-none-works")
        new.get_by_role("button", name="Let a person look").click()
        new.get_by_text("We sent you a link by which").wait_for()
        with floor.database.read() as db:
            letter = next(read_mail(db, m.id).text for m in list_mails(db) if m.kind == "device.hand")
        mail = device()
        mail.goto(next(word for word in letter.split() if "/devices/hand/" in word))
        look(mail, "hand")
        file = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(1200, 800)}
        mail.get_by_label("Front of the document").set_input_files(file)
        mail.get_by_label("Back of the document").set_input_files(file)
        mail.get_by_role("button", name="Hand in").click()
        mail.get_by_text("A person looks at them").wait_for()
        with floor.database.read() as db:
            ticket = db.query(DeviceTicket).one().id
        compare_photos(floor, {"ticket": ticket})
        old.goto("/devices")
        old.get_by_text("A person looks at a new device").wait_for()
        look(old, "devices-hand")

        rita = device()
        rita.goto("/sign-in")
        rita.fill("#email", "rita@example.org")
        rita.fill("#password", PASSWORD)
        rita.get_by_role("button", name="Sign in", exact=True).click()
        rita.goto("/console/queue")
        look(rita, "console-queue")
        rita.get_by_role("button", name="next").first.click()
        arrive(rita, "**/console/devices/*")
        look(rita, "console-device")
        rita.get_by_role("button", name="Approve").click()
        rita.get_by_text("Approved").first.wait_for()

        new.reload()
        new.get_by_text("A person has approved this device.").wait_for()
        look(new, "door-approved")
        new.get_by_role("button", name="Cancel").click()
        arrive(new, "**/sign-in")
        clock.move(hours=24)
        sign_in(new)
        arrive(new, "**/security")
        assert whole(floor, new)
        assert old.complaints == new.complaints == mail.complaints == rita.complaints == []


@pytest.mark.parametrize("locale", ["de", "fr", "ar"] if PICTURES else ["ar"])
def test_pages_in_other_languages(floor, locale):
    verify(floor, account_of(floor))
    with browsers(floor) as device:
        old = first_device(floor, device)
        old.goto(f"/devices?lang={locale}")
        look(old, f"devices-{locale}")
        assert old.locator("html").get_attribute("lang") == locale
        old.goto("/devices/phone")
        look(old, f"phone-{locale}")
        distrust(floor)
        new = device()
        new.goto(f"/sign-in?lang={locale}")
        new.fill("#email", "cleo@example.org")
        new.fill("#password", PASSWORD)
        new.locator("main form button").first.click()
        new.locator("form[action='/sign-in/pending/mail']").wait_for()
        look(new, f"door-{locale}")
        assert old.complaints == new.complaints == []
