"""The topic `papers_drawn`: figures follow from rows by hand, and its papers are others than those of building."""

from fourcorners.evaluation.topics import papers_drawn
from fourcorners.specimens.papers import EDITS, EVALUATION_LAYOUTS, LAYOUTS, draw_paper


def test_the_figures_count_what_they_say():
    about = {"seed": 1, "kind": "gas_bill", "country": "DE"}
    edited = {**about, "task": "edited", "edit": "patch", "field": "name"}
    items = [{**about, "task": task} for task in ("clean", "photo", "untouched", "untouched")] + [edited, edited]
    items.append({"task": "world", "seed": 2, "paper": 3})
    right = dict.fromkeys(papers_drawn.FIELDS, True) | {"layout": "centred"}
    rows = [right, {**right, "name": False}, {"doubted": False}, {"doubted": True}, {"doubted": True}, {"error": "x"}]
    rows.append({**right, "issuer": False})
    measures, wrong = papers_drawn.summarise(items, rows)
    figures = {m.name: (m.successes, m.trials) for m in measures}
    assert figures["clean: name"] == (1, 1)
    assert figures["photo: name"] == (0, 1)
    assert (figures["world: kind"], figures["world: issuer"]) == ((1, 1), (0, 1))
    assert figures["photo: issue date"] == (1, 1)
    assert figures["untouched, doubted"] == (1, 2)
    assert figures["edit patch: found"] == figures["edited field name: found"] == figures["edited: found"] == (1, 2)
    assert wrong == [
        "photo: gas_bill of DE, seed 1, centred: name",
        "world: world 3, seed 2: issuer",
        "doubted without cause: gas_bill of DE, seed 1",
        "patch of name missed: gas_bill of DE, seed 1, x",
    ]


def test_what_is_measured_on_was_not_built_with():
    assert not set(EVALUATION_LAYOUTS) & set(LAYOUTS)
    items = papers_drawn.items(None)
    assert {i["edit"] for i in items if i["task"] == "edited"} == set(EDITS)
    assert len({i["seed"] for i in items}) == len(items)
    here = [draw_paper("gas_bill", seed=s, country="FR", split="evaluation").truth for s in range(12)]
    there = [draw_paper("gas_bill", seed=s, country="FR").truth for s in range(12)]
    for part in ("name", "issuer", "layout", "address"):
        assert not {getattr(t, part) for t in here} & {getattr(t, part) for t in there}


def test_an_item_of_each_task_is_measured():
    first = {item["task"]: item for item in reversed(papers_drawn.items(None))}
    assert papers_drawn.measure(None, first["clean"])["kind"] is True
    assert papers_drawn.measure(None, first["world"])["kind"] is True
    assert papers_drawn.measure(None, first["untouched"]) == {"doubted": False}
    assert papers_drawn.measure(None, first["edited"]) == {"doubted": True}
