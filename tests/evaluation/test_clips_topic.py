"""The topic `clips`: honest clips without signs, two people refused."""

from fourcorners.evaluation.topics import clips


def row(signs=(), followed=10):
    return {"frames": 10, "followed": followed, "movements": ["left 1.0-2.0 s"], "signs": list(signs)}


def test_the_figures_count_what_they_say():
    items = [
        {"file": "a", "two": False},
        {"file": "b", "two": False},
        {"file": "c", "two": True},
        {"file": "d", "two": True},
    ]
    rows = [row(), row(["face_flat"], followed=5), row(["multiple_faces"]), {"error": "clip_damaged"}]
    measures, wrong = clips.summarise(items, rows)
    assert [(m.successes, m.trials) for m in measures] == [(15, 20), (1, 2), (1, 1)]
    assert wrong == [
        "a: left 1.0-2.0 s; no sign", "b: left 1.0-2.0 s; face_flat", "c: left 1.0-2.0 s; multiple_faces"
    ]  # fmt: skip


def test_two_people_are_refused_and_one_is_followed(eval_root):
    """FR2."""
    items = clips.items(eval_root)
    rows = [clips.measure(eval_root, item) for item in items]
    assert all(("multiple_faces" in r["signs"]) is i["two"] for i, r in zip(items, rows, strict=True))
    assert all(r["followed"] == r["frames"] for r in rows)
    alone = [r for i, r in zip(items, rows, strict=True) if not i["two"]]
    assert all(r["signs"] == [] for r in alone)
