"""A head that goes after the dot on its path is seen to; one that went after another path, or stays, is not."""

import numpy as np
import pytest
from live_tracks import FPS, make_track

from fourcorners.checks.live import Challenge, dot_path, judge_track
from fourcorners.checks.live.dot import followed
from fourcorners.checks.live.movements import Curves, Movement
from fourcorners.checks.live.steps import follow

NONCES = [f"nonce {i}" for i in range(40)]


def behind(nonce, *, at_s=2.0, late_s=0.5, turn=(16.0, 9.0), seconds=14.0, trembles=0.5):
    """Curves of a head that follows the dot of a nonce from `at_s` on."""
    times = np.arange(0, seconds, 1 / FPS)
    noise = np.random.default_rng(1).normal(0, trembles, (len(times), 2))
    faced = dot_path(nonce).at(times - at_s - late_s) * turn + noise
    still = np.ones(len(times))
    return Curves(times, faced[:, 0], faced[:, 1], still, still, faced)


def asked(steps, nonce, movements, curves, **how):
    return [(s.passed, s.instead) for s in follow(Challenge(steps, nonce, **how), movements, 0.0, curves)]


def test_a_path_belongs_to_its_nonce_and_stays_within_its_field():
    paths = [dot_path(nonce) for nonce in NONCES]
    assert dot_path(NONCES[0]) == paths[0]
    assert len({path.knots for path in paths}) == len(paths)
    for path in paths:
        times, x, y = np.array(path.knots).T
        assert (np.diff(times) > 0).all()
        assert np.abs([x, y]).max() <= 1
        assert min(np.ptp(x), np.ptp(y)) >= 1.3
        assert (path.knots[0][1:], path.knots[-1][1:]) == ((0.0, 0.0), (0.0, 0.0))
        assert 4 < path.length_s < 7


@pytest.mark.parametrize("late_s", [0.15, 0.5, 1.2])
def test_who_goes_after_the_dot_is_seen_to(late_s):
    for nonce in NONCES[:10]:
        found = followed(behind(nonce, late_s=late_s), dot_path(nonce), 2.1, 3.6)
        assert abs(found.start_s - 2.0 - late_s) < 0.25
        assert found.amount > 0.9


def test_another_path_is_not_this_one():
    pairs = [(one, other) for one in NONCES for other in NONCES if one != other]
    agreed = [one for one, other in pairs if followed(behind(one), dot_path(other), 2.1, 3.6)]
    assert len(agreed) <= 0.005 * len(pairs)


@pytest.mark.parametrize("turn", [(0, 0), (16, 0), (0, 9), (2, 1), (-16, 9), (16, -9)])
def test_both_axes_must_turn_far_enough_and_the_right_way(turn):
    assert followed(behind(NONCES[0], turn=turn), dot_path(NONCES[0]), 2.1, 3.6) is None


def test_a_path_that_is_not_at_its_end_is_not_followed_yet():
    assert followed(behind(NONCES[0], seconds=5.0), dot_path(NONCES[0]), 2.1, 3.6) is None


def test_the_dot_has_its_place_among_the_steps():
    nonce = NONCES[0]
    curves, turn = behind(nonce), Movement("left", 10.0, 11.0, 30.0)
    on_its_way = [Movement("left", 3.2, 4.5, 20.0), Movement("down", 7.0, 9.5, 12.0)]
    assert asked(("dot", "left"), nonce, [*on_its_way, turn], curves) == [(True, None), (True, None)]
    assert asked(("dot", "left"), nonce, on_its_way, curves) == [(True, None), (False, None)]
    before = Movement("up", 0.5, 1.5, 20.0)
    assert asked(("dot", "left"), nonce, [before, *on_its_way, turn], curves) == [(False, "up"), (False, None)]
    assert asked(("up", "dot"), nonce, [before, *on_its_way], curves) == [(True, None), (True, None)]


def test_it_is_looked_for_from_when_it_was_shown():
    nonce = NONCES[0]
    assert asked(("dot",), nonce, [], behind(nonce), shown_s=(2.0,)) == [(True, None)]
    assert asked(("dot",), nonce, [], behind(nonce), shown_s=(-0.5,)) == [(False, None)]
    assert asked(("dot",), nonce, [], behind(nonce), shown_s=(2.7,)) == [(False, None)]
    assert asked(("dot",), nonce, [], behind(nonce), shown_s=(np.inf,)) == [(False, None)]


def test_without_curves_nobody_follows_and_a_head_that_stays_does_not_either():
    assert asked(("dot",), NONCES[0], [], None) == [(False, None)]
    result = judge_track(make_track(9), Challenge(("dot",), NONCES[0]))
    assert (result.passed, result.reasons) == (False, ("action_not_followed",))
