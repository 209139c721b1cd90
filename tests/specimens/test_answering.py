"""Somebody who answers: does what is asked, when it is asked, and the same again for the same seed."""

import numpy as np
import pytest

from fourcorners.specimens.heads3d import AnsweringHead
from fourcorners.specimens.model import SpecimenError
from fourcorners.vision.clips import ClipFrame, watch


def frames_of(seed, step):
    head = AnsweringHead(0, seed=seed, size=(240, 320), fps=10)
    seen = [head.frame() for _ in range(8)]
    head.ask(step)
    return [*seen, *(head.frame() for _ in range(22))]


def test_a_turn_follows_the_question():
    frames = frames_of(3, "left")
    assert [at for at, _ in frames] == pytest.approx(np.arange(30) / 10)
    yaw = [f.face.pose.yaw for f in watch(ClipFrame(at, pixels) for at, pixels in frames).frames]
    assert max(map(abs, yaw[:11])) < 8
    assert max(yaw[11:]) > 15
    assert abs(yaw[-1]) < 8


def test_the_same_questions_give_the_same_frames():
    one, other = frames_of(3, "nod"), frames_of(3, "nod")
    assert all((a == b).all() for (_, a), (_, b) in zip(one, other, strict=True))
    assert any((a != b).any() for (_, a), (_, b) in zip(one, frames_of(4, "nod"), strict=True))


def test_time_goes_by_without_being_looked_at():
    head = AnsweringHead(0, seed=1, size=(240, 320), fps=10)
    head.wait(1.25)
    assert head.frame()[0] == pytest.approx(1.3)
    head.wait(0.5)
    assert head.frame()[0] == pytest.approx(1.4)


def test_nobody_does_what_nobody_knows():
    with pytest.raises(SpecimenError, match="wink"):
        AnsweringHead(0, seed=1, size=(240, 320)).ask("wink")
