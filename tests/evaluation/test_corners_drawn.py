"""What the rows of drawn photos add up to."""

import pytest

from fourcorners.evaluation.topics.corners_drawn import summarise


def row(kind, iou, raw=0.05, outcome="pass", reason=None, labels=(), hidden=(), others="pass"):
    return {
        "kind": kind,
        "iou": iou,
        "found": iou is not None and iou > 0,
        "hidden_corners": list(hidden),
        "findings": {
            "corners_visible": {"outcome": outcome, "reason": reason, "raw": raw, "labels": list(labels)},
            "one_document": {"outcome": others, "reason": None if others == "pass" else "two_documents", "raw": None},
        },
    }


def figures(rows):
    items = [{"template": "t", "seed": i} for i in range(len(rows))]
    measures, wrong = summarise(items, rows)
    return {m.name: m.value for m in measures}, wrong


def test_idp3_recall_and_false_alarms_of_each_fault():
    covered = ("document", "top left: hidden")
    rows = [
        *(row("genuine", 0.99, raw=0.04 + i / 1000) for i in range(9)),
        row("blur", 0.80, raw=0.05, outcome="unsure", reason="corner_covered", labels=covered),
        row("cut_off", 0.97, raw=-0.03, outcome="fail", reason="corner_cut_off"),
        row("cut_off", 0.95, raw=0.03),
        row("covered_corner", 0.98, outcome="unsure", reason="corner_covered", labels=covered, hidden=(0,)),
        row("punched", 0.98, outcome="unsure", reason="corner_covered", labels=covered, hidden=(2,)),
        row("two_documents", 0.99, others="fail"),
        row("no_document", None),
    ]
    found, wrong = figures(rows)
    assert found["corner cut off: found"] == 0.5
    assert found["corner cut off: found at 1% false alarms"] == 1.0
    assert found["corner covered or gone: found"] == 1.0
    assert found["corner covered or gone: named rightly"] == 0.5
    assert found["corner covered or gone: false alarms"] == 0.1
    assert found["two documents: counted"] == 1.0
    assert found["two documents: false alarms"] == 0.0
    assert found["no document: nothing found"] == 1.0
    assert found["mean IoU: cut_off"] == pytest.approx(0.96)
    assert wrong == ["blur, t, seed 9: IoU 0.800"]


def test_a_refused_photo_finds_nothing():
    found, _ = figures([{"kind": "cut_off", "error": "unreadable"}, row("genuine", 0.0)])
    assert found["corner cut off: found"] == 0.0
    assert found["mean IoU"] == 0.0


def test_nothing_measured_gives_no_figures():
    assert figures([]) == ({}, [])
