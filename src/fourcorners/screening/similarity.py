"""How alike two words are, from 0 (two words) to 1 (one); many pairs at once, and why for one pair."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from fourcorners.formats.names import spells
from fourcorners.kit.data import load_toml
from fourcorners.screening.words import Word

__all__ = ["relation", "similarities", "worth"]

SPELT_FROM = 0.5  # so alike are at least two spellings of one word of another script
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]
Places = NDArray[np.integer[Any]]


def similarities(first: Sequence[Word], second: Sequence[Word], mine: Places, theirs: Places) -> Floats:
    """How alike the words `first[mine]` and `second[theirs]` are, pair by pair; 0 where less than the cutoff."""
    chosen, place = np.unique(theirs, return_inverse=True)
    a, b = _Columns.of(first), _Columns.of([second[n] for n in chosen.tolist()])
    alike: Floats = np.maximum(
        _by_letters(a.latin[mine], b.latin[place]), worth()["spelling"] * _by_letters(a.sound[mine], b.sound[place])
    )
    foreign = a.is_latin[mine] != b.is_latin[place]
    bones = (a.bones[mine] == b.bones[place]) & (a.bones_letters[mine] > 1)
    unvowelled = bones & (a.is_unvowelled[mine] | b.is_unvowelled[place])
    first_letter = a.first_letter[mine] == b.first_letter[place]
    _raise(alike, unvowelled, worth()["unvowelled"])
    _raise(alike, bones & ~unvowelled & first_letter, worth()["vowels"])
    _raise(alike, first_letter & (a.is_initial[mine] != b.is_initial[place]), worth()["initial"])
    _raise(alike, (a.form[mine] != "") & (a.form[mine] == b.form[place]), worth()["form"])
    perhaps = np.flatnonzero(
        foreign & (alike >= SPELT_FROM) & (alike < worth()["transliteration"]) | a.has_full[mine] & b.has_full[place]
    )
    for number in perhaps.tolist():
        one, other = first[mine[number]], second[theirs[number]]
        for name, test in (("transliteration", _spelt), ("nickname", _nickname)):
            if worth()[name] > alike[number] and test(one, other):
                alike[number] = worth()[name]
    same_latin = a.latin[mine] == b.latin[place]
    alike[same_latin & (a.text[mine] != b.text[place])] = worth()["other_script"]
    alike[alike < _cutoff()] = 0
    return alike


@dataclass(frozen=True, slots=True)
class _Columns:
    """Words as columns, so that many pairs are compared at once."""

    text: Objects
    latin: Objects
    sound: Objects
    bones: Objects
    form: Objects
    bones_letters: Places
    first_letter: Places
    is_latin: Flags
    is_unvowelled: Flags
    is_initial: Flags
    has_full: Flags

    @classmethod
    def of(cls, words: Sequence[Word]) -> "_Columns":
        texts = [np.array([getattr(w, name) for w in words], object) for name in _TEXTS]
        numbers = [np.array([len(w.bones) for w in words]), np.array([ord(w.latin[0]) for w in words])]
        flags = [[w.is_latin for w in words], [w.is_unvowelled for w in words], [w.is_initial for w in words]]
        flags.append([bool(w.full_names) for w in words])
        return cls(*texts, *numbers, *(np.array(flag, bool) for flag in flags))


_TEXTS = ("text", "latin", "sound", "bones", "form")


def _raise(alike: Floats, where: Flags, value: float) -> None:
    alike[where] = np.maximum(alike[where], value)


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


def _by_letters(first: Objects, second: Objects) -> Floats:
    return np.asarray(
        cpdist(first, second, scorer=OSA.normalized_similarity, dtype=np.float32, score_cutoff=SPELT_FROM), np.float32
    )


def _spelt(first: Word, second: Word) -> bool:
    foreign, latin = (second, first) if first.is_latin else (first, second)
    return spells(foreign.text, latin.latin)


def _unvowelled(first: Word, second: Word) -> bool:
    return (first.is_unvowelled or second.is_unvowelled) and len(first.bones) > 1 and first.bones == second.bones


def _vowels(first: Word, second: Word) -> bool:
    return len(first.bones) > 1 and first.bones == second.bones and first.sound[:1] == second.sound[:1]


def _nickname(first: Word, second: Word) -> bool:
    others, mine = second.full_names, first.full_names
    return first.latin in others or second.latin in mine


def _initial(first: Word, second: Word) -> bool:
    return (len(first.latin) == 1) != (len(second.latin) == 1) and first.latin[:1] == second.latin[:1]


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
