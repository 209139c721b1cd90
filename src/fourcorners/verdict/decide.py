"""Findings become a decision: a pure function, and for each reason the finding and the rule behind it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import checks_for, group_of
from fourcorners.kit.data import load_toml
from fourcorners.verdict.catalogue import Effect, reason

__all__ = [
    "REASONS",
    "SERVICE_REASONS",
    "Because",
    "Decision",
    "Policy",
    "decide",
    "decide_paper",
    "default_policy",
    "paper_policy",
]

REASONS = ("document_missing", "selfie_missing", "claims_missing", "check_not_made")
"""The reasons that no check gives, but this module."""

SERVICE_REASONS = (
    "live_not_passed",
    "live_by_person",
    "live_missing",
    "live_face_differs",
    "id_already_verified",
    "further_review",
    "country_unsupported",
    "camera_blocked",
    "page_unresponsive",
)
"""Reasons that need more than the files of one case: the service finds them, or its pages and reviewers tell them."""

PICTURES = ("front", "back", "selfie")
ITEMS = {"front": "document_front", "back": "document_back", "selfie": "selfie", "paper": "paper"}
SLOTS = ("attestation", "owners_paper")
"""Slots of a supplement: what fails in them is handed in again in them."""

GRAVEST_FIRST = (Effect.REJECT, Effect.RESUBMIT, Effect.REVIEW)


class Decision(StrEnum):
    """What becomes of a case. `REVIEW`: a person looks. `RESUBMIT`: the applicant does some items again."""

    APPROVE = "approve"
    RESUBMIT = "resubmit"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Policy:
    """policy.toml, which explains the fields.

    `effects` replaces what the catalogue says that a reason does when its finding has an outcome, and names the rule.
    """

    version: str
    needs: Mapping[str, str]
    required: Mapping[str, tuple[str, ...]]
    advisory: Mapping[str, tuple[str, ...]]
    effects: Mapping[tuple[str, Outcome], tuple[Effect, str]] = field(default_factory=dict)

    def effect(self, code: str, outcome: Outcome) -> tuple[Effect, str]:
        """What the reason does when its finding ended in `outcome`, and the rule that says so."""
        if told := self.effects.get((code, outcome)):
            return told
        effect = reason(code).effect(outcome)
        return effect, f"reasons.toml: {code}.{outcome.value} = {effect.value}"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: its code, what it does, whose finding it is, the rule that says so, and the item to do again.

    `check` and `outcome` are None where no check but the policy speaks.
    """

    code: str
    effect: Effect
    subject: str
    check: str | None
    outcome: Outcome | None
    rule: str
    redo: str | None

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "reason": self.code,
            "effect": self.effect.value,
            "subject": self.subject,
            "check": self.check,
            "outcome": None if self.outcome is None else self.outcome.value,
            "rule": self.rule,
            "redo": self.redo,
        }


@cache
def default_policy() -> Policy:
    """The policy that ships with the package."""
    table = load_toml("fourcorners.verdict", "policy.toml")
    lists = {part: {group: tuple(names) for group, names in table[part].items()} for part in ("required", "advisory")}
    return Policy(table["version"], table["needs"], lists["required"], lists["advisory"])


@cache
def paper_policy() -> Policy:
    """The policy for a paper that proves an address, judged by itself: it needs no document and no selfie."""
    whole = default_policy()
    return replace(whole, needs=dict.fromkeys(whole.needs, ""))


def decide(findings: Sequence[Finding], given: Collection[str], policy: Policy) -> tuple[Decision, tuple[Because, ...]]:
    """The decision on a case and its reasons, the gravest first, then in the order of the findings.

    `given` names what was handed in: of `front`, `back`, `selfie`, `claims`. What could not be assessed never counts as
    a pass: its cause has an effect, which is none only where the question does not arise.
    """
    missing = [_missing(what, code, policy) for what, code in policy.needs.items() if code and what not in given]
    told = {(f.subject, f.reason) for f in findings if f.reason} | {("case", b.code) for b in missing}
    found = [b for f in findings if (b := _because(f, told, given, policy)) is not None]
    skipped = _skipped(findings, given, policy)
    telling = [b for b in (*missing, *found, *skipped) if b.effect is not Effect.NONE]
    reasons = sorted(telling, key=lambda b: GRAVEST_FIRST.index(b.effect))
    return (Decision(reasons[0].effect.value) if reasons else Decision.APPROVE), tuple(reasons)


def decide_paper(findings: Sequence[Finding], policy: Policy) -> tuple[Decision, tuple[Because, ...]]:
    """The decision on a proof of address, with its supplement where there are findings on one (POA7).

    A complete supplement stands for what the applicant's own paper may lack; signs of edits stay reasons.
    """
    decision, because = decide(findings, {"paper"}, policy)
    more = [f for f in findings if f.subject.rstrip("_0123456789") in SLOTS]
    if more and not decide(more, {"paper"}, policy)[1]:
        stands_for = load_toml("fourcorners.verdict", "policy.toml")["supplement"]["stands_for"]
        because = tuple(b for b in because if b.code not in stands_for)
        decision = Decision(because[0].effect.value) if because else Decision.APPROVE
    return decision, because


def _because(
    finding: Finding, told: Collection[tuple[str, str]], given: Collection[str], policy: Policy
) -> Because | None:
    if finding.outcome is Outcome.PASS or finding.reason is None:
        return None
    group = group_of(finding.check, finding.subject)
    if finding.check in policy.advisory.get(group, ()) or (group == "match" and not _matchable(given, policy)):
        return None
    entry = reason(finding.reason)
    effect, rule = policy.effect(entry.code, finding.outcome)
    near = {code for subject, code in told if finding.subject not in PICTURES or subject in (finding.subject, "case")}
    if effect is Effect.NONE or near.intersection(entry.follows):
        return None
    item = _item(entry.redo, finding.subject)
    return Because(entry.code, effect, finding.subject, finding.check, finding.outcome, rule, item)


def _missing(what: str, code: str, policy: Policy) -> Because:
    effect, _ = policy.effect(code, Outcome.FAIL)
    return Because(code, effect, what, None, None, f"policy.toml: needs.{what}", _item(reason(code).redo, what))


def _skipped(findings: Sequence[Finding], given: Collection[str], policy: Policy) -> list[Because]:
    made = {(group_of(f.check, f.subject), f.subject if f.subject in PICTURES else "case", f.check) for f in findings}
    anywhere = {(group, check) for group, _, check in made}
    left_out = []
    for subject in (s for s in PICTURES if s in given):
        group = "selfie" if subject == "selfie" else "document"
        needed = {m.NAME for m in checks_for(subject)}.intersection(policy.required[group])
        left_out += [f"{subject} {name}" for name in sorted(needed) if (group, subject, name) not in made]
    for group in ("match", "case", "address"):
        if _asked(group, given, policy):
            left_out += [name for name in policy.required.get(group, ()) if (group, name) not in anywhere]
    if not left_out:
        return []
    effect, _ = policy.effect("check_not_made", Outcome.NOT_ASSESSED)
    rule = f"policy.toml: required, not made: {', '.join(left_out)}"
    return [Because("check_not_made", effect, "case", None, None, rule, None)]


def _asked(group: str, given: Collection[str], policy: Policy) -> bool:
    """Is this group of checks asked for: a paper is judged alone, faces where there is a selfie."""
    if "paper" in given or group == "address":
        return ("paper" in given) == (group == "address")
    return group == "case" or _matchable(given, policy)


def _matchable(given: Collection[str], policy: Policy) -> bool:
    """Faces are compared where there is a selfie, or where there should be one."""
    return "selfie" in given or bool(policy.needs["selfie"])


def _item(redo: str | None, subject: str) -> str | None:
    slot = subject.rstrip("_0123456789")  # the second file of a slot is `paper_2`
    if redo and slot in SLOTS:
        return slot
    return ITEMS.get(slot, "document_front") if redo == "picture" else redo
