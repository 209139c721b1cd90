"""Reasons, hints and steps in the applicant's language."""

from fourcorners.verdict.catalogue import APPLICANT_LOCALES as LOCALES
from fourcorners.verdict.catalogue import Words, text, words

__all__ = ["hint_words", "reason_words", "text_words"]


def reason_words(code: str, locale: str) -> Words:
    """What is wrong and what to do about it; in English where there are no words in that language."""
    return words(code, locale if locale in LOCALES else LOCALES[0])


def text_words(section: str, key: str, locale: str) -> str:
    """Any other text of the catalogue: hints over the camera, steps of a live check, how it ended."""
    return text(section, key, locale if locale in LOCALES else LOCALES[0])


def hint_words(hint: str | None, locale: str) -> str:
    """What is said over the preview; empty where there is nothing to say."""
    return text_words("hints", hint, locale) if hint else ""
