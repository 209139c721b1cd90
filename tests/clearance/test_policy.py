"""The policy as somebody writes it, and what it does to cases."""

import re
from pathlib import Path

import pytest

from cases import because, new_case, policy_text, put_in_force, settled_case, verdict_of
from fourcorners.checks.finding import Outcome as Found
from fourcorners.clearance.actions import apply_challenge
from fourcorners.clearance.policy import Facts, PolicyInvalid, in_force, read_policy
from fourcorners.clearance.policy.lines import line_of, lines_of
from fourcorners.clearance.policy.versions import (
    SHIPPED,
    ActivationInPast,
    DraftChanged,
    NotDraft,
    activate,
    change_draft,
    compare,
    discard_draft,
    draft,
    find_version,
    list_versions,
    version_at,
)
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.errors import NotFound
from fourcorners.people import Item
from fourcorners.people.actions import state_residence
from fourcorners.people.queries import get_verification, items_wanted
from fourcorners.verdict import basis_of, decide_again, default_policy

SWEDEN = Facts(level=2, residence="SE", issuer="SE", document="passport")


def ruled(rules, facts=SWEDEN):
    return in_force(read_policy(policy_text(rules)), facts, "9 test")


def decided(rules, told=(), raws=None, facts=SWEDEN, excepted=frozenset()):
    decision, why = ruled(rules, facts).decide(basis_of(verdict_of(told, raws=raws)), excepted)
    return decision.value, [b.code for b in why], [b.rule for b in why]


def test_the_shipped_policy_decides_as_the_library_does():
    rules = in_force(read_policy(SHIPPED.text), SWEDEN, SHIPPED.label)
    for told in ((), (because("blurred"),), (because("underage", "reject", None), because("glare"))):
        basis = basis_of(verdict_of(told))
        assert rules.decide(basis) == decide_again(basis, default_policy(), {})


def test_a_rule_changes_what_a_reason_does_and_is_named():
    outcome, codes, rules = decided('[rules.effects.blurred]\nfail = "review"', (because("blurred"),))
    assert (outcome, codes) == ("review", ["blurred"])
    assert rules == ["policy 9 test: Everybody: blurred.fail = review"]


def test_a_reason_that_does_nothing_is_not_told():
    assert decided('[rules.effects.blurred]\nfail = "none"', (because("blurred"),))[:2] == ("approve", [])


@pytest.mark.parametrize(
    ("limits", "raw", "outcome"),
    [
        ("pass_at = 0.3\nfail_at = 0.2", 0.25, "resubmit"),
        ("pass_at = 0.26\nfail_at = 0.1", 0.26, "approve"),
        ("pass_at = 0.02\nfail_at = 0.02", 0.25, "approve"),
    ],
)
def test_a_limit_judges_the_measured_value_again(limits, raw, outcome):
    assert decided(f"[rules.limits.selfie.sharp]\n{limits}", raws={("sharp", "selfie"): raw})[0] == outcome


def test_advisory_checks_are_told_but_never_decide():
    assert decided('[rules.checks]\nadvisory = ["document.sharp"]', (because("blurred"),))[0] == "approve"


def test_a_required_check_that_was_not_made_goes_to_a_person():
    verdict = verdict_of()
    verdict["findings"] = [f for f in verdict["findings"] if f["check"] != "no_glasses"]
    needs, free = ruled(""), ruled('[rules.checks]\nadvisory = ["selfie.no_glasses"]')
    assert needs.decide(basis_of(verdict))[0] == "review"
    assert free.decide(basis_of(verdict))[0] == "approve"


def test_a_level_may_do_without_a_selfie():
    verdict = verdict_of()
    verdict["pictures"] = {"front": {}}
    verdict["findings"] = [f for f in verdict["findings"] if f["subject"] != "selfie" and f["check"] != "face_matches"]
    rules = "[rules.when]\nlevels = [1]\n[rules.needs]\nselfie = false\nchallenge = 'none'"
    assert ruled(rules, Facts(level=1)).decide(basis_of(verdict))[0] == "approve"
    assert ruled(rules, Facts(level=2)).decide(basis_of(verdict))[0] == "resubmit"
    assert (ruled(rules, Facts(level=1)).challenge, ruled(rules, Facts(level=2)).challenge) == ("none", None)


def test_flat_scans_are_taken_where_a_rule_says_so():
    told = (because("flat_scan"),)
    assert decided("[rules.allow]\nflat_scans = true", told)[0] == "approve"
    assert decided("", told)[0] == "resubmit"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('applicants = ["person"]', True),
        ('applicants = ["institution"]', False),
        ("levels = [2, 3]", True),
        ("levels = [3]", False),
        ('residences = ["SE"]', True),
        ('residences = ["DE"]', False),
        ('issuers = ["SE"]', True),
        ('issuers = ["FR"]', False),
        ('documents = ["passport"]', True),
        ('documents = ["identity_card"]', False),
        ('levels = [2]\nresidences = ["DE"]', False),
    ],
)
def test_a_rule_holds_where_all_its_conditions_do(condition, holds):
    rules = f'[rules.when]\n{condition}\n[rules.effects.blurred]\nfail = "review"'
    assert (decided(rules, (because("blurred"),))[0] == "review") is holds


def test_the_later_rule_counts():
    text = policy_text('[rules.effects.blurred]\nfail = "reject"\n[rules.allow]\nflat_scans = true')
    text += '[[rules]]\nname = "Later"\n[rules.effects.blurred]\nfail = "review"\n[rules.allow]\nflat_scans = false\n'
    rules = in_force(read_policy(text), SWEDEN, "9")
    assert rules.library.effect("blurred", Found.FAIL)[0] == "review"
    assert rules.library.effect("flat_scan", Found.FAIL)[0] == "resubmit"


def test_an_exception_lets_one_reason_stand():
    told = (because("head_covered", "review", "selfie"), because("blurred"))
    assert decided("", told, excepted=frozenset({"head_covered"}))[1] == ["blurred"]


def test_who_must_be_seconded():
    rules = ruled('[rules.four_eyes]\noutcomes = ["reject"]\ndespite = ["face_mismatch"]')
    assert rules.needs_second("reject", ())
    assert rules.needs_second("approve", ("face_mismatch",))
    assert not rules.needs_second("approve", ("glare",))
    assert not rules.needs_second("resubmit", ("face_mismatch",))


WRONG = [
    ("format = 1\ntitle = \"x", 2, "Unterminated"),
    ('format = 2\ntitle = "x"\n[[rules]]\nname = "a"', 1, "format 1"),
    ('format = 1\ntitle = "x"', 1, "at least one"),
    ('format = 1\ntitle = "x"\n[[rules]]\nname = "a"\n[[rules]]\nname = "a"', 6, "another rule"),
    (policy_text("[rules.effects.blured]\nfail = 'reject'"), 5, "did you mean 'blurred'"),
    (policy_text("[rules.effects.blurred]\nfail = 'refuse'"), 6, "no effect"),
    (policy_text("[rules.effects.blurred]\npass = 'none'"), 6, "not known"),
    (policy_text("[rules.effects]\nblurred = 7"), 6, "must be a table"),
    (policy_text("[rules.limits.selfie.sharp]\npass_at = 9"), 5, "lie between"),
    (policy_text("[rules.limits.selfie.sharp]\npass_at = 0.05\nfail_at = 0.1"), 5, "fail_at at or below pass_at"),
    (policy_text("[rules.limits.selfie.sharp]\npass_at = 'high'"), 6, "is a number"),
    (policy_text("[rules.limits.selfie.sharp]\npass_at = nan"), 6, "is a number"),
    (policy_text("[rules.limits.document.sharp]\npass_at = 0.05"), 5, "more than one measure"),
    (policy_text("[rules.limits.selfie.sharpp]\npass_at = 0.05"), 5, "did you mean 'sharp'"),
    (policy_text("[rules.checks]\nrequired = ['sharp']"), 6, "group.check"),
    (policy_text("[rules.checks]\nrequired = ['selfie.sharp']\nadvisory = ['selfie.sharp']"), 7, "both"),
    (policy_text("[rules.when]\nresidences = ['Sweden']"), 6, "two capital letters"),
    (policy_text("[rules.when]\nlevels = [true]"), 6, "not one of"),
    (policy_text("[rules.when]\nlevels = 2"), 6, "is a list"),
    (policy_text("[rules.needs]\nchallenge = 'hard'"), 6, "no challenge"),
    (policy_text("[rules.needs]\nselfie = 'yes'"), 6, "true or false"),
    (policy_text("[rules.review]\nwithin_h = 0"), 6, "hours"),
    (policy_text("[rules.four_eyes]\noutcomes = ['review']"), 6, "no final outcome"),
    (policy_text("[rules.exceptions]\nreasons = ['hat']"), 6, "no reason"),
    (policy_text("[rules.fourEyes]\noutcomes = []"), 5, "not known"),
    ("x" * 300_000, 1, "characters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), WRONG)
def test_a_mistake_is_said_on_its_line(text, line, what):
    with pytest.raises(PolicyInvalid) as refused:
        read_policy(text)
    assert [p["line"] for p in refused.value.fields["problems"]] == [line], refused.value.fields
    assert what in refused.value.message


def test_every_mistake_is_told_at_once():
    with pytest.raises(PolicyInvalid) as refused:
        read_policy(policy_text("[rules.effects.blured]\nfail = 'x'\n[rules.wen]\n[rules.review]\nwithin_h = -1"))
    assert [p["line"] for p in refused.value.fields["problems"]] == [5, 7, 9]


def test_lines_of_arrays_of_tables_and_dotted_keys():
    lines = lines_of('a = 1\n[[rules]]\nx.y = 2\n[rules.when]\n"z" = 3\n[[rules]] # two\n[rules.when]\nq = 1\n')
    assert [line_of(lines, p) for p in ((), ("a",), ("rules", 0, "x", "y"), ("rules", 0, "when", "z"),
            ("rules", 1), ("rules", 1, "when", "q", "deeper"))] == [1, 1, 3, 5, 6, 8]  # fmt: skip


def test_a_draft_decides_nothing_until_it_is_activated(floor, clock):
    with floor.database.write() as db:
        made = draft(db, actor="acc_1", text=policy_text('[rules.effects.blurred]\nfail = "review"'))
        assert made.number == 2
        assert version_at(db, db.now).number == 1
        made = change_draft(db, 2, actor="acc_2", text=policy_text(""), seen=made.sha256)
        with pytest.raises(DraftChanged):
            change_draft(db, 2, actor="acc_1", text=policy_text("# mine"), seen="0" * 64)
        with pytest.raises(DraftChanged):
            activate(db, 2, actor="acc_1", seen="0" * 64)
        with pytest.raises(ActivationInPast):
            activate(db, 2, actor="acc_1", seen=made.sha256, active_from=db.now.replace(year=2025))
        activate(db, 2, actor="acc_1", seen=made.sha256, active_from=db.now.replace(hour=12))
    with floor.database.write() as db:
        assert version_at(db, db.now).number == 1
        assert version_at(db, db.now.replace(hour=12)).number == 2
        for changed in (
            lambda: change_draft(db, 2, actor="acc_1", text=policy_text(""), seen=made.sha256),
            lambda: discard_draft(db, 1, actor="acc_1"),
            lambda: activate(db, 2, actor="acc_1", seen=made.sha256),
        ):
            with pytest.raises(NotDraft):
                changed()
        with pytest.raises(NotFound):
            discard_draft(db, 77, actor="acc_1")
        third = draft(db, actor="acc_1", text=policy_text("# other"))
        assert [line for line in compare(find_version(db, 2), third) if line[0] in "+-"] == ["-", "+# other"]
        discard_draft(db, 3, actor="acc_1")
        assert [v.number for v in list_versions(db)] == [2, 1]
        told = [e.action for e in db.query(AuditEvent).order_by(AuditEvent.seq)]
    assert told == ["policy.laid", "policy.drafted", "policy.changed", "policy.activated"]


def test_a_case_is_settled_under_the_policy_of_its_submission(floor):
    put_in_force(floor, '[rules.effects.blurred]\nfail = "review"\n[rules.review]\nwithin_h = 3')
    case, _ = settled_case(floor, "resubmit")
    with floor.database.read() as db:
        (decision,) = list_decisions(db, case)
        review = find_review(db, case)
        assert (decision.outcome, decision.reasons) == ("review", ["blurred"])
        assert decision.policy.startswith("2 ")
        assert (review.due_at - review.opened_at).total_seconds() == 3 * 3600


def test_the_policy_in_the_how_to_is_in_order():
    page = Path(__file__).parents[2] / "docs" / "how-to" / "change-the-policy.md"
    (text,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(read_policy(text).rules) == 3


def test_the_policy_says_which_live_challenge_is_asked_for(floor):
    put_in_force(floor, '[rules.when]\nlevels = [2]\nresidences = ["SE"]\n[rules.needs]\nchallenge = "none"')
    for level, challenge in ((2, "none"), (3, "standard")):
        case = new_case(floor, level_wanted=level)
        with floor.database.write() as db:
            state_residence(db, case, actor="app_1", residence="SE", nationality="SE")
            apply_challenge(db, case, actor="app_1")
            verification = get_verification(db, case)
            assert verification.challenge_policy == challenge
            assert (Item.LIVE in items_wanted(verification)) is (challenge != "none")
