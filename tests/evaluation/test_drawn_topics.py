"""The report of drawn pictures: what is held out, and figures that follow from rows by hand."""

import pytest

from fourcorners.evaluation import EvaluationRefused, as_text, drawn, evaluate_drawn, held_out
from fourcorners.evaluation.topic import TopicResult
from fourcorners.evaluation.topics import attacks, checks_drawn
from fourcorners.specimens import Camera, CaptureKind
from fourcorners.specimens.designs import design_named

PASS, FAIL, UNSURE, SILENT = "pass", "fail", "unsure", "not_assessed"


def item(kind, severity=0.3):
    return {"kind": kind, "template": "kaarmaa_permit", "seed": drawn.FIRST_SEED, "severity": severity}


def row(faults=(), **outcomes):
    told = {
        check: {"outcome": outcome, "reason": None, "raw": 0.5, "labels": []} for check, outcome in outcomes.items()
    }
    return {"faults": list(faults), "findings": told}


def figures(module, pairs):
    measures, wrong = module.summarise([i for i, _ in pairs], [r for _, r in pairs])
    return {m.name: m for m in measures}, wrong


def test_every_kind_is_drawn_on_held_out_templates_with_fresh_seeds():
    found = drawn.items(3)
    assert {i["kind"] for i in found} == set(CaptureKind)
    assert all(design_named(i["template"]).split == "evaluation" for i in found)
    assert len({i["seed"] for i in found}) == len(found)
    assert {i["camera"] for i in found} == set(Camera)
    assert sum(i["kind"] == "genuine" for i in found) == 12
    assert found == drawn.items(3)


def test_some_kinds_are_the_same_pictures_as_among_all():
    some = drawn.items(3, ("edited", "held"))
    assert some == [i for i in drawn.items(3) if i["kind"] in ("edited", "held")]
    with pytest.raises(EvaluationRefused, match="forged"):
        evaluate_drawn(1, kinds=("forged",))


def test_the_same_scenes_are_taken_with_a_finer_camera() -> None:
    usual, fine = drawn.items(2, ("held",)), drawn.items(2, ("held",), sizes=drawn.sizes_of(12.0))
    for small, large in zip(usual, fine, strict=True):
        width, height = large["size"]
        assert width * height == pytest.approx(12e6, rel=0.001)
        assert width / height == pytest.approx(small["size"][0] / small["size"][1], rel=0.001)
        assert {**large, "size": small["size"]} == small


def test_severities_of_a_kind_are_spread_evenly():
    blurs = [i["severity"] for i in drawn.items(8) if i["kind"] == "blur"]
    assert [int(severity * 8) for severity in blurs] == list(range(8))


def test_what_was_held_out_is_said():
    sentence = held_out()
    for name in ("kaarmaa", "rumelina", str(drawn.FIRST_SEED), *drawn.new_attacks()):
        assert name in sentence


def test_attack_kinds_are_those_of_the_captures():
    assert set(drawn.new_attacks()) < set(drawn.attack_kinds())
    assert "genuine" not in drawn.attack_kinds()
    assert {"fm_print", "screenshot", "edited"} <= set(drawn.attack_kinds())


def test_apcer_counts_attacks_that_no_check_refuses_and_names_the_worst():
    pairs = [
        (item("grey_copy"), row(in_colour=FAIL)),
        (item("grey_copy"), row(in_colour=PASS)),
        (item("scan"), row(not_scan=UNSURE)),
        (item("scan"), row(not_scan=PASS, in_colour=SILENT)),
        (item("screenshot"), row(not_screenshot=FAIL, in_colour=SILENT)),
        (item("genuine"), row(not_scan=PASS)),
        (item("genuine"), row(not_scan=UNSURE)),
        (item("held"), row(not_scan=FAIL)),
        (item("held"), {"faults": [], "error": "picture_too_small"}),
    ]
    told, wrong = figures(attacks, pairs)
    assert (told["APCER grey_copy"].successes, told["APCER grey_copy"].trials) == (1, 2)
    assert (told["APCER scan"].successes, told["APCER scan"].trials) == (1, 1)
    assert told["APCER screenshot"].successes == 0
    assert told["APCER of the worst kind, scan"].value == 1.0
    assert told["attacks neither refused nor doubted, all kinds"].successes == 1
    unanswered = told["APNRR: attacks without a response"]
    assert (unanswered.successes, unanswered.trials) == (1, 5)
    assert (told["BPCER: bona fide refused"].successes, told["BPCER: bona fide refused"].trials) == (1, 3)
    assert told["bona fide refused or doubted"].successes == 2
    assert told["BPNRR: bona fide without a response"].successes == 1
    assert len(wrong) == 6
    assert any("picture_too_small" in sentence for sentence in wrong)


def test_an_attack_that_was_kept_back_is_marked():
    told, _ = figures(attacks, [(item("fm_print"), row(not_photocopy=PASS))])
    assert "APCER fm_print (kind never trained or tuned on)" in told


def test_a_check_is_measured_on_its_faults_and_on_faultless_photos():
    pairs = [
        (item("blur", 0.9), row(["sharp"], sharp=FAIL)),
        (item("motion_blur", 0.9), row(["sharp"], sharp=UNSURE)),
        (item("blur", 0.2), row([], sharp=FAIL)),  # opinions may differ: counts nowhere
        (item("genuine"), row([], sharp=PASS)),
        (item("held"), row([], sharp=FAIL)),
        (item("noise", 0.9), row([], sharp=FAIL)),  # no longer mild
    ]
    told, wrong = figures(checks_drawn, pairs)
    recall, alarms, precision = (told[f"sharp: {name}"] for name in ("recall", "faultless photos refused", "precision"))
    assert (recall.successes, recall.trials) == (1, 2)
    assert (alarms.successes, alarms.trials) == (1, 2)
    assert (precision.successes, precision.trials) == (1, 2)
    assert told["sharp: recall of motion_blur"].successes == 0
    assert told["sharp: faults refused or doubted"].successes == 2
    assert len(wrong) == 2


def test_every_check_that_a_capture_can_fail_exists():
    named = {fault for kind in CaptureKind for fault in drawn.facts(kind)["faults"]}
    assert named == set(drawn.checks_with_truth())


def test_the_report_shows_counts_and_intervals():
    measures, wrong = attacks.summarise([item("scan")], [row(not_scan=FAIL)])
    text = as_text([TopicResult(attacks.NAME, attacks.ABOUT, 1, tuple(measures), tuple(wrong))])
    assert "APCER scan" in text
    assert "0/1" in text


@pytest.mark.parametrize("kind", ["genuine", "two_documents"])
def test_a_drawn_picture_is_judged(kind):
    chosen = next(i for i in drawn.items(1) if i["kind"] == kind)
    judged = drawn.judge({**chosen, "size": (800, 600), "camera": "simple"})
    assert judged["kind"] == kind
    assert set(drawn.checks_with_truth()) <= set(judged["findings"])
    assert 0 <= judged["iou"] <= 1
    assert judged["faults"] == drawn.facts(kind)["faults"]
