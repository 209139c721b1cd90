"""The different words of many names, and which of them may be one word: found by keys, then compared in one sweep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fourcorners.screening.similarity import similarities
from fourcorners.screening.words import Word, word_of

__all__ = ["Neighbours", "Vocabulary"]

LONG_WORD = 6  # letters: of such words also the beginnings and ends are keys, so that two slips are forgiven
PART = 4  # letters of a beginning or end
KEYED_LETTERS = 14  # of a longer word the rest is no key
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each word that was asked: which words of the vocabulary may be meant, and how alike they are."""

    words: tuple[Ints, ...]
    alike: tuple[Floats, ...]


class Vocabulary:
    """Words by number, from 0. Grows while a list is read; `close` readies it for questions."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.numbers: dict[str, int] = {}
        self._keys: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._owners: Ints = np.zeros(0, np.int32)

    def number(self, text: str) -> int:
        """The number of a word, which is new if it was not there."""
        known = self.numbers.get(text)
        if known is None:
            known = self.numbers[text] = len(self.words)
            self.words.append(word_of(text))
        return known

    def close(self) -> None:
        """Make the keys of all words."""
        pairs = [(key, number) for number, word in enumerate(self.words) for key in keys_of(word, asked=False)]
        table = np.array(pairs, np.int64).reshape(-1, 2)
        order = np.argsort(table[:, 0], kind="stable")
        self._keys, self._owners = table[order, 0].astype(np.uint32), table[order, 1].astype(np.int32)

    def neighbours(self, asked: Sequence[Word]) -> Neighbours:
        """Every word that is alike enough to any of `asked`."""
        keys = [(key, number) for number, word in enumerate(asked) for key in keys_of(word, asked=True)]
        table = np.array(keys, np.int64).reshape(-1, 2)
        wanted = table[:, 0].astype(np.uint32)
        starts = np.searchsorted(self._keys, wanted, "left")
        counts = np.searchsorted(self._keys, wanted, "right") - starts
        places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        pairs = np.repeat(table[:, 1], counts) * (len(self.words) + 1) + self._owners[places]
        pairs.sort()
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
        first, second = np.divmod(pairs, len(self.words) + 1)
        alike = similarities(asked, self.words, first, second)
        kept = alike > 0
        first, second, alike = first[kept], second[kept].astype(np.int32), alike[kept]
        bounds = np.searchsorted(first, np.arange(1, len(asked)))
        return Neighbours(tuple(np.split(second, bounds)), tuple(np.split(alike, bounds)))


def keys_of(word: Word, *, asked: bool) -> Iterator[int]:
    """Numbers that two words share if one may be meant by the other (they may share one by chance as well).

    Only words that are asked have the key of their initial: a listed `J` may be John, but not each name in J another.
    """
    seen = set(_texts_of(word))
    if asked:
        seen.add(f"={word.latin[0]}")
    return (crc32(text.encode()) for text in seen)


def _texts_of(word: Word) -> Iterable[str]:
    sound = word.sound[:KEYED_LETTERS]
    yield f"={word.latin}"
    if len(word.latin) == 1:
        return
    yield f"~{sound}"
    for letters in {sound, word.latin[:KEYED_LETTERS]}:
        if len(letters) > 2:
            yield from (f"~{letters[:place]}{letters[place + 1 :]}" for place in range(len(letters)))
    yield f"~{word.latin[:KEYED_LETTERS]}"
    if len(word.bones) > 1:
        yield f"c{word.bones}"
    if len(sound) >= LONG_WORD:
        yield f"<{sound[:PART]}"
        yield f">{sound[-PART:]}"
    if word.form:
        yield f"f{word.form}"
    yield from (f"n{name}" for name in word.full_names)
