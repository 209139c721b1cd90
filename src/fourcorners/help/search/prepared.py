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

__all__ = ["Layout", "Place", "Prepared", "layout_of", "marks_of", "prepare", "terms_of_its_own"]

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

    starts: list[int]
    ends: list[int]
    places: list[int]
    firsts: list[int]
    group_starts: list[int]
    group_lengths: list[int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the index keeps of a variant: terms a field, its own words (folded), and what snippets are cut from."""

    title: str
    headings: str
    body: str
    vocabulary: frozenset[str]
    terms: frozenset[str]
    text: str
    layout: bytes
    marks: str


def prepare(article: Article) -> Prepared:
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
    return Prepared(
        title=" ".join(fields[Place.TITLE]),
        headings=" ".join(fields[Place.HEADING]),
        body=" ".join(fields[Place.BODY]),
        vocabulary=frozenset(vocabulary),
        terms=frozenset(marks),
        text=text,
        layout=_layout(text, found),
        marks="".join(f"\n{term}\t{' '.join(places)}" for term, places in marks.items()) + "\n",
    )


@cache
def _shipped() -> dict[str, Article]:
    return {article.key: article for article in shipped()}


@cache
def _shipped_terms(key: str) -> frozenset[str]:
    return prepare(_shipped()[key]).terms


def terms_of_its_own(article: Article, terms: frozenset[str]) -> frozenset[str]:
    """Those of its terms that the article of this package does not have: all, if there is no such article."""
    known = _shipped().get(article.key)
    if known is None:
        return terms
    same = (known.title, known.body) == (article.title, article.body)
    return frozenset() if same else terms - _shipped_terms(article.key)


def _layout(text: str, found: Sequence[tuple[int, int, Place]]) -> bytes:
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
    ends = [end for _, end, _ in found]
    columns = ([start for start, _, _ in found], ends, [place for _, _, place in found], firsts, starts, lengths)
    return array("I", [len(found), len(firsts), *(number for column in columns for number in column)]).tobytes()


def layout_of(stored: bytes) -> Layout:
    """The sentences of a text."""
    numbers = array("I")
    numbers.frombytes(stored)
    sentences_count, groups_count, *found = numbers.tolist()
    places_end = 3 * sentences_count
    groups = [found[places_end + n * groups_count : places_end + (n + 1) * groups_count] for n in range(3)]
    starts, ends = found[:sentences_count], found[sentences_count : 2 * sentences_count]
    return Layout(starts, ends, found[2 * sentences_count : places_end], *groups)


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
