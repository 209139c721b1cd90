"""Words that look Latin and are not: the network has no Cyrillic letters, mixes Greek with Latin, and is sure of it."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from fourcorners.formats.names import romanised
from fourcorners.kit.data import load_toml
from fourcorners.vision.fields.pieces import Piece
from fourcorners.vision.fields.words import compact
from fourcorners.vision.text import TextLine

__all__ = ["script_of_page", "told_apart", "unread_scripts"]

UNREAD_LINES_MIN = 3
"""Lines that could not be read from which they are put down to the script of the document's state."""

GREEK_WORDS_MIN = 2
"""Words with Greek letters from which a page is Greek: one may be a misread mark."""

DOUBT = 0.5
"""What is left of the confidence in a word that may be of the other script."""

SAME_NAME_MIN = 75.0
"""Similarity (100 is equal) of a romanised word to the one below it from which the two are one name in two scripts."""

LETTERS_MIN = 3
SMALL_MAX = 1
"""Small letters in a word of capitals: Ї is read as one with a mark."""


def script_of_page(lines: Sequence[TextLine], country: str | None) -> str | None:
    """The script besides Latin that a document of this state prints; of an unknown state, the one that shows itself."""
    states: Mapping[str, list[str]] = _table()["states"]
    if country is not None:
        return next((script for script, codes in states.items() if country in codes), None)
    words = [word for line in lines if line.script != "unread" for word in line.text.split()]
    greek = [word for word in words if _has_greek(word) and len(word) >= LETTERS_MIN]
    if len(greek) < GREEK_WORDS_MIN:
        return None
    shown = {c for word in greek for c in word if _has_greek(c)}
    return "cyrillic" if shown <= set(_alike("cyrillic")) else "greek"


def unread_scripts(lines: Sequence[TextLine], script: str | None) -> tuple[str, ...]:
    """The script of the lines that could not be read, where enough of them stand on a page that prints it."""
    if script is None:
        return ()
    unread = sum(
        line.script == "unread" or (line.script != script and looks_foreign(line.text, script)) for line in lines
    )
    return (script,) if unread >= UNREAD_LINES_MIN else ()


def told_apart(pieces: Sequence[Piece], script: str | None, known: Collection[str]) -> list[Piece]:
    """The pieces without those of the other script; the confidence is lowered where a piece could be of either.

    A name that stands twice, the second time in Latin letters (Doc 9303-3, 3.4), settles both; so does one that is
    among the `known` values.
    """
    if script is None:
        return list(pieces)
    pairs = [(a, b) for a in pieces for b in pieces if _is_original_of(a, b, script)]
    original, latin = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    proven = {compact(value) for value in known}
    kept = []
    for piece in pieces:
        if id(piece) in original or (_has_greek(piece.text) and "/" not in piece.text):
            continue
        proof = id(piece) in latin or compact(piece.text) in proven
        doubtful = not proof and looks_foreign(piece.text, script)
        kept.append(replace(piece, confidence=piece.confidence * DOUBT) if doubtful else piece)
    return kept


def looks_foreign(text: str, script: str) -> bool:
    """Whether every letter of a text is foreign, or of one in capitals is one that is read for letters of `script`."""
    letters = [c for c in text if c.isalpha()]
    latin = [c for c in letters if unicodedata.name(c, "").startswith("LATIN")]
    if len(letters) < LETTERS_MIN or sum(c.islower() for c in latin) > SMALL_MAX:
        return False
    return all(c.upper() in _alike(script) for c in latin)


def _is_original_of(upper: Piece, lower: Piece, script: str) -> bool:
    """Is `lower`, straight below and of like size, the name of `upper` in Latin letters?"""
    a, b = upper.box, lower.box
    stacked = abs(a.left - b.left) < a.height and -0.5 < (b.top - a.bottom) / a.height < 0.6
    if not stacked or not 0.6 < b.height / a.height < 1.6 or not looks_foreign(upper.text, script):
        return False
    if compact(upper.text) == compact(lower.text):
        return False  # two surnames that are one
    original = "".join(_alike(script).get(c.upper(), c) for c in upper.text)
    return fuzz.ratio(romanised(original), compact(lower.text)) >= SAME_NAME_MIN


def _has_greek(text: str) -> bool:
    return any("Ͱ" <= c <= "Ͽ" for c in text)


def _alike(script: str) -> Mapping[str, str]:
    found: Mapping[str, str] = _table()["alike"].get(script, {})
    return found


def _table() -> Mapping[str, Any]:
    return load_toml("fourcorners.vision.fields", "scripts.toml")
