"""A long run over drawn pictures that was stopped goes on where it ended, and never mixes two states of the code."""

import json
from pathlib import Path

import pytest

from fourcorners.evaluation import drawn, evaluate_drawn
from fourcorners.evaluation.kept import KeptRefused, KeptRows, package_digest

ITEMS = drawn.items(1, ("edited", "held"))


def row(outcome: str) -> dict[str, object]:
    told = {"outcome": outcome, "reason": None, "raw": 0.1 + 0.2, "score": 1.0, "labels": []}
    return {"kind": "edited", "attack": True, "faults": [], "hidden_corners": [], "found": True, "iou": 0.9,
            "upright": True, "findings": {"not_edited": told}}  # fmt: skip


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    kept = KeptRows(tmp_path / "rows", ITEMS)
    kept.add(1, row("fail"))
    kept.add(0, row("pass"))
    assert KeptRows(tmp_path / "rows", ITEMS).rows == {0: row("pass"), 1: row("fail")}


def test_a_line_that_was_being_written_is_measured_again(tmp_path: Path) -> None:
    file = tmp_path / "rows"
    kept = KeptRows(file, ITEMS)
    kept.add(0, row("pass"))
    kept.add(1, row("fail"))
    file.write_bytes(file.read_bytes()[:-5])
    again = KeptRows(file, ITEMS)
    assert again.rows == {0: row("pass")}
    again.add(1, row("fail"))
    assert set(KeptRows(file, ITEMS).rows) == {0, 1}


def test_rows_of_other_pictures_or_other_code_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows"
    KeptRows(file, ITEMS)
    with pytest.raises(KeptRefused, match="another run"):
        KeptRows(file, drawn.items(2, ("edited", "held")))
    head = json.loads(file.read_text(encoding="utf-8"))
    assert head["package"] == package_digest()
    file.write_text(json.dumps({**head, "package": "0" * 64}) + "\n", encoding="utf-8")
    with pytest.raises(KeptRefused, match="another run"):
        KeptRows(file, ITEMS)
    file.write_text("neither\n", encoding="utf-8")
    with pytest.raises(KeptRefused, match="no file of kept rows"):
        KeptRows(file, ITEMS)


def test_a_run_whose_rows_are_all_kept_only_reports_them(tmp_path: Path) -> None:
    kept = KeptRows(tmp_path / "rows", ITEMS)
    for number, item in enumerate(ITEMS):
        kept.add(number, {**row("fail" if item["kind"] == "edited" else "pass"), "kind": item["kind"]})
    told: list[int] = []
    results = evaluate_drawn(
        1, 1, lambda _name, done, _of: told.append(done), ("edited", "held"), keep=tmp_path / "rows"
    )
    figures = {m.name: m for m in results[0].measures}
    assert (figures["APCER edited"].successes, figures["APCER edited"].trials) == (0, 1)
    assert told == []
