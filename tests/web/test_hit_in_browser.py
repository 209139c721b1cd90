"""A hit decided in a real browser, from the queue, by keyboard and mouse as a reviewer would."""

import pytest

from engines import TestClock, open_test_floor
from fourcorners.accounts import Role
from fourcorners.clearance.queries import find_review
from listed_people import ANNA, bring, checked, hits
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive, serving
from signing_tools import add_member

pytestmark = IN_BROWSER
WIDTHS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})


@pytest.fixture
def house(tmp_path):
    """A floor with a hit on somebody who is verified, and a page of a reviewer; complaints of the browser fail it."""
    from playwright.sync_api import sync_playwright
    from pytest_socket import enable_socket

    enable_socket()
    floor = open_test_floor("sqlite", tmp_path, TestClock())
    case = checked(floor)
    bring(floor, tmp_path, ANNA)
    _, session = add_member(floor.database, role=Role.REVIEWER)
    complaints = []
    with serving(floor) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = browser.new_context(base_url=origin, reduced_motion="reduce", locale="en")
        context.add_cookies([{"name": "fc_session", "value": session.token, "url": origin}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield floor, case, page
        browser.close()
    floor.close()
    assert complaints == []


def test_from_the_queue_to_the_decision_of_a_hit(house):
    floor, case, page = house
    page.goto("/console/queue")
    page.keyboard.press("n")
    arrive(page, f"**/console/cases/{case}")
    assert page.get_by_text("Hits on lists wait").first.is_visible()
    page.get_by_role("link", name="A hit,").click()
    arrive(page, "**/console/hits/*")
    for width in WIDTHS:
        page.set_viewport_size(width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.get_by_role("region", name="Word by word").get_by_text("MARIA", exact=False).first.is_visible()
    page.get_by_role("button", name="Decide", exact=True).click()
    assert page.locator("input:invalid, textarea:invalid").count() > 0, "nothing is sent without answer and reason"
    page.get_by_label("No, somebody else").check()
    page.get_by_label("Why", exact=True).fill("Another birthplace.")
    page.get_by_role("button", name="Decide", exact=True).click()
    arrive(page, f"**/console/cases/{case}")
    assert [hit.state for hit in hits(floor, case)] == ["not_same"]
    with floor.database.read() as db:
        assert find_review(db, case).closed_at is not None
