"""Words that name other subjects than ours: other_subjects.toml, which says what belongs there.

Found as runs of stems; in languages without spaces as runs of letters, as `phrases.py` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from fourcorners.help.language.phrases import UNSPACED, Stem, stems_of
from fourcorners.help.language.stems import folded
from fourcorners.help.language.words import Word, words
from fourcorners.kit.data import load_toml

__all__ = ["listed_subjects", "of_other_subjects"]


def of_other_subjects(query: Sequence[Word], language: str) -> frozenset[int]:
    """The numbers of the words of a query that name something else than what we have articles about."""
    if language in UNSPACED:
        return frozenset(_by_letters(query, language))
    return frozenset(_by_stems(query, language))


def listed_subjects(language: str) -> list[str]:
    """All that is listed for a language, as it is written there."""
    found: list[str] = []
    for subject in load_toml("fourcorners.help.language", "other_subjects.toml").values():
        if isinstance(subject, Mapping) and language in subject:
            text = " ".join(str(subject[language]).split())
            found += [part.strip() for part in text.split(",")] if "," in text else text.split()
    return found


def _by_stems(query: Sequence[Word], language: str) -> Iterator[int]:
    keys = [stems_of(word.text, language) for word in query]
    for at, key in enumerate(keys):
        for run in _runs(language).get(key, ()):
            if tuple(keys[at : at + len(run)]) == run:
                yield from range(at, at + len(run))


@cache
def _runs(language: str) -> Mapping[Stem, tuple[tuple[Stem, ...], ...]]:
    """What is listed, by its first stem."""
    runs: dict[Stem, list[tuple[Stem, ...]]] = {}
    for listed in listed_subjects(language):
        run = tuple(stems_of(word.text, language) for word in words(listed, language))
        runs.setdefault(run[0], []).append(run)
    return {first: tuple(found) for first, found in runs.items()}


def _by_letters(query: Sequence[Word], language: str) -> Iterator[int]:
    text, owner = "", []
    for number, word in enumerate(query):
        letters = folded(word.text)
        text += letters
        owner += [number] * len(letters)
    for listed in _letters(language):
        at = text.find(listed)
        if at >= 0:
            yield from owner[at : at + len(listed)]


@cache
def _letters(language: str) -> tuple[str, ...]:
    return tuple("".join(folded(w.text) for w in words(listed, language)) for listed in listed_subjects(language))
