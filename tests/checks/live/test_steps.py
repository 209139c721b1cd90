"""Steps pass when they are done in order, in time, and nothing else is done before."""

import pytest

from fourcorners.checks.live import Challenge
from fourcorners.checks.live.movements import AMBIGUOUS, Movement
from fourcorners.checks.live.steps import follow


def move(name, start, seconds=1.0, amount=30.0):
    return Movement(name, start, start + seconds, amount)


def passed(steps, *movements, **how):
    return [s.passed for s in follow(Challenge(steps, **how), movements)]


def test_all_steps_in_order():
    done = follow(Challenge(("right", "left", "up")), [move("right", 1), move("left", 3), move("up", 5, amount=12)])
    assert [(s.name, s.passed, s.start_s, s.end_s) for s in done] == [
        ("right", True, 1, 2), ("left", True, 3, 4), ("up", True, 5, 6)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("movements", "expected"),
    [
        ([("left", 1), ("right", 3)], [False, False]),
        ([("right", 1), ("up", 3), ("left", 5)], [True, False]),
        ([("right", 1), (AMBIGUOUS, 3), ("left", 5)], [True, False]),
        ([("right", 1), ("closer", 3), ("left", 5)], [True, False]),
        ([("right", 1)], [True, False]),
        ([], [False, False]),
        ([("right", 1), ("right", 3), ("left", 5)], [True, True]),
        ([("right", 1), ("blink", 3), ("left", 5)], [True, True]),
        ([("right", 1), ("left", 3), ("blink", 5)], [True, True]),
        ([("right", 1), ("left", 3), ("right", 4.3)], [True, True]),  # it swings back before it rests
        ([("right", 1), ("left", 3), ("up", 5), ("down", 7)], [True, False]),
        ([("right", 1), ("left", 3), ("left", 7)], [True, False]),
    ],
)
def test_the_order_is_the_challenge(movements, expected):
    assert passed(("right", "left"), *(move(n, t) for n, t in movements)) == expected


def test_a_nod_may_go_up_or_down_but_not_slowly():
    assert passed(("nod",), move("down", 1, amount=6)) == [True]
    assert passed(("nod",), move("up", 1, amount=6)) == [True]
    assert passed(("nod",), move("down", 1, seconds=3, amount=20)) == [False]
    assert (
        passed(("nod", "left"), move("down", 1, amount=12), move("up", 2.1, amount=12), move("left", 4)) == [True] * 2
    )


def test_a_small_nod_is_not_looking_down_and_disturbs_nothing():
    assert passed(("down",), move("down", 1, amount=6)) == [False]
    assert passed(("left",), move("down", 1, amount=6), move("left", 3)) == [True]


def test_a_blink_counts_only_after_the_step_before_it_and_before_the_next_movement():
    assert passed(("left", "blink"), move("blink", 0.5, 0.3), move("left", 1)) == [True, False]
    assert passed(("left", "blink"), move("left", 1), move("blink", 3, 0.3)) == [True, True]
    assert passed(("blink", "left"), move("left", 1), move("blink", 3, 0.3)) == [False, False]


def test_a_step_takes_its_time_and_no_more():
    assert passed(("left",), move("left", 1, seconds=13)) == [False]
    assert passed(("left", "right"), move("left", 1), move("right", 40)) == [True, False]


def test_what_comes_after_the_last_step_counts_only_where_nobody_noted_when_steps_were_shown():
    (last,) = follow(Challenge(("left",)), [move("left", 2), move("up", 5)])
    assert (last.passed, last.instead) == (False, "up")
    assert passed(("left",), move("left", 2), move("up", 5), shown_s=(1.0,)) == [True]


def test_against_the_times_at_which_steps_were_shown():
    assert passed(("left",), move("left", 2), shown_s=(1.0,)) == [True]
    assert passed(("left",), move("left", 0.5), shown_s=(1.0,)) == [False]  # nobody follows before being asked
    assert passed(("left",), move("left", 11), shown_s=(1.0,)) == [False]


def test_a_blink_before_it_was_asked_for_is_neither_the_step_nor_in_its_way():
    early, asked = move("blink", 3.2, 0.3), move("blink", 6, 0.3)
    turn = move("left", 2)
    assert passed(("left", "blink"), turn, early, asked, shown_s=(1.0, 5.0)) == [True, True]
    assert passed(("left", "blink"), turn, early, shown_s=(1.0, 5.0)) == [True, False]
