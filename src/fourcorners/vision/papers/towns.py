"""Which town, or whole address, a line of text names."""

import re
from functools import lru_cache

from fourcorners.formats.addresses import city_lines, is_post_box, street_in, unit_in, ways_of
from fourcorners.formats.dates import find_dates
from fourcorners.formats.names import plain
from fourcorners.vision.papers.rows import is_table_row
from fourcorners.vision.papers.words import words_of

__all__ = ["SMALL_WORDS", "city_rank", "is_city", "is_inline"]

INLINE_MAX = 110
"""Characters of an address in one line; more is prose."""

CITY_SHARE_MIN = 0.45
"""Share of its line that a postcode with its city takes, unless the street stands before it."""

SMALL_WORDS = frozenset(words_of("places", "small"))
"""Small words inside names of places."""


def is_city(text: str) -> bool:
    """Does a line name a postcode and a city?"""
    return city_rank(text) > 0


BRACKETED = re.compile(r"^\((\d{4,6})\)(?=\s[^\W\d_])")
"""A postcode in brackets before its town: "(4200) Santiago del Estero"."""

BLOCK_AND_LOT = re.compile(r"\s*(?:block|blk|ph(?:ase)?)\b\.?\s?\d+\w?,?\s(?:lot|blk|block)\b\.?\s?\d+", re.IGNORECASE)
"""A house by the block and lot that it stands on: "Blk 9 Lot 22 Sampaguita St."."""


@lru_cache(maxsize=8192)
def city_rank(text: str) -> int:
    """Does a line name a postcode and a city, or a whole address: 2 for certain, 1 perhaps, 0 no."""
    text = BRACKETED.sub(r"\1", text)
    if len(text) > INLINE_MAX or not any(c.isdigit() for c in text) or is_post_box(text):
        return 0
    best = 0
    for found in city_lines(text):
        span, rest = text[found.start : found.end], f"{text[: found.start]} {text[found.end :]}".strip(" ,;-–·|")
        certain = bool(found.region) or any(c.isalpha() for c in found.postcode) or "〒" in text
        if not certain and (not found.city or any(ways_of(plain(w)) for w in found.city.split() if len(w) > 1)):
            continue
        if not certain and found.city and _counts_something(span, found.city):
            continue
        if not certain and (unit_in(span)[0] or unit_in(f"{found.city.split()[0]} 1")[0]):
            continue  # "lgh 1203" counts flats, "1218 INT 402" too
        alone = len(span) >= CITY_SHARE_MIN * len(text) and len(rest) < 30
        if alone or street_in(rest) or any(map(_is_street, rest.split(","))):
            best = max(best, 2 if certain else 1)
    # A row of a table, a period and a date have numbers and words beside each other, too.
    return 0 if best and (is_table_row(text) or (best == 1 and find_dates(text))) else best


def _is_street(text: str) -> bool:
    return street_in(text) or BLOCK_AND_LOT.match(text) is not None


def _counts_something(span: str, city: str) -> bool:
    """Is the word before the number a small one, and so no city's: "Meter reading 88120", "contrat 441200"?"""
    word = city.split()[-1].strip(".")
    return span.lstrip().startswith(city.split()[0]) and word.islower() and len(word) > 1


@lru_cache(maxsize=8192)
def is_inline(text: str) -> bool:
    """Does a line hold the street as well as the city?"""
    for found in city_lines(text):
        rest = f"{text[: found.start]},{text[found.end :]}"
        if any(_is_street(p) or is_post_box(p) for p in rest.split(",")):
            return True
    return False
