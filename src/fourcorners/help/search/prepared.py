"""An article taken apart once, so that a search only looks things up.

`text` is the plain text: the title, then every block, a line each. `layout` lists its sentences, and which of them are
never torn apart: a heading or a question stays with what follows it. `marks` says where each term stands, in a form
that is searched without being parsed: a line `term<TAB>start-end start-end ...` a term.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from fourcorners.help.article import Article, shipped
from fourcorners.help.language import sentences, terms_of, words
from fourcorners.help.language.stems import folded
from fourcorners.help.reading import blocks

__all__ = ["Fields", "Layout", "Place", "Prepared", "marks_of", "prepare", "terms_of_its_own"]

QUESTION_MARKS = ("?", "？", "؟")
GROUP_MAX = 2
"""Sentences of a group."""


class Place(IntEnum):
    """Where in an article a sentence stands."""

    BODY = 0
    HEADING = 1
    TITLE = 2


class Layout(NamedTuple):
    """The sentences of a text, in order: where each starts and ends, and its place. The title is the first sentence.

    `firsts` is the first sentence of each group below the title; a group ends before the next one. `group_starts` and
    `group_lengths` are their characters.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    places: Sequence[int]
    firsts: Sequence[int]
    group_starts: Sequence[int]
    group_lengths: Sequence[int]


class Fields(NamedTuple):
    """The terms of a variant that are searched, in order, by where they stand."""

    title: str
    headings: str
    body: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of a variant beside its fields: its words (folded), its terms, and what snippets are cut from."""

    vocabulary: frozenset[str]
    terms: frozenset[str]
    text: str
    layout: Layout
    marks: str


def prepare(article: Article) -> tuple[Prepared, Fields]:
    """Take a variant apart."""
    language = article.language
    lines = [(article.title, Place.TITLE)]
    lines += [(b.text, Place.HEADING if b.heading else Place.BODY) for b in blocks(article.body)]
    fields: dict[Place, list[str]] = {place: [] for place in Place}
    marks: dict[str, list[str]] = defaultdict(list)
    vocabulary: set[str] = set()
    found: list[tuple[int, int, Place]] = []
    start = 0
    for line, place in lines:
        for a, b in sentences(line, language) if place is Place.BODY else [(0, len(line))]:
            found.append((start + a, start + b, place))
        field = fields[place]
        for word in words(line, language):
            terms = terms_of(word.text, language)
            if terms:
                field.extend(terms)
                vocabulary.add(folded(word.text))
                place_text = f"{start + word.start}-{start + word.end}"
                for term in terms:
                    marks[term].append(place_text)
        start += len(line) + 1
    text = "\n".join(line for line, _ in lines)
    parts = Prepared(
        vocabulary=frozenset(vocabulary),
        terms=frozenset(marks),
        text=text,
        layout=_layout(text, found),
        marks="".join(f"\n{term}\t{' '.join(places)}" for term, places in marks.items()) + "\n",
    )
    return parts, Fields(*(" ".join(fields[place]) for place in (Place.TITLE, Place.HEADING, Place.BODY)))


@cache
def _shipped() -> dict[str, Article]:
    return {article.key: article for article in shipped()}


@cache
def _shipped_terms(key: str) -> frozenset[str]:
    return prepare(_shipped()[key])[0].terms


def terms_of_its_own(article: Article, terms: frozenset[str]) -> frozenset[str]:
    """Those of its terms that the article of this package does not have: all, if there is no such article."""
    known = _shipped().get(article.key)
    if known is None:
        return terms
    same = (known.title, known.body) == (article.title, article.body)
    return frozenset() if same else terms - _shipped_terms(article.key)


def _layout(text: str, found: Sequence[tuple[int, int, Place]]) -> Layout:
    firsts: list[int] = []
    size, holds = 0, False
    for number, (_, end, place) in enumerate(found):
        if place is Place.TITLE:
            continue
        if not (holds and size < GROUP_MAX):
            firsts.append(number)
            size = 0
        size += 1
        holds = place is Place.HEADING or text[end - 1] in QUESTION_MARKS
    lasts = [n - 1 for n in firsts[1:]] + [len(found) - 1]
    starts = [found[first][0] for first in firsts]
    lengths = [found[last][1] - start for last, start in zip(lasts[: len(firsts)], starts, strict=True)]
    columns = ([start for start, _, _ in found], [end for _, end, _ in found], [place for _, _, place in found])
    # arrays, for lists of numbers would take as much again as the text
    return Layout(*(array("I", column) for column in (*columns, firsts, starts, lengths)))


def marks_of(marks: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of `terms` stands in the text, unordered."""
    found: list[tuple[int, int]] = []
    for term in terms:
        at = marks.find(f"\n{term}\t")
        if at >= 0:
            line = marks[at + len(term) + 2 : marks.index("\n", at + 1)]
            found += [_span(place) for place in line.split(" ")]
    return found


def _span(place: str) -> tuple[int, int]:
    start, _, end = place.partition("-")
    return int(start), int(end)
