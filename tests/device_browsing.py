"""Browsers that sign in on a site that asks for devices, and pictures of what they see."""

import os
import re
from contextlib import contextmanager, suppress

from fourcorners.accounts import find_session
from fourcorners.devices import ask_device
from fourcorners.infra.mail import list_mails, read_mail
from serving import CHROMIUM, CHROMIUM_FLAGS, arrive, serving
from signing_tools import PASSWORD

PICTURES = os.environ.get("FOURCORNERS_PICTURES")
"""A folder: then each page is kept there at both sizes, to be looked at."""

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def look(page, name):
    if PICTURES:
        for size, viewport in (("1280", WIDE), ("390", NARROW)):
            page.set_viewport_size(viewport)
            page.screenshot(path=f"{PICTURES}/{name}-{size}.png", full_page=True)


@contextmanager
def browsers(floor, further=ask_device, flags=()):
    """Gives a function that opens a browser of its own, as another device is."""
    from playwright.sync_api import sync_playwright

    with serving(floor, further=further) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *flags])

        def device(agent=None):
            page = browser.new_context(base_url=origin, locale="en-GB", user_agent=agent).new_page()
            page.set_default_timeout(60_000)
            page.complaints = []
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            return page

        yield device
        browser.close()


def sign_in(page):
    page.goto("/sign-in")
    page.fill("#email", "cleo@example.org")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def revisit(page, path):
    """Go there; pages of devices also go there by themselves, in the middle of that."""
    from playwright.sync_api import Error

    with suppress(Error):
        page.goto(path)
    arrive(page, f"**{path}")


def mailed_link(floor):
    with floor.database.read() as db:
        texts = [read_mail(db, mail.id).text for mail in list_mails(db)]
    return next(m[0] for text in texts if (m := re.search(r"/devices/link/\S+", text)))


def first_device(floor, device):
    """The first browser: its link is opened, which answers nothing, and then answered."""
    page = device()
    sign_in(page)
    page.get_by_text("We sent a link to").wait_for()
    look(page, "pending-items")
    mail = page.context.new_page()
    mail.goto(mailed_link(floor))
    look(mail, "mailed")
    assert page.get_by_text("We sent a link to").is_visible()
    mail.get_by_role("button", name="Yes, that was me").click()
    mail.get_by_text("Thank you").wait_for()
    mail.close()
    arrive(page, "**/security")
    return page


def token_of(page):
    return next(c["value"] for c in page.context.cookies() if c["name"] == "fc_session")


def whole(floor, page):
    with floor.database.read() as db:
        found = find_session(db, token_of(page))
        return found is not None and found[0].pending is None
