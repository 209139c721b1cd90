"""The policy in force for one case: the rules that hold for it, laid over what the package ships with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from fourcorners.checks.finding import Outcome as Found
from fourcorners.checks.rejudge import Thresholds
from fourcorners.clearance.policy.document import Policy, Rule
from fourcorners.verdict import Basis, Because, Decision, Effect, decide_again, default_policy
from fourcorners.verdict import Policy as Library

__all__ = ["Facts", "InForce", "in_force"]

SCAN = "flat_scan"
LIVE = "live_missing"
NEEDS = {"selfie": "selfie_missing", "claims": "claims_missing"}
"""What a case may need, and the reason that is told where it is missing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules ask of a case. `residence` and `issuer` are ISO 3166-1 alpha-2; `document` is the kind as chosen."""

    applicant: str = "person"
    level: int = 0
    residence: str | None = None
    issuer: str | None = None
    document: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Plain values: codes only, nothing that names a person."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, plain: Mapping[str, object]) -> "Facts":
        """What `to_dict` gave; left out is unknown."""
        return cls(**{name: plain[name] for name in cls.__slots__ if name in plain})  # type: ignore[arg-type]

    def fit(self, rule: Rule) -> bool:
        """Does the rule hold for this case? Every condition of it must."""
        mine = {
            "applicants": self.applicant,
            "levels": self.level,
            "residences": self.residence,
            "issuers": self.issuer,
            "documents": self.document,
        }
        return all(mine[name] in values for name, values in rule.when.items())


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for one case. `version` names the policy; `rules` the rules that made it."""

    version: str
    rules: tuple[str, ...]
    library: Library
    limits: Mapping[tuple[str, str], Thresholds]
    challenge: str | None
    four_eyes: frozenset[str]
    despite: frozenset[str]
    exceptions: frozenset[str]
    review_within_h: int

    def decide(self, basis: Basis, excepted: frozenset[str] = frozenset()) -> tuple[Decision, tuple[Because, ...]]:
        """The decision; `excepted` are reasons that a reviewer lets stand in this case."""
        library = self.library
        if excepted:
            kept = {(code, found): (Effect.NONE, "exception granted") for code in excepted for found in Found}
            library = replace(library, effects={**library.effects, **kept})
        return decide_again(basis, library, self.limits)

    def needs_second(self, outcome: str, told: tuple[str, ...]) -> bool:
        """Must another person second this decision of one, on a case of which the machine told these reasons?"""
        return outcome in self.four_eyes or (outcome == "approve" and not self.despite.isdisjoint(told))


def in_force(policy: Policy, facts: Facts, version: str) -> InForce:
    """The policy for a case with these facts; `version` names it in decisions."""
    return _laid(policy, tuple(n for n, rule in enumerate(policy.rules) if facts.fit(rule)), version)


@lru_cache(maxsize=512)
def _laid(policy: Policy, numbers: tuple[int, ...], version: str) -> InForce:
    return _lay(tuple(policy.rules[n] for n in numbers), version)


def _lay(rules: tuple[Rule, ...], version: str) -> InForce:
    shipped = default_policy()
    effects: dict[tuple[str, Found], tuple[Effect, str]] = {}
    limits: dict[tuple[str, str], Thresholds] = {}
    required = {(group, check) for group, checks in shipped.required.items() for check in checks}
    advisory = {(group, check) for group, checks in shipped.advisory.items() for check in checks}
    needs = dict(shipped.needs)
    for rule in rules:
        if rule.challenge is not None:
            _ask_live(effects, rule, f"policy {version}: {rule.name}: needs.challenge")
        if rule.flat_scans is not None:
            _allow_scans(effects, rule, f"policy {version}: {rule.name}: allow.flat_scans")
        for (code, found), effect in rule.effects.items():
            effects[code, found] = (effect, f"policy {version}: {rule.name}: {code}.{found.value} = {effect.value}")
        limits.update(rule.limits)
        required = (required - rule.advisory) | rule.required
        advisory = (advisory - rule.required) | rule.advisory
        needs.update({what: NEEDS[what] if wanted else "" for what, wanted in rule.needs.items()})
    return InForce(
        version=version,
        rules=tuple(rule.name for rule in rules),
        library=Library(version, needs, _by_group(required, shipped), _by_group(advisory, shipped), effects),
        limits=limits,
        challenge=next((r.challenge for r in reversed(rules) if r.challenge is not None), None),
        four_eyes=next((r.four_eyes for r in reversed(rules) if r.four_eyes is not None), frozenset()),
        despite=next((r.despite for r in reversed(rules) if r.despite is not None), frozenset()),
        exceptions=next((r.exceptions for r in reversed(rules) if r.exceptions is not None), frozenset()),
        review_within_h=next((r.review_within_h for r in reversed(rules) if r.review_within_h is not None), 24),
    )


def _ask_live(effects: dict[tuple[str, Found], tuple[Effect, str]], rule: Rule, why: str) -> None:
    """Where no challenge is asked for, a missing live check is no reason."""
    if rule.challenge == "none":
        effects[LIVE, Found.FAIL] = (Effect.NONE, why)
    else:
        effects.pop((LIVE, Found.FAIL), None)


def _allow_scans(effects: dict[tuple[str, Found], tuple[Effect, str]], rule: Rule, why: str) -> None:
    for found in (Found.FAIL, Found.UNSURE):
        if rule.flat_scans:
            effects[SCAN, found] = (Effect.NONE, why)
        else:
            effects.pop((SCAN, found), None)


def _by_group(checks: set[tuple[str, str]], shipped: Library) -> dict[str, tuple[str, ...]]:
    """Checks by group: those that the package lists in its order, then the others."""
    groups: dict[str, tuple[str, ...]] = {}
    for group, listed in shipped.required.items():
        mine = {check for g, check in checks if g == group}
        groups[group] = (*(c for c in listed if c in mine), *sorted(mine.difference(listed)))
    return groups
