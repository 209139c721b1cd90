"""A reviewer at work in a real browser: from the queue to a decision without the mouse; pictures looked at closely."""

from types import SimpleNamespace

import pytest

from cases import because, settled_case
from engines import TestClock, open_test_floor
from fourcorners.accounts import Role
from fourcorners.checks.finding import box, quad
from fourcorners.clearance.queries import list_decisions
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive, serving
from signing_tools import add_member

pytestmark = IN_BROWSER

TOLD = (because("head_covered", "review", "selfie"),)
MARKS = {
    ("no_hat", "selfie"): [box([[10, 5], [60, 30]], "hat")],
    ("portrait_present", "front"): [quad([[5, 5], [30, 5], [30, 40], [5, 40]], "portrait")],
    ("sharp", "selfie"): [box([[20, 10], [70, 70]], "face")],
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A site with one member of staff a role, and Chromium."""
    from playwright.sync_api import sync_playwright
    from pytest_socket import enable_socket

    enable_socket()
    floor = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    people = {role: add_member(floor.database, f"{role}@example.org", role) for role in Role}
    with serving(floor) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield SimpleNamespace(floor=floor, people=people, origin=origin, browser=browser)
    floor.close()


@pytest.fixture
def enter(house):
    """A page of somebody who is signed in; complaints of the browser fail the test."""
    opened, complaints = [], []

    def sign_in(role, **options):
        context = house.browser.new_context(base_url=house.origin, reduced_motion="reduce", locale="en", **options)
        _, session = house.people[Role(role)]
        context.add_cookies([{"name": "fc_session", "value": session.token, "url": house.origin}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append(context)
        return page

    yield sign_in
    for context in opened:
        context.close()
    assert [said for said in complaints if "409" not in said] == []


def new_case(house):
    return settled_case(house.floor, "review", because=TOLD, marks=MARKS)[0]


def test_from_the_queue_to_a_decision_by_keys_alone(house, enter):
    case = new_case(house)
    page = enter("reviewer")
    page.goto("/console/queue")
    page.keyboard.press("n")
    arrive(page, f"**/console/cases/{case}")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    assert page.get_by_text("What must be done again?").is_visible()
    assert page.get_by_role("checkbox", name="Selfie", exact=True).is_checked()
    page.keyboard.press("a")
    assert page.get_by_text("What must be done again?").is_hidden()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Verified", exact=True).wait_for()
    with house.floor.database.read() as db:
        assert [d.outcome for d in list_decisions(db, case)] == ["review", "approve"]


def test_pictures_are_looked_at_closely_and_marks_switched(house, enter):
    case = new_case(house)
    page = enter("compliance_officer")
    page.goto(f"/console/cases/{case}")
    hat = page.locator("#picture-selfie g.m-fail")
    portrait = page.locator("#picture-front g.mark")
    assert (hat.is_visible(), portrait.is_visible()) == (True, False)
    page.keyboard.press("o")
    assert hat.is_hidden()
    page.keyboard.press("o")
    assert portrait.is_visible()
    photo = page.locator("#picture-front svg").first
    whole = photo.get_attribute("viewBox")
    page.keyboard.press("1")
    page.keyboard.press("+")
    assert float(photo.get_attribute("viewBox").split()[2]) < float(whole.split()[2])
    page.keyboard.press("0")
    assert [float(n) for n in photo.get_attribute("viewBox").split()] == [float(n) for n in whole.split()]
    page.keyboard.press("t")
    assert "turn-1" in page.locator("#picture-front").get_attribute("class")
    assert page.evaluate("[...document.images].every(i => i.complete)")
    assert page.locator(".pair svg.face").count() == 2


def test_keys_can_be_switched_off(house, enter):
    page = enter("senior_reviewer")
    page.goto(f"/console/cases/{new_case(house)}")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator('[name="outcome"]:checked').count() == 0
    page.goto("/console/queue")  # which has no list of keys
    pressed = "new KeyboardEvent('keydown', {key: 'n', bubbles: true, cancelable: true})"
    assert page.evaluate(f"document.body.dispatchEvent({pressed})"), "nobody took the key"


def test_somebody_was_quicker(house, enter):
    case = new_case(house)
    one, two = enter("reviewer"), enter("senior_reviewer")
    for page in (one, two):
        page.goto(f"/console/cases/{case}")
        page.get_by_role("radio", name="Approve").check()
    one.get_by_role("button", name="Decide").click()
    one.get_by_text("Verified", exact=True).wait_for()
    two.get_by_role("button", name="Decide").click()
    assert "Somebody was quicker" in two.get_by_role("alert").inner_text()


@pytest.mark.parametrize(
    "path", ["/console/overview", "/console/queue", "/console/policy", "/console/policy/1", "case"]
)
def test_every_page_fits_every_width_and_can_be_touched(house, enter, path):
    """WCAG 2.2, 1.4.10 and 2.5.8."""
    page = enter("compliance_officer")
    page.goto(f"/console/cases/{new_case(house)}" if path == "case" else path)
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    small = page.evaluate(
        """[...document.querySelectorAll("main a, main button, main select, main summary, main label:has(input)")]
        .filter(e => e.checkVisibility() && !e.closest("[popover]") && e.getBoundingClientRect().height < 24)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
