from pathlib import Path

import pytest

from fourcorners.evaluation.topics.pages_drawn import COUNT, items, measure, summarise
from fourcorners.specimens.papers.disorder import DISORDERS


def test_a_page_on_a_bare_desk_is_found():
    found = items(Path())
    assert len(found) == len({i["seed"] for i in found}) == len(DISORDERS) * COUNT
    assert measure(Path(), found[0])["iou"] > 0.98


@pytest.mark.parametrize("disorder", DISORDERS)
def test_the_overlaps_of_each_disorder_add_up(disorder):
    known = [{"disorder": disorder, "seed": seed} for seed in (1, 2)]
    measures, wrong = summarise(known, [{"iou": 0.99}, {"error": "unreadable"}])
    told = {m.name: m.value for m in measures}
    assert told["mean IoU"] == told[f"mean IoU: {disorder}"] == pytest.approx(0.495)
    assert told[f"lost or wrong: {disorder}"] == 0.5
    assert wrong == [f"{disorder}, seed 2: IoU 0.000"]
