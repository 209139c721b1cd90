"""What people call things: synonyms within English, and the words of eleven languages for what English articles name.

A phrase is looked for as a run of stems; in languages without spaces as a run of letters, because a dictionary may
break the same words in two ways.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fourcorners.help.language.stems import folded, is_stop_word, terms_of
from fourcorners.help.language.words import Word, words
from fourcorners.kit.data import load_toml

__all__ = ["UNSPACED", "Phrase", "Stem", "meanings", "phrase_words", "phrases_of", "stems_of"]

UNSPACED = ("zh", "ja", "th", "ko")
"""Languages whose phrases are looked for letter by letter; Korean, because particles are written onto words."""

Stem = str
Meaning = tuple[str, ...]
"""Terms that together mean the same: `("en:proof", "en:address")`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` of a query are known to mean each of `meanings`."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]


def meanings(query: Sequence[Word], language: str) -> list[Phrase]:
    """The known phrases of a query in `language`, the longest first wherever two could stand; none overlap."""
    if language in UNSPACED:
        return list(_by_letters(query, language))
    return list(_by_stems(query, language))


def _by_stems(query: Sequence[Word], language: str) -> Iterator[Phrase]:
    table = _table(language)
    longest = max(map(len, table), default=0)
    keys = [stems_of(word.text, language) for word in query]
    at = 0
    while at < len(query):
        for length in range(min(longest, len(query) - at), 0, -1):
            found = table.get(tuple(keys[at : at + length]))
            if found:
                yield Phrase(at, at + length, found)
                at += length - 1
                break
        at += 1


def _by_letters(query: Sequence[Word], language: str) -> Iterator[Phrase]:
    table = _letters_table(language)
    text, owner = "", []
    for number, word in enumerate(query):
        letters = folded(word.text)
        text += letters
        owner += [number] * len(letters)
    at = 0
    while at < len(text):
        found = next((key for key in _openings(language).get(text[at], ()) if text.startswith(key, at)), None)
        if found:
            yield Phrase(owner[at], owner[at + len(found) - 1] + 1, table[found])
            at += len(found) - 1
        at += 1


def stems_of(word: str, language: str) -> Stem:
    """What of `word` a phrase is known by: its first term, or itself where it is a word of grammar."""
    return next(iter(terms_of(word, language)), folded(word))


@cache
def _table(language: str) -> Mapping[tuple[Stem, ...], tuple[Meaning, ...]]:
    """Stems of a phrase to its meanings."""
    table: dict[tuple[Stem, ...], list[Meaning]] = defaultdict(list)
    for phrase, meaning in _entries(language):
        key = tuple(stems_of(w.text, language) for w in words(phrase, language))
        if meaning not in table[key]:
            table[key].append(meaning)
    return {key: tuple(found) for key, found in table.items()}


@cache
def _letters_table(language: str) -> Mapping[str, tuple[Meaning, ...]]:
    table: dict[str, list[Meaning]] = defaultdict(list)
    for phrase, meaning in _entries(language):
        table["".join(folded(w.text) for w in words(phrase, language))].append(meaning)
    return {key: tuple(found) for key, found in table.items()}


@cache
def _openings(language: str) -> Mapping[str, tuple[str, ...]]:
    """Phrases by their first letter, the longest first."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(_letters_table(language), key=len, reverse=True):
        by_letter[key[0]].append(key)
    return {letter: tuple(keys) for letter, keys in by_letter.items()}


def phrases_of(language: str) -> list[str]:
    """All phrases that are known to mean something of ours, each once."""
    return list(dict.fromkeys(phrase for phrase, _ in _entries(language)))


def phrase_words(language: str) -> frozenset[str]:
    """The folded words that phrases of `language` are made of."""
    return frozenset(
        folded(w.text)
        for phrase, _ in _entries(language)
        for w in words(phrase, language)
        if not is_stop_word(w.text, language)
    )


def _entries(language: str) -> Iterator[tuple[str, Meaning]]:
    """Each phrase of `language` with one meaning in English; English phrases with those of their group."""
    if language == "en":
        for group in load_toml("fourcorners.help.language", "synonyms.toml")["groups"]:
            for phrase in group:
                yield from ((phrase, _meaning(other)) for other in group if other != phrase)
        return
    for english, phrases in _lexicon(language).items():
        for phrase in phrases:
            yield phrase, _meaning(english)


def _lexicon(language: str) -> dict[str, Any]:
    package = "fourcorners.help.language.lexicon"
    if not files(package).joinpath(f"{language}.toml").is_file():
        return {}
    table: dict[str, Any] = load_toml(package, f"{language}.toml")["means"]
    return table


def _meaning(english: str) -> Meaning:
    return tuple(dict.fromkeys(term for w in words(english, "en") for term in terms_of(w.text, "en")))
