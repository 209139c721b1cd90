"""A piece that comes again is known by its grain, however it was saved; nothing that a camera takes is."""

from dataclasses import replace

import numpy as np
import pytest
from live_tracks import make_track

from fourcorners.checks.live.repeats import repeat_signs
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.heads3d import head_clip
from fourcorners.vision.clips import ClipFrame, watch
from fourcorners.vision.clips.grain import GRAIN_SIDE, grain_between

POINTS = GRAIN_SIDE**2


def grained(track, grains):
    frames = [replace(f, grain=None if i == 0 else g.astype(np.float16)) for i, (f, g) in
              enumerate(zip(track.frames, grains, strict=True))]  # fmt: skip
    return replace(track, frames=tuple(frames))


def noise(count, seed=0):
    """Changes between frames of fresh noise: each shares half of itself with the next."""
    return np.diff(np.random.default_rng(seed).normal(0, 2, (count + 1, POINTS)), axis=0)


@pytest.fixture(scope="module")
def still():
    return make_track(4)


def test_no_camera_repeats_itself(still):
    assert repeat_signs(grained(still, noise(len(still.frames)))) == []


@pytest.mark.parametrize("backwards", [False, True])
def test_a_piece_that_comes_again_is_told_with_its_time(still, backwards):
    grains = noise(len(still.frames))
    piece = grains[10:20]
    grains[36:46] = (-piece[::-1] if backwards else piece) + np.random.default_rng(1).normal(0, 0.7, piece.shape)
    (sign,) = repeat_signs(grained(still, grains))
    assert sign.reason == "stream_repeats"
    assert sign.value > 0.8 > sign.limit
    assert 36 / 15 <= sign.at_s <= 46 / 15


def test_two_frames_alike_are_no_piece(still):
    grains = noise(len(still.frames))
    grains[40:42] = grains[10:12]
    assert repeat_signs(grained(still, grains)) == []


def test_flat_or_compressed_away_there_is_no_grain(still):
    assert repeat_signs(grained(still, np.full((len(still.frames), POINTS), 0.01))) == []


@pytest.mark.parametrize("backwards", [False, True])
def test_pictures_saved_anew_have_the_same_grain(backwards):
    clip = head_clip(0, ["nod"], seed=6, size=(240, 320))
    again = [decode(jpeg(f, 60)) for f in clip.frames[5:15]]
    frames = [*clip.frames[:15], *(again[::-1] if backwards else again), *clip.frames[15:30]]
    honest, looped = (
        watch(ClipFrame(i / 15, p) for i, p in enumerate(pictures)) for pictures in (clip.frames[:40], frames)
    )
    assert repeat_signs(honest) == []
    (sign,) = repeat_signs(looped)
    assert sign.value > 0.7


def test_a_trembling_hand_leaves_no_grain():
    y, x = np.mgrid[:240, :320]
    at = [
        np.stack([128 + 60 * np.sin((x + dx) / 9) * np.cos((y - dx) / 13)] * 3, -1).astype(np.uint8) for dx in (0, 1.5)
    ]
    plain = float(np.abs(at[1].astype(float) - at[0]).mean())
    assert np.abs(grain_between(*at).astype(float)).mean() < 0.25 * plain
    assert grain_between(at[0], at[1][:-2]) is None
