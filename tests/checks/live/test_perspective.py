"""On coming closer a nose grows more than ears do; a photo that is brought nearer stays as it is."""

import numpy as np
import pytest
from live_tracks import make_track

from fourcorners.checks.live import Challenge, judge_track
from fourcorners.checks.live.movements import curves_of
from fourcorners.checks.live.perspective import perspective_signs
from fourcorners.specimens.heads3d import head_clip
from fourcorners.vision.clips import ClipFrame, watch


def closer(kind, person, seed):
    clip = head_clip(person, ["closer"], kind, seed=seed, size=(480, 360), fps=10)
    return watch(ClipFrame(at, p) for at, p in zip(clip.times, clip.frames, strict=True))


@pytest.fixture(scope="module")
def photo():
    return closer("held_photo", 44, 44000)


def test_a_head_that_comes_closer_is_not():
    head = closer("genuine", 18, 44001)
    assert perspective_signs(head, curves_of(head)) == []
    assert judge_track(head, Challenge(("closer",))).passed
    near = [f.nearness for f in head.frames if f.nearness is not None]
    assert 0.05 < np.median(near) < 0.35  # three eye spans to twenty


def test_a_photo_brought_nearer_keeps_its_shape(photo):
    (sign,) = perspective_signs(photo, curves_of(photo))
    assert sign.reason == "face_flat"
    assert abs(sign.value) < 0.012
    assert not judge_track(photo, Challenge(("closer",))).passed


@pytest.mark.parametrize(
    ("nearness", "told"), [(0.2, []), (0.0, ["face_flat"]), (None, ["face_flat"]), (np.nan, ["face_flat"])]
)
def test_a_face_whose_shape_was_not_seen_to_change_does_not_count_as_nearer(nearness, told):
    track = make_track(6, [("closer", 2, 4, 0.6)], nearness=nearness)
    assert [sign.reason for sign in perspective_signs(track, curves_of(track))] == told


def test_who_stays_where_they_are_is_not_measured():
    track = make_track(6, [("left", 2, 3, 30)], nearness=0.0)
    assert perspective_signs(track, curves_of(track)) == []
