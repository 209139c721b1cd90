"""Reviewers of institutions with a browser without script: they open a case, rule on its items and decide, by forms."""

import re

from fastapi.testclient import TestClient

from fourcorners.accounts import Role
from fourcorners.clearance.institutions import standings
from fourcorners.web import create_app
from signing_tools import add_member

DECIDED = re.compile("^(Approved|Waits for a second person)$")
"""What a case says at its top once somebody approved it."""


class Reviewer(TestClient):
    """A browser that sends the forms that it was shown."""

    def fill(self, path, shown_at, **fields):
        token = form_token(self.get(shown_at))
        return self.post(path, data={"form_token": token, **fields})

    def rule(self, case, item, ruling="accept", mark=None, **fields):
        mark = marks(self.get(at(case)))[item] if mark is None else mark
        return self.fill(f"{at(case)}/rule", at(case), item=item, mark=mark, ruling=ruling, **fields)

    def accept_all(self, case):
        """Accept whatever the page offers, as it was shown; gives the items."""
        page = self.get(at(case))
        told = {"form_token": form_token(page), "ruling": "accept"}
        for item, mark in marks(page).items():
            ruled = self.post(f"{at(case)}/rule", data={**told, "item": item, "mark": mark}, follow_redirects=False)
            assert ruled.is_redirect, ruled.text
        return list(marks(page))

    def decide(self, path, outcome, **fields):
        page = self.get(path)
        hidden = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', page.text))
        return self.fill(f"{path}/decide", path, outcome=outcome, **{**hidden, **fields})


def entering(floor):
    """A function that signs somebody in to the console in a role; it gives their browser."""
    app = create_app(floor)

    def sign_in(role="reviewer", name="one"):
        account, session = add_member(floor.database, f"{role}.{name}@example.org", Role(role))
        headers = {"accept": "text/html", "accept-language": "en"}
        browser = Reviewer(app, base_url=floor.settings.public_url, headers=headers)
        browser.cookies.set(app.state.site.cookie("session"), session.token)
        browser.account = account
        return browser

    return sign_in


def at(case):
    return f"/console/institutions/{case}"


def form_token(page):
    return re.search(r'name="form_token" value="(\w+)"', page.text)[1]


def marks(page):
    """The mark of every item that the page offers to rule on."""
    return dict(re.findall(r'name="item" value="([^"]+)"><input type="hidden" name="mark" value="(\w+)"', page.text))


def open_items(floor, case):
    """Those that nobody has ruled on as they are now."""
    with floor.database.read() as db:
        return [item for item, standing in standings(db, case).items() if standing.accepted is None]


def accept_in_browser(page, floor, case):
    """In Chromium: accept every open item on the page of the case, one after the other."""
    while left := open_items(floor, case):
        page.locator(f'.item[data-open] form:has(input[value="{left[0]}"]) [data-rules="accept"]').click()
        page.locator(f"#{left[0].replace(':', '-')}:not([data-open])").wait_for()


def approve_in_browser(page):
    """With the keys of the console; waits until the page says what came of it."""
    page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.locator(".page-top").get_by_text(DECIDED).first.wait_for()
