"""What a head did is found in its curves: which way, from when to when."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_tracks import make_track

from fourcorners.checks.live.movements import AMBIGUOUS, curves_of, movements_in
from fourcorners.vision.clips import Track


def names(track):
    return [m.name for m in movements_in(curves_of(track))]


@pytest.mark.parametrize(("name", "much"), [("left", 25), ("right", 25), ("up", 15), ("down", 15), ("closer", 0.5)])
def test_each_movement_is_found_once_and_in_its_place(name, much):
    (move,) = movements_in(curves_of(make_track(5, [(name, 2, 3.2, much)])))
    assert move.name == name
    assert 1.8 <= move.start_s <= 2.5
    assert 2.7 <= move.end_s <= 3.5


def test_lids_that_fall_and_rise_are_a_blink():
    (move,) = movements_in(curves_of(make_track(5, [("blink", 2, 2.4, 1.0)])))
    assert move.name == "blink"
    assert names(make_track(5, [("blink", 1, 4.5, 1.0)])) == []  # eyes held shut are none
    assert "blink" not in names(make_track(5, [("left", 1.5, 3, 40), ("blink", 2, 2.4, 1.0)]))  # lids cannot be judged


@pytest.mark.parametrize("moves", [[("left", 2, 3, 8)], [("up", 2, 3, 3)], [("closer", 2, 3, 0.1)], []])
def test_what_is_too_small_is_no_movement(moves):
    assert names(make_track(5, moves)) == []


def test_a_head_that_does_not_come_back_has_not_moved():
    assert names(make_track(3, [("left", 2, 5, 30)])) == []


def test_a_turn_that_began_before_the_clip_is_none():
    """The first half was not seen: it could have been anything."""
    assert names(make_track(5, [("left", -1, 1.5, 30), ("right", 3, 4, 25)])) == ["right"]


def test_a_slanting_movement_is_ambiguous():
    assert set(names(make_track(5, [("left", 2, 3.2, 20), ("up", 2, 3.2, 19)]))) == {AMBIGUOUS}


def test_the_axis_that_leads_names_the_movement():
    assert names(make_track(5, [("left", 2, 3.2, 22), ("down", 2, 3.2, 12)])) == ["left"]


def test_the_swing_back_belongs_to_the_movement():
    assert names(make_track(5, [("left", 1.5, 2.5, 44), ("right", 2.6, 3.2, 16.5)])) == ["left"]
    assert names(make_track(6, [("left", 1.5, 2.5, 44), ("right", 4, 5, 16.5)])) == ["left", "right"]


def test_who_sits_below_the_camera_is_neutral_too():
    track = make_track(5, [("down", 2, 3.2, 15)])
    tilted = [
        replace(f, face=replace(f.face, pose=replace(f.face.pose, pitch=f.face.pose.pitch - 17))) for f in track.frames
    ]
    assert names(replace(track, frames=tuple(tilted))) == ["down"]


def test_without_a_face_there_are_no_curves():
    track = make_track(1)
    empty = Track(tuple(type(f)(f.at_s, None, 0, f.thumbnail) for f in track.frames), (), track.size)
    assert curves_of(empty) is None


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["left", "right", "up", "down"]), min_size=1, max_size=4), st.integers(0, 100))
def test_movements_come_out_in_the_order_they_were_made(order, seed):
    moves = [(name, 1 + 2 * i, 2.1 + 2 * i, 26 if name in ("left", "right") else 15) for i, name in enumerate(order)]
    assert names(make_track(2 + 2 * len(order), moves, seed=seed)) == order


@given(st.floats(5, 60))
@settings(max_examples=15, deadline=None)
def test_the_rate_of_the_frames_does_not_matter(fps):
    assert names(make_track(4, [("right", 1, 2.4, 28)], fps=fps)) == ["right"]
    assert np.isfinite(curves_of(make_track(4, fps=fps)).yaw).all()


def test_from_one_side_straight_to_the_other_is_two_movements():
    assert names(make_track(5, [("right", 1, 2.2, 45), ("left", 2.2, 3.4, 26)])) == ["right", "left"]
