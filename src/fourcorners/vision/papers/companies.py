"""Names of companies, told from those of people by their form or a word that only companies have."""

from functools import cache

from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import table

__all__ = ["has_suffix"]


def has_suffix(text: str) -> bool:
    """Does a name end like a company's, or hold a word that only companies have?"""
    words = folded(text.replace(".", ""))
    return any(words.endswith(f" {suffix} ") for suffix in _suffixes())


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(folded(s.replace(".", "")).strip() for s in table("issuers")["suffixes"])
