"""A clip passes when all steps were done and nothing speaks against it; doubt fails it."""

from dataclasses import replace

import pytest
from live_tracks import make_track, portrait

from fourcorners.checks.live import Challenge, HelpGroup, ResultCode, judge_track
from fourcorners.vision.clips import Track

MOVES = [("right", 1, 2.2, 28), ("left", 3, 4.2, 26), ("nod", 5, 5.9, 14)]
STEPS = Challenge(("right", "left", "nod"))


def test_a_followed_challenge_passes():
    result = judge_track(make_track(7, MOVES), STEPS)
    assert result.passed
    assert result.to_dict()["reasons"] == []
    assert [s["name"] for s in result.to_dict()["steps"]] == ["right", "left", "nod"]
    assert all(s.passed for s in result.steps)


@pytest.mark.parametrize("steps", [("left", "right", "nod"), ("right", "nod", "left"), ("right", "left", "up", "down")])
def test_another_challenge_does_not(steps):
    result = judge_track(make_track(7, MOVES), Challenge(steps))
    assert (result.code, result.reasons) == (ResultCode.ACTION_NOT_FOLLOWED, ("action_not_followed",))


def test_a_sign_fails_a_followed_challenge():
    track = replace(make_track(7, MOVES), portraits=tuple(replace(portrait(t), recapture=9.0) for t in (0, 2, 4)))
    result = judge_track(track, STEPS)
    assert (result.code, result.reasons) == (ResultCode.LIVENESS_FAILED, ("recaptured",))
    assert result.to_dict()["evidence"][0]["value"] == 9.0


def test_a_texture_that_is_faint_in_each_portrait_is_clear_over_all_of_them():
    def reasons(*display):
        taken = tuple(replace(portrait(2 * n), display=share) for n, share in enumerate(display))
        return judge_track(replace(make_track(7, MOVES), portraits=taken), STEPS).reasons

    assert reasons(0.3, 0.25, 0.3) == ("recaptured",)
    assert reasons(0.05, 0.4, 0.05) == (), "one portrait before a patterned wall"


def test_the_same_session_does_not_pass_twice():
    first = judge_track(make_track(7, MOVES), STEPS)
    again = judge_track(make_track(7, MOVES, fps=20), STEPS, [first.signature])
    assert again.reasons == ("earlier_session",)
    another = make_track(7, [("right", 0.7, 2.2, 33), ("left", 3.3, 4.2, 21), ("nod", 5.2, 5.9, 11)], seed=9)
    assert judge_track(another, STEPS, [first.signature]).passed


def test_nobody_and_nothing():
    track = make_track(3)
    nobody = Track(tuple(replace(f, face=None, faces=0) for f in track.frames), (), track.size)
    result = judge_track(nobody, STEPS)
    assert (result.code, result.group) == (ResultCode.NO_FACE, HelpGroup.ENVIRONMENT)
    assert result.signature == ""
    assert not any(s.passed for s in result.steps)
    assert not judge_track(Track((), (), (0, 0)), STEPS).passed


def test_the_same_track_gives_the_same_bytes():
    assert judge_track(make_track(7, MOVES), STEPS).to_dict() == judge_track(make_track(7, MOVES), STEPS).to_dict()
