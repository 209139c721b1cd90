"""What a word has in common with its other forms: letters folded, endings stemmed away.

A term is a language and a stem (`en:photo`). A word with accents gives two: stemmed as it is written, then folded; and
folded first, then stemmed. So who types without accents finds it, and who types with them finds its other forms too.
"""

import re
import unicodedata
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from fourcorners.help.language.languages import languages
from fourcorners.kit.data import load_toml

__all__ = ["TERM_CHARS_MAX", "folded", "is_general", "is_real_word", "is_stop_word", "stem", "terms_of"]

TERM_CHARS_MAX = 60
"""What is longer is no word. Characters."""

MARKED = re.compile(r"[\u00c0-\u024f\u0370-\u04ff\u0590-\u06ff\u1e00-\u1fff]")
"""Scripts whose marks may be left out by who types: Latin, Greek, Cyrillic, Hebrew, Arabic. Thai and kana may not."""


@lru_cache(maxsize=1 << 17)
def folded(word: str) -> str:
    """`word` in one case and width, without accents, apostrophes and possessive endings."""
    plain = unaccented(cased(word))
    return plain.translate(_letters())


@cache
def _letters() -> dict[int, str]:
    table = load_toml("fourcorners.help.language", "letters.toml")["same"]
    return {ord(letter): other for letter, other in table.items()}


def cased(word: str) -> str:
    """`word` in lower case and one width, apostrophes dropped."""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    return plain.removesuffix("'s").replace("'", "")


def unaccented(word: str) -> str:
    """`word` without the marks that who types may leave out."""
    if word.isascii() or not MARKED.search(word):
        return word
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=1 << 17)
def terms_of(word: str, language: str) -> tuple[str, ...]:
    """The terms of a word: one or two; none if it is a stop word or too long to be a word."""
    if len(word) > TERM_CHARS_MAX or is_stop_word(word, language):
        return ()
    first = stem(folded(word), language)
    second = folded(stem(cased(word), language))
    return (f"{language}:{first}",) if first == second else (f"{language}:{first}", f"{language}:{second}")


def stem(word: str, language: str) -> str:
    """`word`, already in lower case, without its endings."""
    for ending in languages()[language].endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    analyzer = _stemmer(language)
    return next(iter(analyzer.analyze(word)), word) if analyzer else word


@cache
def _stemmer(language: str) -> TextAnalyzer | None:
    name = languages()[language].stemmer
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(name)).build() if name else None


def is_stop_word(word: str, language: str) -> bool:
    """Is it a word of grammar that says nothing about the subject?"""
    return folded(word) in _stop_words(language)


def is_general(word: str, language: str) -> bool:
    """Does the word stand in questions about anything, so that it tells little about the subject? Numbers do."""
    return word.isdigit() or stem(folded(word), language) in _general_words(language)


def is_real_word(word: str, language: str) -> bool:
    """Is it known to be typed right, though it is one letter from a word of ours?"""
    return stem(folded(word), language) in _real_words(language)


@cache
def _real_words(language: str) -> frozenset[str]:
    listed = load_toml("fourcorners.help.language", "real_words.toml").get(language, "")
    return frozenset(stem(folded(word), language) for word in listed.split())


@cache
def _general_words(language: str) -> frozenset[str]:
    listed = load_toml("fourcorners.help.language", "general_words.toml").get(language, "")
    return frozenset(stem(folded(word), language) for word in listed.split())


@cache
def _stop_words(language: str) -> frozenset[str]:
    listed = load_toml("fourcorners.help.language", "stop_words.toml")[language]
    return frozenset(folded(word) for word in listed.split())
