"""A snippet: the whole sentences of an article that answer to most words of a question.

Sentences are taken one by one, each time the one that answers to most words not answered yet; then their neighbours,
until there is enough to read. A question is kept together with its answer, a heading with what follows it. Windows
stand in the order of the article.
"""

from bisect import bisect_right
from collections.abc import Sequence

from fourcorners.help.search.prepared import Place, Sentence
from fourcorners.help.search.results import Fragment

__all__ = ["CHARS_MAX", "CHARS_MIN", "Span", "cut", "marked"]

CHARS_MIN = 300
CHARS_MAX = 450
GAP = " … "
QUESTION = ("?", "？", "؟")

Span = tuple[int, int]


def cut(text: str, sentences: Sequence[Sentence], spans: Sequence[Sequence[Span]]) -> tuple[Fragment, ...]:
    """The snippet of a text. `spans` holds for each word of the question where it stands in the text."""
    groups = _groups(text, sentences)
    if not groups:
        return ()
    starts = [sentences[g[0]].start for g in groups]
    answers: list[set[int]] = [set() for _ in groups]
    for word, places in enumerate(spans):
        for start, _ in places:
            at = bisect_right(starts, start) - 1
            if at >= 0:
                answers[at].add(word)
    chosen = _chosen(text, sentences, groups, answers)
    return _joined(text, sentences, groups, chosen, sorted({span for places in spans for span in places}))


def _groups(text: str, sentences: Sequence[Sentence]) -> list[list[int]]:
    """Numbers of sentences that stand together: a heading or a question goes with the sentence after it."""
    groups: list[list[int]] = []
    open_group = False
    for number, sentence in enumerate(sentences):
        if sentence.place is Place.TITLE:
            continue
        if open_group:
            groups[-1].append(number)
        else:
            groups.append([number])
        asks = text[sentence.end - 1] in QUESTION
        open_group = (sentence.place is Place.HEADING or asks) and len(groups[-1]) < 2
    return groups


def _chosen(
    text: str, sentences: Sequence[Sentence], groups: Sequence[Sequence[int]], answers: Sequence[set[int]]
) -> list[int]:
    lengths = [sentences[g[-1]].end - sentences[g[0]].start for g in groups]
    missing = set().union(*answers)
    chosen: list[int] = []
    room = CHARS_MAX
    while missing:
        fits = [n for n in range(len(groups)) if n not in chosen and lengths[n] + len(GAP) * bool(chosen) <= room]
        best = max(fits, key=lambda n: (len(answers[n] & missing), -lengths[n] // 80, -n), default=None)
        if best is None or not answers[best] & missing:
            break
        chosen.append(best)
        missing -= answers[best]
        room -= lengths[best] + len(GAP)
    if not chosen:
        chosen = [min(range(len(groups)), key=lambda n: (not answers[n], n))]
        room = CHARS_MAX - lengths[chosen[0]]
    return _grown(lengths, sorted(chosen), room)


def _grown(lengths: Sequence[int], chosen: list[int], room: int) -> list[int]:
    """With neighbours, those after before those before, until the snippet is long enough or nothing fits."""
    while CHARS_MAX - room < CHARS_MIN:
        after = [n + 1 for n in chosen if n + 1 < len(lengths) and n + 1 not in chosen]
        before = [n - 1 for n in chosen if n > 0 and n - 1 not in chosen]
        fitting = next((n for n in (*after, *before) if lengths[n] + 1 <= room), None)
        if fitting is None:
            break
        chosen = sorted([*chosen, fitting])
        room -= lengths[fitting] + 1
    return chosen


def _joined(
    text: str,
    sentences: Sequence[Sentence],
    groups: Sequence[Sequence[int]],
    chosen: Sequence[int],
    spans: Sequence[Span],
) -> tuple[Fragment, ...]:
    pieces: list[Fragment] = []
    before: int | None = None
    for group in chosen:
        for place, number in enumerate(groups[group]):
            sentence = sentences[number]
            if before is not None:
                pieces.append(Fragment(GAP if place == 0 and number != before + 1 else " "))
            pieces += marked(text, sentence.start, sentence.end, spans)
            if sentence.place is Place.HEADING and text[sentence.end - 1].isalnum() and number != groups[group][-1]:
                pieces.append(Fragment(":"))
            before = number
    return _merged(pieces)


def marked(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Fragment]:
    """Characters `start` to `end` of a text in pieces; `spans`, in order, are marked."""
    pieces: list[Fragment] = []
    at = start
    for a, b in spans:
        if a >= end:
            break
        if a < at or b > end:
            continue
        if a > at:
            pieces.append(Fragment(text[at:a]))
        pieces.append(Fragment(text[a:b], marked=True))
        at = b
    if at < end:
        pieces.append(Fragment(text[at:end]))
    return pieces


def _merged(pieces: Sequence[Fragment]) -> tuple[Fragment, ...]:
    merged: list[Fragment] = []
    for piece in pieces:
        if merged and merged[-1].marked == piece.marked:
            merged[-1] = Fragment(merged[-1].text + piece.text, piece.marked)
        else:
            merged.append(piece)
    return tuple(merged)
