"""What the reasons of institutions' papers do, and how they are told to the applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.kit.data import load_toml
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, Effect, LocaleUnknown, Words
from fourcorners.verdict.catalogue import reason as shared_reason
from fourcorners.verdict.catalogue import words as shared_words

from .words import PACKAGE

__all__ = ["PaperReason", "effect_of", "paper_reasons", "paper_words", "reviewer_words", "worst_effect"]

HELP = "institution-documents"
"""The article of the help centre on all of them."""

ORDER = (Effect.NONE, Effect.REVIEW, Effect.RESUBMIT, Effect.REJECT)


@dataclass(frozen=True, slots=True)
class PaperReason:
    """An entry of reasons.toml. `help` is the slug of the help article."""

    code: str
    fail: Effect
    unsure: Effect
    reviewer: str
    help: str = HELP


@cache
def paper_reasons() -> Mapping[str, PaperReason]:
    """The reasons that only these papers give, by code."""
    return {
        code: PaperReason(code, Effect(entry["fail"]), Effect(entry["unsure"]), entry["reviewer"])
        for code, entry in _table().items()
    }


def paper_words(code: str, locale: str = "en") -> Words:
    """What is wrong and what to do, in a language of the applicants. Raises LocaleUnknown."""
    entry = _table().get(code)
    if entry is None:
        return shared_words(code, locale)
    if locale not in APPLICANT_LOCALES:
        raise LocaleUnknown(f"There are no words in {locale}. There are: {', '.join(APPLICANT_LOCALES)}.")
    return Words(**entry[locale])


def reviewer_words(code: str) -> str:
    """What a reviewer should look at, in English."""
    known = paper_reasons().get(code)
    return shared_reason(code).reviewer if known is None else known.reviewer


def effect_of(finding: Finding) -> Effect:
    """What a finding does to the paper: nothing, a person looks, or it is handed in again."""
    if finding.outcome is Outcome.PASS or finding.reason is None:
        return Effect.NONE
    known = paper_reasons().get(finding.reason)
    if known is None:
        return shared_reason(finding.reason).effect(finding.outcome)
    return known.fail if finding.outcome is Outcome.FAIL else known.unsure


def worst_effect(findings: tuple[Finding, ...]) -> Effect:
    """The gravest of all."""
    return max((effect_of(f) for f in findings), key=ORDER.index, default=Effect.NONE)


def _table() -> dict[str, Any]:
    reasons: dict[str, Any] = load_toml(PACKAGE, "reasons.toml")["reasons"]
    return reasons
