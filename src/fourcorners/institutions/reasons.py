"""The catalogue of reasons for institutions (`reasons.toml`): what reviewers refuse with, what the machine tells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from fourcorners.institutions.papers.catalogue import paper_reasons, paper_words
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, Words

__all__ = ["InstitutionReason", "InstitutionReasonUnknown", "check_reasons_for", "reason_words", "reasons"]


class InstitutionReasonUnknown(Refusal):
    """A reason that does not go with this kind of item, or none where one is needed; `unknown` lists them."""

    code: ClassVar[str] = "institution_reason_unknown"


@dataclass(frozen=True, slots=True)
class InstitutionReason:
    """One reason. `says` and `todo` are for the applicant, and empty where only the machine tells it."""

    code: str
    groups: tuple[str, ...]
    says: str
    todo: str
    reviewer: str


@cache
def reasons() -> Mapping[str, InstitutionReason]:
    """Every reason by its code: those that the checks of papers give, too, then those of the file in its order."""
    table = load_toml("fourcorners.institutions", "reasons.toml")["reasons"]
    words = {code: paper_words(code) for code in paper_reasons()}
    of_papers = {
        code: InstitutionReason(code, ("paper",), told.title, told.todo, paper_reasons()[code].reviewer)
        for code, told in words.items()
    }
    return of_papers | {
        code: InstitutionReason(
            code, tuple(entry["for"]), entry.get("says", ""), entry.get("todo", ""), entry.get("reviewer", "")
        )
        for code, entry in table.items()
    }


def reason_words(code: str, locale: str = "en") -> Words:
    """What is wrong and what helps, as the institution reads it: in its language, English where there are no words.

    Both are empty where only reviewers are told.
    """
    reason, spoken = reasons()[code], locale if locale in APPLICANT_LOCALES else "en"
    if code in paper_reasons():
        return paper_words(code, spoken)
    told = load_toml("fourcorners.institutions", "reasons.toml")["reasons"][code].get(spoken, {})
    return Words(told.get("says", reason.says), told.get("todo", reason.todo))


def check_reasons_for(group: str, codes: Iterable[str]) -> list[str]:
    """The codes, once each, if people may refuse a `group` of item with them. Raises InstitutionReasonUnknown."""
    named = list(dict.fromkeys(codes))
    known = reasons()
    wrong = [code for code in named if code not in known or group not in known[code].groups or not known[code].says]
    if wrong or not named:
        raise InstitutionReasonUnknown("Choose at least one reason that goes with this.", unknown=wrong)
    return named
