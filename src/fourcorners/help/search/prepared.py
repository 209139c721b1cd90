"""An article taken apart once, so that a search only looks things up.

`text` is the plain text: the title, then every block, a line each. `layout` lists its sentences. `marks` says where each
term stands, in a form that is searched without being parsed: a line `term<TAB>start-end start-end ...` a term.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from fourcorners.help.article import Article
from fourcorners.help.language import sentences, terms_of, words
from fourcorners.help.language.stems import folded
from fourcorners.help.reading import blocks

__all__ = ["Place", "Prepared", "Sentence", "marks_of", "prepare", "sentences_of"]


class Place(IntEnum):
    """Where in an article a sentence stands."""

    BODY = 0
    HEADING = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the text."""

    start: int
    end: int
    place: Place


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
    layout = array("I")
    fields: dict[Place, list[str]] = {place: [] for place in Place}
    marks: dict[str, list[str]] = defaultdict(list)
    vocabulary: set[str] = set()
    start = 0
    for line, place in lines:
        for a, b in sentences(line, language) if place is Place.BODY else [(0, len(line))]:
            layout.extend((start + a, start + b, place))
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
    return Prepared(
        title=" ".join(fields[Place.TITLE]),
        headings=" ".join(fields[Place.HEADING]),
        body=" ".join(fields[Place.BODY]),
        vocabulary=frozenset(vocabulary),
        terms=frozenset(marks),
        text="\n".join(line for line, _ in lines),
        layout=layout.tobytes(),
        marks="".join(f"\n{term}\t{' '.join(places)}" for term, places in marks.items()) + "\n",
    )


def sentences_of(layout: bytes) -> list[Sentence]:
    """The sentences of a text."""
    numbers = array("I")
    numbers.frombytes(layout)
    found = numbers.tolist()
    return [Sentence(a, b, Place(p)) for a, b, p in zip(found[::3], found[1::3], found[2::3], strict=True)]


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


