"""A live check as it goes on: one step at a time, a hint when something is amiss, over when it can no longer pass."""

import numpy as np
import pytest

from fourcorners.checks.live import Challenge, ResultCode, dot_path
from fourcorners.guidance import HINTS, LiveSession, Phase
from fourcorners.kit.data import load_toml
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.heads3d import AnsweringHead
from fourcorners.vision.clips import ClipRefused

FPS = 10
STEPS = ("left", "nod")


def attend(session, *, does=None, frames=400, as_file=False, received=None):
    """Somebody who does what the session shows, or `does` in its place; all prompts, and the frames that were sent."""
    head = AnsweringHead(0, seed=4, size=(360, 480), fps=FPS)
    prompts, sent, asked = [], [], 0
    while session.prompt.phase is not Phase.OVER and len(sent) < frames:
        at_s, pixels = head.frame()
        sent.append((at_s, pixels))
        arrives = None if received is None else received(at_s)
        prompts.append(session.see(jpeg(pixels, 95) if as_file else pixels, at_s, arrives))
        if prompts[-1].step and prompts[-1].done == asked:
            for step in [prompts[-1].step] if does is None else does:
                head.ask(step, prompts[-1].dot)
            asked += 1
    return prompts, sent


@pytest.fixture(scope="module")
def passed():
    session = LiveSession(Challenge(STEPS, "a", 60.0))
    prompts, sent = attend(session, as_file=True, received=lambda at_s: at_s + 1000)
    return session, prompts, sent


def test_who_does_what_is_shown_passes(passed):
    session, prompts, _ = passed
    result = session.judge()
    assert (result.passed, result.reasons) == (True, ())
    assert (prompts[-1].phase, prompts[-1].done, prompts[-1].total) == (Phase.OVER, 2, 2)


def test_a_step_is_shown_only_after_the_one_before_it(passed):
    session, prompts, _ = passed
    order = list(dict.fromkeys((p.phase, p.step) for p in prompts))
    assert order == [
        (Phase.PLACE, None),
        (Phase.HOLD, None),
        (Phase.STEPS, "left"),
        (Phase.STEPS, "nod"),
        (Phase.STEPS, None),
        (Phase.OVER, None),
    ]
    first, second = session.judge().steps
    shown = session.challenge.shown_s
    assert shown[0] < first.start_s < first.end_s < shown[1] < second.start_s


def test_prompts_tell_how_far_the_step_is_and_where_the_face(passed):
    _, prompts, _ = passed
    turning = [p.progress for p in prompts if p.step == "left"]
    assert turning[0] < 0.3
    assert max(turning) == 1.0
    told = prompts[-8].to_dict()
    assert np.all((np.array(told["shape"]) > 0.1) & (np.array(told["shape"]) < 0.9))
    assert told["phase"] == "steps"


def test_who_goes_after_the_dot_passes_and_another_path_would_not_have_done():
    session = LiveSession(Challenge(("dot", "right"), "d", 60.0))
    prompts, sent = attend(session)
    assert session.judge().passed
    shown = [p for p in prompts if p.step == "dot"]
    assert all(p.dot == dot_path("d").knots for p in shown)
    assert shown[0].progress < 0.1 < 0.9 < max(p.progress for p in shown)
    faced = np.array([p.faced for p in shown if p.faced is not None])
    assert np.ptp(faced, axis=0).min() > 0.6
    assert shown[3].to_dict()["dot"][0] == [0.0, 0.0, 0.0]
    assert next(p.dot for p in prompts if p.step == "right") == ()
    again = LiveSession(Challenge(("dot", "right"), "e", 60.0))
    for at_s, pixels in sent:
        again.see(pixels, at_s)
    assert (again.judge().passed, again.prompt.phase) == (False, Phase.OVER)


def test_the_selfie_is_the_frame_before_the_steps(passed):
    session, prompts, sent = passed
    began = next(i for i, p in enumerate(prompts) if p.phase is Phase.HOLD)
    assert np.abs(session.selfie.astype(int) - sent[began][1]).mean() < 3


def test_a_recording_of_the_session_does_not_pass_another_time(passed):
    first, _, sent = passed
    again = LiveSession(Challenge(STEPS, "b", 60.0), [first.judge().signature])
    other = LiveSession(Challenge(("right", "nod"), "c", 60.0))
    for at_s, pixels in sent:
        again.see(pixels, at_s)
        other.see(pixels, at_s)
    assert "earlier_session" in again.judge().reasons
    assert other.prompt.phase is Phase.OVER
    assert other.judge().steps[0].instead == "left"
    assert other.judge().code is ResultCode.ACTION_NOT_FOLLOWED


def test_who_does_nothing_runs_out_of_time():
    session = LiveSession(Challenge(("up",), "a", 60.0))
    prompts, sent = attend(session, does=[])
    assert prompts[-1].phase is Phase.OVER
    assert 8 < sent[-1][0] < 12
    assert not session.judge().passed


def test_the_whole_challenge_has_its_time():
    session = LiveSession(Challenge(("up",), "a", 3.0))
    _, sent = attend(session, does=[])
    assert 3.0 < sent[-1][0] < 3.3
    assert session.challenge.shown_s[0] < 3.0


def test_frames_that_fall_behind_the_clock_do_not_pass():
    session = LiveSession(Challenge(("left",), "a", 60.0))
    attend(session, received=lambda at_s: 1.9 * at_s)
    result = session.judge()
    assert (result.code, result.reasons) == (ResultCode.NETWORK_TIMEOUT, ("stream_late",))


def test_nobody_there_is_told_so():
    session = LiveSession(Challenge(("left",)))
    prompt = session.see(np.full((480, 360, 3), 90, np.uint8), 0.0)
    assert (prompt.phase, prompt.hint, prompt.shape) == (Phase.PLACE, "show_face", None)
    assert session.selfie is None
    assert session.judge().code is ResultCode.NO_FACE


def test_frames_that_come_too_often_are_passed_over(passed):
    _, _, sent = passed
    session = LiveSession(Challenge(("left",)))
    for i in range(4):
        prompt = session.see(sent[i][1], sent[i][0])
    assert session.see(np.zeros((480, 360, 3), np.uint8), sent[3][0] + 0.01) is prompt


@pytest.mark.parametrize(
    "junk", [b"", b"\xff\xd8\xff", b"GIF89a" + bytes(90), jpeg(np.zeros((40, 40, 3), np.uint8), 90)]
)
def test_what_is_no_frame_is_refused_and_the_session_goes_on(passed, junk):
    session = LiveSession(Challenge(("left",)))
    with pytest.raises(ClipRefused):
        session.see(junk, 0.0)
    with pytest.raises(ClipRefused):
        session.see(jpeg(passed[2][0][1], 90), float("nan"))
    assert session.see(passed[2][0][1], 0.1).phase is Phase.PLACE


def test_every_hint_of_a_live_check_has_words():
    rules = load_toml("fourcorners.guidance", "guidance.toml")
    assert {*rules["live"]["hints"].values(), *rules["live_face"]["hints"].values()} <= set(HINTS)
