"""A file becomes frames with times, or is refused with a code; nothing else happens."""

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from fourcorners.vision.clips import ClipRefused, open_clip
from fourcorners.vision.clips.refusals import (
    ClipDamaged,
    ClipMissing,
    ClipTooLarge,
    ClipTooLong,
    ClipTooShort,
    ClipTooSmall,
    ClipTypeUnsupported,
)

SIZE = (160, 140)


def pictures(count):
    for i in range(count):
        picture = np.full((SIZE[1], SIZE[0], 3), (200, 60, 30), np.uint8)
        picture[:, : 4 + 4 * i] = (20, 40, 220)
        yield picture


def video(path, four, count=12, fps=10.0, **how):
    writer = cv2.VideoWriter(str(path), how.get("using", cv2.CAP_FFMPEG), cv2.VideoWriter.fourcc(*four), fps, SIZE)
    assert writer.isOpened()
    for picture in pictures(count):
        writer.write(picture[..., ::-1])
    writer.release()
    return path


def gif(path, count=8, duration=80):
    first, *rest = (Image.fromarray(p) for p in pictures(count))
    first.save(path, save_all=True, append_images=rest, duration=duration)
    return path


@pytest.mark.parametrize(
    ("name", "four", "kind"),
    [("a.mp4", "mp4v", "MP4"), ("a.mov", "mp4v", "MP4"), ("a.webm", "VP80", "WEBM"), ("a.avi", "MJPG", "AVI")],
)
def test_videos_are_read_in_colour_and_time(tmp_path, name, four, kind):
    clip = open_clip(video(tmp_path / name, four))
    frames = list(clip.frames())
    assert clip.kind == kind
    assert [f.at_s for f in frames] == pytest.approx([i / 10 for i in range(12)], abs=0.02)
    assert frames[0].pixels.shape == (140, 160, 3)
    red, _, blue = frames[0].pixels[:, 80:].reshape(-1, 3).mean(axis=0)
    assert red > 150 > 90 > blue


def test_gifs_are_read_with_their_own_times(tmp_path):
    frames = list(open_clip(gif(tmp_path / "a.gif")).frames())
    assert [f.at_s for f in frames] == pytest.approx([0.08 * i for i in range(8)])
    assert frames[0].pixels.shape == (140, 160, 3)


def test_many_frames_a_second_are_thinned_out(tmp_path):
    frames = list(open_clip(video(tmp_path / "a.avi", "MJPG", count=60, fps=60.0)).frames())
    assert 14 <= len(frames) <= 16
    assert len(list(open_clip(gif(tmp_path / "a.gif", count=20, duration=20)).frames())) < 10


def test_large_frames_are_shrunk(tmp_path):
    path = tmp_path / "a.gif"
    big = [Image.fromarray(np.full((700, 900, 3), 30 * i, np.uint8)) for i in range(6)]
    big[0].save(path, save_all=True, append_images=big[1:], duration=100)
    assert {f.pixels.shape for f in open_clip(path).frames()} == {(498, 640, 3)}


def test_a_program_that_names_itself_is_told(tmp_path):
    path = video(tmp_path / "a.avi", "MJPG")
    path.write_bytes(path.read_bytes() + b"JUNK\x10\x00\x00\x00OBS Studio 31   ")
    assert open_clip(path).editors == ("OBS Studio",)
    assert open_clip(video(tmp_path / "b.mp4", "mp4v")).editors == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"#EXTM3U\nhttp://example.org/a.ts\n", b"ffconcat version 1.0\nfile a.mp4\n", b"\xff\xd8\xff\xe0"],
)
def test_only_containers_that_we_name_reach_the_decoder(tmp_path, data):
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(ClipTypeUnsupported):
        open_clip(tmp_path / "a.mp4")


@pytest.mark.parametrize("path", ["no/such.mp4", ".", "a\0b"])
def test_what_is_no_file_is_missing(path):
    with pytest.raises(ClipMissing):
        open_clip(path)


def test_limits_on_length_size_and_number(tmp_path, monkeypatch):
    path, moving = video(tmp_path / "a.avi", "MJPG"), gif(tmp_path / "a.gif")
    for key, value, refusal in (
        ("file_bytes_max", 100, ClipTooLarge),
        ("length_s_max", 0.3, ClipTooLong),
        ("frames_max", 5, ClipTooLong),
        ("side_px_max", 150, ClipTooLarge),
        ("side_px_min", 150, ClipTooSmall),
        ("frames_min", 50, ClipTooShort),
    ):
        from fourcorners.vision.clips import clip

        changed = {**clip.limits(), key: value}
        with monkeypatch.context() as patched:
            patched.setattr(clip, "limits", lambda changed=changed: changed)
            for one in (path, moving):
                with pytest.raises(refusal):
                    list(open_clip(one).frames())


@pytest.mark.parametrize("name", ["a.mp4", "a.gif", "a.avi"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_refused_or_read_never_anything_else(tmp_path, name, data):
    whole = tmp_path / f"whole-{name}"
    if not whole.exists():
        gif(whole) if name == "a.gif" else video(whole, "MJPG" if name == "a.avi" else "mp4v")
    raw = bytearray(whole.read_bytes())
    cut = data.draw(st.integers(12, len(raw)))
    for at, value in data.draw(st.lists(st.tuples(st.integers(12, len(raw) - 1), st.integers(0, 255)), max_size=8)):
        raw[at] = value
    (tmp_path / name).write_bytes(raw[:cut])
    try:
        frames = list(open_clip(tmp_path / name).frames())
    except ClipRefused:
        frames = []
    assert all(f.pixels.ndim == 3 and np.isfinite(f.at_s) for f in frames)


def test_a_container_without_a_picture_is_damaged(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(100))
    with pytest.raises(ClipDamaged):
        list(open_clip(tmp_path / "a.mp4").frames())
