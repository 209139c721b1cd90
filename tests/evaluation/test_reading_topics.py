"""The topics `printed` and `barcodes_drawn`: what they ask of a picture, and how it adds up."""

import numpy as np
import pytest

from fourcorners.evaluation.topics import barcodes_drawn, printed

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")


def test_the_zone_says_what_print_should_say():
    assert printed._said(PASSPORT) == {
        "document_number": "L898902C3",
        "family_name": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "birth_date": "1974-08-12",
        "expiry_date": "2012-04-15",
        "sex": "F",
        "nationality": "UTO",
    }
    assert "document_number" not in printed._said(VISA)


def test_right_wrong_and_sure_are_counted_by_set_and_field():
    items = [{"set": "specimens", "file": f"{i}.png"} for i in range(3)]
    rows = [
        {"fields": {"sex": {"said": "F", "read": "F", "sure": True, "right": True}}},
        {"fields": {"sex": {"said": "F", "read": "M", "sure": True, "right": False}}},
        {"fields": {"sex": {"said": "F"}}},
    ]
    measures, wrong = printed.summarise(items, rows)
    counts = {m.name: (m.successes, m.trials) for m in measures}
    assert counts["specimens: sex right"] == (1, 3)
    assert counts["specimens: sex wrong"] == (1, 3)
    assert counts["specimens: sex wrong although sure"] == (1, 3)
    assert wrong == ["1.png: sex read 'M', the zone says 'F'"]


def test_a_refused_file_counts_as_nothing():
    measures, wrong = printed.summarise([{"set": "specimens", "file": "a.png"}], [{"error": "file_missing"}])
    assert wrong == []
    assert all(m.trials == 0 for m in measures)


@pytest.mark.parametrize("name", ["200 dpi"])
def test_a_drawn_back_has_the_resolution_that_its_set_names_and_is_read(name, tmp_path):
    item = next(i for i in barcodes_drawn.items(tmp_path) if i["set"] == name)
    condition = barcodes_drawn.CONDITIONS[name]
    rng = np.random.default_rng(item["seed"])
    _, corners = barcodes_drawn._photo(barcodes_drawn._back(item["seed"]), condition, rng)
    longest = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    assert longest == pytest.approx(85.6 / 25.4 * condition.dpi)
    row = barcodes_drawn.measure(tmp_path, item)
    assert (row["ours"], row["wrong"]) == (True, False)


def test_seeds_that_were_not_read_are_named(tmp_path):
    items = barcodes_drawn.items(tmp_path)
    rows = [{"ours": i > 0, "bare": False, "wrong": False} for i in range(len(items))]
    measures, wrong = barcodes_drawn.summarise(items, rows)
    assert [(m.successes, m.trials) for m in measures[:2]] == [(59, 60), (0, 60)]
    assert wrong == [f"{items[0]['file']}: not read"]
