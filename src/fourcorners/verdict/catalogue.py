"""The catalogue of reasons: what each code means, what it does, and its words for the applicant in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from fourcorners.checks.finding import Outcome
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

__all__ = [
    "APPLICANT_LOCALES",
    "LOCALES",
    "Effect",
    "LocaleUnknown",
    "Reason",
    "Words",
    "catalogue",
    "catalogue_version",
    "drawing",
    "reason",
    "text",
    "words",
]

LOCALES = ("en", "de", "fr")
"""Languages of the words for applicants; the first one is complete by definition, a test holds the others to it."""

APPLICANT_LOCALES = (*LOCALES, "ar")
"""Languages in which applicants are told reasons, hints and steps; the report for reviewers is in LOCALES only."""


class LocaleUnknown(Refusal):
    """There are no words in that language."""

    code = "locale_unknown"


class Effect(StrEnum):
    """What one finding does to the decision, the harmless first."""

    NONE = "none"
    REVIEW = "review"
    RESUBMIT = "resubmit"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of reasons.toml, which explains the fields. `number` is the FAI number of its group, or empty."""

    code: str
    group: str
    number: str
    retryable: bool
    reviewer: str
    help: str
    fail: Effect = Effect.REVIEW
    unsure: Effect = Effect.REVIEW
    not_assessed: Effect = Effect.REVIEW
    redo: str | None = None
    follows: tuple[str, ...] = ()
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def effect(self, outcome: Outcome) -> Effect:
        """What this reason does when its finding ended in `outcome`."""
        if outcome is Outcome.PASS:
            return Effect.NONE
        return {Outcome.FAIL: self.fail, Outcome.UNSURE: self.unsure, Outcome.NOT_ASSESSED: self.not_assessed}[outcome]


@dataclass(frozen=True, slots=True)
class Words:
    """What the applicant reads: what is wrong, and what to do about it."""

    title: str
    todo: str


@cache
def catalogue() -> Mapping[str, Reason]:
    """All reasons by code, in the order of the file."""
    table = load_toml("fourcorners.verdict", "reasons.toml")
    return {code: _reason(code, entry, table["groups"]) for code, entry in table["reasons"].items()}


def reason(code: str) -> Reason:
    """The reason `code`. A KeyError here is a bug: a test holds every check to the catalogue."""
    return catalogue()[code]


def catalogue_version() -> str:
    """The version of reasons.toml."""
    return str(load_toml("fourcorners.verdict", "reasons.toml")["version"])


def words(code: str, locale: str = LOCALES[0]) -> Words:
    """The words for the applicant about `code`. Raises LocaleUnknown."""
    return Words(**_locale(locale)["reasons"][code])


@cache
def drawing(code: str) -> str:
    """A drawn picture that shows the applicant what to do about `code`, as SVG; "" where there is none.

    It has no words and no colours of its own: lines take the colour of the text around it, and the classes `bad`,
    `good`, `look` and `soft` are the page's to colour.
    """
    file = files(__package__).joinpath("pictures", f"{code}.svg")
    return file.read_text(encoding="utf-8") if code.isidentifier() and file.is_file() else ""


def text(section: str, key: str, locale: str = LOCALES[0]) -> str:
    """Any other text of a locale file: names of checks, fields, decisions; the key itself where there is none."""
    table = _locale(locale)
    if section not in table:
        raise LocaleUnknown(f"There are no words of the section {section} in {locale}.")
    return str(table[section].get(key, key))


def _locale(locale: str) -> dict[str, Any]:
    if locale not in APPLICANT_LOCALES:
        raise LocaleUnknown(f"There are no words in {locale}. There are: {', '.join(APPLICANT_LOCALES)}.")
    return load_toml("fourcorners.verdict.locales", f"{locale}.toml")


def _reason(code: str, entry: Mapping[str, Any], groups: Mapping[str, str]) -> Reason:
    effects = {outcome: Effect(entry[outcome]) for outcome in ("fail", "unsure", "not_assessed") if outcome in entry}
    vendors = {vendor: tuple(entry[vendor]) for vendor in ("onfido", "veriff", "sumsub", "poa") if vendor in entry}
    return Reason(
        code=code,
        group=entry["group"],
        number=groups[entry["group"]],
        retryable=entry["retryable"],
        reviewer=entry["reviewer"],
        help=entry["help"],
        redo=entry.get("redo"),
        follows=tuple(entry.get("follows", ())),
        crosswalk=vendors,
        **effects,
    )
