"""The words that the articles of one language use, and which of them a mistyped one may be."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

__all__ = ["LETTERS_MIN", "Vocabulary"]

LETTERS_MIN = 5
"""Words of fewer letters are taken as typed."""
LIKELIEST = 3
"""So many words are searched for instead of a mistyped one."""
ENDS = 2
"""One edit leaves the first or the last two letters of a word of five letters or more as they are."""


class Vocabulary:
    """Counted folded words. `near` finds those one edit away: a letter more, less, changed, or two swapped."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._by_head: dict[str, set[str]] = defaultdict(set)
        self._by_tail: dict[str, set[str]] = defaultdict(set)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one article, each once."""
        for word in words:
            self._counts[word] += 1
            if self._counts[word] == 1 and len(word) >= LETTERS_MIN - 1:
                self._by_head[word[:ENDS]].add(word)
                self._by_tail[word[-ENDS:]].add(word)

    def take_away(self, words: Iterable[str]) -> None:
        """Forget an article that was counted before."""
        for word in words:
            self._counts[word] -= 1
            if self._counts[word] <= 0:
                del self._counts[word]
                self._by_head[word[:ENDS]].discard(word)
                self._by_tail[word[-ENDS:]].discard(word)

    def near(self, word: str) -> list[str]:
        """Words one edit from `word` that at least one article has, the most frequent first; short words have none."""
        if len(word) < LETTERS_MIN:
            return []
        candidates = self._by_head.get(word[:ENDS], set()) | self._by_tail.get(word[-ENDS:], set())
        fitting = [c for c in candidates if abs(len(c) - len(word)) <= 1]
        found = extract(word, fitting, scorer=OSA.distance, score_cutoff=1, limit=None)
        return sorted((match[0] for match in found), key=lambda w: (-self._counts[w], w))[:LIKELIEST]
