from pathlib import Path

from fourcorners.evaluation import drawn
from fourcorners.evaluation.topics.outlines_drawn import COUNTS, FIRST_SEED, items, measure, summarise
from fourcorners.specimens.designs import design_named


def test_each_kind_has_as_many_photos_as_it_says_of_held_out_templates():
    found = items(Path())
    assert {kind: sum(i["kind"] == kind for i in found) for kind in COUNTS} == COUNTS
    assert len({i["seed"] for i in found}) == len(found)
    assert min(i["seed"] for i in found) >= FIRST_SEED
    assert {design_named(i["template"]).split for i in found} == {drawn.HELD_OUT}


def test_no_photo_of_the_report_is_among_them():
    assert not {i["seed"] for i in items(Path())} & {i["seed"] for i in drawn.items(1000)}


def test_idp3_a_drawn_photo_is_measured_and_told():
    item = next(i for i in items(Path()) if i["kind"] == "cut_off")
    row = measure(Path(), item)
    assert row["findings"]["corners_visible"]["reason"] == "corner_cut_off"
    assert set(row["findings"]) == {"corners_visible", "one_document"}
    told = {m.name: m for m in summarise([item], [row])[0]}
    assert told["corner cut off: refused or doubted"].successes == 1
