"""Reasons as the API tells them: in the applicant's words, with the article that helps."""

from typing import Annotated, Literal, TypeAlias

from fastapi import Query

from fourcorners.verdict.catalogue import catalogue, reason, words
from fourcorners.web.api.shapes import ReasonTold

__all__ = ["LocaleHere", "help_address", "reason_told"]

LocaleHere: TypeAlias = Annotated[Literal["en", "de", "fr"], Query(description="The language of the words.")]


def reason_told(code: str, locale: str, origin: str) -> ReasonTold:
    """A reason; one that the catalogue of today does not know any more is told by its code."""
    if code not in catalogue():
        return ReasonTold(code=code, title=code, todo="", retryable=False, help=origin + "/help")
    said, entry = words(code, locale), reason(code)
    return ReasonTold(
        code=code, title=said.title, todo=said.todo, retryable=entry.retryable, help=help_address(entry.help, origin)
    )


def help_address(slug: str, origin: str) -> str:
    """The address of an article."""
    return f"{origin}/help/{slug}"
