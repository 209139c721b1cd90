"""Letters to institutions and their people (`letters.toml`), and to whom they go."""

from collections.abc import Mapping, Sequence
from typing import Any

from fourcorners.accounts import get_account, person_of
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.kinds import text_of
from fourcorners.institutions.models import Institution, Paper, Party
from fourcorners.institutions.queries import read_contact, read_party, read_section
from fourcorners.institutions.reasons import reason_words
from fourcorners.kit.data import load_toml
from fourcorners.verdict.catalogue import APPLICANT_LOCALES

__all__ = ["address_of", "feedback_of", "letter", "name_of", "some_institution", "title_of"]


def letter(locale: str, kind: str, **values: object) -> tuple[str, str]:
    """Subject and text of a letter in its locale, English where there is none. A value that lacks is a bug."""
    words = _words(locale)
    body = words[f"{kind}_text"].format(**values)
    return words[f"{kind}_subject"].format(**values), "\n\n".join([words["greeting"], body, words["close"]]) + "\n"


def address_of(db: ReadSession, institution: Institution) -> str | None:
    """Where mail goes: what was given when it began, else the address of its account."""
    given = read_contact(db, institution)
    if given is not None or institution.account_id is None:
        return given
    return person_of(db, get_account(db, institution.account_id)).email


def feedback_of(
    db: ReadSession, institution: Institution, items: Mapping[str, Sequence[str]], codes: Sequence[str]
) -> str:
    """Each item that was not accepted, by its name, with the words of its reasons and what helps; then those of all.

    In the language of the institution.
    """
    locale = institution.locale
    lines = [_told(code, locale) for code in codes]
    for item, own in items.items():
        lines += [f"{title_of(db, institution.id, item, locale)}:", *(_told(code, locale) for code in own)]
    return "\n".join(lines)


def title_of(db: ReadSession, institution_id: str, item: str, locale: str = "en") -> str:
    """What an item that is ruled on is called: a section, somebody's name, a paper. Raises KeyDestroyed."""
    group, _, name = item.partition(":")
    words = _words(locale)
    if group == "party":
        party = db.get(Party, name)
        return str(read_party(db, party).values.get("name", "")) if party is not None else name
    if group == "paper":
        paper = db.get(Paper, name)
        if paper is None:
            return name
        return str(words["papers"][paper.paper]) if "papers" in words else text_of("papers", paper.paper)
    return str(words["sections"][name]) if "sections" in words else name.replace("_", " ").capitalize()


def _told(code: str, locale: str) -> str:
    words = reason_words(code, locale)
    return f"- {words.title}. {words.todo}"


def name_of(db: ReadSession, institution: Institution) -> str:
    """What it is called in letters to itself."""
    name = str(read_section(db, institution.id, "basic_info").values.get("legal_name", ""))
    return name or str(_words(institution.locale)["yours"])


def some_institution(locale: str) -> str:
    """What one without a name is called in letters to others."""
    return str(_words(locale)["some"])


def _words(locale: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_toml("fourcorners.institutions", "letters.toml")
    return {**table["en"], **(table[locale] if locale in APPLICANT_LOCALES else {})}
