"""The report in a real browser: it fetches nothing, fits a phone, and its drawings can be switched."""

import shutil
from pathlib import Path

import pytest

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )


@pytest.fixture
def page(browser, verdict, tmp_path, request):
    """The report at the width that a test asks for; everything that it asked for or complained of is kept."""
    path = Path(tmp_path) / "report.html"
    path.write_text(verdict.to_html(), encoding="utf-8")
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    page.asked, page.complaints = [], []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(path.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("page", [390, 1280], indirect=True)
def test_it_fetches_nothing_and_complains_of_nothing(page):
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []


@pytest.mark.parametrize("page", [320, 390, 768, 1280], indirect=True)
def test_nothing_is_wider_than_the_screen(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_every_picture_is_shown_and_every_drawing_can_be_switched(page):
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    labels = page.locator(".chips label")
    assert labels.count() > 0
    for i in range(labels.count()):
        layer = page.locator(f"g.{labels.nth(i).get_attribute('for')}").first
        before = layer.evaluate("element => getComputedStyle(element).display")
        labels.nth(i).click()
        assert layer.evaluate("element => getComputedStyle(element).display") != before


@pytest.mark.parametrize("page", [390], indirect=True)
def test_every_check_opens_and_shows_what_was_measured(page):
    for check in page.locator("details.check").all():
        if check.get_attribute("open") is None:
            check.locator("summary").click()
        assert check.locator(".detail").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
