"""Reasons, hints, steps and refusals in the reader's language."""

from starlette.requests import Request

from fourcorners.kit.errors import Refusal
from fourcorners.verdict.catalogue import APPLICANT_LOCALES as LOCALES
from fourcorners.verdict.catalogue import Words, catalogue, text, words
from fourcorners.web.pages import Pages, words_of

__all__ = ["hint_words", "reason_words", "refusal_words", "text_words"]


def reason_words(code: str, locale: str) -> Words:
    """What is wrong and what to do about it; in English where there are no words in that language."""
    return words(code, locale if locale in LOCALES else LOCALES[0])


def text_words(section: str, key: str, locale: str) -> str:
    """Any other text of the catalogue: hints over the camera, steps of a live check, how it ended."""
    return text(section, key, locale if locale in LOCALES else LOCALES[0])


def hint_words(hint: str | None, locale: str) -> str:
    """What is said over the preview; empty where there is nothing to say."""
    return text_words("hints", hint, locale) if hint else ""


def refusal_words(request: Request, refusal: Refusal, *, area: str = "house") -> str:
    """A refusal in the reader's words: those of the area, of the reasons, or of any area that has some for its code.

    Where there are none, English readers and the console, which is in English, are told what was raised; others that
    it could not be done, with the code.
    """
    pages: Pages = request.app.state.pages
    said = words_of(request, area)
    own = f"{area}.refused.{refusal.code}"
    if not said.has(own) and refusal.code in catalogue():
        told = reason_words(refusal.code, said.locale)
        return f"{told.title}. {told.todo}"
    keys = (own, *(f"{name}.refused.{refusal.code}" for name in pages.words.offered))
    key = next(filter(said.has, keys), None)
    if key is not None:
        return said(
            key, **{"count": refusal.fields.get("retry_after_s", 0), "detail": refusal.message, **refusal.fields}
        )
    if said.locale == "en" or request.url.path.startswith("/console"):
        return refusal.message
    return said("house.refused.other", code=refusal.code)
