"""How alike two words are, from 0 (two words) to 1 (one); many pairs at once, and why for one pair."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from fourcorners.formats.names import spells
from fourcorners.kit.data import load_toml
from fourcorners.screening.nicknames import full_names
from fourcorners.screening.words import Word

__all__ = ["relation", "similarities", "worth"]

SPELT_FROM = 0.4  # so alike are at least two spellings of one word of another script
Floats = NDArray[np.float32]


def similarities(first: Sequence[Word], second: Sequence[Word]) -> Floats:
    """How alike each pair is; 0 where they are less alike than the cutoff."""
    letters = worth()["spelling"]
    alike = _by_letters([w.latin for w in first], [w.latin for w in second])
    sound = letters * _by_letters([w.sound for w in first], [w.sound for w in second])
    alike = np.asarray(np.maximum(alike, sound), np.float32)
    for number in np.flatnonzero(alike < 1).tolist():
        special = _special(first[number], second[number], float(alike[number]))
        if special > alike[number]:
            alike[number] = special
    foreign = [(a.text != b.text) and a.latin == b.latin for a, b in zip(first, second, strict=True)]
    alike[np.array(foreign, bool)] = worth()["other_script"]
    alike[alike < _cutoff()] = 0
    return alike


def relation(first: Word, second: Word, alike: float) -> str:
    """Why two words that are so alike are taken for one: a code of `explain`'s words."""
    if first.text == second.text:
        return "same"
    if first.latin == second.latin:
        return "other_script"
    for name, test in _TESTS:
        if abs(worth()[name] - alike) < 1e-6 and test(first, second):
            return name
    return "spelling" if first.sound == second.sound else "typing"


def _by_letters(first: list[str], second: list[str]) -> Floats:
    found: Floats = cpdist(first, second, scorer=OSA.normalized_similarity, dtype=np.float32)
    return found


def _special(first: Word, second: Word, alike: float) -> float:
    best = 0.0
    for name, test in _TESTS:
        value = worth()[name]
        if value > max(best, alike) and test(first, second):
            best = value
    return best


def _spelt(first: Word, second: Word) -> bool:
    return first.text.isascii() != second.text.isascii() and (
        spells(first.text, second.latin) or spells(second.text, first.latin)
    )


def _unvowelled(first: Word, second: Word) -> bool:
    return (first.is_unvowelled or second.is_unvowelled) and len(first.bones) > 1 and first.bones == second.bones


def _vowels(first: Word, second: Word) -> bool:
    return len(first.bones) > 1 and first.bones == second.bones and first.sound[:1] == second.sound[:1]


def _nickname(first: Word, second: Word) -> bool:
    mine, others = full_names(first.latin), full_names(second.latin)
    return first.latin in others or second.latin in mine


def _initial(first: Word, second: Word) -> bool:
    return first.is_initial != second.is_initial and first.latin[:1] == second.latin[:1]


def _form(first: Word, second: Word) -> bool:
    return first.form != "" and first.form == second.form


_TESTS: Sequence[tuple[str, Callable[[Word, Word], bool]]] = (
    ("form", _form),
    ("transliteration", _spelt),
    ("unvowelled", _unvowelled),
    ("nickname", _nickname),
    ("vowels", _vowels),
    ("initial", _initial),
)


@cache
def worth() -> Mapping[str, float]:
    """What each way to be alike is worth."""
    table: Mapping[str, float] = _table()["words"]
    return table


@cache
def _cutoff() -> float:
    return float(_table()["threshold"]["cutoff"])


def _table() -> Mapping[str, Any]:
    return load_toml("fourcorners.screening", "screening.toml")
