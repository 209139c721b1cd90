"""Text cut into words that compare well: case, marks, spaces and punctuation do not count."""

import re
from dataclasses import dataclass
from functools import lru_cache

from fourcorners.formats.names import fold

__all__ = ["Word", "compact", "split"]

WORD = re.compile(r"[^\W_]+")
HARD = re.compile(r"[/|:;·•\[\]=,\n]|\((?!-)|\)(?!-)")
"""Characters that part one phrase from the next: languages on a bilingual label, a label from its value. In
"Pass(-ersatz)-Nr." the brackets stand inside a word.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at `start` to `end`; `folded` as by `compact`; `phrase` counts the phrases before it."""

    start: int
    end: int
    folded: str
    phrase: int


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """One form for all ways of writing a phrase: "Né(e) le :" is "NEELE"."""
    return fold(text).replace(" ", "")


def split(text: str) -> tuple[Word, ...]:
    """The words of a text with their places."""
    words: list[Word] = []
    phrase = end = 0
    for found in WORD.finditer(text):
        phrase += bool(words) and bool(HARD.search(text, end, found.start()))
        end = found.end()
        words.append(Word(found.start(), end, compact(found[0]), phrase))
    return tuple(words)
