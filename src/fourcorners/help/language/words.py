"""Where words and sentences begin and end.

Words between spaces are found by their letters. Chinese, Japanese, Korean and Thai are broken by ICU's dictionaries
and rules (UAX 29; ICU 4C), which also ends sentences in every language.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import SentenceBreaker, WordBreaker

__all__ = ["Word", "sentences", "words"]

SENTENCE_CHARS_MAX = 200
"""A longer sentence is broken at a comma or a space, so that one sentence never fills a snippet. Characters."""

UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
RUNS = re.compile(rf"[{UNSPACED}]+|[^\W{UNSPACED}_]+(?:['’][^\W\d_]+)*")
BROKEN = re.compile(rf"[{UNSPACED}]")
LETTER = re.compile(r"\w")
BREAK = re.compile(r"[,;:،、，；]\s*|\s+")


class Word(NamedTuple):
    """A word of a text: its characters `start` to `end`."""

    start: int
    end: int
    text: str


def words(text: str, language: str) -> Iterator[Word]:
    """The words of `text`, in order, without punctuation and spaces."""
    for run in RUNS.finditer(text):
        if not BROKEN.match(run.group()):
            yield Word(run.start(), run.end(), run.group())
            continue
        for start, end in _broken(run.group(), language):
            yield Word(run.start() + start, run.start() + end, run.group()[start:end])


@lru_cache(maxsize=4096)
def _broken(run: str, language: str) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a, b in WordBreaker(run, language).segments() if LETTER.match(run[a:b]))


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text`, without the spaces around it. Lines end sentences."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        for start, end in SentenceBreaker(line.group(), language).segments():
            piece = line.group()[start:end]
            left = line.start() + start + len(piece) - len(piece.lstrip())
            right = line.start() + start + len(piece.rstrip())
            if left < right:
                found += _shortened(text, left, right)
    return found


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of it that are short enough, broken where the comma or space is nearest the limit."""
    while end - start > SENTENCE_CHARS_MAX:
        breaks = [m for m in BREAK.finditer(text, start + 1, start + SENTENCE_CHARS_MAX) if m.end() < end]
        commas = [m for m in breaks if m.group().strip() and m.end() - start > SENTENCE_CHARS_MAX // 2]
        if not (commas or breaks):
            break
        best = (commas or breaks)[-1]
        yield start, best.start() + len(best.group().strip())
        start = best.end()
    yield start, end
