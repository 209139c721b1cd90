"""A name as words for comparison: what each is in Latin letters, what it sounds like, what it counts for.

The letters are resolved by the house's own rules for names (`formats.names`); what is added here is what whole lists
need: Han and Hangul names are parted into family and given name, and every word has a weight.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from fourcorners.formats.names import consonants, is_droppable, plain, reduced, romanised, split_words
from fourcorners.kit.data import load_toml
from fourcorners.screening.model import Kind
from fourcorners.screening.nicknames import full_names

__all__ = ["Word", "joined_ways", "limits", "weight_of", "word_of", "words_of"]

SYLLABLE_SCRIPTS = ("CJK", "HANGUL")
UNVOWELLED_SCRIPTS = ("ARABIC", "HEBREW")
PARTED_LETTERS = (2, 3, 4)  # a name of so many syllables is a family name of one and a given name
AYN = str.maketrans({"ع": "ا", "ة": None})  # Latin letters leave them out, or write their vowel
KNOWN_WORDS = 1 << 18  # kept at hand while lists are read: most words come again and again
JOINED_LETTERS_MAX = 3  # so short a word is often written together with the next one


@lru_cache(maxsize=KNOWN_WORDS)
def _plain(word: str) -> str:
    return plain(word.translate(AYN))


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `text` in capitals without marks, in its own script; `latin` A-Z, `sound` with spellings reduced,
    `bones` its consonants."""

    text: str
    latin: str
    sound: str
    bones: str
    is_unvowelled: bool
    person_weight: float
    entity_weight: float
    form: str
    """The form of company that it stands for, or ""."""

    is_latin: bool
    full_names: frozenset[str]
    """The names that it is short for."""

    @property
    def is_initial(self) -> bool:
        """One letter that stands for a name."""
        return len(self.latin) == 1 and self.is_latin


def words_of(name: str) -> list[str]:
    """The words of a name, in their own script, without marks and case."""
    found = split_words(name[: limits()["name_letters"]])
    if len(found) == 1 and len(found[0]) in PARTED_LETTERS and _is_syllabic(found[0]):
        found = [found[0][0], found[0][1:]]
    return [word for word in map(_plain, found) if word]


@lru_cache(maxsize=KNOWN_WORDS)
def word_of(text: str) -> Word:
    """What one word of `words_of` is."""
    latin = romanised(text) or text
    entity, form = _as_entity(text, latin)
    unvowelled = not text.isascii() and any(unicodedata.name(c, "").startswith(UNVOWELLED_SCRIPTS) for c in text)
    sound = reduced(latin).replace("Q", "K")
    bones = consonants(latin.removesuffix("H") if latin.endswith("AH") else latin).replace("Q", "K")
    person = _as_person(text, latin)
    return Word(text, latin, sound, bones, unvowelled, person, entity, form, text.isascii(), full_names(latin))


def weight_of(word: Word, kind: Kind) -> float:
    """What the word counts for in the name of a person, or of an entity."""
    return word.person_weight if kind is Kind.PERSON else word.entity_weight


def joined_ways(words: list[str]) -> list[list[str]]:
    """The ways in which neighbours of the name are also written as one word: `AL RASHID` and `ALRASHID`."""
    ways = [joined] if len(joined := _all_joined(words)) < len(words) else []
    for start in range(len(words) - 1):
        end = start
        while end < len(words) - 1 and _is_joined(words[end]):
            end += 1
            ways.append([*words[:start], "".join(words[start : end + 1]), *words[end + 1 :]])
    return list(map(list, dict.fromkeys(map(tuple, ways))))[: limits()["ways"]]


def _all_joined(words: list[str]) -> list[str]:
    """Every short word or particle written together with what follows."""
    joined, held = [], ""
    for place, word in enumerate(words):
        held += word
        if place == len(words) - 1 or not _is_joined(word):
            joined.append(held)
            held = ""
    return joined


@cache
def limits() -> Mapping[str, int]:
    """How much is looked at."""
    found: Mapping[str, int] = load_toml("fourcorners.screening", "screening.toml")["limits"]
    return found


@lru_cache(maxsize=KNOWN_WORDS)
def _is_joined(word: str) -> bool:
    is_short = word.isascii() and 1 < len(word) <= JOINED_LETTERS_MAX
    return is_short or is_droppable(word) == "particle" or word in _table()["joins"]


def _is_syllabic(word: str) -> bool:
    return all(unicodedata.name(c, "").startswith(SYLLABLE_SCRIPTS) for c in word)


def _as_person(text: str, latin: str) -> float:
    weights = load_toml("fourcorners.screening", "screening.toml")["weights"]
    reason = is_droppable(text)
    return float(weights[reason]) if reason else _by_letters(latin)


def _as_entity(text: str, latin: str) -> tuple[float, str]:
    weights = load_toml("fourcorners.screening", "screening.toml")["weights"]
    form = _forms().get(text) or _forms().get(latin)
    if form is not None:
        return float(weights["form"]), form
    if text in _common() or latin in _common():
        return float(weights["common"]), ""
    reason = is_droppable(text)
    return (float(weights["particle"]) if reason == "particle" else _by_letters(latin)), ""


def _by_letters(latin: str) -> float:
    steps = load_toml("fourcorners.screening", "screening.toml")["weights"]["letters"]
    return float(steps[min(len(latin), len(steps)) - 1])


@cache
def _forms() -> Mapping[str, str]:
    return {plain(word): form for form, words in _table()["forms"].items() for word in words}


@cache
def _common() -> frozenset[str]:
    return frozenset(plain(word) for word in _table()["common"]["words"])


def _table() -> Mapping[str, dict[str, list[str]]]:
    return load_toml("fourcorners.screening", "words.toml")
