"""Letters to applicants, in their language: how it ended and what to do, and that a document is about to expire."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from babel.dates import format_date

from fourcorners.accounts import get_account, person_of
from fourcorners.infra.db import ReadSession
from fourcorners.kit.data import load_toml
from fourcorners.people.models import Applicant
from fourcorners.people.queries import read_email
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, text, words

__all__ = ["LINK", "address_of", "again_letter", "expiry_letter", "outcome_letter", "question_letter"]

TOLD_WHY = ("document_expired", "periodic_review", "higher_level")
"""Why somebody is verified anew, where they are told; a doubt is not."""
LINK = "{link}"
"""Where a letter holds the way back: filled in by whoever sends it, who makes the link."""

DATES = {"en": "en_GB"}
"""How days are written where the language alone does not say it: as on the pages."""


def address_of(db: ReadSession, applicant: Applicant) -> str | None:
    """Where mail goes: what the business gave, else the address of the account."""
    given = read_email(db, applicant)
    if given is not None or applicant.account_id is None:
        return given
    return person_of(db, get_account(db, applicant.account_id)).email


def outcome_letter(
    locale: str, state: str, redo: Mapping[str, Sequence[str]], reasons: Sequence[str]
) -> tuple[str, str]:
    """Subject and text on how a case ended: each item to do again with its reasons and what helps (IND6)."""
    locale = locale if locale in APPLICANT_LOCALES else APPLICANT_LOCALES[0]
    say = _words(locale)
    parts = [say(f"{state}_text")]
    for item, codes in redo.items():
        told = [words(code, locale) for code in codes]
        parts.append("\n".join([f"{text('items', item, locale)}:", *(f"- {w.title}. {w.todo}" for w in told)]))
    if not redo and state == "rejected_final":
        parts += [f"- {w.title}. {w.todo}" for w in (words(code, locale) for code in reasons)]
    parts.append(say(f"{state}_link").format(link=LINK))
    return say(f"{state}_subject"), "\n\n".join([say("greeting"), *parts, say("close")]) + "\n"


def expiry_letter(locale: str, expires_on: date) -> tuple[str, str]:
    """Subject and text before a document expires (IND9)."""
    locale = locale if locale in APPLICANT_LOCALES else APPLICANT_LOCALES[0]
    say = _words(locale)
    body = say("expiry_text").format(day=format_date(expires_on, "long", DATES.get(locale, locale)))
    return say("expiry_subject"), "\n\n".join([say("greeting"), body, say("close")]) + "\n"


def again_letter(locale: str, trigger: str) -> tuple[str, str]:
    """Subject and text when somebody must be verified anew (IND9); of triggers that have words of their own, why."""
    locale = locale if locale in APPLICANT_LOCALES else APPLICANT_LOCALES[0]
    say = _words(locale)
    why = f"{say(f'again_{trigger}')} " if trigger in TOLD_WHY else ""
    parts = [say("greeting"), why + say("again_text"), say("again_link").format(link=LINK), say("close")]
    return say("again_subject"), "\n\n".join(parts) + "\n"


def question_letter(locale: str, question: str, link: str) -> tuple[str, str]:
    """Subject and text when a reviewer asks something, in the reviewer's own words (FAI16)."""
    locale = locale if locale in APPLICANT_LOCALES else APPLICANT_LOCALES[0]
    say = _words(locale)
    parts = [say("greeting"), say("question_text"), question, say("question_link").replace(LINK, link)]
    return say("question_subject"), "\n\n".join(parts) + "\n"


def _words(locale: str) -> Callable[[str], str]:
    table: Mapping[str, str] = load_toml("fourcorners.people", "letters.toml")[locale]
    return lambda key: table[key]
