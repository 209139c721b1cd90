"""The topic `institution_papers`: figures follow from rows by hand; its papers are not those of building."""

from fourcorners.evaluation.topics import institution_papers as topic
from fourcorners.specimens.institution_papers import EDITS, draw_institution_paper


def test_the_figures_count_what_they_say():
    about = {"seed": 1, "kind": "licence", "country": "DE"}
    items = [{**about, "task": task} for task in ("clean", "clean", "photo")]
    items += [{**about, "task": "fault", "fault": "expired"}] * 2
    items += [{**about, "task": "edit", "edit": "patch", "field": "share"}] * 2
    right = {"kind": True, "expiry_date": True, "layout": "cells", "doubted": []}
    rows = [
        right,
        {**right, "expiry_date": False, "doubted": ["paper_expired"]},
        {"error": "file_damaged"},
        {"found": True},
        {"found": False, "layout": "tinted"},
        {"doubted": ["poa_edited"]},
        {"skipped": True},
    ]
    measures, wrong = topic.summarise(items, rows)
    figures = {m.name: (m.successes, m.trials) for m in measures}
    assert figures["clean: kind"] == (2, 2)
    assert figures["clean: expiry date"] == (1, 2)
    assert figures["clean: right ones doubted or refused"] == (1, 2)
    assert figures["photo: right ones doubted or refused"] == (0, 1)
    assert figures["expired: told"] == (1, 2)
    assert figures["edit patch: told"] == (1, 1)
    assert wrong == [
        "clean: licence of DE, seed 1, cells: expiry_date",
        "clean, doubted: licence of DE, seed 1, cells: paper_expired",
        "photo: licence of DE, seed 1: file_damaged",
        "expired not told: licence of DE, seed 1, tinted",
    ]


def test_what_is_measured_on_was_not_built_with():
    items = topic.items(None)
    assert {i["edit"] for i in items if i["task"] == "edit"} == set(EDITS)
    assert {i["fault"] for i in items if i["task"] == "fault"} == set(topic.FAULTS)
    assert len({i["seed"] for i in items}) == len(items)
    here = [draw_institution_paper("licence", seed=s, country="FR", split="evaluation").truth for s in range(12)]
    there = [draw_institution_paper("licence", seed=s, country="FR").truth for s in range(12)]
    assert not {t.layout for t in here} & {t.layout for t in there}
    assert not {t.fields["legal_name"] for t in here} & {t.fields["legal_name"] for t in there}


def test_an_item_of_each_task_is_measured():
    first = {item["task"]: item for item in reversed(topic.items(None))}
    assert topic.measure(None, first["clean"])["kind"] is True
    assert topic.measure(None, first["fault"])["found"] is True
    assert topic.measure(None, first["edit"])["doubted"]
