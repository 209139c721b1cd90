"""A snippet: the whole sentences of an article that answer to most words of a question.

Groups of sentences are taken one by one, each time the one that answers to most words not answered yet; then their
neighbours, until there is enough to read. They stand in the order of the article.
"""

from bisect import bisect_right
from collections.abc import Sequence

from fourcorners.help.search.prepared import Layout, Place
from fourcorners.help.search.results import Fragment

__all__ = ["CHARS_MAX", "CHARS_MIN", "Span", "cut", "marked"]

CHARS_MIN = 300
CHARS_MAX = 450
GAP = " … "
DOT = " · "
"""Between two pieces that stand next to each other and have no full stop: cells of a table, items of a list."""
LENGTH_STEP = 80
"""Of two groups that answer to as many words the one shorter by so many characters is taken."""

Span = tuple[int, int]


def cut(text: str, layout: Layout, spans: Sequence[Sequence[Span]]) -> tuple[tuple[Fragment, ...], int]:
    """The snippet of a text, and how many words of the question it shows.

    `spans` holds for each word of the question where it stands in the text.
    """
    firsts = [n for n, group in enumerate(layout.groups) if group and group != layout.groups[n - 1]]
    if not firsts:
        return (), 0
    lasts = [*(n - 1 for n in firsts[1:]), len(layout.groups) - 1]
    lengths = [layout.ends[last] - layout.starts[first] for first, last in zip(firsts, lasts, strict=True)]
    starts = [layout.starts[n] for n in firsts]
    answers: dict[int, set[int]] = {}
    for word, places in enumerate(spans):
        for start, _ in places:
            at = bisect_right(starts, start) - 1
            if at >= 0:
                answers.setdefault(at, set()).add(word)
    chosen = _grown(lengths, *_chosen(lengths, answers))
    sentences = [n for group in chosen for n in range(firsts[group], lasts[group] + 1)]
    shown = set().union(*(answers.get(group, set()) for group in chosen))
    return _joined(text, layout, sentences, sorted({span for places in spans for span in places})), len(shown)


def _chosen(lengths: Sequence[int], answers: dict[int, set[int]]) -> tuple[list[int], int]:
    """Groups that answer to most words, in order, and how many characters are left."""
    missing: set[int] = set().union(*answers.values())
    chosen: list[int] = []
    room = CHARS_MAX
    while missing:
        gap = len(GAP) if chosen else 0
        best = max(
            (n for n in answers if lengths[n] + gap <= room and n not in chosen),
            key=lambda n: (len(answers[n] & missing), -(lengths[n] // LENGTH_STEP), -n),
            default=None,
        )
        if best is None or not answers[best] & missing:
            break
        chosen.append(best)
        missing -= answers[best]
        room -= lengths[best] + gap
    if not chosen:
        chosen = [min(answers, default=0)]
        room -= lengths[chosen[0]]
    return sorted(chosen), room


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


def _joined(text: str, layout: Layout, sentences: Sequence[int], spans: Sequence[Span]) -> tuple[Fragment, ...]:
    pieces: list[Fragment] = []
    for before, number in zip([None, *sentences], sentences, strict=False):
        if before is not None:
            pieces.append(Fragment(_between(text, layout, before) if number == before + 1 else GAP))
        start, end = layout.starts[number], layout.ends[number]
        pieces += marked(text, start, end, spans)
        if layout.places[number] == Place.HEADING and text[end - 1].isalnum():
            pieces.append(Fragment(":"))
    return _merged(pieces)


def _between(text: str, layout: Layout, before: int) -> str:
    loose = layout.places[before] == Place.BODY and text[layout.ends[before] - 1].isalnum()
    return DOT if loose and text[layout.ends[before] : layout.ends[before] + 1] == "\n" else " "


def marked(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Fragment]:
    """Characters `start` to `end` of a text in pieces; `spans`, in order, are marked."""
    pieces: list[Fragment] = []
    at = start
    for a, b in spans[bisect_right(spans, (start, 0)) :]:
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
