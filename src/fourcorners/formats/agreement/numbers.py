"""Whether two document or personal numbers are one."""

import re
import unicodedata

from .look_alikes import one_edit_apart, sight
from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_blank, is_too_long

__all__ = ["numbers_agree"]

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015./\\<_:*#°№]+")
_LEAST_PREFIX = 6  # characters: a machine-readable zone that cuts a number keeps nine, a stripe eight


def numbers_agree(a: str | None, b: str | None) -> Agreement:
    """Compare two numbers. Same: case, spacing and separators aside. Compatible: look_alike, leading_zeros, truncation.

    Different comes with the hint one_character when a single one was changed, added or lost.
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or is_blank(a) or is_blank(b):
        return MISSING
    a, b = (unicodedata.normalize("NFKC", text).strip() for text in (a, b))
    if a == b:
        return Agreement("same")
    reasons = ["case"] if a.upper() != a or b.upper() != b else []
    plain_a, plain_b = (_SEPARATORS.sub("", text.upper()) for text in (a, b))
    if plain_a == plain_b:
        return Agreement("same", (*reasons, *(["spacing"] if a.upper() != b.upper() else [])))
    if sight(plain_a) == sight(plain_b):
        return Agreement("compatible", ("look_alike",))
    if plain_a.lstrip("0") == plain_b.lstrip("0") != "":
        return Agreement("compatible", ("leading_zeros",))
    shorter, longer = sorted((plain_a, plain_b), key=len)
    if len(shorter) >= _LEAST_PREFIX and longer.startswith(shorter):
        return Agreement("compatible", ("truncation",))
    return Agreement("different", ("one_character",)) if one_edit_apart(plain_a, plain_b) else DIFFERENT
