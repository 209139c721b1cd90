"""One face is followed through a clip: where it turns, how open its eyes are, how near it is; and who else is there."""

import numpy as np
import pytest

from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.heads3d import head_clip
from fourcorners.vision.clips import ClipFrame, Watcher, frame_of, watch
from fourcorners.vision.clips.watch import _is_another
from fourcorners.vision.faces import Face


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


def test_frames_whose_files_name_a_program_are_remembered(clip):
    def from_program(name):
        comment = name.encode()
        return b"\xff\xd8\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg(clip.frames[0], 90)[2:]

    assert frame_of(jpeg(clip.frames[0], 90), 0.0).editors == ()
    assert frame_of(from_program("a camera of 2026"), 0.0).editors == ()
    watcher = Watcher()
    for at, name in enumerate(("Lavc60.31.102", "a camera", "OBS Studio 30", "Lavc60.31.102")):
        watcher.see(frame_of(from_program(name), at / 10))
    assert watcher.track().editors == ("Lavc", "OBS Studio")


@pytest.mark.parametrize(
    ("box", "another"),
    [
        (([137, 186], [263, 312]), False),  # in the hair of the first
        (([60, 186], [186, 312]), True),  # cheek to cheek
        (([10, 10], [60, 60]), False),  # far behind
        (([380, 60], [470, 150]), True),
    ],
)
def test_a_second_face_is_one_of_another_head(box, another):
    first = Face(np.array([[190.0, 219.0], [359.0, 389.0]]), np.zeros((6, 2)), 0.9, 30.0)
    assert _is_another(Face(np.array(box, dtype=float), np.zeros((6, 2)), 0.6, 10.0), first) is another
