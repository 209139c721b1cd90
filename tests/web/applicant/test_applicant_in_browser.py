"""From the first click to the verdict in a real browser, with a passport and a person before its cameras."""

import re

import pytest
from flow_site import drawn, drawn_passport

from browsing import FRONT_CAMERA, FrontCamera, rear_camera_film
from fourcorners.evidence.live_checks import read_report
from fourcorners.evidence.queries import list_live_checks, list_runs
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.people import State
from fourcorners.people.actions import choose_document, enter_details, register_applicant, state_residence
from fourcorners.people.consents import BIOMETRIC, agree
from fourcorners.people.grants import grant_access
from fourcorners.people.queries import get_verification, state_of
from fourcorners.workflows import perform
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive

pytestmark = IN_BROWSER
TRIES_MAX = 4
"""As a person would: not every head that answers rightly is believed at once."""

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from playwright.sync_api import sync_playwright

    film = rear_camera_film(drawn_passport(), tmp_path_factory.mktemp("film") / "passport.mjpeg", seed=12)
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags = [*CHROMIUM_FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


@pytest.fixture
def phone(browser, address):
    context = browser.new_context(base_url=address, viewport=PHONE, locale="en")
    context.add_init_script(FRONT_CAMERA)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def invited(floor, **given):
    """A sandbox applicant's (case, address of the link)."""
    with floor.database.write() as db:
        case = register_applicant(db, actor="system", email="anna@example.org", sandbox=True, **given)
        return case.id, f"/verify/open/{grant_access(db, case.applicant_id, 'link', actor='system')}"


def work_off(floor):
    """Do what was handed over, as a worker would; kinds of work in order."""
    done = []
    while True:
        with floor.database.read() as db:
            waiting = list_waiting(db)
        if not waiting:
            return done
        for work in waiting:
            perform(floor, work.kind, work.payload)
            with floor.database.write() as db:
                mark_taken(db, work.id)
            done.append(work.kind)


def fill_in(page, link):
    details, _, _ = drawn()
    page.goto(link)
    page.get_by_label("I agree that my face").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Country of residence").select_option("XU")
    page.get_by_label("Nationality").select_option("XU")
    page.get_by_role("button", name="Continue").click()
    for name, value in details.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passport").check()
    page.get_by_role("button", name="Continue").click()


def test_from_the_first_click_to_the_verdict(phone, floor):
    """The whole way on a phone: forms, the document by itself, the selfie, a live check, the result."""
    case, link = invited(floor)
    front = FrontCamera(phone, person=0, seed=4)
    fill_in(phone, link)

    phone.get_by_role("button", name="Open the camera").click()
    arrive(phone, "**/document_front/look")
    hints = [told["hint"] for told in front.told]
    assert "ready" in hints, "the shutter went by itself"
    phone.get_by_role("button", name="Use").click()

    arrive(phone, "**/capture/selfie")
    _, _, selfie = drawn()
    front.show(selfie)
    phone.get_by_role("button", name="Open the camera").click()
    front.hold(selfie, lambda: phone.url.endswith("/look"))
    phone.get_by_role("button", name="Use").click()

    arrive(phone, "**/verify/live")
    for _ in range(TRIES_MAX):
        front.sit_down()
        phone.get_by_role("button", name=re.compile("Begin|Try again")).click()
        front.answer(lambda: front.told and front.told[-1].get("type") == "result")
        phone.wait_for_timeout(1500)
        if phone.url.endswith("/verify/review"):
            break
    with floor.database.read() as db:
        live = list_live_checks(db, get_verification(db, case).applicant_id)[-1]
        assert live.code == "passed", read_report(db, live)

    phone.get_by_label("The details are true").check()
    phone.get_by_role("button", name="Send it").click()
    arrive(phone, "**/verify/waiting")
    assert "verification.run" in work_off(floor)
    with floor.database.read() as db:
        verification = get_verification(db, case)
        (run,) = list_runs(db, case)
        assert run.reasons == []
        assert state_of(verification) is State.VERIFIED
    arrive(phone, "**/verify/result")
    assert phone.get_by_role("heading", name="You are verified").is_visible()
    assert phone.complaints == []


def test_a_slow_upload_is_told_and_a_double_click_sends_once(phone, floor):
    case, link = invited(floor)
    with floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        agree(db, owner, BIOMETRIC, actor=owner, text="text", locale="en")
        state_residence(db, case, actor=owner, residence="XU", nationality="XU")
        enter_details(db, case, actor=owner, details=drawn()[0])
        choose_document(db, case, actor=owner, kind="passport", country="XU")
    phone.goto(link)
    arrive(phone, "**/verify/capture/document_front")
    never = "event => { window.sent = (window.sent ?? 0) + !event.defaultPrevented; event.preventDefault(); }"
    phone.evaluate(f"addEventListener('submit', {never})")  # as if the network took forever
    phone.get_by_text("Choose a photo instead", exact=True).click()
    phone.locator("#file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": drawn()[1]})
    phone.locator("[data-upload] button").dblclick()
    phone.get_by_role("status").get_by_text("Sending.", exact=False).wait_for()
    assert phone.evaluate("window.sent") == 1
