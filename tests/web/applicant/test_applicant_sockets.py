"""The sockets behind the camera: whose they are, what they take, how an attempt is kept (IDP8, FR1, FR3, FR5, FR6)."""

import io
import struct
import time

import pytest
from flow_site import Visitor, drawn
from PIL import Image
from starlette.websockets import WebSocketDisconnect

from fourcorners.evidence.live_checks import standing_of
from fourcorners.evidence.queries import list_live_checks
from fourcorners.kit.data import load_toml
from fourcorners.people import Item
from fourcorners.people.queries import item_states
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.heads3d import AnsweringHead

ORIGIN = {"origin": "http://testserver"}


def small(picture, size=640):
    image = Image.open(io.BytesIO(picture))
    image.thumbnail((size, size))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def visitor(sqlite_floor):
    visitor = Visitor(sqlite_floor, sandbox=True)
    visitor.fill_in(drawn()[0])
    return visitor


def attend(visitor, does=None, frames=600, leave_after=None):
    """One attempt at a live check, by a head that does what is shown or `does`; the last message."""
    head, asked, told = AnsweringHead(0, seed=4, size=(360, 480), fps=10), 0, {}
    with visitor.client.websocket_connect("/verify/live/socket?lang=en", headers=ORIGIN) as socket:
        told = socket.receive_json()
        for number in range(frames):
            if told["type"] in ("result", "locked") or number == leave_after:
                return told
            at_s, pixels = head.frame()
            socket.send_bytes(struct.pack("<d", at_s) + jpeg(pixels, 90))
            told = socket.receive_json()
            if told.get("phase") == "over":
                return socket.receive_json()
            if told.get("step") and told["done"] == asked:
                head.ask(does or told["step"], told["dot"])
                asked += 1
    return told


def codes_of(visitor, floor):
    """How each live check of the visitor ended."""
    with floor.database.read() as db:
        return [check.code for check in list_live_checks(db, visitor.applicant)]


def wait_until(holds, patience_s=20):
    """Until it holds, or patience is at an end."""
    until = time.monotonic() + patience_s
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)


def test_a_frame_is_answered_with_a_hint_its_words_and_the_outline(visitor):
    _, front, _ = drawn()
    with visitor.client.websocket_connect("/verify/capture/document_front/socket?lang=de", headers=ORIGIN) as socket:
        told = []
        for _ in range(5):
            socket.send_bytes(small(front))
            told.append(socket.receive_json())
    assert told[-1]["hint"] == "ready"
    assert told[-1]["ready"]
    assert told[0]["words"] == load_toml("fourcorners.verdict.locales", "de.toml")["hints"][told[0]["hint"]]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in told[-1]["shape"])


@pytest.mark.parametrize("path", ["/verify/capture/document_front/socket", "/verify/live/socket"])
def test_a_socket_is_for_whoever_opened_the_link_and_for_our_own_pages(visitor, sqlite_floor, path):
    stranger = Visitor(sqlite_floor)
    for client, headers in ((stranger.client, ORIGIN), (visitor.client, {"origin": "http://elsewhere"})):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers=headers):
            pass


@pytest.mark.parametrize("data", [b"", b"x" * 300_001, "text"])
def test_what_is_no_frame_or_too_large_closes_the_socket(visitor, data):
    path = "/verify/capture/selfie/socket"
    with visitor.client.websocket_connect(path, headers=ORIGIN) as socket:
        socket.send_text(data) if isinstance(data, str) else socket.send_bytes(data)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 1008


def test_a_broken_picture_is_answered_without_a_hint_and_the_preview_goes_on(visitor):
    with visitor.client.websocket_connect("/verify/capture/selfie/socket", headers=ORIGIN) as socket:
        socket.send_bytes(b"\xff\xd8\xff broken")
        assert socket.receive_json() == {"hint": None, "shape": None, "ready": False, "words": ""}
        socket.send_bytes(small(drawn()[2]))
        assert socket.receive_json()["shape"]


def test_who_follows_the_steps_passes_and_the_portrait_is_kept(visitor, sqlite_floor):
    for _ in range(3):  # steps are drawn by chance, and some are read wrongly, as of people
        if (told := attend(visitor))["code"] == "passed":
            break
    assert (told["type"], told["code"]) == ("result", "passed")
    with sqlite_floor.database.read() as db:
        check = list_live_checks(db, visitor.applicant)[-1]
        assert item_states(db, visitor.case)[Item.LIVE] == "given"
    assert check.portrait_upload_id is not None
    assert check.session.startswith("gra_")
    assert check.purpose == "kyc"


def test_fr3_fails_are_counted_a_person_is_offered_after_two_and_five_lock(visitor, sqlite_floor, clock):
    refused = visitor.post("/verify/live/person", {"why": "failed"}, page="/verify/live")
    assert refused.status_code == 404
    for left in (4, 3, 2, 1):
        told = attend(visitor, does="blink")
        assert told["code"] != "passed"
        assert told["remaining"] == left
        assert told["offers_review"] == (left <= 3)
    assert "compare your pictures" in visitor.get("/verify/live").text
    assert attend(visitor, does="blink")["locked_until"] == "2026-11-01T11:00:00+00:00"
    assert attend(visitor)["type"] == "locked"
    assert "Too many tries" in visitor.get("/verify/live").text
    after = visitor.post("/verify/live/person", {"why": "failed"}, page="/verify/live")
    assert after.status_code == 200
    with sqlite_floor.database.read() as db:
        assert item_states(db, visitor.case)[Item.LIVE] == "given"
    clock.move(hours=2)
    with sqlite_floor.database.read() as db:
        assert standing_of(db, visitor.applicant, "kyc").may_try


def test_who_breaks_off_has_not_failed_but_cannot_begin_for_ever(visitor, sqlite_floor):
    attend(visitor, leave_after=2)
    wait_until(lambda: codes_of(visitor, sqlite_floor) != [None])  # the socket's end is told after we have left
    assert codes_of(visitor, sqlite_floor) == ["network_timeout"]
    with sqlite_floor.database.read() as db:
        assert standing_of(db, visitor.applicant, "kyc").remaining == 5
    for _ in range(load_toml("fourcorners.evidence", "live.toml")["issued_max_in_24h"] - 1):
        attend(visitor, leave_after=0)
    assert attend(visitor)["type"] == "locked"


def test_fr6_whoever_cannot_move_goes_on_without_at_once(visitor, sqlite_floor):
    after = visitor.post("/verify/live/person", {"why": "motion"}, page="/verify/live")
    assert after.status_code == 200
    assert visitor.verification().challenge_policy == "person"
    with sqlite_floor.database.read() as db:
        (check,) = list_live_checks(db, visitor.applicant)
        assert check.code is None
        assert item_states(db, visitor.case)[Item.LIVE] == "given"
