"""What somebody at an institution does in Chromium, step by step, from the first click to the submission."""

import re

from fourcorners.infra.mail import list_mails, read_mail
from institution_cases import pdf
from serving import arrive

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


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
    arrive(page, "**/security")
    page.locator("a[href='/institution']").click()
    arrive(page, "**/institution/start")
    page.get_by_role("button", name="Begin").click()
    arrive(page, "**/type")
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


def confirm(page, institution, answers=()):
    """Every answer that is asked for, then the statements."""
    go(page, institution, "additional_info")
    page.locator("#regulated").get_by_text("No", exact=True).click()
    page.locator('[data-saved="saved"]').wait_for()
    for name in answers:
        typed(page, f'[id="{name}"]', "stated")
    go(page, institution, "attestations")
    for box in page.locator(".statements input").all():
        box.check()
    press(page, "Save and go on")
    assert page.url.endswith("/review_and_sign")


def submit(page):
    press(page, "Submit the application")
    page.get_by_role("heading", name="Under review").wait_for()
    page.get_by_text("3 to 7 working days").first.wait_for()
