from pathlib import Path

from fourcorners.evaluation.topics.selfies_drawn import COUNT, FIRST, FOUND_BY, items, measure, summarise


def test_a_drawn_mask_is_measured_and_told():
    """IDP7."""
    item = next(i for i in items(Path()) if i["kind"] == "mask")
    row = measure(Path(), item)
    assert set(row) == set(FOUND_BY.values())
    assert row["no_mask"] != "pass"


def test_what_was_missed_is_named():
    kinds = items(Path())
    assert len({i["seed"] for i in kinds}) == len(kinds) == (len(FOUND_BY) + 3) * COUNT
    assert min(i["seed"] for i in kinds) == FIRST
    passed = dict.fromkeys(FOUND_BY.values(), "pass")
    rows = [passed if i["kind"] == "hat" else {**passed, FOUND_BY.get(i["kind"], "no_mask"): "fail"} for i in kinds]
    measures, wrong = summarise(kinds, rows)
    told = {m.name: m.value for m in measures}
    assert told["hat: not passed by no_hat"] == 0
    assert told["mask: not passed by no_mask"] == 1
    assert told["honest selfies not passed by no_mask"] == 1
    assert told["honest selfies not passed by no_hat"] == 0
    assert len(wrong) == COUNT
