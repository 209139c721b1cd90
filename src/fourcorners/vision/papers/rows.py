"""Lines that are no part of an address, whatever else they hold: days, rows of tables, sentences."""

import re
from functools import lru_cache

from fourcorners.formats.addresses import street_in, unit_in, ways_of
from fourcorners.formats.dates import find_dates
from fourcorners.formats.names import plain
from fourcorners.vision.papers.words import one_of, signs_of

__all__ = [
    "is_chapter",
    "is_counted",
    "is_labelled_row",
    "is_measured",
    "is_sentence",
    "is_table_row",
    "opens_chapter",
    "tells_a_day",
    "tells_thousands",
]

SIGNS = signs_of("numbers", "currency_signs")

SENTENCE_WORDS, SENTENCE_SMALL = 8, 4
"""A line of so many words, so many of the first in small letters, is a sentence, whatever address it names."""


MONEY = re.compile(r"^[-+−]?\d{1,3}(?:[.,]\d{3})+[.,]\d{2}(?!\w)|(?<![\w.,])\d{1,3}(?:[.,]\d{3})+[.,]\d{2}$")
"""A line that begins or ends with an amount of a thousand or more, to two decimals."""

STAIR_AND_DOOR = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}(?:3[2-9]|[4-9]\d|\d{1,2}(?=/\d/))/\d{1,2}/\d{1,3}[A-Za-z]?")
"""A street with house, stair and door, as Austria writes them, which is no day: "Hernalser Gürtel 41/2/17"."""


CHAPTER_NUMBER = re.compile(
    r"(?:[IVX]{1,4}[.)]\s+(?=[^\W\d_a-zß-ÿ])|\d{1,2}\s?[.)]\s|\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=[^\W\d_])|§\s?\d{1,2}\.?\s|"
    rf"(?i:{one_of('numbers', 'chapters')})\b\.?\s(?:\d{{1,2}}|[IVX]{{1,4}}\b)\W*)\s*"
)
"""The number of a chapter, as in contracts: "3.", "IV. Rent", "2.1", "§ 4", "Art. 7"."""

CHAPTER_TITLE = re.compile(r"[^\W\d_][^\d:]{5,}")
"""What a chapter is about."""

COUNTED = re.compile(rf"(?i:\b{one_of('numbers', 'number')}\b)\W*[\w-]*\d{{5}}")
"""What is counted by a number of five digits or more: a policy, an invoice. Houses have four at most."""


def is_chapter(text: str) -> bool:
    """Is it the heading of a chapter, "2. Object of the lease", and no floor, "2. OG"?"""
    found = CHAPTER_NUMBER.match(text.strip())
    about = found is not None and CHAPTER_TITLE.fullmatch(text.strip(), found.end()) is not None
    return about and not unit_in(text)[0] and "," not in text


def opens_chapter(text: str) -> bool:
    """Does a line begin with the number of a chapter, with which no name begins?"""
    return CHAPTER_NUMBER.match(text) is not None


def is_counted(text: str) -> bool:
    """Does a line tell the number of something, behind a word for it: of a policy, an invoice, an account?"""
    return COUNTED.search(text) is not None


@lru_cache(maxsize=8192)
def tells_a_day(text: str) -> bool:
    """A date, and no street that is called after one ("rue du 8 mai 1945")."""
    days = [d for d in find_dates(text) if text[max(0, d.start - 1) : d.start] not in ("-", "/")]  # "64-66/2/18"
    days = [d for d in days if not STAIR_AND_DOOR.fullmatch(text, 0, d.end)]
    return bool(days) and not any(ways_of(plain(w)) for w in text.split() if len(w) > 2)


@lru_cache(maxsize=8192)
def is_sentence(text: str) -> bool:
    """Is it a sentence, whatever address it names?"""
    words = text.split()
    small = sum(w[0].islower() and not w.rstrip(",").endswith(".") for w in words[: SENTENCE_WORDS - 1])
    return len(words) >= SENTENCE_WORDS and small >= SENTENCE_SMALL  # "д. 45, корп. 2, кв. 118" is short for words


def is_labelled_row(text: str) -> bool:
    """ "Number of account: 1188", whose words we do not know; not "Flat: 3"."""
    before, colon, after = text.partition(": ")
    counted = bool(colon) and any(c.isdigit() for c in after)
    way = street_in(before) or any(ways_of(plain(word)) for word in before.split() if len(word) > 1)
    return counted and len(before) > 2 and not way and not unit_in(text)[0]


MEASURED = re.compile(rf"\d\s?(?:{one_of('numbers', 'units')}|%)(?!\w)", re.IGNORECASE)
"""A quantity with its unit."""

PRICED = re.compile(
    rf"[{SIGNS}]\s?-?\d|\d\s?[{SIGNS}]|(?<![\d.,])-?\d{{1,3}}(?:[ .,]\d{{3}})*[.,]\d{{2}}(?:\s?[A-Za-zžłčđ.]{{1,5}})?$"
)
"""An amount of money at the end of a line."""

LONG_NUMBER = re.compile(r"(?<!\w)\d{8,}$")
"""The number of an account or a meter at the end of a line, longer than any postcode with its house."""


@lru_cache(maxsize=8192)
def is_measured(text: str) -> bool:
    """Does a line tell how much of something there is, or what it costs? No address does."""
    if MEASURED.search(text) or LONG_NUMBER.search(text):
        return True
    return PRICED.search(text) is not None and not unit_in(text)[0]  # "44 bus 3.01"


def is_table_row(text: str) -> bool:
    """Is it a row of numbers and amounts?"""
    digits, words = sum(c.isdigit() for c in text), [w for w in text.split() if w[0].isalpha()]
    short_city = len(words) == 1 and len(words[0]) > 2 and words[0][0].isupper()  # "89073 Ulm", not "89073 kWh"
    if tells_thousands(text):
        return True
    crowded = digits > 0.6 * len(text.replace(" ", "")) and not short_city
    return crowded or any(c in text for c in "€$£¥%:=")


def tells_thousands(text: str) -> bool:
    """Does a line begin or end with an amount of a thousand or more, to two decimals?"""
    return MONEY.search(text) is not None
