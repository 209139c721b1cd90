"""Passkeys with a real browser and its virtual authenticator: added, used, refused when replayed, removed."""

import json
from urllib.parse import unquote_plus

import pytest

from engines import TestClock, open_test_floor
from fourcorners.accounts import find_session
from fourcorners.accounts.actions import add_passkey, ask_passkey, sign_in_with_passkey
from fourcorners.accounts.actions.passkeys import Party
from fourcorners.accounts.errors import NotFresh, PasskeyRefused
from fourcorners.infra.errors import NotFound
from serving import CHROMIUM, CHROMIUM_FLAGS, arrive, serving
from signing_tools import PASSWORD, PROOF, add_customer

PARTY = Party("localhost", "http://localhost:8000")


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "nonsense", '{"rawId": 7}', '{"id":"AA","rawId":"AA","type":"x","response":{}}']
)
def test_what_is_no_answer_of_a_passkey_is_refused_and_spends_the_challenge(database, answer):
    account, opened = add_customer(database)
    with database.write() as db:
        challenge, options = ask_passkey(db, PARTY, actor="visitor")
        assert json.loads(options)["userVerification"] == "required"
    with pytest.raises(PasskeyRefused), database.write() as db:
        sign_in_with_passkey(db, PARTY, challenge, answer, PROOF)
    with database.write() as db:
        challenge, options = ask_passkey(db, PARTY, actor=account, session=opened.session)
        assert json.loads(options)["authenticatorSelection"]["residentKey"] == "required"
    with pytest.raises(PasskeyRefused), database.write() as db:
        add_passkey(db, opened.session, PARTY, challenge, answer, actor=account, name="Phone")


def test_a_challenge_is_for_its_owner_and_its_time_and_adding_needs_a_fresh_proof(database, clock):
    account, opened = add_customer(database)
    other, foreign = add_customer(database, "eve@example.org")
    with database.write() as db:
        challenge, _ = ask_passkey(db, PARTY, actor=account, session=opened.session)
        with pytest.raises(NotFound):
            ask_passkey(db, PARTY, actor=other, session=opened.session)
    with database.write() as db, pytest.raises(PasskeyRefused, match="too long"):
        add_passkey(db, foreign.session, PARTY, challenge, "{}", actor=other, name="")
    clock.move(minutes=5)
    with database.write() as db, pytest.raises(PasskeyRefused, match="too long"):
        add_passkey(db, opened.session, PARTY, challenge, "{}", actor=account, name="")
    clock.move(minutes=11)
    with database.write() as db, pytest.raises(NotFresh):
        ask_passkey(db, PARTY, actor=account, session=opened.session)


@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_a_passkey_is_added_and_signs_in_and_its_answer_is_good_once(tmp_path):
    from playwright.sync_api import sync_playwright

    clock = TestClock()
    floor = open_test_floor("sqlite", tmp_path, clock)
    add_customer(floor.database)
    with serving(floor) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = browser.new_context(base_url=origin, locale="en-GB")
        page = context.new_page()
        complaints = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        traits = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        traits |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
        page.goto("/sign-in")
        page.fill("#email", "cleo@example.org")
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.fill("#name", "My phone")
        page.get_by_role("button", name="Add a passkey").click()
        arrive(page, "**/security?done=passkey")
        assert page.get_by_text("My phone", exact=True).is_visible()
        page.get_by_role("button", name="Sign out").first.click()
        arrive(page, "**/sign-in")

        sent = []
        page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
        page.get_by_role("button", name="Sign in with a passkey").click()
        arrive(page, "**/security")
        token = next(c["value"] for c in context.cookies() if c["name"] == "fc_session")
        with floor.database.read() as db:
            assert find_session(db, token)[0].pending is None
        assert [said for said in complaints if not said.startswith("Clear-Site-Data")] == []

        replayed = dict(part.split("=", 1) for part in sent[-1].split("&"))
        party = Party("localhost", origin)
        with pytest.raises(PasskeyRefused), floor.database.write() as db:
            sign_in_with_passkey(db, party, replayed["challenge"], unquote_plus(replayed["answer"]), PROOF)
        with floor.database.write() as db:
            other, _ = ask_passkey(db, party, actor="visitor")
        with pytest.raises(PasskeyRefused), floor.database.write() as db:
            sign_in_with_passkey(db, party, other, unquote_plus(replayed["answer"]), PROOF)

        clock.move(minutes=16)
        page.goto("/security")
        page.get_by_role("button", name="Confirm with a passkey").click()
        page.get_by_role("button", name="Remove: My phone").click()
        page.get_by_text("You have none yet.").wait_for()
        browser.close()
    floor.close()
