"""INS1 to INS3, INS11, INS14 to INS16: accounts of their own, the adviser, several editors, states, another user."""

import html
import re

import pytest
from institution_site import Editor, account_of

from cases import staff
from fourcorners.accounts.actions.holders import PERSON, fix_holder
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import claim_next
from fourcorners.clearance.institutions import ask_institution, decide_institution, rule_item, standings
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions.actions.renewing import begin_renewal
from fourcorners.institutions.queries import find_change, get_institution, list_parties, read_party, read_section
from fourcorners.people.models import Verification
from institution_cases import ORIGIN, accept_all, fill_in, hand_over, name_party, pdf, save, work_off

ANNA, BERTA = staff(), staff(name="berta")


@pytest.fixture
def editor(sqlite_floor):
    return Editor.begun(sqlite_floor)


def link_in_mail(floor, owner, path):
    with floor.database.read() as db:
        texts = [read_mail(db, mail.id).text for mail in list_mails(db, owner)]
    return next(found[0] for text in texts if (found := re.search(rf"{path}/\S+", text)))


def reviewed(editor, outcome, refuse=()):
    """Filled in, submitted, and decided; `refuse` are items with a reason each."""
    fill_in(editor.floor, editor.id)
    hand_over(editor.floor, editor.id)
    work_off(editor.floor)
    if outcome is Outcome.APPROVE:
        accept_all(editor.floor, editor.id, ANNA)
    with editor.floor.database.write() as db:
        for item, reason in dict(refuse).items():
            name = next(name for name in standings(db, editor.id) if name.startswith(item))
            rule_item(db, editor.id, name, actor=ANNA, accepted=False, reasons=[reason])
        decide_institution(db, editor.id, actor=ANNA, outcome=outcome)
    with editor.floor.database.write() as db:
        if get_institution(db, editor.id).state == "under_review":
            decide_institution(db, editor.id, actor=BERTA, outcome=outcome)
    work_off(editor.floor)


def test_a_stranger_is_led_to_an_account_and_the_account_begins_one_application(sqlite_floor):
    """INS15."""
    stranger = Editor(sqlite_floor)
    assert stranger.get("/institution").url.path == "/sign-in"
    assert "Make an account for the institution" in stranger.get("/institution/start").text
    opened = account_of(sqlite_floor)
    first, second = Editor(sqlite_floor, session=opened.token), Editor(sqlite_floor, session=opened.token)
    begun = [
        e.client.post("/institution/start", data={"form_token": e.token("/institution/start")}) for e in (first, second)
    ]
    assert begun[0].url.path == begun[1].url.path
    assert first.get("/institution").url.path == begun[0].url.path.removesuffix("/type")


def test_an_account_of_a_person_cannot_begin_one(sqlite_floor):
    """INS15."""
    opened = account_of(sqlite_floor)
    with sqlite_floor.database.write() as db:
        fix_holder(db, opened.account, PERSON, actor="system")
    person = Editor(sqlite_floor, session=opened.token)
    answer = person.client.post("/institution/start", data={"form_token": person.token("/institution/start")})
    assert answer.status_code == 422
    assert "This account belongs to a person" in answer.text


def test_nobody_else_sees_an_application(sqlite_floor, editor):
    other = Editor.begun(sqlite_floor, email="other@example.org")
    stranger = Editor(sqlite_floor)
    for path in ("", "/basic_info", "/key_people", "/ownership", "/documents", "/review_and_sign", "/editors"):
        assert other.get(editor.path + path).status_code == 404
        assert stranger.get(editor.path + path).url.path == "/sign-in"
    token = other.token(other.path + "/basic_info")
    sent = other.client.post(
        editor.path + "/basic_info", data={"form_token": token, "seen": "0", "was": "{}", "legal_name": "X"}
    )
    assert sent.status_code == 404
    with sqlite_floor.database.read() as db:
        assert read_section(db, editor.id, "basic_info").version == 0


def test_the_adviser_asks_one_thing_after_the_other_and_says_why(editor):
    """INS1."""
    assert "Do trustees hold" in editor.get("adviser").text
    said = {"answer": "no"}
    assert "Which share do national" in editor.save("adviser", **said).text
    wrong = editor.save("adviser", answer="much")
    assert wrong.status_code == 422
    assert "a number from 0 to 100" in wrong.text
    shown = editor.save("adviser", answer="12,5 %").text
    for question in ("pool the money", "exchange trade", "pursue a purpose"):
        assert question in shown
        shown = editor.save("adviser", **said).text
    shown = editor.save("adviser", answer="yes").text
    assert "Because it handles the money of others." in shown
    taken = editor.save("adviser", do="take")
    assert taken.url.path.endswith("/basic_info")
    with editor.floor.database.read() as db:
        assert get_institution(db, editor.id).kind == "private_financial_institution"
    assert "Do trustees hold" in editor.save("adviser", do="again").text


def test_a_share_of_the_state_from_half_on_proposes_a_state_enterprise(editor):
    editor.save("adviser", answer="no")
    assert "governments own half of it or more" in editor.save("adviser", answer="50").text


def test_sections_are_filled_in_in_any_order_and_each_says_how_far_it_is(editor):
    """INS2."""
    editor.save("addresses", **{"registered.city": "Bern"})
    editor.save("basic_info", legal_name="Muster AG", country="CH", registration_number="CHE-1")
    shown = editor.get().text
    states = dict(re.findall(r'data-section="(\w+)" data-state="(\w+)"', shown))
    assert states["basic_info"] == "error"
    assert states["addresses"] == "partial"
    assert states["documents"] == "empty"
    wrong = editor.save("basic_info", legal_name="Muster AG")
    assert wrong.status_code == 422
    assert 'id="registration_number-wrong"' in wrong.text
    long = editor.save("basic_info", purpose="x" * 2001)
    assert "This is too long." in long.text


def test_two_editors_who_write_the_same_field_see_both_and_choose(sqlite_floor, editor):
    """INS2: other fields are merged; of the same field both values are shown."""
    editor.send("editors", {"email": "berta@example.org", "name": "Berta"}, page="editors")
    other = Editor(sqlite_floor)
    link = link_in_mail(sqlite_floor, editor.id, "/institution/open")
    assert other.client.get(link).url.path == editor.path
    other.path = editor.path
    assert "takes part" in editor.get("editors").text

    hers, his = editor.hidden("basic_info"), other.hidden("basic_info")
    url = f"{editor.path}/basic_info"
    assert editor.client.post(url, data={**hers, "industry": "wholesale", "legal_name": "Muster AG"}).status_code == 200
    merged = other.client.post(url, data={**his, "tax_number": "", "lei": "", "website": "muster.example"})
    assert merged.status_code == 200
    clash = other.client.post(url, data={**his, "legal_name": "Muster GmbH", "phone": "+41 31 1"})
    assert clash.status_code == 409
    assert "Muster AG" in clash.text
    assert "Muster GmbH" in clash.text
    fields = {n: html.unescape(v) for n, v in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', clash.text)}
    chosen = other.client.post(url, data={**fields, "choice:legal_name": "theirs"})
    assert chosen.status_code == 200
    with sqlite_floor.database.read() as db:
        held = read_section(db, editor.id, "basic_info").values
    assert (held["legal_name"], held["industry"], held["website"], held["phone"]) == (
        "Muster AG", "wholesale", "muster.example", "+41 31 1",
    )  # fmt: skip

    removed = re.search(r"editors/(edi_\w+)/remove", editor.get("editors").text)[0]
    editor.send(removed, page="editors")
    assert other.get("basic_info").url.path == "/sign-in"


def test_a_script_that_saves_is_told_the_version_the_states_and_what_is_wrong(editor):
    sent = {**editor.hidden("basic_info"), "legal_name": "Muster AG", "lei": "1"}
    url, asked = f"{editor.path}/basic_info", {"accept": "application/json"}
    told = editor.client.post(url, data=sent, headers=asked).json()
    assert told["version"] == 1
    assert told["kept"] == {"legal_name": "Muster AG", "lei": "1"}
    assert list(told["errors"]) == ["lei"]
    assert told["states"]["basic_info"] == {"state": "error", "words": "Something is wrong"}
    clash = editor.client.post(url, data={**sent, "legal_name": "Muster GmbH"}, headers=asked)
    assert (clash.status_code, clash.json()) == (409, {"clash": ["legal_name"]})


def test_people_verify_themselves_by_a_link_of_their_own(sqlite_floor, editor):
    """INS5: the institution sees the state, nothing else."""
    person = name_party(sqlite_floor, editor.id, roles=["officer"])
    page = f"key_people/{person}"
    assert "This is not a complete e-mail address." in editor.send(f"{page}/link", {"email": "ann"}, page=page).text
    sent = editor.send(f"{page}/link", {"email": "ann@example.org"}, page=page)
    assert "The link was not opened yet" in sent.text
    with sqlite_floor.database.read() as db:
        applicant = list_parties(db, editor.id)[0].applicant_id
    guest = Editor(sqlite_floor)
    assert guest.client.get(link_in_mail(sqlite_floor, applicant, "/verify/open")).url.path == "/verify/start"
    assert guest.get(editor.path).url.path == "/sign-in"
    with sqlite_floor.database.write() as db:
        db.query(Verification).filter_by(applicant_id=applicant).one().state = "verified"
    shown = editor.get(page).text
    assert "Verified by themselves" in shown
    assert "identity document is missing" not in editor.get("review_and_sign").text
    assert "is told that you are verified, and nothing else" in guest.client.get("/verify/result").text


def test_somebody_is_entered_once_with_all_roles_and_taken_out_again(editor):
    form = editor.hidden("key_people/new")
    said = {**form, "what": "person", "has_roles": "1", "roles": ["officer", "owner"], "name": "Ann Lee"}
    first, second = (editor.client.post(f"{editor.path}/key_people/new", data=said) for _ in range(2))
    assert first.url == second.url
    page = first.url.path.removeprefix(f"{editor.path}/")
    assert editor.save(page, name="Ann Lee", what="person", has_roles="1", roles="director").status_code == 200
    with editor.floor.database.read() as db:
        held = read_party(db, list_parties(db, editor.id)[0]).values
    assert (held["name"], held["roles"]) == ("Ann Lee", ["director"])
    assert "Please fill this in." in editor.save("key_people/new", what="person", name="").text
    assert "Ann Lee" not in editor.send(f"{page}/remove", page=page).text.split("<main")[1]


def test_a_file_that_is_none_is_refused_in_words_and_another_is_taken_back(editor):
    """INS10."""
    editor.save("type", kind="private_company", variant="company")
    wrong = editor.send(
        "documents/registration/files", files={"file": ("a.pdf", b"nothing", "application/pdf")}, page="documents"
    )
    assert wrong.status_code == 422
    assert "a.pdf:" in wrong.text
    assert "Please choose a file." in editor.send("documents/registration/files", page="documents").text
    editor.send("documents/registration/files", files={"file": ("a.pdf", pdf(), "application/pdf")}, page="documents")
    shown = editor.get("documents").text
    assert "a.pdf" in shown
    paper = re.search(r"papers/(pap_\w+)", shown)[1]
    assert editor.get(f"papers/{paper}").content == pdf()
    assert "a.pdf" not in editor.send(f"papers/{paper}/remove", page="documents").text


def test_a_question_is_answered_with_papers(editor):
    """INS3, INS16."""
    fill_in(editor.floor, editor.id)
    hand_over(editor.floor, editor.id)
    work_off(editor.floor)
    shown = editor.get().text
    assert "Under review" in shown
    assert editor.save("basic_info", legal_name="Other").status_code == 409
    with editor.floor.database.write() as db:
        claim_next(db, actor=ANNA)
        ask_institution(db, editor.id, actor=ANNA, text="Who is the second director?", origin=ORIGIN)
    shown = editor.get().text
    assert "We have a question" in shown
    assert "Who is the second director?" in shown
    assert "Please write an answer." in editor.send("answer/files", {"text": ""}).text
    files = {"file": ("more.pdf", pdf("more"), "application/pdf")}
    done = editor.send("answer/files", {"text": "Bo Sand."}, files=files)
    assert "Under review" in done.text, done.text[-3000:]
    assert "Bo Sand." in done.text


def test_what_was_refused_is_told_and_the_application_opened_again(editor):
    reviewed(editor, Outcome.REJECT, {"section:addresses": "details_wrong", "paper:": "paper_illegible"})
    shown = editor.get().text
    assert "Not approved as it is" in shown
    assert "Something that was entered is wrong or incomplete" in shown
    assert "The file cannot be read" in shown
    again = editor.send("reopen")
    assert "Your application" in again.text
    states = dict(re.findall(r'data-section="(\w+)" data-state="(\w+)"', again.text))
    assert (states["addresses"], states["documents"]) == ("error", "error")
    assert "The reviewer did not accept this." in editor.get("review_and_sign").text


def test_it_is_withdrawn_for_good(editor):
    assert "Withdrawn" in editor.send("withdraw").text
    assert (
        editor.send("withdraw", page=f"{editor.path}").status_code == 200 if "form_token" in editor.get().text else True
    )
    assert "data-section" not in editor.get().text


def test_another_authorised_user_is_named_after_approval(editor, clock):
    """INS14: access moves on approval only."""
    assert editor.get("user").status_code == 404
    reviewed(editor, Outcome.APPROVE)
    clock.move(minutes=1)
    assert "Verified" in editor.get().text
    assert "Please fill this in." in editor.save("user", name="", email="").text
    begun = editor.save("user", name="Bob Ray", email="bob@example.org")
    assert "What is needed" in begun.text
    assert begun.text.count("Needed") == 3
    assert "Something is missing" in editor.send("user/submit", page="user").text
    assert "Please choose a file." in editor.send("user/files", page="user").text
    files = {
        name: (f"{name}.pdf", pdf(f"new {name}"), "application/pdf")
        for name in ("authorisation", "identity_page", "proof_of_address")
    }
    assert "Needed" not in editor.send("user/files", files=files, page="user").text
    assert "The change is under review" in editor.send("user/submit", page="user").text
    with editor.floor.database.read() as db:
        assert find_change(db, editor.id).state == "under_review"
    back = editor.send("user/withdraw", page="user")
    assert "The last change was taken back." in back.text


def test_an_approved_institution_looks_through_its_application_again(editor):
    reviewed(editor, Outcome.APPROVE)
    assert editor.save("basic_info", website="x").status_code == 409
    with editor.floor.database.write() as db:
        begin_renewal(db, editor.id)
    shown = editor.get().text
    assert "You stay verified meanwhile." in shown
    assert 'data-section="basic_info"' in shown
    assert editor.save("basic_info", website="muster.example").status_code == 200
    editor.send("review_and_sign", {"signer": "Ann Lee"}, page="review_and_sign")
    assert "Verified" in editor.send("submit", page="review_and_sign").text


def test_several_applications_of_one_account_are_listed(sqlite_floor, editor):
    other = Editor.begun(sqlite_floor, email="other@example.org")
    save(sqlite_floor, other.id, "basic_info", {"legal_name": "Zweite AG"})
    other.send("editors", {"email": "office@example.org"}, page="editors")
    assert editor.client.get(link_in_mail(sqlite_floor, other.id, "/institution/open")).url.path == other.path
    shown = editor.get("/institution")
    assert shown.url.path == "/institution"
    assert "Zweite AG" in shown.text
