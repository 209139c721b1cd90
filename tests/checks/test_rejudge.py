"""A stored finding judged again: as it was under the shipped thresholds, otherwise under others."""

from datetime import date

import pytest

from fourcorners import check, specimens
from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import REGISTRY, group_of
from fourcorners.checks.rejudge import Thresholds, can_rejudge, rejudge, scale_of
from fourcorners.kit.data import load_toml
from fourcorners.verdict import catalogue

TABLE = {
    (g, c): e
    for g, cs in load_toml("fourcorners.checks", "rejudge.toml").items()
    if g != "version"
    for c, e in cs.items()
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every finding on two drawn cases, well and badly taken."""
    folder, found = tmp_path_factory.mktemp("drawn"), []
    for seed, trouble in ((3, "genuine"), (4, "glare")):
        passport = specimens.draw("passport", seed=seed)
        front = specimens.capture(passport, trouble, severity=0.8, seed=seed, size=(900, 1200))
        selfie = specimens.selfie(0, seed=seed, size=(600, 800))
        files = [specimens.save(p, folder / f"{seed}{n}") for n, p in enumerate((front, selfie))]
        found += check(document=[files[0]], selfie=files[1], today=date(2026, 11, 1)).findings
    return found


def test_a_finding_comes_back_from_its_json_form(drawn):
    for finding in drawn:
        assert Finding.from_dict(finding.to_dict()).to_dict() == finding.to_dict()


def test_under_the_shipped_thresholds_nothing_changes(drawn):
    judged = 0
    for finding in drawn:
        group = group_of(finding.check, finding.subject)
        if can_rejudge(group, finding.check):
            stored = Finding.from_dict(finding.to_dict())
            again = rejudge(stored, group, Thresholds()).to_dict()
            margin = again.pop("margin")  # of a value that was stored with six digits
            assert margin == (None if finding.margin is None else pytest.approx(finding.margin, rel=1e-4))
            assert again == {k: v for k, v in finding.to_dict().items() if k != "margin"}
            judged += finding.raw is not None
    assert judged > 20


@pytest.mark.parametrize(("group", "name"), TABLE, ids=".".join)
def test_every_check_of_the_table_can_be_judged_both_ways(group, name):
    scale, entry = scale_of(group, name), TABLE[group, name]
    module = next(m for m in REGISTRY[group] if name == m.NAME)
    assert {entry["fail"], entry["unsure"]} <= set(module.REASONS) & set(catalogue())
    subject = "selfie" if group == "selfie" else "front"
    good = Finding(name, module.VERSION, Outcome.PASS, None, scale.best, subject=subject)
    bad = Finding(name, module.VERSION, Outcome.FAIL, entry["fail"], scale.worst, subject=subject)
    strict = rejudge(good, group, Thresholds(pass_at=scale.best + (scale.best - scale.worst), fail_at=scale.pass_at))
    assert (strict.outcome, strict.reason, strict.subject) == (Outcome.UNSURE, entry["unsure"], subject)
    mild = rejudge(bad, group, Thresholds(pass_at=scale.worst, fail_at=scale.worst))
    assert (mild.outcome, mild.reason, mild.margin) == (Outcome.PASS, None, 0)
    worst = rejudge(bad, group, Thresholds())
    assert worst.outcome is (Outcome.UNSURE if entry.get("never_fails") else Outcome.FAIL)


def test_what_measured_nothing_and_what_another_version_measured_stay():
    missing = Finding("sharp", 1, Outcome.NOT_ASSESSED, "not_assessed_no_face", subject="selfie")
    older = Finding("sharp", 0, Outcome.FAIL, "face_blurred", 0.001, subject="selfie")
    for finding in (missing, older):
        assert rejudge(finding, "selfie", Thresholds(pass_at=0.0, fail_at=0.0)) is finding


def test_the_chart_of_a_distance_shows_the_thresholds_that_count(drawn):
    finding = next(f for f in drawn if f.check == "face_matches" and f.raw is not None)
    again = rejudge(finding, "match", Thresholds(pass_at=0.2, fail_at=0.3))
    assert [(e.pass_at, e.fail_at) for e in again.evidence if hasattr(e, "pass_at")] == [(0.2, 0.3)]
