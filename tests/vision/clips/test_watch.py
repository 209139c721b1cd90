"""One face is followed through a clip: where it turns, how open its eyes are, how near it is; and who else is there."""

import numpy as np
import pytest

from fourcorners.specimens.heads3d import head_clip
from fourcorners.vision.clips import ClipFrame, watch


def frames_of(clip, pictures=None):
    return [ClipFrame(at, p) for at, p in zip(clip.times, pictures or clip.frames, strict=True)]


@pytest.fixture(scope="module")
def clip():
    return head_clip(0, ["left", "blink"], seed=4, size=(360, 480), fps=10)


@pytest.fixture(scope="module")
def track(clip):
    return watch(frames_of(clip))


def values(track, clip, span, read):
    _, start, end = span
    return [read(f.face) for f in track.frames if start <= f.at_s <= end]


def test_the_face_is_followed_in_every_frame(track, clip):
    assert len(track.frames) == len(clip.frames)
    assert all(f.face is not None for f in track.frames)
    assert all(f.faces in (None, 1) for f in track.frames)
    assert track.size == (360, 480)


def test_a_turn_to_the_left_is_a_positive_yaw(track, clip):
    """ISO/IEC 39794-5: towards the person's own left."""
    assert max(values(track, clip, clip.spans[0], lambda f: f.pose.yaw)) > 14
    assert abs(track.frames[0].face.pose.yaw) < 6


def test_lids_are_seen_to_fall(track, clip):
    usual = np.median([f.face.openness for f in track.frames])
    assert min(values(track, clip, clip.spans[1], lambda f: f.openness)) < 0.6 * usual


def test_a_camera_never_stands_still_and_a_file_does(track, clip):
    assert min(f.change for f in track.frames[1:]) > 0.5
    still = watch(frames_of(clip, [clip.frames[0]] * len(clip.frames))[:6])
    assert all(f.change == 0 for f in still.frames[1:])


def test_portraits_are_taken_while_the_face_looks_ahead(track):
    assert 2 <= len(track.portraits) <= 6
    assert all(np.linalg.norm(p.embedding - track.portraits[0].embedding) < 0.35 for p in track.portraits)
    assert set(track.portraits[0].coverings) == {"mask", "sunglasses", "hand"}


def test_a_second_face_is_counted(clip):
    beside = [np.hstack([p, p[:, ::-1]]) for p in clip.frames[:6]]
    track = watch([ClipFrame(t, p) for t, p in zip(clip.times, beside, strict=False)])
    assert max(f.faces or 0 for f in track.frames) == 2


def test_nobody_is_there(clip):
    walls = [np.full_like(p, 128) for p in clip.frames[:6]]
    track = watch([ClipFrame(t, p) for t, p in zip(clip.times, walls, strict=False)])
    assert all(f.face is None for f in track.frames)
    assert track.portraits == ()


def test_a_face_that_comes_back_is_found_again(clip):
    pictures = list(clip.frames[:24])
    pictures[8:14] = [np.full_like(pictures[0], 90)] * 6
    track = watch([ClipFrame(t, p) for t, p in zip(clip.times, pictures, strict=False)])
    assert track.frames[10].face is None
    assert track.frames[20].face is not None
