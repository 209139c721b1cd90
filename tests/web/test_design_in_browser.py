"""The design in a real browser: fits every width, obeys the policy, big enough to touch, readable in both lights."""

import re

import pytest
from design_site import design_area

from engines import TestClock, open_test_floor
from fourcorners.web.area import HOUSE
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, serving

FRAMES = ("applicant", "console", "public")


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_pair_of_colours_can_be_read(dark):
    """WCAG 2.2, 1.4.3 and 1.4.11: words 4.5:1, edges of controls 3:1."""
    text = (HOUSE.folder / "static" / "tokens.css").read_text(encoding="utf-8")
    light, _, night = text.partition("prefers-color-scheme: dark")
    token = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light)) | (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", night)) if dark else {}
    )
    grounds = ("ground", "card", "raised", "chip")
    pairs = [(ink, ground) for ink in ("ink", "soft") for ground in grounds]
    pairs += [(tone, f"{tone}-soft") for tone in ("pass", "fail", "unsure", "info")]
    pairs += [("ink", f"{tone}-soft") for tone in ("pass", "fail", "unsure", "info", "accent")]
    pairs += [(tone, ground) for tone in ("accent", "fail") for ground in ("ground", "card")]
    pairs += [("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("accent-strong", "accent-soft")]
    assert {pair: contrast(*(token[name] for name in pair)) for pair in pairs if low(token, pair, 4.5)} == {}
    assert [ground for ground in ("ground", "card") if low(token, ("edge", ground), 3)] == []


def low(token, pair, least):
    return contrast(*(token[name] for name in pair)) < least


needs_chromium = IN_BROWSER


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The site with the area of the design, served on a free port of this machine."""
    from pytest_socket import enable_socket

    enable_socket()
    floor = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    with serving(floor, (design_area(),)) as origin:
        yield origin
    floor.close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


class TestInBrowser:
    """What only a browser can say."""

    pytestmark = needs_chromium

    @pytest.fixture
    def page(self, browser, address):
        context = browser.new_context(base_url=address, reduced_motion="reduce")
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        context.close()

    @pytest.mark.parametrize("frame", FRAMES)
    def test_it_obeys_the_policy_and_fits_every_width_in_both_directions(self, page, frame):
        for locale in ("en", "ar"):
            page.goto(f"/design/{frame}?lang={locale}")
            for width in (320, 390, 768, 1280):
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (locale, width)
        assert page.complaints == []

    @pytest.mark.parametrize("frame", FRAMES)
    def test_everything_that_is_touched_is_large_enough_and_has_a_name(self, page, frame):
        """WCAG 2.2, 2.5.8 asks 24 px; ours is 44 px for controls, a tick counts with its label."""
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/design/{frame}")
        touched = page.evaluate(
            """[...document.querySelectorAll("a, button, select, summary, label:has(input), input:not([type=hidden])")]
            .filter(e => e.checkVisibility() && !e.closest(".skip, [popover]") && !e.closest("label input"))
            .filter(e => !["radio", "checkbox"].includes(e.type))
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height,
                       (e.textContent + (e.labels?.[0]?.textContent ?? "")).trim()])"""
        )
        assert touched
        assert [entry for entry in touched if entry[1] < 44 or not entry[2]] == []

    def test_a_form_is_sent_and_its_mistake_shown_without_any_script(self, browser, address):
        context = browser.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/design/applicant")
        page.get_by_role("button", name="Continue").click()
        assert page.get_by_role("alert").is_visible()
        assert page.locator("#email").get_attribute("aria-invalid") == "true"
        page.fill("#email", "ana@example.org")
        page.get_by_role("button", name="Continue").click()
        assert page.get_by_role("alert").count() == 0
        context.close()

    def test_the_first_key_leads_past_the_top_and_the_menu_opens_by_keyboard(self, page):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/design/console")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.locator(".menu summary").focus()
        page.keyboard.press("Enter")
        assert page.locator(".menu nav").is_visible()
        page.get_by_role("button", name="Refuse", exact=True).first.click()
        assert page.get_by_role("dialog", name="Refuse this case?").is_visible()
