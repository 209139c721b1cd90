"""Contracts with several holders: everybody between the other party and the words that make them the tenants."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import table
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.names_told import PARTICLE
from fourcorners.vision.papers.words import one_of, words_of

__all__ = ["joint_holders"]

MARK = re.compile(r"[(«“„\"‘][^()«»“”„\"‘’]{0,60}[)»”“\"’]")
"""What may make somebody a party: a word in brackets or between marks of quotation."""

NAME = re.compile(rf"[^\W\d_][\w'’-]*\.?(?:\s(?:{PARTICLE}\s){{0,2}}[^\W\d_][\w'’-]*\.?){{1,5}}")
JOINT = re.compile(rf"(?:^|[\s,;])({one_of('names', 'joints')})\s+$")
SEGMENT_MAX, LINES_MAX = 420, 60
"""Characters of text in which a party's people are named, and lines of a page in which its parties are."""

NATIONS = words_of("names", "nations")
"""Whose citizen somebody is, before the name: "громадянин України Лисогор Тарас"."""


def joint_holders(lines: Sequence[PaperLine]) -> PaperLine | None:
    """The holder of a contract, or all its holders in one line, whose role follows in brackets or marks; else None.

    "Mr Jean Petit, born in Lyon, and Mrs Anne Roux, born in Vienne, hereinafter "the tenants"" names two.
    """
    lines = [line for line in lines if line.page == 0][:LINES_MAX]
    text = " ".join(line.text for line in lines)
    begun = 0
    for mark, role in _marks(text):
        if role == "holder":
            people = list(_people(text, max(begun, mark.start() - SEGMENT_MAX), mark.start()))
            if people:
                return _at(lines, text, people)
        begun = mark.end()
    return None


def _marks(text: str) -> Iterator[tuple[re.Match[str], str]]:
    roles = {folded(word).strip(): kind for kind, words in table("roles").items() for word in words}
    for found in MARK.finditer(text):
        words = folded(found[0]).split()
        kind = next((roles[w] for w in (words[-1], " ".join(words[-2:])) if w in roles), None) if words else None
        if kind is not None:
            yield found, kind


def _people(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the people of one party are named: those with a form of address, else the first, and those joined to it."""
    runs = [_trimmed(text, run.start(), run.end()) for run in NAME.finditer(text, start, end)]
    names = [(a, b) for a, b in runs if _is_name(text[a:b])]
    titled = [(a, b) for a, b in names if _is_titled(text[:a])]
    if titled:
        yield from titled
        return
    for n, (a, b) in enumerate(names):
        if n == 0 or (JOINT.search(text[:a]) and text[b : b + 1] in (",", "(", " ")):
            yield a, b


def _trimmed(text: str, a: int, b: int) -> tuple[int, int]:
    """A run of words without those at its start that are in small letters, forms of address or names of countries."""
    while a < b:
        word = text[a:b].split(maxsplit=1)[0]
        known = folded(word).strip()
        name = word[:1].isupper() and known not in {folded(n).strip() for n in NATIONS} | {
            *table("salutations")["in_prose"]
        }
        if name:
            break
        a += len(word)
        a += len(text[a:b]) - len(text[a:b].lstrip())
    kept: list[str] = []
    for word in text[a:b].split():
        if word[:1].islower() and not re.fullmatch(PARTICLE, word):
            break
        kept.append(word)
    while kept and kept[-1][:1].islower():
        kept.pop()
    return a, a + len(" ".join(kept))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= sum(w[:1].isupper() for w in words) <= 5 and not any(c.isdigit() for c in text)


def _is_titled(before: str) -> bool:
    words = before.rstrip().rsplit(maxsplit=1)
    return bool(words) and folded(words[-1]).strip() in table("salutations")["in_prose"]


def _at(lines: Sequence[PaperLine], text: str, people: Sequence[tuple[int, int]]) -> PaperLine:
    """All names as one line, at the place of the first."""
    value = text[slice(*people[0])]
    for (_, before), (a, b) in pairwise(people):
        word = JOINT.search(re.sub(r"\S+\s+$", "", text[before:a]) if _is_titled(text[:a]) else text[before:a])
        value += f" {word[1] if word else '&'} {text[a:b]}"
    at = 0
    for line in lines:
        if at <= people[0][0] < at + len(line.text):
            start = people[0][0] - at
            here = part(line, start, min(people[0][1] - at, len(line.text)))
            return here if here.text == value else replace(here, text=value, places=())
        at += len(line.text) + 1
    raise AssertionError  # every place of the text lies in a line
