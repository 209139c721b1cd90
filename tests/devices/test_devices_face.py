"""The face at the door, on a database: when it is asked for, what passes, what is counted, who goes another way."""

from dataclasses import replace
from secrets import SystemRandom

import pytest

from device_tools import ABROAD, HOME, come, first_device, half_open, mails, vector, verify, wording
from fourcorners.checks.live import LiveResult, ResultCode
from fourcorners.devices.actions import Offers, answer_link, begin_face, end_face, go_without_camera
from fourcorners.devices.errors import FactorNotAsked, RequestOver
from fourcorners.devices.queries import get_request, knock_of
from fourcorners.evidence.errors import LiveCheckOver, TooManyChallenges
from fourcorners.evidence.queries import list_live_checks, list_uploads
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.errors import NotFound
from fourcorners.people.queries import get_applicant, get_verification_of
from signing_keys import BrowserKey

CAMERA = Offers(camera=True)
PASSED = LiveResult(ResultCode.PASSED, (), (), (), "")
FACE = vector(1)


@pytest.fixture
def person(floor):
    """An account whose person is verified: account, applicant."""
    account, _, _ = first_device(floor.database)
    return account, verify(floor, account, FACE)


def knocking(database, *, mailed=True, offers=CAMERA, seen=ABROAD):
    key, half = BrowserKey(), half_open(database)
    request = come(database, key, half, seen, offers=offers).request
    if mailed and "email" in request.needed:
        with database.write() as db:
            answer_link(db, mails(database)[-1].text, allowed=True, wording=wording)
    return key, half, request


def look(database, half, request, face=FACE, result=PASSED, seen=ABROAD):
    """One live check from beginning to end."""
    with database.write() as db:
        check, _ = begin_face(db, request.id, half.session, actor=half.account, draw=SystemRandom())
    with database.write() as db:
        return end_face(db, check, request.id, half.session, result, face, seen, actor=half.account)


def test_whoever_is_verified_and_has_a_camera_is_asked_for_face_and_mailbox(floor, person):
    """DEV3, DEV7: the server chooses; with both shown the device comes in, and no picture is kept."""
    database, (_, applicant) = floor.database, person
    key, half, request = knocking(database)
    assert (request.method, request.needed) == ("face", ["email", "face"])
    assert come(database, key, half, ABROAD).opened is None
    faced = look(database, half, request)
    assert (faced.code, faced.knock.status) == (ResultCode.PASSED, "approved")
    assert come(database, key, half, ABROAD).opened is not None
    with database.read() as db:
        (check,) = list_live_checks(db, applicant)
        assert (check.purpose, check.session, check.case_id) == ("login_new_device", half.session, request.id)
        assert check.portrait_upload_id is None
        assert list_uploads(db, request.id) == []
        assert verify_chain(db).broken_at is None


@pytest.mark.parametrize("why", ["no camera", "not verified", "no face kept", "held", "seen by a person"])
def test_who_cannot_be_asked_for_the_face_is_asked_for_something_else(floor, why):
    """DEV3, FR6."""
    database = floor.database
    account, _, _ = first_device(database)
    if why != "not verified":
        owner = verify(floor, account, None if why == "no face kept" else FACE)
        with database.write() as db:
            get_applicant(db, owner).hold = why == "held"
            if why == "seen by a person":
                get_verification_of(db, owner).challenge_policy = "person"
    _, _, request = knocking(database, offers=Offers(camera=why != "no camera"))
    assert (request.method, request.needed) == ("device", ["device"])


def test_another_face_and_another_network_do_not_pass_and_are_told_apart(floor, person):
    """DEV7, FR2: `mismatch` and `ip_mismatch`."""
    database = floor.database
    _, half, request = knocking(database)
    assert look(database, half, request, face=vector(2)).code is ResultCode.MISMATCH
    assert look(database, half, request, seen=HOME).code is ResultCode.IP_MISMATCH
    assert look(database, half, request, face=None).code is ResultCode.NO_FACE
    dark = replace(PASSED, code=ResultCode.TOO_DARK)
    assert look(database, half, request, result=dark).code is ResultCode.TOO_DARK
    with database.read() as db:
        assert get_request(db, request.id).shown == ["email"]


def test_a_result_is_good_once_for_its_own_request_and_session(floor, person):
    """FR1."""
    database, (account, _) = floor.database, person
    _, half, request = knocking(database)
    _, other_half, other = knocking(database, mailed=False)

    def end(check, asked, session):
        with database.write() as db:
            return end_face(db, check, asked.id, session.session, PASSED, FACE, ABROAD, actor=account)

    with database.write() as db:
        check, _ = begin_face(db, request.id, half.session, actor=account, draw=SystemRandom())
    with pytest.raises(LiveCheckOver):
        end(check, other, other_half)
    with pytest.raises(NotFound):
        end(check, request, other_half)
    assert end(check, request, half).code is ResultCode.PASSED
    with pytest.raises(LiveCheckOver):
        end(check, request, half)
    with database.read() as db:
        assert get_request(db, other.id).shown == []


def test_a_pass_is_over_after_five_minutes(floor, person, clock):
    """FR1."""
    database = floor.database
    key, half, request = knocking(database, mailed=False)
    assert look(database, half, request).code is ResultCode.PASSED
    clock.move(minutes=6)
    with database.write() as db:
        answer_link(db, mails(database)[-1].text, allowed=True, wording=wording)
    with database.read() as db:
        assert knock_of(get_request(db, request.id)).missing == {"face"}
    assert come(database, key, half, ABROAD).opened is None
    assert look(database, half, request).knock.status == "approved"
    clock.move(minutes=3)
    assert come(database, key, half, ABROAD).opened is not None


def test_five_fails_lock_the_face_for_two_hours_and_other_things_are_asked_for(floor, person, clock):
    """FR3: what the network or another network did does not count."""
    database = floor.database
    _, half, request = knocking(database)
    late = replace(PASSED, code=ResultCode.NETWORK_TIMEOUT)
    assert look(database, half, request, result=late).standing.remaining == 5
    assert look(database, half, request, seen=HOME).standing.remaining == 5
    for left in (4, 3, 2, 1, 0):
        faced = look(database, half, request, face=vector(2))
        assert faced.standing.remaining == left
        assert faced.standing.offers_review == (left <= 3)
    assert (faced.standing.locked_until - clock.now).total_seconds() == 2 * 3600
    with pytest.raises(TooManyChallenges):
        look(database, half, request)
    assert knocking(database)[2].method == "device"
    clock.move(hours=2)
    assert knocking(database)[2].method == "face"


def test_the_way_without_a_camera_asks_for_other_things_and_keeps_what_was_shown(floor, person):
    """FR6: and the server still chooses."""
    database, (account, _) = floor.database, person
    key, half, request = knocking(database)
    with database.write() as db:
        other = go_without_camera(db, request.id, half.session, ABROAD, CAMERA, actor=account, wording=wording)
        assert (other.method, other.needed, other.status) == ("device", ["device"], "pending")
        assert get_request(db, request.id).status == "cancelled"
    with pytest.raises(RequestOver), database.write() as db:
        begin_face(db, request.id, half.session, actor=account, draw=SystemRandom())
    with pytest.raises(FactorNotAsked), database.write() as db:
        begin_face(db, other.id, half.session, actor=account, draw=SystemRandom())
    with pytest.raises(FactorNotAsked), database.write() as db:
        go_without_camera(db, other.id, half.session, ABROAD, CAMERA, actor=account, wording=wording)
    assert come(database, key, half, ABROAD, offers=CAMERA).request.id == other.id
