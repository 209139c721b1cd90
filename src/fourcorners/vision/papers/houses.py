"""Which lines of an address hold the house's number, and which its country."""

import re
from collections.abc import Sequence

from fourcorners.formats.addresses import city_lines, country_of, is_region, street_in, ways_of
from fourcorners.formats.names import plain
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.towns import city_rank

__all__ = ["counts_house", "is_bare_street", "is_country", "opens_with_way", "with_postcode"]

HOUSE_LAST = re.compile(r"[^\W\d_][^\d,]*\s\d{4}")
"""A street with a number of four digits, which in another country would be the postcode of a town."""

PLACE_WORDS_MAX = 5
APART_MAX = 4.0
"""A postcode stands at most so many line heights behind its city."""


def counts_house(lines: Sequence[PaperLine], i: int) -> bool:
    """Is a number that may be a postcode a house's: at the end of the first line that has one, over names of places?"""
    text, below = lines[i].text, lines[i + 1 : i + 3]
    if i > 1 or city_rank(text) != 1 or not HOUSE_LAST.fullmatch(text.strip()) or not below:
        return False
    return all(_is_place(o.text) for o in below) and not any(is_region(o.text) or is_country(o.text) for o in below[:1])


def _is_place(text: str) -> bool:
    words = text.replace("-", " ").replace("'", " ").replace(".", " ").split()
    return 0 < len(words) <= PLACE_WORDS_MAX and all(w.isalpha() for w in words)


def is_bare_street(text: str) -> bool:
    """Is it a street by its word, without a city behind a comma?"""
    way = any(ways_of(plain(word.strip("."))) for word in text.split() if len(word) > 2)
    return way and street_in(text) and "," not in text and not text.split()[0].isdigit()


def is_country(text: str) -> bool:
    """Does a line end with a country's name: "Dubai, United Arab Emirates"?"""
    last = text.rsplit(",", 1)[-1]
    words = last.rsplit(" ", 1)  # "KERALA INDIA"
    return country_of(last) is not None or (is_region(words[0]) and country_of(words[-1]) is not None)


def opens_with_way(text: str) -> bool:
    """Does a line of an address open with a word for a street, and tell a number: "Rua da Boavista, 212"?"""
    first = plain(text.split()[0].strip("."))
    return len(first) > 2 and bool(ways_of(first)) and any(c.isdigit() for c in text)


def with_postcode(address: Sequence[PaperLine], lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """An address with the postcode that stands apart on the row of its city: "Saint John NB    E2L 3H4"."""
    city = address[-1]
    for line in lines:
        level = line.page == city.page and abs(line.middle - city.middle) < 0.3 * city.height
        near = 0 < line.box[0] - city.box[2] < APART_MAX * city.height
        if level and near and not any(c.isdigit() for c in city.text):
            together = city_lines(f"{city.text} {line.text}")
            if any(c.region and c.postcode == line.text.strip() for c in together):
                return (*address, line)
    return tuple(address)
