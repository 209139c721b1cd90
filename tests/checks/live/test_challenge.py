"""A challenge is random, bound to a nonce, and made of steps that exist."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.live import STEPS, Challenge, ChallengeInvalid, new_challenge, steps_from


def seeded(seed):
    return Random(seed)  # noqa: S311 - a test wants the same challenge again


@given(st.integers())
def test_a_challenge_has_three_movements_and_another_and_never_the_same_step_twice_in_a_row(seed):
    challenge = new_challenge(seeded(seed))
    movements = [s for s in challenge.steps if s in ("left", "right", "up", "down")]
    assert len(challenge.steps) == 4
    assert len(movements) == 3
    assert all(a != b for a, b in zip(challenge.steps, challenge.steps[1:], strict=False) if a == b in movements)
    assert len(challenge.nonce) == 32
    assert challenge.valid_s > 0


def test_the_same_seed_gives_the_same_challenge_and_others_differ():
    drawn = {new_challenge(seeded(seed)).steps for seed in range(200)}
    assert new_challenge(seeded(5)) == new_challenge(seeded(5))
    assert len(drawn) > 100
    assert len({new_challenge(seeded(seed)).nonce for seed in range(200)}) == 200


def test_a_policy_without_other_steps():
    """FR6: nobody must be able to blink at will or come nearer."""
    assert set(new_challenge(seeded(1), "movements").steps) <= {"left", "right", "up", "down"}


@pytest.mark.parametrize("text", ["", " , ", "left,jump", "left;right", "LEFT"])
def test_what_is_no_list_of_steps_is_refused(text):
    with pytest.raises(ChallengeInvalid):
        steps_from(text)


def test_steps_are_read_with_spaces_about_them():
    assert steps_from(" right, left ,closer") == ("right", "left", "closer")
    assert steps_from(",".join(STEPS)) == STEPS


@pytest.mark.parametrize("shown", [(1.0,), (2.0, 1.0), (1.0, 2.0, 3.0)])
def test_steps_are_shown_once_each_in_order(shown):
    with pytest.raises(ChallengeInvalid):
        Challenge(("left", "right"), shown_s=shown)


def test_an_unknown_policy_is_refused():
    with pytest.raises(ChallengeInvalid):
        new_challenge(seeded(1), "none")
