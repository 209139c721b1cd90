"""The verdict: explained, replayable, and the same bytes for the same case."""

import json
import subprocess
import sys
from datetime import date

import pytest

import fourcorners
from fourcorners.checks.claims import ClaimsRefused
from fourcorners.checks.registry import CheckUnknown, checks_for
from fourcorners.verdict import Decision, catalogue

DAY = date(2026, 11, 1)


def test_the_specimen_is_read_and_judged(verdict, passport):
    assert verdict.read["document"]["kind"] == "passport"
    fields = {name: f["value"] for name, f in verdict.read["fields"].items()}
    assert fields["birth_date"] == passport.holder.birth_date.isoformat()
    assert fields["document_number"] == passport.holder.document_number
    made = {(f.subject, f.check) for f in verdict.findings}
    assert {("front", m.NAME) for m in checks_for("front")} <= made
    assert {("selfie", m.NAME) for m in checks_for("selfie")} <= made


def test_every_reason_is_explained_by_a_finding_and_a_rule(verdict):
    findings = {(f.subject, f.check): f for f in verdict.findings}
    for because in verdict.because:
        assert because.rule
        if because.check:
            assert findings[because.subject, because.check].reason == because.code
    assert list(verdict.reasons) == list(dict.fromkeys(b.code for b in verdict.because))
    assert set(verdict.reasons) <= set(catalogue())


def test_idp_replaying_a_case_gives_the_same_bytes(verdict, photo, selfie, claims):
    again = fourcorners.check(photo, selfie, claims, today=DAY, threads=1)
    assert again.to_json() == verdict.to_json()
    assert again.to_html() == verdict.to_html()


def test_the_json_is_canonical_and_keeps_the_contract(verdict):
    text = verdict.to_json()
    table = json.loads(text)
    assert json.dumps(table, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == text
    assert table["verdict"] in {"approve", "resubmit", "review", "reject"}
    assert set(table) >= {"verdict", "reasons", "findings", "read", "versions", "claims", "pictures"}
    for finding in table["findings"]:
        assert set(finding) >= {"check", "outcome", "reason", "raw", "unit", "threshold", "score", "evidence"}
        assert finding["outcome"] in {"pass", "fail", "unsure", "not_assessed"}
        assert (finding["reason"] is None) == (finding["outcome"] == "pass")


def test_a_verdict_names_the_versions_of_all_that_decided(verdict):
    assert set(verdict.versions) == {"fourcorners", "limits", "policy", "catalogue", "embedder", "weights"}
    assert all(len(sha) == 64 for sha in verdict.versions["weights"].values())


def test_a_file_that_is_no_picture_is_a_reason_not_an_exception(selfie):
    verdict = fourcorners.check([b"%PDF-1.7 no picture"], selfie, today=DAY)
    assert verdict.decision is Decision.RESUBMIT
    assert verdict.redo[0] == "document_front"
    assert verdict.reasons[0] == "file_type_unsupported"
    assert "not_assessed_file" not in verdict.reasons, "it follows from the refused file"
    assert verdict.pictures["front"] == {"refused": "file_type_unsupported"}
    assert "<html" in verdict.to_html()


def test_nothing_at_all_is_a_case_too():
    verdict = fourcorners.check(today=DAY)
    assert verdict.decision is Decision.RESUBMIT
    assert {"document_missing", "selfie_missing"} <= set(verdict.reasons)
    assert "<html" in verdict.to_html("de")


def test_only_some_checks_can_be_asked_for(photo):
    stages = []
    verdict = fourcorners.check(photo, today=DAY, only=["in_date", "in_colour"], progress=stages.append)
    assert [(f.check, f.subject) for f in verdict.findings] == [("in_colour", "front"), ("in_date", "front")]
    assert "check_not_made" in verdict.reasons, "a run of some checks never approves"
    assert {"front read", "front", "match", "case"} <= set(stages)


def test_what_cannot_be_worked_with_is_refused(photo):
    with pytest.raises(CheckUnknown):
        fourcorners.check(photo, today=DAY, only=["no_such_check"])
    with pytest.raises(ClaimsRefused):
        fourcorners.check(photo, claims="{", today=DAY)
    with pytest.raises(ValueError, match="two pictures"):
        fourcorners.check([photo] * 3, today=DAY)


def test_importing_the_package_loads_nothing_heavy():
    heavy = "{'cv2', 'numpy', 'onnxruntime', 'PIL', 'jinja2'}"
    code = f"import sys, fourcorners; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
