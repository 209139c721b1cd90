"""How a reason is told: to the applicant what to do, about a doubt what a reviewer should look at."""

from fourcorners.verdict.catalogue import Effect, Words, reason, text, words
from fourcorners.verdict.decide import Because

__all__ = ["tell"]


def tell(because: Because, locale: str = "en") -> Words:
    """The words for one reason of a verdict. Raises LocaleUnknown.

    What sends a case to a person accuses nobody: it names the check and its outcome, and what to look at. (Those
    sentences are for the reviewer, in English; the applicant is told that there is nothing to do.)
    """
    if because.effect is not Effect.REVIEW:
        return words(because.code, locale)
    entry = reason(because.code)
    if because.check is None or because.outcome is None:
        return Words(words(because.code, locale).title, entry.reviewer)
    return Words(
        f"{text('checks', because.check, locale)}: {text('outcomes', because.outcome, locale)}", entry.reviewer
    )
