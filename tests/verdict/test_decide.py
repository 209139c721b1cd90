"""Findings to decision: a table, and the laws that hold for all findings."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import REGISTRY, checks_for
from fourcorners.verdict import Decision, Effect, catalogue, decide, default_policy

POLICY = default_policy()
GIVEN = ("front", "selfie")
SEVERITY = [Decision.APPROVE, Decision.REVIEW, Decision.RESUBMIT, Decision.REJECT]


def passing(given=GIVEN):
    """What a run over a perfect case finds."""
    found = [Finding(m.NAME, 1, Outcome.PASS, subject=s) for s in given for m in checks_for(s)]
    return [*found, *(Finding(m.NAME, 1, Outcome.PASS, subject="case") for g in ("match", "case") for m in REGISTRY[g])]


def with_one(check, subject, outcome, reason):
    """The perfect case, but for one finding."""
    return [
        replace(f, outcome=outcome, reason=reason) if (f.check, f.subject) == (check, subject) else f for f in passing()
    ]


def test_a_perfect_case_is_approved():
    assert decide(passing(), GIVEN, POLICY) == (Decision.APPROVE, ())


@pytest.mark.parametrize(
    ("check", "subject", "outcome", "reason", "decision", "redo"),
    [
        ("in_colour", "front", Outcome.FAIL, "greyscale_copy", Decision.RESUBMIT, "document_front"),
        ("in_colour", "front", Outcome.UNSURE, "greyscale_copy", Decision.REVIEW, "document_front"),
        ("not_edited", "front", Outcome.FAIL, "edited_picture", Decision.RESUBMIT, "document_front"),
        ("old_enough", "case", Outcome.FAIL, "underage", Decision.REJECT, None),
        ("in_date", "case", Outcome.FAIL, "document_expired", Decision.RESUBMIT, "document_front"),
        ("claims_agree", "case", Outcome.FAIL, "claims_disagree", Decision.RESUBMIT, "claims"),
        ("mrz_valid", "case", Outcome.FAIL, "mrz_invalid", Decision.REVIEW, "document_front"),
        ("no_sunglasses", "selfie", Outcome.UNSURE, "sunglasses", Decision.REVIEW, "selfie"),
        ("no_hat", "selfie", Outcome.FAIL, "head_covered", Decision.REVIEW, "selfie"),  # a person may let it stay on
        ("looks_live", "selfie", Outcome.UNSURE, "not_live", Decision.REVIEW, "selfie"),
        ("face_matches", "case", Outcome.FAIL, "face_mismatch", Decision.RESUBMIT, "selfie"),
        ("face_matches", "case", Outcome.UNSURE, "face_uncertain", Decision.REVIEW, "selfie"),
        ("sharp", "front", Outcome.NOT_ASSESSED, "not_assessed_no_data", Decision.REVIEW, "document_front"),
        ("barcode_valid", "case", Outcome.NOT_ASSESSED, "not_assessed_not_required", Decision.APPROVE, None),
        ("claims_agree", "case", Outcome.NOT_ASSESSED, "not_assessed_no_claims", Decision.APPROVE, None),
    ],
)
def test_one_finding_decides_as_the_catalogue_says(check, subject, outcome, reason, decision, redo):
    made, because = decide(with_one(check, subject, outcome, reason), GIVEN, POLICY)
    assert made is decision
    assert [(b.code, b.check, b.subject, b.redo) for b in because] == (
        [] if decision is Decision.APPROVE else [(reason, check, subject, redo)]
    )
    assert all(b.rule.startswith("reasons.toml") for b in because)


@pytest.mark.parametrize(
    ("given_now", "reason"),
    [(("selfie",), "document_missing"), (("front",), "selfie_missing"), ((), "document_missing")],
)
def test_a_case_is_not_approved_without_its_pictures(given_now, reason):
    decision, because = decide(passing(given_now), given_now, POLICY)
    assert decision is Decision.RESUBMIT
    assert because[0].code == reason
    assert because[0].rule == f"policy.toml: needs.{because[0].subject}"


def test_a_policy_may_do_without_a_selfie_or_ask_for_claims():
    findings = [f for f in passing(("front",)) if f.check != "face_matches"]
    relaxed = replace(POLICY, needs={**POLICY.needs, "selfie": ""})
    assert decide(findings, ("front",), relaxed) == (Decision.APPROVE, ())
    strict = replace(relaxed, needs={**relaxed.needs, "claims": "claims_missing"})
    assert [b.code for b in decide(findings, ("front",), strict)[1]] == ["claims_missing"]


def test_a_check_that_was_left_out_is_missed():
    findings = [f for f in passing() if f.check != "in_date"]
    decision, because = decide(findings, GIVEN, POLICY)
    assert (decision, because[0].code) == (Decision.REVIEW, "check_not_made")
    assert because[0].rule.endswith("in_date")


def test_an_advisory_check_is_told_but_does_not_decide():
    findings = with_one("no_glare", "front", Outcome.FAIL, "glare")
    advisory = replace(POLICY, advisory={**POLICY.advisory, "document": ("no_glare",)})
    assert decide(findings, GIVEN, advisory) == (Decision.APPROVE, ())


def test_what_follows_from_another_reason_is_not_told_twice():
    findings = [
        replace(f, outcome=Outcome.NOT_ASSESSED, reason="not_assessed_no_document") if f.subject == "front" else f
        for f in passing()
    ]
    findings[0] = replace(findings[0], outcome=Outcome.FAIL, reason="no_document")
    assert [b.code for b in decide(findings, GIVEN, POLICY)[1]] == ["no_document"]


def test_the_cause_on_one_side_does_not_explain_the_other():
    given_now = ("front", "back", "selfie")
    findings = []
    for f in passing(given_now):
        if (f.check, f.subject) == ("document_present", "back"):
            f = replace(f, outcome=Outcome.FAIL, reason="no_document")
        elif (f.check, f.subject) == ("sharp", "front"):
            f = replace(f, outcome=Outcome.NOT_ASSESSED, reason="not_assessed_no_document")
        findings.append(f)
    assert [(b.code, b.subject) for b in decide(findings, given_now, POLICY)[1]] == [
        ("no_document", "back"),
        ("not_assessed_no_document", "front"),
    ]


def test_the_policy_names_every_check_once():
    for group, modules in REGISTRY.items():
        listed = [*POLICY.required[group], *POLICY.advisory[group]]
        assert sorted(listed) == sorted(m.NAME for m in modules)


PAIRS = [
    (m.NAME, subject, outcome, reason)
    for subject in ("front", "selfie", "case")
    for m in (checks_for(subject) if subject != "case" else [*REGISTRY["match"], *REGISTRY["case"]])
    for reason in m.REASONS
    for outcome in (Outcome.FAIL, Outcome.UNSURE, Outcome.NOT_ASSESSED)
]


@given(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=6))
def test_another_bad_finding_never_makes_a_decision_milder_unless_it_explains(bad):
    findings = passing()
    before = Decision.APPROVE
    told = []
    for check, subject, outcome, reason in bad:
        findings = [
            replace(f, outcome=outcome, reason=reason)
            if (f.check, f.subject, f.outcome) == (check, subject, Outcome.PASS)
            else f
            for f in findings
        ]
        told.append(reason)
        decision, because = decide(findings, GIVEN, POLICY)
        explained = any(set(catalogue()[r].follows) & set(told) for r in told)
        assert explained or SEVERITY.index(decision) >= SEVERITY.index(before)
        assert (decision is Decision.APPROVE) == (not because)
        before = decision


@given(st.sampled_from(PAIRS))
def test_what_was_not_assessed_is_a_pass_only_where_the_catalogue_says_so(pair):
    check, subject, outcome, reason = pair
    decision, _ = decide(with_one(check, subject, outcome, reason), GIVEN, POLICY)
    effect = catalogue()[reason].effect(outcome)
    assert (decision is Decision.APPROVE) == (effect is Effect.NONE)


def test_the_gravest_effect_decides_whatever_the_order():
    parts = [
        ("old_enough", "case", Outcome.FAIL, "underage"),
        ("in_colour", "front", Outcome.FAIL, "greyscale_copy"),
        ("looks_live", "selfie", Outcome.UNSURE, "not_live"),
    ]
    for order in itertools.permutations(parts):
        findings = passing()
        for check, subject, outcome, reason in order:
            findings = [
                replace(f, outcome=outcome, reason=reason) if (f.check, f.subject) == (check, subject) else f
                for f in findings
            ]
        decision, because = decide(findings, GIVEN, POLICY)
        assert decision is Decision.REJECT
        assert [b.code for b in because] == ["underage", "greyscale_copy", "not_live"]
