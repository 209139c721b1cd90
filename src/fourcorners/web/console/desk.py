"""What the pages of the console share: who may come in, names of colleagues, moments in words, refusals on a page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from fourcorners.accounts import Permission, get_account, person_of
from fourcorners.infra import ReadSession
from fourcorners.kit.errors import Refusal
from fourcorners.web.pages import words_of
from fourcorners.web.site import floor_of
from fourcorners.web.telling import reason_words
from fourcorners.web.who import Who, staff_who
from fourcorners.web.words import Words

__all__ = [
    "MACHINE",
    "Changer",
    "Exporter",
    "Reviewer",
    "Seer",
    "Trier",
    "floor_of",
    "names_of",
    "said",
    "span",
    "title_of",
    "words",
]

Seer = Annotated[Who, Depends(staff_who(Permission.SEE_CASES))]
Reviewer = Annotated[Who, Depends(staff_who(Permission.DECIDE_CASES))]
Trier = Annotated[Who, Depends(staff_who(Permission.TRY_POLICY))]
Changer = Annotated[Who, Depends(staff_who(Permission.CHANGE_POLICY))]
Exporter = Annotated[Who, Depends(staff_who(Permission.EXPORT_DATA))]
MACHINE = "system"


def words(request: Request) -> Words:
    """The words of the console."""
    return words_of(request, "console")


def names_of(request: Request, db: ReadSession, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of accounts by id; what acts by itself, and whoever is gone, gets a word."""
    t = words(request)
    found: dict[str, str] = {}
    for one in set(ids) - {None}:
        assert one is not None  # noqa: S101 - for the type checker
        if one == MACHINE:
            found[one] = t("console.machine")
        elif one.startswith("acc_"):
            found[one] = _name(db, one)
        else:
            found[one] = t("console.applicant") if one.startswith("app_") else one
    return found


def _name(db: ReadSession, account_id: str) -> str:
    try:
        return person_of(db, get_account(db, account_id)).name
    except Refusal:
        return account_id


def span(t: Words, since: datetime, until: datetime) -> str:
    """How long between two moments, in the largest unit that says enough."""
    minutes = max(0, int((until - since).total_seconds() // 60))
    if minutes < 120:
        return t("console.span.minutes", count=minutes)
    return (
        t("console.span.hours", count=minutes // 60)
        if minutes < 2880
        else t("console.span.days", count=minutes // 1440)
    )


def title_of(t: Words, code: str) -> str:
    """A reason in a few words: the console's own where what applicants are told would not say it to the staff."""
    key = f"console.reasons.{code}"
    return t(key) if t.has(key) else reason_words(code, t.locale).title


def said(request: Request, refusal: Refusal) -> str:
    """A refusal in the words of the console, where it has some."""
    t, key = words(request), f"console.refused.{refusal.code}"
    return t(key) if t.has(key) else refusal.message
