"""INS16 in a real browser: from the queue, item by item, a question, its answer, and the approval of two people."""

from types import SimpleNamespace

import pytest

from engines import TestClock, open_test_floor
from fourcorners.accounts import Role
from fourcorners.clearance.actions import answer
from fourcorners.institutions.queries import get_institution
from institution_cases import give_paper, in_review, work_off
from institution_reviewing import accept_in_browser, approve_in_browser
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive, serving
from signing_tools import add_member

pytestmark = IN_BROWSER
LONG_MS = 60_000


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A site with two reviewers, and Chromium."""
    from playwright.sync_api import sync_playwright
    from pytest_socket import enable_socket

    enable_socket()
    floor = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    sessions = [add_member(floor.database, f"{name}@example.org", Role.REVIEWER)[1].token for name in ("one", "two")]
    with serving(floor) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield SimpleNamespace(floor=floor, sessions=sessions, origin=origin, browser=browser)
    floor.close()


def enter(house, number, complaints):
    context = house.browser.new_context(base_url=house.origin, reduced_motion="reduce", locale="en")
    context.set_default_timeout(LONG_MS)
    context.add_cookies([{"name": "fc_session", "value": house.sessions[number], "url": house.origin}])
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_from_the_queue_to_an_approval_by_two(house):
    case, complaints = in_review(house.floor, exposed=True), []
    one, two = enter(house, 0, complaints), enter(house, 1, complaints)
    one.goto("/console/queue?kind=institution")
    press(one, "n")
    arrive(one, f"**/console/institutions/{case}")
    chart = one.locator("#chart svg").first
    whole = chart.get_attribute("viewBox")
    press(one, "1", "+")
    assert chart.get_attribute("viewBox") != whole
    press(one, "0")

    press(one, "j", "y")
    one.get_by_text("Accepted by Ada").first.wait_for()
    assert one.evaluate("document.activeElement.matches('.item[data-open]')"), "the keys go on at the next open item"
    press(one, "u")
    one.keyboard.press("Space")
    one.locator(".item:focus-within .refusing[open]").get_by_role("button", name="Refuse").click()
    one.get_by_text("Refused by Ada").first.wait_for()
    assert one.locator(".mail").inner_text().count("- ") >= 1, "the words that the institution would read"

    one.get_by_label("Your question").fill("May we have the articles once more?")
    one.get_by_role("button", name="Send the question").click()
    one.get_by_text("Asked for something", exact=True).wait_for()
    give_paper(house.floor, case, "supplement_letter")
    with house.floor.database.write() as db:
        answer(db, case, actor="edi_test", text="Here they are.")
    work_off(house.floor)
    one.reload()
    one.get_by_text("Here they are.").wait_for()

    one.locator(".ruling.fail").get_by_role("button", name="Accept").click()
    one.locator(".ruling.fail").wait_for(state="detached")
    accept_in_browser(one, house.floor, case)
    approve_in_browser(one)
    one.get_by_text("Waits for a second person").first.wait_for()
    two.goto(f"/console/institutions/{case}")
    two.get_by_text("Ada proposed: Approve").wait_for()
    approve_in_browser(two)
    two.locator(".page-top").get_by_text("Approved", exact=True).wait_for()
    with house.floor.database.read() as db:
        assert get_institution(db, case).state == "approved"
    assert complaints == []


def test_the_case_fits_every_width_and_can_be_touched(house):
    """WCAG 2.2, 1.4.10 and 2.5.8."""
    page = enter(house, 0, [])
    page.goto(f"/console/institutions/{in_review(house.floor)}")
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
    small = page.evaluate(
        """[...document.querySelectorAll("main a, main button, main select, main summary, main label:has(input)")]
        .filter(e => e.checkVisibility() && !e.closest("[popover]") && e.getBoundingClientRect().height < 24)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
