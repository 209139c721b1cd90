"""INS1 to INS5, INS13 in Chromium: from the first click to the submission, saved as it is typed, signed by hand."""

from institution_browsing import (
    DESK,
    PHONE,
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

from fourcorners.institutions.actions import save_section
from fourcorners.institutions.queries import find_signature, get_institution, read_section, read_signature
from institution_cases import pdf
from serving import IN_BROWSER

pytestmark = IN_BROWSER


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
