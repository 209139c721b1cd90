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


def cut(
    text: str, layout: Layout, spans: Sequence[Sequence[Span]], ordered: Sequence[Span]
) -> tuple[tuple[Fragment, ...], int]:
    """The snippet of a text, and how many words of the question it shows.

    `spans` holds for each word of the question where it stands in the text; `ordered` all of them, in order, each once.
    """
    firsts, lengths = layout.firsts, layout.group_lengths
    if not firsts:
        return (), 0
    answers: dict[int, set[int]] = {}
    for word, places in enumerate(spans):
        for start, _ in places:
            at = bisect_right(layout.group_starts, start) - 1
            if at >= 0:
                answers.setdefault(at, set()).add(word)
    chosen = _grown(lengths, *_chosen(lengths, answers))
    ends = [*firsts[1:], len(layout.starts)]
    sentences = [n for group in chosen for n in range(firsts[group], ends[group])]
    shown = set().union(*(answers[group] for group in chosen if group in answers))
    return _joined(text, layout, sentences, ordered), len(shown)


def _chosen(lengths: Sequence[int], answers: dict[int, set[int]]) -> tuple[list[int], int]:
    """Groups that answer to most words, in order, and how many characters are left.

    Of those that answer to as many the shorter, by steps of length, then the earlier.
    """
    missing: set[int] = set().union(*answers.values())
    chosen: list[int] = []
    room = CHARS_MAX
    while missing:
        gap = len(GAP) if chosen else 0
        best, most = -1, (0, 0, 0)
        for group, words in answers.items():
            gained = len(words & missing)
            if gained and gained >= most[0] and lengths[group] + gap <= room:
                rank = (gained, -(lengths[group] // LENGTH_STEP), -group)
                if best < 0 or rank > most:
                    best, most = group, rank
        if best < 0:
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
    plain = ""  # what is not marked, up to here
    before = -1
    for number in sentences:
        if before >= 0:
            plain += _between(text, layout, before) if number == before + 1 else GAP
        at, end = layout.starts[number], layout.ends[number]
        for a, b in spans[bisect_right(spans, (at, 0)) :]:
            if a >= end:
                break
            if a < at or b > end:
                continue
            plain += text[at:a]
            joined = pieces.pop().text if pieces and pieces[-1].marked and not plain else ""
            if plain:
                pieces.append(Fragment(plain))
                plain = ""
            pieces.append(Fragment(joined + text[a:b], marked=True))
            at = b
        plain += text[at:end]
        if layout.places[number] == Place.HEADING and text[end - 1].isalnum():
            plain += ":"
        before = number
    if plain:
        pieces.append(Fragment(plain))
    return tuple(pieces)


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
