"""Drawn heads: the same arguments give the same frames, the truth says what is seen, attacks are told apart."""

import json

import numpy as np
import pytest

from fourcorners.specimens import SpecimenError
from fourcorners.specimens.heads3d import STEPS, ClipKind, head_clip, save_clip
from fourcorners.specimens.heads3d.motion import perform
from fourcorners.specimens.heads3d.paint import Attitude, Lens, paint, rotation
from fourcorners.specimens.heads3d.relief import head_relief, sheet_relief, with_lids
from fourcorners.specimens.people import head

SMALL = (240, 320)
AWAY = ((0.0, 0.0, 0.0), (1.0, 1.0, -0.5), (2.0, 1.0, -0.5), (3.0, 0.0, 0.0))
"""A dot that goes to the own left and up, stays, and comes back."""


@pytest.fixture(scope="module")
def relief():
    return head_relief(head(0))


def painted(relief, **held):
    ground = np.full((320, 240, 3), 190, np.uint8)
    return paint(ground, relief, Attitude(**held), Lens((120.0, 140.0), 8.0, 42.0))


def test_the_same_seed_gives_the_same_frames():
    one, two, other = (head_clip(4, ["left"], seed=s, size=SMALL, fps=6) for s in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(one.frames, two.frames, strict=True))
    assert len(other.frames) != len(one.frames) or (other.frames[0] != one.frames[0]).any()


def test_the_truth_names_the_steps_in_order_within_the_clip():
    clip = head_clip(0, ["nod", "closer"], seed=3, size=SMALL, fps=6)
    truth = json.loads(clip.to_json())
    assert [s["name"] for s in truth["steps"]] == ["nod", "closer"]
    assert all(0 < s["start_s"] < s["end_s"] < clip.times[-1] for s in truth["steps"])
    assert truth["attack"] is False
    assert clip.frames[0].shape == (320, 240, 3)


@pytest.mark.parametrize("kind", [k for k in ClipKind if k is not ClipKind.GENUINE])
def test_every_attack_is_drawn_and_marked(kind):
    clip = head_clip(2, ["right"], kind, seed=5, size=(160, 200), fps=5)
    assert clip.attack
    assert len(clip.frames) == len(clip.times) > 5


@pytest.mark.parametrize("arguments", [{"kind": "puppet"}, {"steps": ["jump"]}, {"size": (20, 20)}, {"fps": 0}])
def test_what_cannot_be_drawn_is_refused(arguments):
    with pytest.raises(SpecimenError):
        head_clip(0, **{"steps": ["left"], "seed": 1, "size": SMALL, **arguments})


def test_a_turned_head_moves_its_nose_to_its_own_side(relief):
    """The nose stands nearer than the eyes: that is what tells a head from a picture of one."""
    nose = rotation(Attitude(yaw=30)) @ [0, 0.6, 0.6]
    assert nose[0] > 0.25
    assert (rotation(Attitude(pitch=30)) @ [0, 0, 1])[1] > 0.45
    top = rotation(Attitude(roll=30)) @ [0, -1, 0]
    assert top[0] < -0.45  # towards the own right shoulder, which is on the picture's left
    assert np.abs(painted(relief, yaw=30).astype(int) - painted(relief)).mean() > 2


def test_nearer_is_larger(relief):
    def covered(**held):
        return int((painted(relief, **held) != 190).any(axis=-1).sum())

    assert covered(shift=(0, 0, 3.0)) > 1.5 * covered()


def test_lids_fall_over_the_eyes_and_nothing_else(relief):
    shut = with_lids(relief, 1.0)
    changed = (shut.pixels != relief.pixels).any(axis=-1)
    rows = np.flatnonzero(changed.any(axis=1))
    eyes = [relief.eyes[0][1], relief.eyes[1][1]]
    assert min(eyes) - 30 < rows.min() < rows.max() < max(eyes) + 15
    assert with_lids(relief, 0.0) is relief


@pytest.mark.parametrize("upright", [True, False])
def test_a_bent_sheet_keeps_its_length(upright):
    sheet = sheet_relief(np.zeros((60, 40, 3), np.uint8), 4.0, 1.2, upright=upright)
    line = sheet.places[30] if upright else sheet.places[:, 20]
    length = np.linalg.norm(np.diff(line.astype(float), axis=0), axis=1).sum()
    assert length == pytest.approx((4.0 if upright else 6.0) * (39 / 40 if upright else 59 / 60), rel=0.01)
    assert np.ptp(sheet.places[..., 2]) > 0.2


def test_a_performance_holds_every_step_and_comes_back():
    motion = perform(STEPS, 15, np.random.default_rng(1), dot=AWAY)
    assert [name for name, _, _ in motion.spans] == list(STEPS)
    assert abs(motion.yaw[-1]) < 5
    assert motion.yaw.max() > 20 > -20 > motion.yaw.min()
    assert motion.near.max() > 0.3
    assert motion.shut.max() > 0.9


def test_a_head_goes_after_the_dot_a_little_later():
    motion = perform(["dot"], 15, np.random.default_rng(3), dot=AWAY)
    ((_, start, end),) = motion.spans
    during = (motion.times > start) & (motion.times < end)
    assert motion.yaw[during].max() > 12
    assert motion.pitch[during].min() < -3
    assert np.abs(motion.yaw[motion.times < start + 0.2]).max() < 5
    assert abs(motion.yaw[-1]) < 5


@pytest.mark.parametrize("dot", [(), ((0.0, 0.0, 0.0),)])
def test_nobody_follows_a_dot_that_goes_nowhere(dot):
    with pytest.raises(SpecimenError):
        head_clip(0, ["dot"], seed=1, size=SMALL, dot=dot)


def test_a_saved_clip_is_the_same_bytes_again(tmp_path):
    clip = head_clip(1, ["blink"], seed=2, size=SMALL, fps=5)
    first, again = (save_clip(clip, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == again
    assert json.loads((tmp_path / "a.json").read_text())["kind"] == "genuine"
