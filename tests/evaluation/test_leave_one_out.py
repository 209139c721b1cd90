"""The fused score and its equal error rate, by hand and on attacks of which one is like the others and one is not."""

import numpy as np
import pytest

from fourcorners.evaluation.topics import leave_one_out
from fourcorners.evaluation.topics.attacks import ORIGINALITY


def row(**scores):
    return {"findings": {check: {"score": scores.get(check, 100.0)} for check in ORIGINALITY}}


@pytest.mark.parametrize(
    ("honest", "attacks", "rate"),
    [
        ([0, 1, 2], [3, 4, 5], 0.0),
        ([3, 4], [0, 1], 1.0),
        ([0, 0, 5, 5], [0, 0, 5, 5], 0.5),
        ([1, 2, 3, 9], [2.5, 7, 8, 10], 0.25),
    ],
)
def test_the_equal_error_rate_by_hand(honest, attacks, rate):
    found = leave_one_out.equal_error_rate(np.array(honest, dtype=float), np.array(attacks, dtype=float))
    assert found == pytest.approx(rate)


def test_the_fit_finds_the_check_that_tells():
    rng = np.random.default_rng(1)
    honest, attacks = rng.uniform(0, 1, (60, 3)), rng.uniform(0, 1, (60, 3))
    honest[:, 1] *= 0.3
    attacks[:, 1] = 0.7 + 0.3 * attacks[:, 1]
    weights = leave_one_out.fitted(honest, attacks)
    assert weights[1] > 5 * np.abs(weights[[0, 2]]).max()


def test_a_kind_that_no_check_finds_suspicious_is_not_told():
    items, rows = [], []
    for n in range(24):
        template = f"nation{n % 6}_card"
        items += [{"kind": kind, "template": template} for kind in ("genuine", "grey_copy", "toned_copy", "edited")]
        rows += [row(), row(in_colour=10.0 + n), row(in_colour=20.0 + n), row(not_edited=100.0)]
    measures, wrong = leave_one_out.summarise(items, rows)
    told = {m.name: m.value for m in measures}
    assert told["EER grey_copy"] == told["EER toned_copy"] == 0.0
    assert told["EER edited"] == pytest.approx(0.5)
    assert told["EER of the worst kind, edited"] == pytest.approx(0.5)
    assert told["EER, mean of all kinds"] == pytest.approx(1 / 6)
    assert wrong == []


def test_a_kind_that_only_its_own_check_tells_is_told():
    items, rows = [], []
    for n in range(24):
        template = f"nation{n % 6}_card"
        items += [{"kind": kind, "template": template} for kind in ("genuine", "grey_copy", "edited")]
        rows += [row(), row(in_colour=10.0 + n), row(not_edited=10.0 + n)]
    told = {m.name: m.value for m in leave_one_out.summarise(items, rows)[0]}
    assert told["EER grey_copy"] == told["EER edited"] == 0.0


def test_what_the_file_says_of_itself_does_not_count():
    items, rows = [], []
    for n in range(24):
        items += [{"kind": kind, "template": f"nation{n % 6}_card"} for kind in ("genuine", "grey_copy", "scan")]
        told = row(not_scan=40.0, not_screenshot=40.0)
        for check in ("not_scan", "not_screenshot"):
            told["findings"][check]["outcome"] = "pass"
        rows += [row(), row(in_colour=10.0), told]
    assert {m.name: m.value for m in leave_one_out.summarise(items, rows)[0]}["EER scan"] == pytest.approx(0.5)


def test_nothing_is_told_of_too_few_pictures():
    assert leave_one_out.summarise([{"kind": "genuine", "template": "a"}], [row()]) == ([], [])
