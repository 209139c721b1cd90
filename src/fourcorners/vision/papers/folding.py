"""Text as words in capitals without marks, parted by single spaces: what phrases of our tables are compared with."""

import re
from functools import lru_cache

from fourcorners.formats.names import plain

__all__ = ["INFLECTED", "folded", "holds"]

MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Signs over, under and behind letters (Latin, Arabic, Devanagari, Thai): parts of words that are no letters."""

WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*")

HAN = "\u3005\u3040-\u30ff\u3400-\u9fff"
HAN_SPACED = re.compile(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
"""Spaces between Chinese or Japanese signs, which part no words: "在 职 证 明"."""

SPACED_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")
"""Four single letters or more with spaces between them, as titles are set: "F A C T U R E"."""

INFLECTED = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
"""Greek and Cyrillic letters."""


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """ "Facture d'électricité n°12" is " FACTURE D ELECTRICITE N 12 ": with a space at both ends."""
    text = SPACED_WORD.sub(lambda found: found[0].replace(" ", ""), HAN_SPACED.sub("", text))
    words = [w for w in (plain(word) for word in WORD.findall(text)) if w]
    return f" {' '.join(words)} " if words else ""


def holds(text: str, phrase: str) -> bool:
    """Does folded text hold a folded phrase (no spaces around it)? A "*" at its end stands for the rest of a word.

    Words in Greek and Cyrillic may go on with an ending of up to three letters. Scripts that part no words, or join
    articles to them, are searched letter by letter.
    """
    if not phrase.isascii():
        stem = phrase.rstrip("*")
        if stem not in text or not INFLECTED.match(stem):
            return stem in text
        return f" {stem}" in text and (stem != phrase or re.search(rf" {re.escape(stem)}\w{{0,3}} ", text) is not None)
    return f" {phrase[:-1]}" in text if phrase.endswith("*") else f" {phrase} " in text
