from pathlib import Path

import pytest

from fourcorners.evaluation.topics.screenshots_drawn import ALONE, COUNT, items, measure, summarise
from fourcorners.specimens.screens import ARRIVALS


def test_each_file_is_drawn_once() -> None:
    found = items(Path())
    assert len(found) == len({item["seed"] for item in found}) == 2 * COUNT + ALONE
    assert {item["set"] for item in found} == {"screenshot", "picture alone", *ARRIVALS}


def test_a_screenshot_is_refused_and_an_honest_file_is_not() -> None:
    found = items(Path())
    shot, honest = measure(Path(), found[0]), measure(Path(), found[-COUNT])
    assert (shot["outcome"], honest["outcome"]) == ("fail", "pass")
    assert {"app", "saved", "beside"} < set(shot)


@pytest.mark.parametrize("outcome", ["fail", "unsure", "pass"])
def test_outcomes_are_counted(outcome: str) -> None:
    known = [{"set": "screenshot", "seed": 1}, {"set": "scanned", "seed": 2}]
    rows = [
        {"outcome": outcome, "raw": 2.0, "app": "mail", "saved": "png", "beside": 0.3},
        {"outcome": "pass", "raw": 0.0},
    ]
    measures, wrong = summarise(known, rows)
    told = {measure.name: measure.value for measure in measures}
    assert told["screenshots refused"] == told["refused: app mail"] == told["refused: saved png"] == (outcome == "fail")
    assert told["with something of the screen in them refused"] == (outcome == "fail")
    assert told["cropped to the picture refused"] == 0
    assert told["screenshots refused or doubted"] == (outcome != "pass")
    assert told["honest files refused"] == told["not passed: scanned"] == 0
    assert len(wrong) == (outcome != "fail")
