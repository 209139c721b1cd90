"""INS1 to INS5, INS13 in Chromium: from the first click to the submission, saved as it is typed, signed by hand."""

import re

import pytest

from engines import TestClock, open_test_floor
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions.actions import save_section
from fourcorners.institutions.queries import find_signature, get_institution, read_section, read_signature
from institution_cases import pdf
from serving import CHROMIUM, CHROMIUM_FLAGS, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WAIT_MS = 60_000
"""Longer than any busy machine needs; every wait is for a condition."""


@pytest.fixture(scope="module")
def floor(tmp_path_factory):
    opened = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(floor):
    from pytest_socket import enable_socket

    enable_socket()
    with serving(floor) as origin:
        yield origin


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


@pytest.fixture
def visit(browser, address):
    contexts = []

    def come(size):
        context = browser.new_context(base_url=address, viewport=size, locale="en")
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield come
    for context in contexts:
        context.close()


def begin(page, floor, email):
    """From the first click to the first section; returns the institution's id."""
    page.goto("/institution/start")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Name").fill("Ida Office")
    page.get_by_label("E-mail").fill(email)
    with page.expect_navigation():
        page.locator("form:has(#email) button").click()
    with floor.database.read() as db:
        letters = [read_mail(db, mail.id) for mail in list_mails(db)]
    link = next(re.search(r"/link/\S+", letter.text)[0] for letter in letters if letter.to == email)
    page.goto(link)
    page.locator("#password").fill("three lamps under a bridge")
    page.locator("form:has(#password) button").click()
    page.wait_for_url("**/security")
    page.get_by_role("link", name="Open").click()
    page.wait_for_url("**/institution/start")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/type")
    return page.url.split("/")[-2]


def go(page, institution, section):
    page.goto(f"/institution/{institution}/{section}")
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert fits, (section, page.viewport_size)


def typed(page, selector, value):
    """Type into a field and leave it; the page says when it is saved."""
    page.locator(selector).fill(value)
    page.locator(selector).blur()
    page.locator('[data-saved="saved"]').wait_for()


def chosen(page, selector, value):
    page.locator(selector).select_option(value)
    page.locator('[data-saved="saved"]').wait_for()


def press(page, name, nth=0):
    """Press a button and wait until the page that it leads to is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).nth(nth).click()


def fill_in_basics(page, institution):
    go(page, institution, "basic_info")
    typed(page, "#legal_name", "Muster Handel AG")
    chosen(page, "#country", "CH")
    page.locator("#registration_number").fill("CHE-1")
    page.locator("#registration_number").blur()
    page.locator("#registration_number-wrong").wait_for()
    assert page.locator('.sections [data-section="basic_info"]').get_attribute("data-state") == "error"
    page.locator("#registration_number").fill("CHE-100.155.212")
    page.locator("#registration_number").blur()
    page.locator("#registration_number-wrong").wait_for(state="detached")
    typed(page, "#incorporation_date", "2001-02-03")
    typed(page, "#industry", "wholesale")
    page.reload()
    assert page.locator("#industry").input_value() == "wholesale"
    press(page, "Save and go on")
    assert page.url.endswith("/addresses")
    for part, value in (("lines", "Gasse 1"), ("city", "Bern"), ("postcode", "3011")):
        typed(page, f'[id="registered.{part}"]', value)
    chosen(page, '[id="registered.country"]', "CH")
    assert page.locator('.sections [data-section="addresses"]').get_attribute("data-state") == "complete"


def name_person(page, institution, name, roles):
    """Somebody with documents that are uploaded for them."""
    go(page, institution, "key_people/new")
    page.locator("#name").fill(name)
    for role in roles:
        page.locator(f"#role-{role}").check()
    page.locator("#birth_date").fill("1980-01-01")
    page.locator("#nationality").select_option("CH")
    page.locator("#residence").select_option("CH")
    press(page, "Add")
    page.locator("#identity_page").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(name)}
    )
    proof = {"name": "b.pdf", "mimeType": "application/pdf", "buffer": pdf(f"{name} lives here")}
    page.locator("#proof_of_address").set_input_files(proof)
    press(page, "Upload")
    assert page.get_by_text("handed in on").count() == 2


def hold(page, owner, kind, share="", of="", new=None):
    """One holding in the chart; the form for it is open, or opened."""
    if not page.locator("#new-owner").is_visible():
        page.locator("#add > summary").click()
    page.locator("#new-owner").select_option(owner)
    if new:
        page.locator("#new-name").fill(new[0])
        page.locator("#new-node_kind").select_option(new[1])
    page.locator("#new-kind").select_option(kind)
    page.locator("#new-share").fill(share)
    if of:
        page.locator("#new-owned").select_option(label=of)
    press(page, "Add")


def hand_in(page, institution, papers):
    for paper in papers:
        go(page, institution, "documents")
        file = {"name": f"{paper}.pdf", "mimeType": "application/pdf", "buffer": pdf(paper)}
        page.locator(f"#file-{paper}").set_input_files(file)
        if paper == "ownership":
            page.locator("#dated-ownership").fill("2026-10-01")
            page.locator("#signed-ownership").check()
        with page.expect_navigation():
            page.locator(f"#paper-{paper}").get_by_role("button", name="Upload").click()
        assert page.locator(f"#paper-{paper}").get_by_text(f"{paper}.pdf").first.is_visible()


def confirm(page, institution):
    go(page, institution, "additional_info")
    page.locator("#regulated").get_by_text("No", exact=True).click()
    page.locator('[data-saved="saved"]').wait_for()
    go(page, institution, "attestations")
    for box in page.locator(".statements input").all():
        box.check()
    press(page, "Save and go on")
    assert page.url.endswith("/review_and_sign")


def submit(page):
    press(page, "Submit the application")
    page.get_by_role("heading", name="Under review").wait_for()
    page.get_by_text("3 to 7 working days").first.wait_for()


def test_a_company_that_an_entity_owns_on_a_phone_saved_as_it_is_typed_and_signed_by_hand(visit, floor):
    page = visit(PHONE)
    institution = begin(page, floor, "phone@example.org")
    page.get_by_text("Privately owned company").click()
    page.locator('[data-saved="saved"]').wait_for()
    fill_in_basics(page, institution)
    name_person(page, institution, "Ann Lee", ("officer", "director", "authorised_user", "owner"))

    go(page, institution, "ownership")
    hold(page, "new", "shares", "100", new=("Berg Holding GmbH", "entity"))
    ann = page.locator("#new-owner option", has_text="Ann Lee").get_attribute("value")
    hold(page, ann, "shares", "60", of="Berg Holding GmbH")
    assert "Something is missing" in page.locator('.sections [data-section="ownership"]').text_content()
    hold(page, "new", "shares", "2/5", of="Berg Holding GmbH", new=("Bo Sand", "person"))
    told = page.locator("#owners").inner_text()
    assert "60 %" in told
    assert "2/5" in page.locator("#holdings").text_content()
    page.get_by_role("link", name="Bo Sand is a beneficial owner").click()
    assert page.locator("#name").input_value() == "Bo Sand"
    name_person_here(page)

    hand_in(page, institution, ("registration", "articles", "directors_register", "ownership", "authorisation"))
    confirm(page, institution)
    page.get_by_text("Nothing is missing.").wait_for()
    assert page.get_by_role("button", name="Submit the application").is_disabled()
    box = page.locator("#strokes").bounding_box()
    page.locator("#strokes").scroll_into_view_if_needed()
    box = page.locator("#strokes").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + 20 * step, box["y"] + 60 + (15 if step % 2 else -15))
    page.mouse.up()
    page.locator('[data-pad][data-strokes="1"]').wait_for()
    press(page, "Sign", nth=-1)
    page.get_by_role("img", name="Signature of Ida Office").wait_for()
    with floor.database.read() as db:
        drawn = read_signature(db, find_signature(db, institution))
    assert drawn["signer"] == "Ida Office"
    assert len(drawn["strokes"][0]) > 5
    submit(page)
    assert page.complaints == []


def name_person_here(page):
    """The form for an owner whom the chart named, then their documents."""
    page.locator("#birth_date").fill("1975-05-05")
    page.locator("#nationality").select_option("SE")
    page.locator("#residence").select_option("SE")
    press(page, "Add")
    files = {"identity_front": "front", "identity_back": "back", "proof_of_address": "proof"}
    for field, text in files.items():
        file = {"name": f"{field}.pdf", "mimeType": "application/pdf", "buffer": pdf(f"Bo {text}")}
        page.locator(f"#{field}").set_input_files(file)
    press(page, "Upload")


def test_a_trust_on_a_desk_proposed_by_the_adviser_with_another_editor_writing_too(visit, floor):
    page = visit(DESK)
    institution = begin(page, floor, "desk@example.org")
    page.get_by_role("link", name="Ask me").click()
    press(page, "Yes")
    page.get_by_text("Because trustees hold its property for beneficiaries.").wait_for()
    press(page, "Choose this kind")
    assert page.url.endswith("/basic_info")

    page.locator("#legal_name").fill("Muster Trust")
    with floor.database.write() as db:  # another editor is quicker
        other = {"legal_name": "Muster Family Trust"}
        save_section(db, institution, "basic_info", actor="edi_other", changes=other, seen=0)
    page.locator("#legal_name").blur()
    page.locator('[data-saved="clash"]').wait_for()
    press(page, "Save and go on")
    page.get_by_text("Muster Family Trust").first.wait_for()
    page.get_by_text("What you wrote").click()
    press(page, "Save the choice")
    with floor.database.read() as db:
        assert read_section(db, institution, "basic_info").values["legal_name"] == "Muster Trust"
    fill_in_basics(page, institution)

    roles = ("settlor", "trustee", "authorised_user", "owner")
    name_person(page, institution, "Ann Lee", roles)
    go(page, institution, "key_people/new?role=beneficiary")
    page.get_by_text("Class of people", exact=True).click()
    assert not page.locator("#birth_date").is_visible()
    page.locator("#name").fill("Grandchildren of the settlor")
    press(page, "Add")

    go(page, institution, "ownership")
    ann = page.locator("#new-owner option", has_text="Ann Lee").get_attribute("value")
    hold(page, ann, "settlor")
    ann = page.locator("#new-owner option", has_text="Ann Lee").get_attribute("value")
    hold(page, ann, "trustee")
    assert "Has a role in an arrangement" in page.locator("#owners").text_content()
    assert page.locator(".chart svg").get_attribute("role") == "img"
    hand_in(page, institution, ("trust_deed", "authorisation"))
    confirm(page, institution)
    press(page, "Sign", nth=-1)
    page.get_by_text("Signed by Ida Office").wait_for()
    submit(page)
    with floor.database.read() as db:
        assert get_institution(db, institution).kind == "trust"
    assert [said for said in page.complaints if "409" not in said] == []
