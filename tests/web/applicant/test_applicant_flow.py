"""The applicant's pages as plain forms, from the link to the result."""

import html
import io
import re
import tomllib
from dataclasses import replace

import pytest
from flow_site import Visitor, drawn
from PIL import Image

from cases import DETAILS
from clamd import TEST_VIRUS, clamd
from fourcorners.evidence.queries import list_uploads
from fourcorners.infra.scanning import open_scanner
from fourcorners.kit.canonical import sha256_hex
from fourcorners.people import State
from fourcorners.people.consents import has_agreed
from fourcorners.people.details import FIELDS
from fourcorners.people.letters import address_of
from fourcorners.people.models import Consent, Grant
from fourcorners.people.queries import find_applicant, get_verification, list_submissions, read_claims, state_of
from fourcorners.web.applicant import AREA
from signing_tools import add_customer


def test_the_flow_is_walked_in_order_and_kept_at_each_step(sqlite_floor):
    """IND1: residence and nationality, data, kind of document, capture, selfie and live check, review."""
    details, front, selfie = drawn()
    visitor = Visitor(sqlite_floor, sandbox=True)
    assert visitor.open().url.path == "/verify/start"
    assert "Without your consent" in visitor.post("/verify/start").text
    assert visitor.post("/verify/start", {"consent": "yes"}).url.path == "/verify/residence"
    after = visitor.post("/verify/residence", {"residence": "XU", "nationality": "XU"})
    assert after.url.path == "/verify/details"
    assert visitor.get("/verify").url.path == "/verify/details"
    wrong = visitor.post("/verify/details", {**details, "birth_date": "", "document_number": ""})
    assert wrong.status_code == 422
    assert wrong.text.count("Please fill this in.") == 4
    assert visitor.post("/verify/details", details).url.path == "/verify/document"
    after = visitor.post("/verify/document", {"country": "XU", "kind": "passport"})
    assert after.url.path == "/verify/capture/document_front"
    look = visitor.capture("document_front", front, "upload")
    assert look.url.path == "/verify/capture/document_front/look"
    assert visitor.get("/verify/picture/document_front").content == front
    after = visitor.post("/verify/capture/document_front/look")
    assert after.url.path == "/verify/capture/selfie"
    assert "must be taken with the camera" in visitor.capture("selfie", selfie, "upload").text
    assert visitor.capture("selfie", selfie).url.path == "/verify/capture/selfie/look"
    assert visitor.post("/verify/capture/selfie/look").url.path == "/verify/live"
    after = visitor.post("/verify/live/person", {"why": "motion"}, page="/verify/live")
    assert after.url.path == "/verify/review"
    assert "Please confirm" in visitor.post("/verify/review").text
    waiting = visitor.post("/verify/review", {"declaration": "yes"})
    assert waiting.url.path == "/verify/waiting"
    assert "At the latest on 1 November 2026, 09:10" in waiting.text, "IND6: the SLA is shown"
    assert state_of(visitor.verification()) is State.UNDER_REVIEW
    assert "10 minutes" in visitor.get("/verify").text


def test_who_presses_twice_goes_back_or_has_two_tabs_is_led_to_where_it_stands(sqlite_floor):
    details, front, selfie = drawn()
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.fill_in(details)
    assert visitor.get("/verify/capture/document_back").url.path == "/verify/capture/document_front", "it has no back"
    visitor.capture("document_front", front, "upload")
    visitor.capture("selfie", selfie)
    visitor.post("/verify/live/person", {"why": "motion"}, page="/verify/live")
    token = visitor.token("/verify/review")
    for _ in range(2):
        sent = visitor.client.post("/verify/review", data={"form_token": token, "declaration": "yes"})
        assert (sent.status_code, sent.url.path) == (200, "/verify/waiting")
    for page in (
        "start",
        "residence",
        "details",
        "document",
        "capture/selfie",
        "capture/selfie/look",
        "live",
        "review",
    ):
        assert visitor.get(f"/verify/{page}").url.path == "/verify/waiting", page
    late = visitor.client.post("/verify/details", data={**details, "family_name": "Other", "form_token": token})
    assert late.url.path == "/verify/waiting"
    late = visitor.client.post(
        "/verify/capture/selfie", data={"form_token": token, "source": "camera"}, files={"file": ("a.jpg", selfie)}
    )
    assert late.url.path == "/verify/waiting"
    with sqlite_floor.database.read() as db:
        assert len(list_submissions(db, visitor.case)) == 1
        assert read_claims(db, get_verification(db, visitor.case))["family_name"] == details["family_name"]
        assert len([upload for upload in list_uploads(db, visitor.case) if upload.item == "selfie"]) == 1


def test_ind4_a_prohibited_country_ends_it_before_anything_is_uploaded(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.open()
    visitor.post("/verify/start", {"consent": "yes"})
    refused = visitor.post("/verify/residence", {"residence": "KP", "nationality": "SE"})
    assert refused.status_code == 422
    assert "We cannot serve you there" in refused.text
    assert visitor.verification().residence is None
    assert visitor.get("/verify").url.path == "/verify/residence"


def test_the_country_of_specimens_is_for_the_sandbox(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.open()
    visitor.post("/verify/start", {"consent": "yes"})
    assert "Utopia" not in visitor.get("/verify/residence").text
    assert visitor.post("/verify/residence", {"residence": "XU", "nationality": "SE"}).status_code == 422


def test_idp1_the_documents_of_a_country_are_offered_and_no_others(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.fill_in(drawn()[0], country="SE")
    shown = visitor.get("/verify/document?country=GB").text
    assert 'value="passport"' in shown
    assert 'value="identity_card"' not in shown
    wrong = visitor.post("/verify/document", {"country": "GB", "kind": "identity_card"})
    assert "choose one of these documents" in wrong.text


def test_somebody_too_young_is_told_so(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.fill_in({**drawn()[0], "birth_date": "2015-01-01"}, country="SE")
    young = visitor.post("/verify/details", {**drawn()[0], "birth_date": "2015-01-01"})
    assert "18 years old or older" in young.text


def test_every_detail_has_its_field_its_error_and_its_last_look(sqlite_floor):
    """`people.details.FIELDS` is their one list: a field that the page, the box of errors or the review lacks fails."""
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.fill_in(DETAILS)
    form = visitor.get("/verify/details").text.partition('action="/verify/details"')[2].partition("</form>")[0]
    assert tuple(re.findall(r'<(?:input|select) (?!type="hidden")[^>]*name="(\w+)"', form)) == FIELDS
    wrong = visitor.post("/verify/details", dict.fromkeys(FIELDS, "?" * 201))
    box = wrong.text.partition('role="alert"')[2].partition("</div>")[0]
    links = re.findall(r'href="#([^"]+)"', box)
    assert tuple(link.partition("-")[0] for link in links) == FIELDS
    assert [link for link in links if f'id="{link}"' not in wrong.text] == []
    full = {**DETAILS, "local_name": "Анна", "sex": "F"}
    visitor.post("/verify/details", full)
    last_look = html.unescape(visitor.get("/verify/review").text)
    shown = {**full, "birth_date": "12 August 1974", "sex": "Female"}
    assert [field for field, value in shown.items() if value not in last_look] == []


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"no picture", "not accepted"), (b"\xff\xd8\xff\xe0 broken", "incomplete")],
)
def test_fai1_a_file_that_is_no_picture_is_told_on_its_field(sqlite_floor, data, said):
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.fill_in(drawn()[0])
    answer = visitor.capture("document_front", data, "upload")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert visitor.get("/verify/picture/document_front").status_code == 404


def test_a_file_that_the_virus_scanner_stops_is_told_on_its_field(sqlite_floor, tmp_path_factory):
    with clamd(tmp_path_factory.mktemp("c") / "s") as (url, _):
        visitor = Visitor(replace(sqlite_floor, scanner=open_scanner(url)), sandbox=True)
        visitor.fill_in(drawn()[0])
        answer = visitor.capture("document_front", b"no picture " + TEST_VIRUS, "upload")
    away = visitor.capture("document_front", drawn()[1], "upload")
    assert (answer.status_code, away.status_code) == (422, 422)
    assert "A virus scanner stopped this file" in answer.text
    assert "cannot be checked for viruses just now" in away.text
    assert visitor.get("/verify/picture/document_front").status_code == 404


def test_each_step_leads_back_to_the_one_before(sqlite_floor):
    visitor = Visitor(sqlite_floor, sandbox=True, level_wanted=3)
    visitor.fill_in(drawn()[0])
    before = {"residence": None, "details": "/verify/residence", "document": "/verify/details"}
    before |= {"capture/document_front": "/verify/document", "capture/selfie": "/verify/capture/document_front"}
    before |= {"address": "/verify/capture/selfie", "review": "/verify/address"}
    for path, back in before.items():
        link = re.search(r'<a class="touch back" href="([^"]+)"', visitor.get(f"/verify/{path}").text)
        assert (link and link[1]) == back, path


def test_a_doubtful_photo_is_told_before_it_is_used(sqlite_floor):
    """IDP8: the words of the hint that the live preview would have given."""
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.fill_in(drawn()[0])
    dark = io.BytesIO()
    Image.open(io.BytesIO(drawn()[1])).convert("RGB").point(lambda level: level // 6).save(dark, "JPEG", quality=95)
    look = visitor.capture("document_front", dark.getvalue())
    assert "This photo may be refused" in look.text
    assert "Use it anyway" in look.text


def test_consents_are_kept_with_version_text_and_language(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.open()
    visitor.post("/verify/start?lang=de", {"consent": "yes"}, page="/verify/start?lang=de")
    with sqlite_floor.database.read() as db:
        (consent,) = db.query(Consent).all()
        assert has_agreed(db, visitor.applicant, "biometric")
    assert (consent.kind, consent.locale, consent.text_version) == ("biometric", "de", "2026-11")
    words = tomllib.loads((AREA.folder / "messages" / "de.toml").read_text(encoding="utf-8"))
    assert consent.text_sha256 == sha256_hex(words["start"]["consent_text"].encode())


def test_a_link_is_for_one_applicant_runs_out_and_cannot_be_guessed(sqlite_floor, clock):
    one, other = Visitor(sqlite_floor), Visitor(sqlite_floor)
    without = one.get("/verify")
    assert (without.status_code, "Please open the link that you were sent." in without.text) == (404, True)
    for forged in ("x", one.secret[:-1], one.secret + "a", "%00", "a" * 5000):
        assert one.get(f"/verify/open/{forged}").status_code == 410
    one.open()
    other.open()
    one.post("/verify/start", {"consent": "yes"})
    assert other.get("/verify").url.path == "/verify/start"
    clock.move(hours=13)
    assert one.get("/verify").status_code == 404, "the browser's cookie has run out"
    assert one.open().url.path == "/verify/residence"
    clock.move(days=15)
    assert one.open().status_code == 410


def test_a_new_qr_code_takes_back_the_one_before_it(sqlite_floor):
    visitor = Visitor(sqlite_floor)
    visitor.open()
    assert "<svg" in visitor.post("/verify/phone", page="/verify/start").text
    visitor.post("/verify/phone", page="/verify/start")
    with sqlite_floor.database.read() as db:
        grants = db.query(Grant).filter(Grant.kind == "phone").order_by(Grant.created_at, Grant.id).all()
    assert [grant.ended_at is None for grant in grants] == [False, True]


def test_a_customer_who_is_signed_in_needs_no_link(sqlite_floor):
    customer, opened = add_customer(sqlite_floor.database)
    client = Visitor(sqlite_floor).client
    client.cookies.set("fc_session", opened.token)
    assert client.get("/verify").url.path == "/verify/start"
    with sqlite_floor.database.read() as db:
        mine = find_applicant(db, account_id=customer)
        assert mine is not None
        assert address_of(db, mine) == "cleo@example.org"
    assert client.get("/verify").url.path == "/verify/start", "and gets one verification, not two"
