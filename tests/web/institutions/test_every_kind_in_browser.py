"""INS1 to INS5, INS12, INS13, INS16 in Chromium: every kind from the first click to its approval, with all its papers.

It takes some minutes, so only FOURCORNERS_LONG=1 runs it. `make test` does it by forms, and two kinds in Chromium.
"""

import os

import pytest
from institution_browsing import (
    DESK,
    begin,
    confirm,
    fill_in_basics,
    go,
    hand_in,
    hold,
    name_person,
    press,
    submit,
)
from institution_site import EVERY, HOLDER

from fourcorners.accounts import Role
from fourcorners.institutions import needs
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.queries import get_institution, list_papers
from fourcorners.institutions.sections import questions
from institution_cases import work_off
from institution_reviewing import accept_in_browser, approve_in_browser
from serving import IN_BROWSER
from signing_tools import add_member

pytestmark = [
    *IN_BROWSER,
    pytest.mark.skipif(not os.environ.get("FOURCORNERS_LONG"), reason="only with FOURCORNERS_LONG=1"),
]


def choose(page, name, value):
    """One of the kinds or of their variants; the page says when it is saved."""
    choice = page.locator(f'input[name="{name}"][value="{value}"]')
    if not choice.is_checked():
        choice.check()
        page.locator('[data-saved="saved"]').wait_for()


def draw(page, institution, kind):
    """The chart that goes with a kind."""
    go(page, institution, "ownership")
    if kind is Kind.GOVERNMENT_OWNED:
        hold(page, "new", "shares", "100", new=("Canton of Bern", "state"))
    for held, share in HOLDER.get(kind, [("shares", "100")]):
        ann = page.locator("#new-owner option", has_text="Ann Lee").get_attribute("value")
        hold(page, ann, held, share)
    assert "Ann Lee" in page.locator("#owners").text_content()


def review(visit, floor, address, case, name):
    """A reviewer looks through the case, item by item, and approves it."""
    page = visit(DESK)
    session = add_member(floor.database, f"{name}@example.org", Role.REVIEWER)[1]
    page.context.add_cookies([{"name": "fc_session", "value": session.token, "url": address}])
    page.goto(f"/console/institutions/{case}")
    accept_in_browser(page, floor, case)
    approve_in_browser(page)
    assert page.complaints == []


def state(floor, institution):
    with floor.database.read() as db:
        return get_institution(db, institution).state


@pytest.mark.parametrize(("kind", "variant"), EVERY, ids=lambda value: str(value) or "-")
def test_a_kind_from_the_first_click_to_its_approval_in_chromium(visit, floor, address, kind, variant):
    page, name = visit(DESK), f"{kind.value}.{variant or 'plain'}"
    wanted = needs(kind, variant=variant, country="CH")
    institution = begin(page, floor, f"{name}@example.org")
    choose(page, "kind", kind.value)
    if variant:
        choose(page, "variant", variant)
    fill_in_basics(page, institution)
    name_person(page, institution, "Ann Lee", (*wanted.people, *wanted.people_if_any))
    if wanted.graph:
        draw(page, institution, kind)
    hand_in(page, institution, wanted.papers)
    asked = [f"{name}:{key}" for name in wanted.questionnaires for key in questions()[name]]
    confirm(page, institution, (*wanted.answers, *asked))
    page.get_by_text("Nothing is missing.").wait_for()
    press(page, "Sign", nth=-1)
    page.get_by_text("Signed by Ida Office").wait_for()
    submit(page)
    with floor.database.read() as db:
        papers = [paper.paper for paper in list_papers(db, institution) if paper.party_id is None]
    assert sorted(papers) == sorted(wanted.papers)

    work_off(floor, again=False)
    review(visit, floor, address, institution, f"{name}.one")
    if state(floor, institution) != "approved":
        review(visit, floor, address, institution, f"{name}.two")
    assert state(floor, institution) == "approved"
    page.goto(f"/institution/{institution}")
    page.get_by_role("heading", name="Verified").wait_for()
    assert page.complaints == []
