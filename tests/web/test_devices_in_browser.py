"""Two browsers: one is known, one asks to come in. Keys are WebCrypto's; a stolen cookie opens nothing elsewhere."""

import base64
import re

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from device_browsing import browsers, first_device, look, revisit, sign_in, whole
from engines import open_test_floor
from fourcorners.kit.clock import system_clock
from serving import IN_BROWSER, arrive
from signing_tools import add_customer

pytestmark = IN_BROWSER


@pytest.fixture
def floor(tmp_path):
    opened = open_test_floor("sqlite", tmp_path, system_clock)
    add_customer(opened.database)
    yield opened
    opened.close()


def test_a_new_device_is_let_in_by_a_trusted_one_and_a_stolen_cookie_is_refused(floor):
    """DEV1, DEV4, DEV6, DEV9, DEV10."""
    with browsers(floor) as device:
        old = first_device(floor, device)
        old.goto("/devices")
        new = device("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
        sign_in(new)
        shown = new.locator("[data-code]")
        shown.wait_for()
        look(new, "pending-code")
        old.get_by_text("Is this you?").wait_for()  # by itself, over the socket
        look(old, "sheet")
        typed = old.get_by_label("Type the code that the new device shows")
        typed.fill("12")
        old.get_by_role("button", name="Let it in").click()
        old.get_by_text("That code does not fit").first.wait_for()
        assert not whole(floor, new)
        typed.fill(shown.inner_text())
        old.get_by_role("button", name="Let it in").click()
        old.get_by_text("The new device was let in.").wait_for()
        arrive(new, "**/security")
        assert whole(floor, new)
        revisit(old, "/devices")
        look(old, "devices")

        thief = device()
        thief.context.add_cookies(new.context.cookies())
        thief.goto("/devices")
        thief.get_by_text("This browser did not show that it is the device that signed in.").wait_for()
        look(thief, "thief")
        thief.goto("/security")
        thief.get_by_text("This browser did not show").wait_for()

        old.get_by_role("button", name="Remove: Chrome, Windows").click()
        old.get_by_text("Removed. It is signed out.").wait_for()
        new.goto("/security")
        arrive(new, "**/sign-in?next=*")
        assert old.complaints == new.complaints == []


def test_no_ends_the_sign_in_and_a_known_device_comes_back_without_being_asked(floor):
    """DEV9, and signing out keeps the key."""
    with browsers(floor) as device:
        old = first_device(floor, device)
        new = device()
        sign_in(new)
        new.locator("[data-code]").wait_for()
        old.locator("[data-device-asks]").wait_for()
        look(old, "asks")
        old.get_by_role("link", name="Look who it is").click()
        old.get_by_role("button", name="That is not me").click()
        old.get_by_text("It was kept out").wait_for()
        look(old, "denied")
        new.get_by_text("This sign-in is over").wait_for()
        look(new, "over")
        old.get_by_role("button", name="Sign out").first.click()
        sign_in(old)
        arrive(old, "**/security")
        assert whole(floor, old)


def test_an_authenticator_is_added_and_asked_for_and_a_passkey_needs_no_further_factor(floor):
    """DEV3; a passkey is proof of a device."""
    with browsers(floor) as device:
        old = first_device(floor, device)
        devices = old.context.new_cdp_session(old)
        devices.send("WebAuthn.enable")
        traits = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        traits |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
        old.get_by_role("button", name="Add a passkey").click()
        arrive(old, "**/security?done=passkey")
        old.goto("/devices/authenticator")
        look(old, "authenticator")
        address = old.locator("details code").text_content()
        secret = base64.b32decode(re.search(r"secret=([A-Z2-7]+)", address)[1])
        step = int(system_clock().timestamp()) // 30
        old.fill("#code", HOTP(secret, 8, SHA1()).generate(step).decode())  # noqa: S303
        old.get_by_role("button", name="Add it").click()
        old.get_by_text("The app is added.").wait_for()
        look(old, "recovery")
        code = old.locator(".recovery code").first.text_content()
        old.goto("/devices")
        old.get_by_text("Withdrawals are held until").wait_for()
        old.get_by_role("button", name="Sign out").first.click()
        old.get_by_role("button", name="Sign in with a passkey").click()
        arrive(old, "**/security")
        assert whole(floor, old)
        old.goto("/devices/authenticator")
        old.fill("#code", code)
        old.get_by_role("button", name="Remove it").click()
        old.get_by_text("The authenticator was removed.").wait_for()
        assert old.complaints == []
