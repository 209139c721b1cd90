"""What a reader typed, understood: words that carry meaning, and each way in which an article may answer to them."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from fourcorners.help.language import (
    LANGUAGES,
    Phrase,
    Vocabulary,
    Word,
    is_stop_word,
    language_of_query,
    meanings,
    of_other_subjects,
    terms_of,
    words,
)
from fourcorners.help.language.languages import languages
from fourcorners.help.language.phrases import UNSPACED
from fourcorners.help.language.stems import folded, is_general, is_real_word, stem
from fourcorners.help.search.weights import Weights

__all__ = ["TERM_CHARS_MAX", "Question", "Reading", "Unit", "cleaned", "read_question"]

TERM_CHARS_MAX = 200
"""A longer question is cut (HC2). Characters."""
UNITS_MAX = 32
"""So many words of a question are looked for."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LATIN = tuple(code for code in LANGUAGES if code not in (*UNSPACED, "ru", "ar"))
"""Languages that cannot be told by their letters."""

Slot = tuple[str, ...]
"""Terms of which any will do, as for a word in two languages or mistyped."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take some words: an article should have one term of each slot."""

    slots: tuple[Slot, ...]
    weight: float
    together: bool = False
    """Only an article that has something of every slot answers: `source of funds` is not about funds."""
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that mean one thing. `known`: does any article use them or what they mean? `words` as typed.

    `weight` is less for words that stand in all sorts of questions; `mended`: it was taken for mistyped;
    `elsewhere`: they name something that we have nothing about, whatever article has them in passing; `first` to `last`
    are their numbers among the words of the question.
    """

    words: str
    readings: tuple[Reading, ...]
    known: bool
    weight: float = 1.0
    mended: bool = False
    elsewhere: bool = False
    first: int = 0
    last: int = 0

    @property
    def terms(self) -> frozenset[str]:
        """All terms that answer to it."""
        return frozenset(term for reading in self.readings for slot in reading.slots for term in slot)


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what was typed, cleaned; `words` all its words; `mended` what was taken for each mistyped one."""

    text: str
    language: str
    units: tuple[Unit, ...]
    mended: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """All terms that answer to it."""
        return frozenset(term for unit in self.units for term in unit.terms)

    @property
    def taken(self) -> str:
        """The text, with each mistyped word as it is taken."""
        return self._mended(self.text)

    def taken_without(self, units: Collection[int]) -> str:
        """The same without the words of these units, which are numbers of `units`."""
        if not units:
            return self.taken
        left = {n for unit in units for n in range(self.units[unit].first, self.units[unit].last)}
        return self._mended(" ".join(word for n, word in enumerate(self.words) if n not in left))

    def _mended(self, text: str) -> str:
        for typed, word in self.mended:
            text = text.replace(typed, word)
        return text


def cleaned(term: str) -> str:
    """What was typed, in one form of Unicode, on one line, without what cannot be seen, at most 200 characters."""
    text = unicodedata.normalize("NFC", CONTROL.sub(" ", term[: 2 * TERM_CHARS_MAX]))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(text.split())[:TERM_CHARS_MAX].strip()


@dataclass(frozen=True, slots=True)
class _Taken:
    """A word as it is taken: `near` are the words that a mistyped one may be, `weight` how sure we are."""

    word: Word
    near: tuple[str, ...]
    slot: Slot
    known: bool
    weight: float


class _Reader:
    """Reads one question against the words and the terms that the articles have."""

    def __init__(
        self, vocabularies: Mapping[str, Vocabulary], has_term: Callable[[str], bool], weights: Weights
    ) -> None:
        self.vocabularies = vocabularies
        self.has_term = has_term
        self.weights = weights
        self.mended: list[tuple[str, str]] = []

    def is_known(self, word: str, language: str) -> bool:
        """Does an article use the word in any form, or is it one of grammar, or known to mean something?"""
        return (
            is_stop_word(word, language)
            or any(map(self.has_term, terms_of(word, language)))
            or folded(word) in self.vocabularies[language]
        )

    def take(self, word: Word, language: str, *, elsewhere: bool) -> _Taken:
        """The word, mended if it is mistyped; one that names another subject, or is known to be a word, is not."""
        codes = (language,) if language == "en" or not word.text.isascii() else (language, "en")
        near: tuple[str, ...] = ()
        right = elsewhere or any(is_real_word(word.text, code) for code in codes)
        if not right and not any(self.is_known(word.text, code) for code in codes):
            near = next((found for code in codes if (found := self._near(word.text, code))), ())
        if near:
            self.mended.append((word.text, near[0]))
        slot: list[str] = []
        for code in codes:
            if not is_stop_word(word.text, language):
                slot += [term for text in near or (word.text,) for term in terms_of(text, code)]
        terms = tuple(dict.fromkeys(slot))
        weight = self.weights.mistyped if near else self.weights.typed
        return _Taken(word, near, terms, any(map(self.has_term, terms)), weight)

    def _near(self, word: str, language: str) -> tuple[str, ...]:
        near = self.vocabularies[language].near(folded(word))
        return tuple(other for other in near if not _derived(folded(word), other, language))

    def unit(
        self, taken: Sequence[_Taken], phrase: Phrase | None, weight: float, first: int, *, elsewhere: bool = False
    ) -> Unit | None:
        """The unit of one word, or of the words of a phrase; `first` is the number of the first of them."""
        slots = [t.slot for t in taken if t.slot]
        if not slots and not phrase:
            return None
        found = [slot for slot, t in zip(slots, (t for t in taken if t.slot), strict=True) if t.known or not phrase]
        readings = [Reading(tuple(found), min(t.weight for t in taken))] if found else []
        meant = [terms for terms in phrase.meanings if terms] if phrase else []
        same = weight == self.weights.synonym
        readings += [Reading(tuple((term,) for term in terms), weight, same, not same) for terms in meant]
        known = any(self.has_term(term) for r in readings for slot in r.slots for term in slot)
        plain = not phrase and all(is_general(t.near[0] if t.near else t.word.text, "en") for t in taken)
        return Unit(
            " ".join(t.word.text for t in taken),
            tuple(readings),
            known,
            weight=self.weights.general if plain else 1.0,
            mended=any(t.near for t in taken),
            elsewhere=elsewhere,
            first=first,
            last=first + len(taken),
        )


def read_question(
    term: str,
    reader: str,
    vocabularies: Mapping[str, Vocabulary],
    has_term: Callable[[str], bool],
    weights: Weights,
) -> Question:
    """Understand `term`, typed by a reader of the language `reader`.

    `vocabularies` holds for each language the words of its articles and of what we know to mean something; `has_term`
    tells whether an article has a term.
    """
    text = cleaned(term)
    reading = _Reader(vocabularies, has_term, weights)
    language = language_of_query(text, reader)
    query = list(words(text, language))
    if language in LATIN:
        language = _spoken(query, language, reading)
    elsewhere = of_other_subjects(query, language)
    english = of_other_subjects(query, "en") if language != "en" else frozenset[int]()
    taken = [reading.take(word, language, elsewhere=n in elsewhere | english) for n, word in enumerate(query)]
    # English words are known in every language, unless it has the word itself.
    elsewhere |= frozenset(n for n in english if taken[n].slot and not taken[n].known)
    mended = [Word(t.word.start, t.word.end, t.near[0]) if t.near else t.word for t in taken]
    phrases = {
        p.first: (p, weights.synonym if language == "en" else weights.translated) for p in meanings(mended, language)
    }
    _add_phrases_of_others(phrases, taken, mended, language, weights)
    units: list[Unit] = []
    at = 0
    while at < len(query) and len(units) < UNITS_MAX:
        phrase, weight = phrases.get(at, (None, 0.0))
        end = phrase.last if phrase else at + 1
        unit = reading.unit(taken[at:end], phrase, weight, at, elsewhere=not elsewhere.isdisjoint(range(at, end)))
        units += [unit] if unit else []
        at = end
    return Question(text, language, tuple(units), tuple(reading.mended), tuple(word.text for word in query))


def _add_phrases_of_others(
    phrases: dict[int, tuple[Phrase, float]],
    taken: Sequence[_Taken],
    mended: Sequence[Word],
    language: str,
    weights: Weights,
) -> None:
    """People mix languages: what no article knows may be a word of another one, and English is met everywhere."""
    used = {n for p, _ in phrases.values() for n in range(p.first, p.last)}
    others = [("en", weights.synonym)] if language != "en" else []
    if language in LATIN:
        others += [(code, weights.translated) for code in LATIN if code not in (language, "en")]
    for code, weight in others:
        for phrase in meanings(mended, code):
            covered = range(phrase.first, phrase.last)
            strange = code == "en" or not any(taken[n].known or taken[n].near for n in covered)
            if used.isdisjoint(covered) and strange:
                phrases[phrase.first] = (phrase, weight)
                used.update(covered)


def _spoken(query: Sequence[Word], language: str, reading: _Reader) -> str:
    """The language in Latin letters that knows most words of a question; the reader's own where none knows more."""
    scores = {code: float(sum(reading.is_known(w.text, code) for w in query)) for code in LATIN}
    best = max(LATIN, key=lambda code: (scores[code], code == language))
    return best if scores[best] > scores[language] and scores[best] > len(query) / 2 else language


def _derived(word: str, other: str, language: str) -> bool:
    """Is `word` a word of its own, made from the stem of `other`, and not a mistyped form of it?"""
    return word.removeprefix(stem(other, language)) in languages()[language].derived
