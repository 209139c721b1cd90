"""A postcode alone in its line, over or under the town that it belongs to."""

import re
from functools import lru_cache

from fourcorners.vision.papers.words import one_of

__all__ = ["is_lone_postcode", "is_worded_postcode"]

WORD = rf"{one_of('places', 'postcodes')}[ .:–-]*"
NUMBER = (
    r"(?:[A-Z]{1,2}-?)?\d{3,7}(?:[ -]\d{3,4})?|〒\s*\d{3}-?\d{4}|\(\d{5,6}\)|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d{4}[A-Z]{3}"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] ?[\dA-Z]{4}|\d{4} ?[A-Z]{2}"
)
"""Digits (a country's letters before them), Japan's, in brackets; then Canada's, Argentina's, Britain's, Ireland's, the
Netherlands'."""

ALONE = re.compile(rf"(?:(?i:{WORD}))?(?:{NUMBER})")
WORDED = re.compile(rf"(?i:{WORD})(?:{NUMBER})")


@lru_cache(maxsize=8192)
def is_lone_postcode(text: str) -> bool:
    """Is a line a postcode, behind its word or none, and nothing else: "66220", "CP 66220", "SW1A 1AA"?"""
    return ALONE.fullmatch(text.strip()) is not None


def is_worded_postcode(text: str) -> bool:
    """The same behind its word alone, which no number of a house or an account has: "CP 66220"."""
    return WORDED.fullmatch(text.strip()) is not None
