"""A new user's first minutes: `fourcorners serve --demo`, a phone that sees a passport, a decision, a webhook.

Only with FOURCORNERS_LONG=1: the processes are real ones, with all the cases that they draw.
FOURCORNERS_PICTURES=folder keeps what the browser showed on the way, on a phone and on a desk.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import cv2
import httpx
import numpy as np
import pytest

from browsing import FRONT_CAMERA, FrontCamera, film_of
from fourcorners import specimens
from serving import CHROMIUM, CHROMIUM_FLAGS, IN_BROWSER, arrive

pytestmark = [
    *IN_BROWSER,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not os.environ.get("FOURCORNERS_LONG"), reason="only with FOURCORNERS_LONG=1"),
]
PICTURES = os.environ.get("FOURCORNERS_PICTURES")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE_MS = 240_000
PASSWORD = re.compile(r"reviewer@demo\.example +(\S+)")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """What `make run` starts, on a free port: (address, what it printed)."""
    folder = tmp_path_factory.mktemp("run")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    printed = folder / "printed"
    environment = {**os.environ, "FOURCORNERS_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "fourcorners.cli", "serve", "--demo", "--port", str(port)]
    with printed.open("wb") as out, (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, env=environment, cwd=folder, stdout=out, stderr=log)
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE_MS / 1000
    while not (answers(f"{address}/ready") and PASSWORD.search(printed.read_text())):
        assert time.monotonic() < until, (folder / "log").read_text()[-2000:]
        time.sleep(0.2)
    yield address, printed.read_text()
    running.send_signal(signal.SIGINT)
    running.wait(60)


def answers(url):
    try:
        return httpx.get(url, timeout=60).raise_for_status().content
    except httpx.HTTPError:
        return b""


@pytest.fixture(scope="module")
def browser(service, tmp_path_factory):
    """Chromium, whose rear camera sees the passport that the demonstration hands out."""
    from playwright.sync_api import sync_playwright

    photo = cv2.imdecode(np.frombuffer(answers(f"{service[0]}/demo/passport.jpg"), np.uint8), cv2.IMREAD_COLOR)
    sight = cv2.resize(photo[..., ::-1], (1200, 1600), interpolation=cv2.INTER_AREA)
    film = film_of(sight, tmp_path_factory.mktemp("film") / "passport.mjpeg", seed=1)
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags = [*CHROMIUM_FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


@contextmanager
def window(browser, address, size):
    """A window of a person of their own; what the browser complains of fails the test."""
    context = browser.new_context(base_url=address, viewport=size, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(FRONT_CAMERA)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def look(page, name, *, whole=False):
    """Keep what is shown, for who looks at it."""
    wide = page.viewport_size["width"] > 600
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{'desktop' if wide else 'phone'}.png", full_page=whole)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def hand_in(phone):
    """From the front door to the last button, as the page says it."""
    phone.goto("/")
    look(phone, "demo")
    # Only those of this card: further down, messages about the drawn cases list facts as soon as they come.
    card = phone.locator("section").filter(has=phone.get_by_role("button", name="Begin as an applicant"))
    facts = card.locator("dl.facts dd").all_inner_texts()
    phone.get_by_role("button", name="Begin as an applicant").click()
    look(phone, "start")
    phone.get_by_label("I agree that my face").check()
    phone.get_by_role("button", name="Begin").click()
    for label in ("Country of residence", "Nationality"):
        phone.get_by_label(label).select_option(label="Utopia")
    phone.get_by_role("button", name="Continue").click()
    for name, value in zip(
        ("family_name", "given_names", "birth_date", "document_number", "address"), facts, strict=True
    ):
        phone.locator(f"#{name}").fill(value)
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label("Passport").check()
    phone.get_by_role("button", name="Continue").click()
    front = FrontCamera(phone, person=0, seed=4)
    phone.get_by_role("button", name="Open the camera").click()
    phone.locator("video").wait_for()
    while not front.told:
        phone.wait_for_timeout(50)
    look(phone, "camera")
    arrive(phone, "**/document_front/look")
    assert "ready" in [told["hint"] for told in front.told], "the shutter went by itself"
    phone.get_by_role("button", name="Use").click()
    arrive(phone, "**/capture/selfie")
    selfie = specimens.file_bytes(specimens.selfie(0, seed=12, size=(900, 1200)))
    front.show(selfie)
    phone.get_by_role("button", name="Open the camera").click()
    front.hold(selfie, lambda: phone.url.endswith("/look"), limit_s=PATIENCE_MS / 1000)
    phone.get_by_role("button", name="Use").click()
    arrive(phone, "**/verify/live")
    phone.get_by_text("I cannot do this").click()
    phone.get_by_role("button", name="Go on without movements").click()
    arrive(phone, "**/verify/review")
    look(phone, "review", whole=True)
    phone.get_by_label("The details are true").check()
    phone.get_by_role("button", name="Send it").click()
    arrive(phone, "**/verify/waiting")
    look(phone, "waiting")


def test_a_new_user_verifies_decides_and_sees_the_webhook(service, browser):
    address, printed = service
    with window(browser, address, PHONE) as phone, window(browser, address, DESK) as desk:
        hand_in(phone)
        desk.goto("/sign-in")
        desk.get_by_label("E-mail").fill("reviewer@demo.example")
        desk.get_by_label("Password", exact=True).fill(PASSWORD.search(printed)[1])
        desk.get_by_role("button", name="Sign in", exact=True).click()
        arrive(desk, "**/console/**")
        desk.goto("/console/queue")
        ours = desk.locator("tr").filter(has=desk.locator('[title="live_by_person"]')).get_by_role("link")
        until = time.monotonic() + PATIENCE_MS / 1000
        while not ours.count() and time.monotonic() < until:
            desk.wait_for_timeout(1000)
            desk.reload()
        look(desk, "queue")
        ours.first.click()
        arrive(desk, "**/console/cases/**")
        for size in (PHONE, DESK):
            desk.set_viewport_size(size)
            desk.evaluate("document.querySelector('#picture-front').scrollIntoView({ block: 'start' })")
            look(desk, "case")
        desk.get_by_role("radio", name="Approve").check()
        desk.get_by_role("button", name="Decide").click()
        desk.get_by_text("Verified", exact=True).first.wait_for()
        arrive(phone, "**/verify/result")
        assert phone.get_by_role("heading", name="You are verified").is_visible()
        look(phone, "result")
        told = phone.locator("#webhooks details").filter(has_text="verification.verified")
        while not told.count() and time.monotonic() < until + PATIENCE_MS / 1000:
            phone.wait_for_timeout(500)
            phone.goto("/demo")
        told.first.locator("summary").click()
        told.first.scroll_into_view_if_needed()
        look(phone, "webhook")
        assert phone.locator("details").filter(has_text="you@demo.example").count() == 1, "the letter"
        phone.set_viewport_size(DESK)
        phone.evaluate("document.querySelector('#webhooks').scrollIntoView()")
        look(phone, "webhook")
