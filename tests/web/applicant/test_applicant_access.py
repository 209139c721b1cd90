"""Everybody can use the pages (WCAG 2.2 AA): by keyboard, by ear, without script or motion, from right to left."""

import re

import pytest
from flow_site import drawn

import cases
from fourcorners.clearance.actions import settle
from fourcorners.people import Item
from fourcorners.people.actions import register_applicant
from fourcorners.people.consents import agree
from fourcorners.people.grants import grant_access
from fourcorners.people.queries import get_verification
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive

pytestmark = IN_BROWSER

PAGES = (
    "start",
    "residence",
    "details",
    "document",
    "capture/document_front",
    "capture/selfie",
    "live",
    "address",
    "review",
    "data",
)
BLOCKED = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
"""
TOUCHED = """[...document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")]
  .filter(e => e.checkVisibility() && !e.closest(".skip, [popover]"))
  .map(e => [e.outerHTML.slice(0, 90),
    (["radio", "checkbox"].includes(e.type) ? e.labels[0] : e)?.getBoundingClientRect().height ?? 0,
    (e.textContent + (e.labels?.[0]?.textContent ?? "") + (e.getAttribute("aria-label") ?? "")).trim()])"""
MADE = """[...document.images].filter(e => !e.hasAttribute("alt")).length
  + [...document.querySelectorAll("svg")].filter(e => !e.closest("[aria-hidden], [role=img]") && !e.ariaLabel).length
  + document.querySelectorAll("[id]").length - new Set([...document.querySelectorAll("[id]")].map(e => e.id)).size"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


@pytest.fixture(scope="module")
def links(floor):
    """The way in for an applicant in each state."""

    def link(case):
        return f"/verify/open/{grant_access(db, get_verification(db, case).applicant_id, 'link', actor='system')}"

    def decided(decision, told=None):
        case, submission = cases.submitted_case(floor)
        run = cases.finished_run(floor, case, submission, decision, told)
        with floor.database.write() as db:
            settle(db, run)
        return case

    made = {
        "again": decided("resubmit", [cases.because("glare"), cases.because("sunglasses", redo="selfie")]),
        "verified": decided("approve"),
        "refused": decided("reject"),
        "person": decided("review"),
        "waiting": cases.submitted_case(floor)[0],
        "open": cases.new_case(floor, level_wanted=3),
    }
    cases.fill_in(floor, made["open"], items=[Item.DOCUMENT_FRONT])
    with floor.database.write() as db:
        owner = get_verification(db, made["open"]).applicant_id
        agree(db, owner, "biometric", actor=owner, text="text", locale="en")
        return {name: link(case) for name, case in made.items()}


@pytest.fixture
def page(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def assert_usable(page, locale):
    html = page.locator("html")
    assert html.get_attribute("lang") == locale
    assert html.get_attribute("dir") == ("rtl" if locale == "ar" else "ltr")
    assert page.locator("h1").count() == 1
    assert page.evaluate(MADE) == 0, page.url
    touched = page.evaluate(TOUCHED)
    assert [entry for entry in touched if entry[1] < 44 or not entry[2]] == [], page.url
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
    assert page.complaints == []


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_step_can_be_read_touched_and_told_in_both_directions(page, links, locale):
    page.goto(links["open"])
    for name in PAGES:
        page.goto(f"/verify/{name}?lang={locale}")
        assert page.url.split("?")[0].endswith(name)
        assert_usable(page, locale)


@pytest.mark.parametrize("name", ["again", "verified", "refused", "waiting", "person"])
def test_every_outcome_can_be_read_touched_and_told_in_both_directions(page, links, name):
    for locale in ("en", "ar"):
        page.goto(links[name])
        page.goto(f"/verify?lang={locale}")
        page.goto(f"{page.url.split('?')[0]}?lang={locale}")
        assert_usable(page, locale)


def test_each_item_to_be_done_again_has_its_reason_drawing_help_and_a_way_straight_to_it(page, links):
    """IND6, IND7, FAI16."""
    page.goto(links["again"])
    card = page.locator("section", has_text="Photo of the document")
    assert card.get_by_role("heading", name="A reflection covers part of the data").is_visible()
    assert card.locator("figure svg").count() > 1
    assert card.get_by_role("link", name="More help with this").get_attribute("href").startswith("/help/")
    card.get_by_role("link", name="Take the photo again").click()
    assert page.url.endswith("/verify/capture/document_front")
    assert page.locator(".progress").count() == 0, "what was accepted is no step any more"
    page.goto("/verify/details")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("accepted already").is_visible()


def test_the_start_is_walked_by_keyboard_alone(page, floor):
    with floor.database.write() as db:
        case = register_applicant(db, actor="system", sandbox=True)
        secret = grant_access(db, case.applicant_id, "link", actor="system")
    page.goto(f"/verify/open/{secret}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "consent-yes":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    arrive(page, "**/verify/residence")
    page.locator("#residence").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_without_script_everything_but_the_camera_works_and_says_so(browser, address, floor):
    with floor.database.write() as db:
        case = register_applicant(db, actor="system", sandbox=True)
        secret = grant_access(db, case.applicant_id, "link", actor="system")
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/verify/open/{secret}")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Begin").click()
    page.locator("#residence").select_option("XU")
    page.locator("#nationality").select_option("XU")
    page.get_by_role("button", name="Continue").click()
    for name, value in drawn()[0].items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passport").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("The camera needs JavaScript").wait_for(state="visible")
    assert page.get_by_role("button", name="Open the camera").count() == 0
    page.get_by_text("Choose a photo instead", exact=True).click()
    page.locator("#file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": drawn()[1]})
    page.get_by_role("button", name="Send this photo").click()
    page.get_by_role("heading", name="Is everything sharp?").wait_for(state="visible")
    context.close()


@pytest.mark.parametrize("name", ["capture/document_front", "live"])
def test_fai3_a_blocked_camera_is_told_with_what_helps(browser, address, links, name):
    context = browser.new_context(base_url=address)
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.goto(links["open"])
    page.goto(f"/verify/{name}")
    page.get_by_role("button", name=re.compile("Open the camera|Begin")).click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "The camera is blocked" in alert.inner_text()
    assert "address bar" in alert.inner_text()
    assert page.get_by_role("button", name=re.compile("Open the camera|Begin")).is_visible()
    context.close()


def test_a_phone_goes_on_where_the_desktop_was_and_the_desktop_follows(browser, address, floor):
    with floor.database.write() as db:
        case = register_applicant(db, actor="system", sandbox=True)
        secret = grant_access(db, case.applicant_id, "link", actor="system")
    desktop = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}).new_page()
    desktop.goto(f"/verify/open/{secret}")
    desktop.get_by_role("button", name="Go on with a phone").click()
    assert desktop.get_by_role("img", name=re.compile("QR code")).is_visible()
    with floor.database.write() as db:
        phone_secret = grant_access(db, case.applicant_id, "phone", actor="system")
    phone = browser.new_context(base_url=address).new_page()
    phone.goto(f"/verify/open/{phone_secret}")
    phone.get_by_label("I agree").check()
    phone.get_by_role("button", name="Begin").click()
    phone.locator("#residence").select_option("XU")
    phone.locator("#nationality").select_option("XU")
    phone.get_by_role("button", name="Continue").click()
    desktop.locator("#followed[data-moved]").wait_for(timeout=15_000)
    desktop.get_by_role("link", name="Stay on this device").click()
    assert desktop.url.endswith("/verify/details")
    desktop.context.close()
    phone.context.close()


def test_whoever_wants_less_motion_sees_none(page, links):
    page.goto(links["waiting"])
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.get_by_role("status").count() == 1
