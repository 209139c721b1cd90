"""A second look: whether what was entered stands on a paper of which no words said what is what.

Labels and sentences are tables, and no table is complete. A reviewer who finds no label looks whether the name and the
number are there; so do we. It is a look for the very value, never a reading: what a label says weighs more.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from fourcorners.formats.agreement import companies_agree, split_form
from fourcorners.formats.names import plain
from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.folding import WORD, folded, holds

from .names import form_end
from .words import PageText, pages_of, sentence_end, words_of

__all__ = ["find_address_seen", "find_name_seen", "find_number_seen", "has_power"]

CONFIDENCE = 0.8
CHARACTERS_MIN = 5
"""A number with fewer letters and digits may stand anywhere by chance."""

ADDRESS_WORDS_MIN = 3
BEYOND = 50
"""Characters behind the words of a name in which its legal form may follow."""

BETWEEN = ("AND", "UND", "ET", "Y", "E", "VE", "EN", "NO", "N")
"""Words for "&" and "number", which one side may write as a sign."""


STOP = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSr)[.;]\s")
POWER_NEAR = 60
"""Characters within which a word of power follows a name: "Anna Weiß wird hiermit bevollmächtigt"."""

SOMEBODY = re.compile(r"\b[^\W\da-z_][^\W\d_]+\s[^\W\da-z_][^\W\d_]+")


def find_name_seen(claimed: str, lines: Sequence[PaperLine], rows: Collection[PaperLine]) -> PaperField | None:
    """A company's name as it was entered, its legal form in any spelling, outside of tables (`rows`).

    A name that goes on ("Nordlicht Holding GmbH", "Neue Nordlicht GmbH" for "Nordlicht GmbH") is another one.
    """
    words = _words(split_form(claimed)[0])
    for page in pages_of([line for line in lines if line not in rows]):
        for start, end in _places(words, page):
            whole = form_end(page.text[start : end + BEYOND])
            said = page.text[start : start + whole] if start + whole >= end else page.text[start:end]
            if companies_agree(claimed, said).outcome == "same" and not _goes_on_before(page, start):
                return page.field(start, start + len(said), CONFIDENCE)
    return None


def find_number_seen(claimed: str, lines: Sequence[PaperLine], rows: Collection[PaperLine]) -> PaperField | None:
    """A number as it was entered, spaces and punctuation aside, as a whole, outside of tables (`rows`)."""
    return _first(_words(claimed), [line for line in lines if line not in rows])


def find_address_seen(claimed: str, lines: Sequence[PaperLine]) -> PaperField | None:
    """An address as it was entered, word by word, on however many lines."""
    words = _words(claimed)
    if len(words) < ADDRESS_WORDS_MIN or not any(word.isdigit() for word in words):
        return None
    return _first(words, lines)


def has_power(person: str, lines: Sequence[PaperLine]) -> bool:
    """Is somebody named in a sentence that gives power: after its word for it, or before it and nobody after it?"""
    words = _words(person)
    for page in pages_of(lines):
        for start, end in _places(words, page):
            first = max((m.end() for m in STOP.finditer(page.text, 0, start)), default=0)
            last = end + sentence_end(page.text[end:])
            if _gives_power(page.text[first:start]):
                return True
            after = page.text[end:last]
            found = next((m for m in WORD.finditer(after) if _gives_power(m[0])), None)
            if found is not None and found.start() < POWER_NEAR and not SOMEBODY.search(after[found.end() :]):
                return True
    return False


def _gives_power(text: str) -> bool:
    said = folded(text)
    return any(holds(said, word) for word in words_of("powers", "words"))


def _goes_on_before(page: PageText, start: int) -> bool:
    """Does the name begin earlier in its line: with a capital, after no stop, and with no word for a company?"""
    line_start = max((first for first, last, _ in page.spans if first <= start < last), default=start)
    before = page.text[line_start:start].split()
    if not before or not before[-1][-1].isalnum() or not before[-1][0].isupper():
        return False
    return folded(before[-1]).strip() not in (*words_of("names", "openings"), *words_of("names", "leads"))


def _first(words: Sequence[str], lines: Sequence[PaperLine]) -> PaperField | None:
    for page in pages_of(lines):
        for start, end in _places(words, page):
            return page.field(start, end, CONFIDENCE)
    return None


def _words(text: str) -> list[str]:
    return [word for word in map(plain, WORD.findall(text)) if word and word not in BETWEEN]


def _places(words: Sequence[str], page: PageText) -> Iterator[tuple[int, int]]:
    """Where some words stand one after the other in the text of a page, however they are parted."""
    said = [(plain(found[0]), *found.span()) for found in WORD.finditer(page.text)]
    said = [entry for entry in said if entry[0] and entry[0] not in BETWEEN]
    wanted = "".join(words)
    if len(wanted) < CHARACTERS_MIN:
        return
    for n in range(len(said)):
        text, last = "", n
        while last < len(said) and len(text) < len(wanted) and wanted.startswith(text):
            text += said[last][0]
            last += 1
        if text == wanted:
            yield said[n][1], said[last - 1][2]
