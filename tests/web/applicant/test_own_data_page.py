"""The applicant's own page about their data: the consent is shown, and taken back with one press."""

from flow_site import Visitor, drawn

from cases import because, fill_in, finished_run, picture
from fourcorners.clearance.actions import settle
from fourcorners.people import Item, ItemState
from fourcorners.people.actions import submit
from fourcorners.people.consents import BIOMETRIC, has_agreed
from fourcorners.people.queries import item_states


def test_the_consent_is_taken_back_with_one_press_and_can_be_given_again(sqlite_floor):
    details, front, selfie = drawn()
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.open()
    assert "You have not agreed" in visitor.get("/verify/data").text
    visitor.fill_in(details)
    visitor.capture("document_front", front, "upload")
    visitor.capture("selfie", selfie)
    page = visitor.get("/verify/data").text
    assert "On 1 November 2026 you agreed to this" in page
    assert "have not sent yet are deleted" in page
    assert 'href="/verify/data"' in visitor.get("/verify/live").text, "each page leads there"
    after = visitor.post("/verify/data/consent", page="/verify/data")
    assert after.url.path == "/verify/data"
    assert "You took your consent back on 1 November 2026" in after.text
    assert "Take my consent back" not in after.text
    with sqlite_floor.database.read() as db:
        assert not has_agreed(db, visitor.applicant, BIOMETRIC)
        assert item_states(db, visitor.case)[Item.SELFIE] is ItemState.MISSING
    for page in ("", "/live"):
        assert visitor.get(f"/verify{page}").url.path == "/verify/start"
    assert visitor.capture("document_front", front, "upload").url.path == "/verify/start"
    assert visitor.post("/verify/start", {"consent": "yes"}).url.path == "/verify/capture/selfie"
    assert "Take my consent back" in visitor.get("/verify/data").text


def test_it_reads_in_each_language_and_belongs_to_one_person(sqlite_floor):
    visitor = Visitor(sqlite_floor, sandbox=True)
    without = visitor.get("/verify/data")
    assert (without.status_code, 'href="/sign-in?next=/verify"' in without.text) == (404, True)
    assert "may be mistyped" in visitor.get("/verify/nothing").text
    visitor.open()
    assert "Show a code" in visitor.get("/verify/phone").text, "read again, the code is asked for anew"
    for locale, title in (("de", "Ihr Einverständnis"), ("fr", "votre accord"), ("ar", "وموافقتك")):
        assert title in visitor.get(f"/verify/data?lang={locale}").text


def test_who_must_do_something_again_can_agree_first_and_goes_on(sqlite_floor):
    """Whoever took the consent back, or never gave it here, is not led in a circle."""
    visitor = Visitor(sqlite_floor)
    fill_in(sqlite_floor, visitor.case)
    with sqlite_floor.database.write() as db:
        submission = submit(db, visitor.case, actor=visitor.applicant).id
    run = finished_run(sqlite_floor, visitor.case, submission, "resubmit", [because("glare")])
    with sqlite_floor.database.write() as db:
        settle(db, run)
    assert visitor.open().url.path == "/verify/result"
    assert visitor.capture("document_front", picture(), "upload").url.path == "/verify/start"
    assert visitor.post("/verify/start", {"consent": "yes"}).url.path == "/verify/result"
    with sqlite_floor.database.read() as db:
        assert has_agreed(db, visitor.applicant, BIOMETRIC)
