"""The order in which choices come: by falling total, each combination once."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from fourcorners.vision.mrz.search import best_first

scores = st.lists(st.integers(-40, 0), min_size=1, max_size=4)
lists = st.lists(scores, min_size=1, max_size=4)


def _options(drawn):
    return [
        sorted(((float(s), (i, k)) for k, s in enumerate(each)), key=lambda o: -o[0]) for i, each in enumerate(drawn)
    ]


@given(lists)
def test_everything_within_reach_comes_once_and_in_order(drawn):
    options = _options(drawn)
    top = sum(each[0][0] for each in options)
    found = list(best_first(options, within=25.0))
    expected = {
        tuple(value for _, value in picked): sum(score for score, _ in picked)
        for picked in product(*options)
        if top - sum(score for score, _ in picked) <= 25.0
    }
    assert {values: score for score, values in found} == expected
    assert len(found) == len(expected)
    assert [score for score, _ in found] == sorted((score for score, _ in found), reverse=True)


def test_a_position_without_options_has_no_combination():
    assert list(best_first([[(0.0, "A")], []], within=5.0)) == []
