"""Names as words: folding of case, marks and punctuation, and the ways in which a word is written in Latin letters."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from fourcorners.formats.mrz.transliteration import alternatives
from fourcorners.kit.data import load_toml

__all__ = [
    "consonants",
    "fold",
    "is_droppable",
    "plain",
    "reduced",
    "romanised",
    "skeleton",
    "spells",
    "split_suffix",
    "split_words",
    "without_digraphs",
]

_BETWEEN_WORDS = re.compile(r"[\s\-\u2010-\u2015_/,;<]+")
_INSIDE_WORDS = re.compile(r"['`´ʻʼʹ\u2018\u2019\u02b0-\u02ff.\"()\[\]]")
_CONSONANT_SCRIPTS = ("ARABIC", "HEBREW")
_MAX_WORD = 80  # characters: no word of a name is longer, and no pattern built from one gets out of hand


def split_words(name: str) -> list[str]:
    """The words of a name as written: spaces and hyphens part them, apostrophes and full stops vanish."""
    text = _INSIDE_WORDS.sub("", unicodedata.normalize("NFC", name))
    return [word[:_MAX_WORD] for word in _BETWEEN_WORDS.split(text) if word]


def fold(name: str) -> str:
    """One form for all spellings that differ in case, marks, spacing and punctuation: "O'Brien-Łoś" is "OBRIEN LOS"."""
    return " ".join(filter(None, map(plain, split_words(name))))


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """A word in capitals without marks; letters of other scripts stay."""
    letters = _tables()["latin"]
    decomposed = "".join(letters.get(c, (c,))[0] for c in _upper(word))
    kept = (c for c in unicodedata.normalize("NFKD", decomposed) if not unicodedata.combining(c))
    return "".join(c for c in "".join(kept).upper() if _belongs_to_a_word(c))


def spells(word: str, latin: str) -> bool:
    """Whether `latin` (A-Z) is one of the ways in which documents print a word that is not in A-Z itself.

    The ways are those of Doc 9303-3, section 6, with all its alternatives and exceptions, and the romanisations of
    `romanisation.toml`. All are followed side by side, so that no word takes long.
    """
    ways = _ways_of(word)
    if not ways or not latin.isascii():
        return False
    reached = {0}
    for printed in ways:
        reached = {start + len(way) for start in reached for way in printed if latin.startswith(way, start)}
        if not reached:
            return False
    return len(latin) in reached


@lru_cache(maxsize=65536)  # whole lists are compared word by word
def _ways_of(word: str) -> tuple[frozenset[str], ...]:
    """For each letter all that may be printed for it; () for a word in A-Z."""
    upper = _upper(word)
    if upper.isascii():
        return ()
    table = _ways()
    return tuple(table.get(c) or table.get(plain(c)) or frozenset({plain(c)}) for c in upper)


@lru_cache(maxsize=4096)
def romanised(word: str) -> str:
    """A word of any script in A-Z, roughly as it sounds."""
    return "".join(c for c in anyascii(plain(word)).upper() if c.isalnum())


def reduced(latin: str) -> str:
    """A word in A-Z with the spellings reduced that differ between romanisations, and double letters made single."""
    for spelling, letter in _tables()["reductions"].items():
        latin = latin.replace(spelling, letter)
    return re.sub(r"(.)\1+", r"\1", latin)


def without_digraphs(latin: str) -> str:
    """A word in A-Z with AE, OE, UE and the like as the single letters that other documents print for Ä, Ö, Ü."""
    for digraph, letter in _tables()["digraphs"].items():
        latin = latin.replace(digraph, letter)
    return latin


def skeleton(word: str) -> str | None:
    """The consonants of a word of a script that writes no vowels, in A-Z; None for other scripts."""
    if not any(unicodedata.name(c, "").startswith(_CONSONANT_SCRIPTS) for c in word):
        return None
    return consonants(romanised(word))


def consonants(latin: str) -> str:
    """A word in A-Z without vowels and half-vowels, spellings reduced."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[AEIOUVWYJ]", "", reduced(latin)))


def split_suffix(words: Sequence[str]) -> tuple[list[str], str]:
    """The words without a generational suffix ("JR", "III") at the end, and that suffix or ""."""
    if len(words) > 1 and plain(words[-1].strip(".")) in _words()["suffixes"]:
        return list(words[:-1]), words[-1]
    return list(words), ""


def is_droppable(word: str) -> str | None:
    """Why a document may leave this word out: "particle", "suffix", "title", or None if it may not."""
    folded = plain(word)
    for reason, words in _droppable():
        if folded in words:
            return reason
    return None


def _belongs_to_a_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" and category != "Lm"


def _upper(word: str) -> str:
    return unicodedata.normalize("NFC", word.replace("ß", "ẞ").replace("ı", "I").upper())


@cache
def _ways() -> dict[str, frozenset[str]]:
    found = {character: set(printed) for character, printed in alternatives().items()}
    for script in ("cyrillic", "georgian", "greek", "latin"):
        for character, printed in _tables()[script].items():
            found.setdefault(character, set()).update(printed)
    for character, printed in found.items():
        bare = plain(character)
        if bare.isascii():
            printed.add(bare)
    return {character: frozenset(printed) for character, printed in found.items()}


@cache
def _droppable() -> tuple[tuple[str, frozenset[str]], ...]:
    words = _words()
    return (
        ("suffix", frozenset(words["suffixes"])),
        ("title", frozenset(words["titles"])),
        ("particle", frozenset(words["particles"]) | frozenset(words["also_known_as"])),
    )


def _tables() -> dict[str, Any]:
    return load_toml("fourcorners.formats", "romanisation.toml")


def _words() -> dict[str, Any]:
    return load_toml("fourcorners.formats", "name_words.toml")
