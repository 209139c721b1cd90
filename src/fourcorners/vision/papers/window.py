"""The window of a letter: below a person all lines that run on are the address, in whatever grammar of its country."""

import re
from collections.abc import Iterator, Sequence

from fourcorners.formats.addresses import (
    is_eastern,
    is_post_box,
    is_region,
    names_building,
    street_in,
    unit_in,
    ways_of,
)
from fourcorners.formats.names import plain
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.houses import is_country
from fourcorners.vision.papers.kinds import is_title
from fourcorners.vision.papers.labels import find_label, heads_address
from fourcorners.vision.papers.letter import (
    GEORGIAN,
    JOINED,
    is_relation,
    is_salutation,
    looks_like_person,
    salutation_of,
    share_family_name,
    untitled,
)
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.postcodes_alone import is_lone_postcode
from fourcorners.vision.papers.rows import is_chapter, is_counted, is_sentence, tells_a_day
from fourcorners.vision.papers.towns import SMALL_WORDS, city_rank, is_city, is_inline
from fourcorners.vision.papers.words import one_of

__all__ = ["is_letter_line", "is_person", "is_remark", "is_surname_first", "large_name", "window_span"]

LINES_MAX = 7
CHARACTERS_MAX = 60
"""An address below a person has at most so many lines, of so many characters; longer ones are prose."""

LARGER, LARGE_GAP_MAX = (1.45, 2.4), 2.4
"""A name over its address may be set so many times as high, and stands at most so many of its line heights above."""

COMPOUND = re.compile(rf"[^\W\d]{{4,}}{one_of('numbers', 'joined')}\b\.?\W*\d", re.IGNORECASE)
"""What is counted, by a word of several: "Medarbejdernr. 4412"."""

SURNAME_FIRST = re.compile(r"(?P<surname>[^\W\d_][\w'’ -]{1,30}), ?(?P<given>[^\W\d_][\w'’. -]{1,40})")
"""A person's name, the surname first, with a comma behind it: "DE LEON, MARIBETH SANTIAGO"."""

NO_NAME = re.compile(rf"\s{one_of('names', 'of_offices')}\s", re.IGNORECASE)
"""Words that stand in names of offices and houses, and of nobody."""

REMARK = re.compile(rf"\(?(?:{one_of('places', 'remarks')}\b|AND/OR$)", re.IGNORECASE)
"""What an American bank prints between names and address: who inherits, how an account is shared."""

SECOND_WORDS_MAX = 4
HOUSE = re.compile(r"^\W*\d{1,5}[A-Za-z]?\b|\s\d{1,4}\s?[A-Za-z]?$|\s\d{1,4}\s?[A-Za-z]?,")
"""The number of a house before its street or behind it."""

PROVINCE_WORDS_MAX = 3
POSTCODE_MAX = 9
REFERENCE_DIGITS = 8
"""A line with so many digits and neither a town, a way nor a post box tells the number of an account."""

LONG_POSTCODE = re.compile(r"(?<!\d)\d{5} ?- ?\d{3,4}(?!\d)")
"""A postcode of eight or nine digits, as in Brazil, Arabia and the United States."""

PLACE_WORDS_MAX = 6


def window_span(lines: Sequence[PaperLine], below: int | None) -> tuple[int, int] | None:
    """The first and last line of the address in a block that opens with a person; None where none opens it.

    `below` is the index of the line below a person with a form of address, where one is there.
    """
    start = _below_untitled(lines) if below is None else below
    if start is None:
        return None
    while start < len(lines) and is_remark(lines[start].text):
        start += 1
    texts = list(_letter_lines(lines[start : start + LINES_MAX]))
    last = _last(texts)
    if last is None or (last == 0 and not is_inline(texts[0])):
        return None
    numbered = any(c.isdigit() for text in texts[: last + 1] for c in text)
    return (start, start + last) if numbered else None


def is_remark(text: str) -> bool:
    """Is it a line between names and address that is part of neither: a caption, or how an account is shared?"""
    return heads_address(text) or REMARK.match(text) is not None


def _letter_lines(lines: Sequence[PaperLine]) -> Iterator[str]:
    """The lines up to the first that is none of an address; behind a town, only what may follow it."""
    town = plain_town = False
    for i, line in enumerate(lines):
        text = line.text
        ends = _is_end(text) or (i > 0 and _is_province(lines[i - 1].text, text))
        other = (town and not ends) or (plain_town and not is_place(text) and not _is_end(text))
        if other or not is_letter_line(text):
            return
        yield text
        if (i or is_inline(text)) and is_city(text) and not is_lone_postcode(text):
            town, plain_town = town or _is_sure_town(text), True


def _is_sure_town(text: str) -> bool:
    """Is it a town for certain: its postcode opens the line, or is longer than the number of a house?"""
    opens = text.lstrip()[:1].isdigit() and not is_inline(text)
    return opens or city_rank(text) > 1 or any(len(n) > 4 for n in re.findall(r"\d+", text))


def large_name(chain: Sequence[PaperLine], lines: Sequence[PaperLine]) -> PaperLine | None:
    """The person's name that is set larger than the lines of a block right below it; None where it has its own."""
    first = chain[0]
    if any(is_person(o.text) or salutation_of(o.text) or is_salutation(o.text) for o in chain[:1]):
        return None
    if find_label(first, "blocks") or find_label(first, "names"):
        return None
    over = [
        o
        for o in lines
        if o.page == first.page
        and -0.2 * first.height < first.box[1] - o.box[3] < LARGE_GAP_MAX * first.height
        and LARGER[0] < o.height / first.height < LARGER[1]
        and abs(o.box[0] - first.box[0]) < first.height
    ]
    nearest = max(over, key=lambda o: o.box[3], default=None)
    return nearest if nearest is not None and is_person(nearest.text) else None


def _below_untitled(lines: Sequence[PaperLine]) -> int | None:
    """The index of the first line below a person without a form of address, who opens the block or stands second."""
    if len(lines) > 2 and is_surname_first(lines[0].text):
        return 1
    for i, line in enumerate(lines[:2]):
        over = lines[0].text
        if i and len(over.split()) != 1 and not has_suffix(over) and not _is_sorting(over):
            return None
        if is_person(line.text) and not has_suffix(line.text):
            below = i + 1
            while below < len(lines) and _joins(lines[below - 1].text, lines[below].text):
                below += 1
            return below + (below == i + 1 and _is_second_person(lines, below))
    return None


def _is_sorting(text: str) -> bool:
    """Is it what a machine prints over an address to sort letters by: "00004118 01 AB 0.593"?"""
    return 2 * sum(c.isdigit() for c in text) > sum(c.isalnum() for c in text)


def is_person(text: str) -> bool:
    """Does a line look like a person's name and not like a place?"""
    place = names_building(text) or is_region(text) or is_country(text) or street_in(text) or is_title(text)
    return looks_like_person(untitled(text)) and not place and NO_NAME.search(text) is None


def is_surname_first(text: str) -> bool:
    """Is it a person's name with a comma behind the surname, and no place in its region or country?"""
    found = SURNAME_FIRST.fullmatch(text.strip())
    if found is None or is_region(found["given"]) or is_country(found["given"]) or has_suffix(text):
        return False
    return is_person(f"{found['given']} {found['surname']}")


def _joins(above: str, text: str) -> bool:
    """Is a line a second person's name, by a joining word or sign, by the family name, or whose child the first is?"""
    if is_relation(text) or text.lstrip().startswith("&") or above.rstrip().endswith("&"):
        return True
    words, over = folded(text).split(), folded(above).split()
    if any(c.isdigit() for c in text) or len(words) < 2:
        return False
    return words[0] in JOINED or over[-1] in JOINED or (is_person(text) and share_family_name(above, text))


def _is_second_person(lines: Sequence[PaperLine], i: int) -> bool:
    """Does a person who shares no name with the one above stand between it and a street with its number?

    A house that has a name instead of a person stands there too, but seldom has its street a number then, and most
    names of houses hold a word for one.
    """
    if i + 2 >= len(lines) or not is_person(lines[i].text) or has_suffix(lines[i].text):
        return False
    street, words = lines[i + 1].text, lines[i].text.split()
    alike = lines[i].text.isupper() == lines[i - 1].text.isupper() and len(words) <= SECOND_WORDS_MAX
    numbered = HOUSE.search(street) is not None and street_in(street) and not is_city(street)
    return alike and numbered and not any(ways_of(plain(w)) for w in words if len(w) > 1)


def _last(texts: Sequence[str]) -> int | None:
    """The last line of the address among lines below a person; None where they tell no place."""
    cities = [i for i, text in enumerate(texts) if is_city(text) and not _is_house(texts, i)]
    if cities and (cities[0] > 0 or is_inline(texts[0])):
        certain = [i for i in cities if city_rank(texts[i]) > 1]
        last = certain[0] if certain else cities[-1]
    elif cities and len(texts) > 1 and not _is_end(texts[1]):
        last = 1  # the town comes first, as in Hungary and Japan
        while last + 1 < len(texts) and is_place(texts[last + 1]) and any(c.isdigit() for c in texts[last + 1]):
            last += 1
    elif cities:
        last = 0
    else:
        last = max((i for i, text in enumerate(texts) if is_place(text) or _is_end(text)), default=-1)
        return last if last >= 0 else None
    lone = is_lone_postcode(texts[last])
    while last + 1 < len(texts) and (
        _is_end(texts[last + 1]) or (lone and not any(c.isdigit() for c in texts[last + 1]))
    ):
        last, lone = last + 1, False
    if last + 2 == len(texts) and _is_province(texts[last], texts[last + 1]):
        last += 1
    return last


def _is_province(town: str, text: str) -> bool:
    """Is the last line of a window the province of the town above, of a few words in capitals like it?"""
    words = text.split()
    return (
        len(words) <= PROVINCE_WORDS_MAX
        and all(len(w) > 2 and w.isalpha() for w in words)
        and town.isupper()
        and text.isupper()
    )


def _is_end(text: str) -> bool:
    """May it follow the town: a region, a country, a postcode, a post box?"""
    return is_lone_postcode(text) or is_region(text) or is_country(text) or is_post_box(text)


def _is_house(texts: Sequence[str], i: int) -> bool:
    """Is a number that may be a postcode a house's: in the first line, over more lines of the address?"""
    if i > 0 or city_rank(texts[0]) != 1 or len(texts) == 1 or _is_end(texts[1]):
        return False
    numbers = [n for n in re.findall(r"\d+", texts[0]) if len(n) >= 4]
    house = all(len(n) == 4 for n in numbers) and not texts[0].lstrip()[:1].isdigit()
    return house and all(is_place(text) for text in texts[1:])


def is_place(text: str) -> bool:
    """Is it made of words as names of places are, of numbers of houses and postcodes, and of nothing else?"""
    words = [w for w in re.split(r"[\s,./()–-]+", text) if w]
    way = any(ways_of(plain(w)) for w in words if len(w) > 1)
    if not words or (len(words) > PLACE_WORDS_MAX and not (way or unit_in(text)[0] or is_eastern(text))):
        return False
    return all(
        not w[0].islower() or GEORGIAN.match(w) or w in SMALL_WORDS or ways_of(plain(w)) or len(w) < 5 for w in words
    )


def is_letter_line(text: str) -> bool:
    """May a line below a person in a letter's window be part of the address?"""
    if is_chapter(text):
        return False
    if is_counted(text) or COMPOUND.search(text) or (not any(c.isalpha() for c in text) and len(text) > POSTCODE_MAX):
        return False  # the number of an account
    way = any(ways_of(plain(w.strip(".,"))) for w in text.split() if len(w) > 2)
    digits = sum(c.isdigit() for c in LONG_POSTCODE.sub("", text))
    if digits >= REFERENCE_DIGITS and not (way or city_rank(text) > 1 or is_post_box(text)):
        return False
    if any(c in ":：" for c in text) and not (way or unit_in(text)[0]):
        return False
    whole = is_inline(text) and not is_sentence(text)  # the whole address in one line
    return (len(text) <= CHARACTERS_MAX or whole) and not any(c in text for c in "€$£¥₹%=") and not tells_a_day(text)
