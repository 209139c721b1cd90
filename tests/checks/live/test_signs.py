"""Each sign is told where it should be, with its moment, and not on an honest track."""

from dataclasses import replace

import numpy as np
import pytest
from live_tracks import make_track, portrait

from fourcorners.checks.live.body import body_signs, narrowing, squeeze
from fourcorners.checks.live.conditions import condition_signs
from fourcorners.checks.live.continuity import continuity_signs
from fourcorners.checks.live.movements import curves_of
from fourcorners.checks.live.stream import stream_signs
from fourcorners.vision.clips import Track

MOVES = [("right", 1, 2.2, 28), ("left", 3, 4.2, 26), ("down", 5, 6, 15)]


def honest():
    return make_track(7, MOVES)


def told(track):
    signs = [*condition_signs(track), *stream_signs(track), *continuity_signs(track)]
    curves = curves_of(track)
    return {s.reason: s for s in [*signs, *(body_signs(track, curves) if curves else [])]}


def timed(frames, fps=15.0):
    return tuple(replace(f, at_s=i / fps) for i, f in enumerate(frames))


def test_an_honest_track_shows_no_sign():
    assert told(honest()) == {}
    assert told(make_track(5, [("closer", 1, 4, 0.6)])) == {}


def test_a_stream_that_stands_still():
    frames = honest().frames
    held = [replace(frames[40], change=0.0)] * 12
    track = replace(honest(), frames=timed([*frames[:40], *held, *frames[40:]]))
    assert 2.5 < told(track)["stream_frozen"].at_s < 2.9
    assert "stream_frozen" not in told(replace(honest(), frames=timed([*frames[:40], *held[:3], *frames[40:]])))


def test_a_piece_that_comes_again():
    frames = honest().frames
    track = replace(honest(), frames=timed([*frames[:35], *frames[13:35], *frames[35:]]))
    sign = told(track)["stream_repeats"]
    assert 2.2 < sign.at_s < 3.0
    assert sign.value > 0.5


def test_the_same_movement_done_twice_is_no_loop():
    assert told(make_track(6, [("left", 1, 2.2, 28), ("left", 3, 4.2, 28)])) == {}


@pytest.mark.parametrize(
    ("reason", "times"),
    [
        ("stream_gap", lambda t: t + 0.9 * (t > 3)),
        ("stream_times", lambda t: np.where(t > 3, t - 1, t)),
        ("stream_slow", lambda t: 3 * t),
        ("clip_short", lambda t: t / 20),
    ],
)
def test_odd_timing(reason, times):
    frames = honest().frames
    at = times(np.array([f.at_s for f in frames]))
    signs = stream_signs(
        replace(honest(), frames=tuple(replace(f, at_s=float(t)) for f, t in zip(frames, at, strict=True)))
    )
    assert reason in {s.reason for s in signs}


def test_a_file_that_names_an_editing_program():
    assert "clip_edited" in told(replace(honest(), editors=("OBS Studio",)))


def test_a_head_that_jumps():
    frames = honest().frames
    track = replace(honest(), frames=timed([*frames[:24], *frames[54:]]))
    assert "stream_jumps" in told(track)


def test_a_picture_that_changes_at_once():
    frames = [replace(f, thumbnail=f.thumbnail + (40 if i >= 50 else 0)) for i, f in enumerate(honest().frames)]
    assert told(replace(honest(), frames=tuple(frames)))["stream_cut"].at_s == pytest.approx(50 / 15)


def test_light_that_changes_slowly_is_no_cut():
    frames = [replace(f, thumbnail=f.thumbnail + 0.8 * i) for i, f in enumerate(honest().frames)]
    assert told(replace(honest(), frames=tuple(frames))) == {}


def test_another_person_goes_on():
    track = replace(honest(), portraits=(portrait(0), portrait(1.2), portrait(2.4, who=1), portrait(3.6, who=1)))
    assert told(track)["face_changes"].at_s == 2.4


def test_a_sheet_that_is_turned_as_a_head_would_be():
    moves = [("right", 1, 2.2, 45), ("left", 3, 4.2, 45)]
    flat, head = make_track(6, moves, flat=True), make_track(6, moves)
    # the landmark network reads a much smaller turn from a sheet
    smaller = tuple(
        replace(f, face=replace(f.face, pose=replace(f.face.pose, yaw=f.face.pose.yaw * 0.3))) for f in flat.frames
    )
    assert "face_flat" in told(replace(flat, frames=smaller))
    assert "face_flat" not in told(head)


def test_a_body_that_turns_keeps_both_axes_and_a_sheet_does_not():
    rng = np.random.default_rng(1)
    body = rng.normal(0, 1, (40, 3))
    a = np.radians(35)
    turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0]])
    assert squeeze(body, 1.7 * body @ turn.T + [5, 9]) == pytest.approx(1, abs=1e-6)
    assert squeeze(body, body[:, :2] * [np.cos(a), 1]) == pytest.approx(np.cos(a), abs=1e-6)


@pytest.mark.parametrize(
    ("reason", "frame"),
    [
        ("too_dark", {"light": 12.0, "light_around": 15.0}),
        ("too_bright", {"burnt": 0.6}),
        ("backlight", {"light": 25.0, "light_around": 90.0}),
        ("multiple_faces", {"faces": 2}),
    ],
)
def test_the_place_and_the_light(reason, frame):
    assert reason in told(make_track(3, **frame))
    assert told(make_track(3)) == {}


def test_a_face_that_leaves_the_frame_or_is_far_away():
    track = make_track(3)
    aside = [replace(f, face=replace(f.face, points=f.face.points - np.float32([230, 0, 0]))) for f in track.frames]
    assert "out_of_frame" in told(replace(track, frames=tuple(aside)))
    small = [replace(f, face=replace(f.face, points=f.face.points * np.float32(0.2))) for f in track.frames]
    assert "face_too_small" in told(replace(track, frames=tuple(small)))


def test_a_face_that_is_lost_or_was_never_there():
    track = make_track(4)
    without = [replace(f, face=None) if 20 <= i < 40 else f for i, f in enumerate(track.frames)]
    assert "face_lost" in told(replace(track, frames=tuple(without)))
    nobody = Track(tuple(replace(f, face=None, faces=0) for f in track.frames), (), track.size)
    assert "no_face" in told(nobody)


@pytest.mark.parametrize("name", ["mask", "sunglasses", "hand"])
def test_something_over_the_face(name):
    track = replace(make_track(3), portraits=tuple(portrait(t, **{name: 6.0}) for t in (0, 1.2, 2.4)))
    assert "face_covered" in told(track)


def test_a_sheet_narrows_more_than_its_features_turn():
    rng = np.random.default_rng(1)
    ahead = rng.normal(0, 1, (40, 3))
    a = np.radians(30)
    head = ahead @ np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0]]).T
    flat = ahead[:, :2] * [np.cos(a), 1]
    assert narrowing(ahead[:, :2], flat, 30) == pytest.approx(1, abs=1e-6)
    assert narrowing(ahead[:, :2], flat, 10) == pytest.approx(8.3, abs=0.1)
    assert narrowing(ahead, head, 30) < 3


def test_landmarks_guessed_on_the_far_side_of_a_turned_head_are_no_sheet():
    """Beyond `squeeze_turn_deg_max` half of the face is hidden; the same squeeze of a face less turned counts."""

    def squeezed(turn):
        track = make_track(4, [("right", 1, 2.6, turn)])
        frames = []
        for frame in track.frames:
            points = frame.face.points.copy()
            if abs(frame.face.pose.yaw) > turn - 6:
                points[:, 0] = points[:, 0].mean() + 0.6 * (points[:, 0] - points[:, 0].mean())
            frames.append(replace(frame, face=replace(frame.face, points=points)))
        track = replace(track, frames=tuple(frames))
        return [sign.reason for sign in body_signs(track, curves_of(track))]

    assert squeezed(30) == ["face_flat"]
    assert squeezed(50) == []
