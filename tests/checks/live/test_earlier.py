"""A session is known again by its movements, however it was filmed or encoded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_tracks import make_track

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.earlier import SignatureInvalid, difference, signature
from fourcorners.checks.live.movements import curves_of

LIMIT = limits_for("live", "earlier")["difference_deg_max"]
MOVES = [("right", 1, 2.2, 28), ("left", 3, 4.2, 26), ("down", 5, 6, 15)]


def signature_of(**how):
    return signature(curves_of(make_track(7, how.pop("moves", MOVES), **how)))


def test_the_same_session_again():
    own = signature_of()
    assert difference(own, own) == 0
    assert difference(own, signature_of(fps=25)) < LIMIT  # another rate, and noise of its own
    assert difference(own, own[24:]) < LIMIT  # cut at the start


def test_the_same_challenge_done_again_is_another_session():
    again = [("right", 0.8, 2.3, 34), ("left", 3.3, 4.2, 22), ("down", 4.9, 6.1, 18)]
    assert difference(signature_of(), signature_of(moves=again)) > LIMIT


def test_two_heads_at_rest_tell_nothing():
    assert difference(signature_of(moves=[]), signature_of(moves=[], seed=1)) is None
    assert difference(signature_of(), "") is None


@pytest.mark.parametrize("text", ["?", "abc", "AA==", "é"])
def test_what_is_no_signature_is_refused(text):
    with pytest.raises(SignatureInvalid):
        difference(signature_of(), text)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_is_compared_or_refused(text):
    try:
        value = difference(text, text)
    except SignatureInvalid:
        value = None
    assert value is None or value >= 0
