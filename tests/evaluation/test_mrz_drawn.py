"""The topic that measures zones on drawn documents (IDP3)."""

from pathlib import Path

from fourcorners.evaluation.topics import mrz_drawn

HERE = Path()


def test_a_careful_photo_is_read_exactly():
    row = mrz_drawn.measure(HERE, {"level": "careful", "seed": 1})
    assert row["exact"]
    assert row["ms"] > 0


def test_items_cover_every_level_with_seeds_of_their_own():
    items = mrz_drawn.items(HERE)
    assert {item["level"] for item in items} == set(mrz_drawn.LEVELS)
    assert min(item["seed"] for item in items) == mrz_drawn.FIRST_SEED


def test_covered_zones_are_left_out_and_wrong_ones_named():
    items = [{"level": "worn", "seed": seed} for seed in range(4)]
    right = {"capture": "blur", "covered": False, "exact": True, "sure": True, "ms": 20.0}
    rows = [right, right | {"exact": False}, {"capture": "glare", "covered": True}, {"error": "picture_broken"}]
    measures, wrong = mrz_drawn.summarise(items, rows)
    figures = {measure.name: (measure.successes, measure.trials) for measure in measures}
    assert figures["worn: exact documents"] == (1, 3)
    assert figures["worn: wrong although sure"] == (1, 3)
    assert wrong == ["worn, seed 1 (blur): surely wrong", "worn, seed 3 (refused): picture_broken"]
