"""FR1, FR3, FR4, FR5: what counts, when a lock comes and goes, what a pass opens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.live.attempts import Attempt, Pass, PurposeUnknown, app_is_current, purposes, standing
from fourcorners.checks.live.results import ResultCode, counts

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
FAIL, OTHER = ResultCode.LIVENESS_FAILED, ResultCode.NETWORK_TIMEOUT


def at(hours):
    return START + timedelta(hours=hours)


def fails(*hours, code=FAIL, purpose="kyc"):
    return [Attempt(purpose, at(h), code) for h in hours]


def test_fr1_purposes_and_what_a_pass_opens():
    assert purposes() == ("kyc", "login_new_device", "security_change", "passkey_setup", "reverify")
    opened = Pass("kyc", "s1", START)
    assert opened.holds("kyc", "s1", START + timedelta(minutes=5))
    assert not opened.holds("kyc", "s1", START + timedelta(minutes=5, seconds=1))
    assert not opened.holds("kyc", "s1", START - timedelta(seconds=1))
    assert not opened.holds("reverify", "s1", START)
    assert not opened.holds("kyc", "s2", START)


@pytest.mark.parametrize(
    ("attempts", "now", "remaining", "until", "review"),
    [
        ([], 0, 5, None, False),
        (fails(0), 1, 4, None, False),
        (fails(0, 1), 2, 3, None, True),  # FR5
        (fails(0, 1, 2, 3), 3, 1, None, True),
        (fails(0, 1, 2, 3, 4), 4, 0, 6, True),  # FR3: the first lock, two hours
        (fails(0, 1, 2, 3, 4), 5.99, 0, 6, True),
        (fails(0, 1, 2, 3, 4), 6, 5, None, False),  # and over it is
        (fails(0, 1, 2, 3, 4, 5), 6, 5, None, False),  # tried during the lock: does not count
        (fails(0, 1, 2, 3, 4, 7, 8, 9, 10, 11), 11, 0, 35, True),  # the second lock, a day
        (fails(0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 36, 37, 38, 39, 40), 40, 0, 64, True),  # and every other
        (fails(0, 1, 2, 3, 4, 300, 301, 302, 303, 304), 304, 0, 306, True),  # long after, a first one again
        (fails(0, 1, 2, 3, 24), 24, 1, None, True),  # the oldest is a day old
        (fails(0, 1, 2, 3), 30, 5, None, False),
        (fails(0, 1, 2, 3, 4, code=OTHER), 4, 5, None, False),
        (fails(0, 1, 2, 3, 4, purpose="reverify"), 4, 5, None, False),
        (fails(0, 1, 2, 3, 4), 3.5, 1, None, True),  # what is still to come is not known yet
    ],
)
def test_fr3_fails_and_locks(attempts, now, remaining, until, review):
    stands = standing(attempts, "kyc", at(now))
    assert stands.remaining == remaining
    assert stands.locked_until == (None if until is None else at(until))
    assert stands.may_try is (until is None)
    assert stands.offers_review is review


@pytest.mark.parametrize(
    "code",
    ["no_permission_camera", "no_permission_album", "no_permission_storage", "app_outdated", "network_timeout",
     "ip_mismatch", "passed", "attempts_exceeded"],
)  # fmt: skip
def test_fr3_faults_of_permission_and_network_do_not_count(code):
    assert not counts(ResultCode(code))
    assert standing(fails(0, 1, 2, 3, 4, 5, code=ResultCode(code)), "kyc", at(6)).remaining == 5


def test_an_unknown_purpose_is_refused():
    with pytest.raises(PurposeUnknown):
        standing([], "curiosity", START)


@given(st.lists(st.tuples(st.floats(0, 400), st.sampled_from(list(ResultCode))), max_size=40), st.floats(0, 500))
def test_whatever_happened_the_count_is_between_none_and_five_and_a_lock_ends(history, now):
    attempts = [Attempt("kyc", at(h), code) for h, code in history]
    stands = standing(attempts, "kyc", at(now))
    assert 0 <= stands.remaining <= 5
    assert stands.may_try == (stands.remaining > 0)
    assert stands.locked_until is None or at(now) < stands.locked_until <= at(now + 24)
    assert standing(reversed(attempts), "kyc", at(now)) == stands
    assert standing(attempts, "kyc", at(now + 24.01 + 400)).may_try


@pytest.mark.parametrize(
    ("version", "current"),
    [("1.0.0", True), ("1.0", True), ("2", True), ("1.10.3", True), ("0.9.9", False), ("", False), ("new", False),
     ("1.x", False), ("²", False)],
)  # fmt: skip
def test_fr4_an_old_app_does_not_open_the_camera(version, current):
    assert app_is_current(version) is current
