"""The applicant's pages as plain forms, from the link to the result."""

from flow_site import Visitor, drawn

from fourcorners.people import State
from fourcorners.people.queries import state_of


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
    assert visitor.post("/verify/review", {"declaration": "yes"}).url.path == "/verify/waiting"
    assert state_of(visitor.verification()) is State.UNDER_REVIEW
    assert "10 minutes" in visitor.get("/verify").text
