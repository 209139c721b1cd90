"""Labels that found no room in one line: "Employee's address and ZIP / code" is one label over its value."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from fourcorners.vision.papers.chains import stands_under
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import find_label, table
from fourcorners.vision.papers.line import PaperLine

__all__ = ["with_whole_labels"]

GROUPS = ("blocks", "names", "addresses")
LINES_MAX = 3
"""A label runs over at most so many lines."""

WORDS_MIN = 3
"""Shorter labels are not broken; two short ones below each other are two labels."""


def with_whole_labels(lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """The lines, in which a label that runs over several is one line, at the place of its last."""
    gone: set[int] = set()
    whole: dict[int, PaperLine] = {}
    for first in lines:
        if id(first) not in gone and folded(first.text).strip() in _beginnings() and not _is_label(first):
            run = _label_run(first, lines)
            if run:
                left, right = min(o.box[0] for o in run), max(o.box[2] for o in run)
                box = left, run[-1].box[1], right, run[-1].box[3]
                whole[id(first)] = replace(run[-1], text=" ".join(o.text for o in run), box=box, places=())
                gone.update(id(o) for o in run[1:])
    return tuple(whole.get(id(line), line) for line in lines if id(line) not in gone)


def _label_run(first: PaperLine, lines: Sequence[PaperLine]) -> list[PaperLine]:
    """The lines that make one label with the first, below each other; none where they make none."""
    run = [first]
    while len(run) < LINES_MAX:
        below = next((o for o in lines if stands_under(run[-1], o)), None)
        if below is None:
            break
        run.append(below)
        if _is_label(replace(first, text=" ".join(o.text for o in run), places=())):
            return run
    return []


def _is_label(line: PaperLine) -> bool:
    return any((label := find_label(line, group)) is not None and label.value is None for group in GROUPS)


@cache
def _beginnings() -> frozenset[str]:
    """What the first line of a label that runs over several may say."""
    return frozenset(
        " ".join(words[:end])
        for words in map(str.split, _labels())
        if len(words) >= WORDS_MIN
        for end in range(1, len(words))
    )


def _labels() -> Iterator[str]:
    for group in GROUPS:
        for labels in table(group).values():
            yield from (folded(label).strip() for label in labels)
