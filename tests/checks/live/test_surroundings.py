"""On coming closer a room stays and a paper comes along: photos held before the camera are told by it, not heads."""

import pytest

from fourcorners.checks.live import Challenge, judge_track
from fourcorners.checks.live.movements import curves_of
from fourcorners.checks.live.surroundings import surroundings_signs
from fourcorners.specimens.heads3d import head_clip
from fourcorners.vision.clips import ClipFrame, Track, watch


def closer(kind, person, seed):
    clip = head_clip(person, ["closer"], kind, seed=seed, size=(480, 360), fps=10)
    return watch(ClipFrame(at, p) for at, p in zip(clip.times, clip.frames, strict=True))


@pytest.fixture(scope="module")
def photo():
    return closer("held_photo", 44, 44000)


def test_a_photo_brought_nearer_is_told(photo):
    (sign,) = surroundings_signs(photo, curves_of(photo))
    assert (sign.reason, sign.limit) == ("face_flat", 0.955)
    assert sign.value > 0.955
    assert not judge_track(photo, Challenge(("closer",))).passed


def test_a_head_that_comes_closer_is_not():
    head = closer("genuine", 18, 44001)
    assert surroundings_signs(head, curves_of(head)) == []
    assert judge_track(head, Challenge(("closer",))).passed


def test_who_does_not_come_closer_is_not_asked(photo):
    before = Track(photo.frames[:6], (), photo.size)
    assert surroundings_signs(before, curves_of(before)) == []
