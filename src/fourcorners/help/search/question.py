"""What a reader typed, understood: words that carry meaning, and each way in which an article may answer to them."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fourcorners.help.language import (
    LANGUAGES,
    Phrase,
    Vocabulary,
    Word,
    is_stop_word,
    language_of_query,
    meanings,
    terms_of,
    words,
)
from fourcorners.help.language.languages import languages
from fourcorners.help.language.phrases import UNSPACED
from fourcorners.help.language.stems import folded, stem
from fourcorners.help.search.weights import Weights

__all__ = ["TERM_CHARS_MAX", "Question", "Reading", "Unit", "cleaned", "read_question"]

TERM_CHARS_MAX = 200
"""A longer question is cut (HC2). Characters."""
UNITS_MAX = 32
"""So many words of a question are looked for."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LATIN = tuple(code for code in LANGUAGES if code not in (*UNSPACED, "ru", "ar", "en"))

Slot = tuple[str, ...]
"""Terms of which any will do, as for a word in two languages or mistyped."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take some words: an article should have one term of each slot."""

    slots: tuple[Slot, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that mean one thing. `known`: does any article use them or what they mean? `words` as typed."""

    words: str
    readings: tuple[Reading, ...]
    known: bool

    @property
    def terms(self) -> frozenset[str]:
        """All terms that answer to it."""
        return frozenset(term for reading in self.readings for slot in reading.slots for term in slot)


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what was typed, cleaned; `mended` what was taken for each mistyped word."""

    text: str
    language: str
    units: tuple[Unit, ...]
    mended: tuple[tuple[str, str], ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """All terms that answer to it."""
        return frozenset(term for unit in self.units for term in unit.terms)


def cleaned(term: str) -> str:
    """What was typed, in one form of Unicode, on one line, without what cannot be seen, at most 200 characters."""
    text = unicodedata.normalize("NFC", CONTROL.sub(" ", term[: 2 * TERM_CHARS_MAX]))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(text.split())[:TERM_CHARS_MAX].strip()


class _Reader:
    """Reads one question against the words and terms that the articles have."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], has_term: Callable[[str], bool], weights: Weights) -> None:
        self.vocabularies = vocabularies
        self.has_term = has_term
        self.weights = weights
        self.mended: list[tuple[str, str]] = []

    def unit_of_word(self, word: Word, language: str) -> Unit | None:
        typed = self.slot_of(word.text, language)
        if typed is None:
            return None
        if any(map(self.has_term, typed)):
            return Unit(word.text, (Reading((typed,), self.weights.typed),), known=True)
        near = self.mend(word.text, language)
        if near:
            return Unit(word.text, (Reading((near,), self.weights.mistyped),), known=True)
        return Unit(word.text, (Reading((typed,), self.weights.typed),), known=False)

    def slot_of(self, word: str, language: str) -> Slot | None:
        """Terms of a word in its language, and in English where it may be English too; None: it is no word of ours."""
        if is_stop_word(word, language):
            return None
        own = terms_of(word, language)
        english = () if language == "en" or not word.isascii() else terms_of(word, "en")
        return tuple(dict.fromkeys((*own, *english))) or None

    def mend(self, word: str, language: str) -> Slot:
        """Terms of the words that a mistyped one may be."""
        for code in dict.fromkeys((language, "en")):
            near = self.vocabularies[code].near(folded(word)) if code in self.vocabularies else []
            near = [other for other in near if not _derived(folded(word), other, code)]
            if near:
                self.mended.append((word, near[0]))
                return tuple(dict.fromkeys(term for other in near for term in terms_of(other, code)))
        return ()

    def unit_of_phrase(self, query: Sequence[Word], phrase: Phrase, language: str, weight: float) -> Unit:
        here = query[phrase.first : phrase.last]
        slots = [s for s in (self.slot_of(w.text, language) for w in here) if s and any(map(self.has_term, s))]
        readings = [Reading(tuple(slots), self.weights.typed)] if slots else []
        readings += [Reading(tuple((term,) for term in terms), weight) for terms in phrase.meanings if terms]
        known = any(self.has_term(term) for r in readings for slot in r.slots for term in slot)
        return Unit(" ".join(w.text for w in here), tuple(readings), known)


def read_question(
    term: str,
    reader: str,
    vocabularies: Mapping[str, Vocabulary],
    has_term: Callable[[str], bool],
    weights: Weights,
) -> Question:
    """Understand `term`, typed by a reader of the language `reader`.

    `vocabularies` and `has_term` know the words and the terms of all articles.
    """
    text = cleaned(term)
    language = language_of_query(text, reader)
    query = list(words(text, language))
    reading = _Reader(vocabularies, has_term, weights)
    if language in ("en", reader) and language not in UNSPACED:
        language = _spoken(query, language, reading)
    phrases = meanings(query, language)
    if language != "en":
        taken = {n for p in phrases for n in range(p.first, p.last)}
        phrases += [p for p in meanings(query, "en") if taken.isdisjoint(range(p.first, p.last))]
    starts = {phrase.first: phrase for phrase in phrases}
    units: list[Unit] = []
    at = 0
    while at < len(query) and len(units) < UNITS_MAX:
        phrase = starts.get(at)
        if phrase:
            translated = language != "en" and phrase in phrases
            weight = weights.translated if translated else weights.synonym
            units.append(reading.unit_of_phrase(query, phrase, language, weight))
            at = max(phrase.last, at + 1)
            continue
        unit = reading.unit_of_word(query[at], language)
        if unit:
            units.append(unit)
        at += 1
    return Question(text, language, tuple(units), tuple(reading.mended))


def _derived(word: str, other: str, language: str) -> bool:
    """Is `word` a word of its own, made from the stem of `other`, and not a mistyped form of it?"""
    return word.removeprefix(stem(other, language)) in languages()[language].derived


def _spoken(query: Sequence[Word], language: str, reading: _Reader) -> str:
    """The language of ours whose words a question in Latin letters uses, where more of them fit than of the reader's."""
    foreign = [w for w in query if not any(map(reading.has_term, terms_of(w.text, language)))]
    if not foreign:
        return language
    scores = {}
    for code in LATIN:
        if code == language:
            continue
        covered = {n for p in meanings(query, code) for n in range(p.first, p.last)}
        grammar = sum(is_stop_word(w.text, code) for w in query)
        scores[code] = len(covered) + 0.5 * grammar if covered else 0.0
    own = sum(is_stop_word(w.text, language) for w in query) * 0.5 + (len(query) - len(foreign))
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > own else language


