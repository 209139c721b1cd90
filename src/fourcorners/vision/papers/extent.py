"""Where an address begins and ends in a block of lines: by postcode and street, and below the person in a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.formats.addresses import city_lines, is_post_box, is_region, street_in, unit_in
from fourcorners.vision.papers.houses import counts_house, is_bare_street, is_country, opens_with_way
from fourcorners.vision.papers.letter import below_person, looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.postcodes_alone import is_lone_postcode, is_worded_postcode
from fourcorners.vision.papers.towns import city_rank, is_city, is_inline
from fourcorners.vision.papers.window import is_letter_line, window_span

__all__ = ["Span", "address_span", "leads"]

LETTER_LINES_MAX = 6
"""An address below a person has at most so many lines."""

PLACES_MAX, PLACE_WORDS_MAX = 4, 5
"""Where there is no postcode beside the city, so many lines of so many words under the street are places."""


@dataclass(frozen=True, slots=True)
class Span:
    """The lines `start` to `end` (inclusive) of a block are its address; `letter`: they stand below a person."""

    start: int
    end: int
    letter: bool


def address_span(lines: Sequence[PaperLine], *, labelled: bool, captioned: bool = False) -> Span | None:
    """Which lines of a block are the address; None where none are. A `captioned` one is a value and nothing else."""
    person = below_person(lines)
    window = window_span(lines, person)
    if window is None and captioned and len(lines) > 1:
        window = window_span(lines, 0)
    if window is not None:
        return Span(*window, letter=True)
    end = _end(lines, labelled=labelled)
    if end is None and person is None and len(lines) > 2 and looks_like_person(lines[0].text):
        person = 1
    end = _end_below_person(lines, person) if end is None and person else end
    if end is None:
        return None
    letter = person is not None and person <= end
    start = person if person is not None and letter else _start(lines, end)
    if _leads_city(lines, end):
        start = min(start, end - 1)
    return Span(start, end, letter)


def _end(lines: Sequence[PaperLine], *, labelled: bool) -> int | None:
    """The last line of the address: that of the city, or of the country below it; None without one."""
    ranks = [0 if counts_house(lines, i) else city_rank(line.text) for i, line in enumerate(lines)]
    cities = [i for i, rank in enumerate(ranks) if rank == max(ranks) > 0]
    while len(cities) > 1 and cities[1] - cities[0] <= 2 and is_bare_street(lines[cities[0]].text):
        cities = cities[1:]  # "Av. 18 de Julio 1244 apto 602" over "11100 Montevideo"
    if cities:
        last = cities[0] if not labelled else cities[-1] if cities[-1] - cities[0] <= 2 else cities[0]
        if "〒" in lines[last].text:  # the largest part comes first: street and number follow
            return min(len(lines) - 1, last + 1 + (last + 2 < len(lines) and street_in(lines[last + 2].text)))
        if _leads_city(lines, last + 1):
            return last + 1
        if lines[last].text.strip(" .CP").isdigit():  # the city may follow its postcode in a line of its own
            last += last + 1 < len(lines) and not any(c.isdigit() for c in lines[last + 1].text)
        below = lines[last + 1 : last + 3]
        last += len(below) > 0 and is_region(below[0].text)
        below = lines[last + 1 : last + 3]
        return last + next((n for n, line in enumerate(below, 1) if is_country(line.text)), 0)
    countries = [i for i, line in enumerate(lines) if i >= 2 and is_country(line.text)]
    streets = [i for i, line in enumerate(lines) if street_in(line.text)]
    if countries and streets and streets[0] < countries[0]:
        return countries[0]
    if labelled and streets:
        return min(len(lines) - 1, streets[0] + 3)
    if streets and 0 < streets[0] < 3 and leads(lines[streets[0]].text):
        return _end_without_postcode(lines, streets[0])
    return None


def _end_below_person(lines: Sequence[PaperLine], start: int) -> int | None:
    """The last line of an address that names no city that we know, below a person: short lines, one with a number."""
    end = start
    while end < len(lines) and end - start < LETTER_LINES_MAX and is_letter_line(lines[end].text):
        end += 1
    numbered = any(c.isdigit() for line in lines[start:end] for c in line.text)
    end += _ends_with_postcode(lines, end - 1)
    return end - 1 if numbered and end - start >= 2 else None


def _ends_with_postcode(lines: Sequence[PaperLine], last: int) -> bool:
    """Does the next line tell the postcode by its word: "CP 66220"?"""
    return last + 1 < len(lines) and is_worded_postcode(lines[last + 1].text)


def _end_without_postcode(lines: Sequence[PaperLine], street: int) -> int | None:
    """The last line under a street over which a person stands: a postcode alone in its line, or names of places."""
    if not looks_like_person(untitled(lines[street - 1].text)) or not any(c.isdigit() for c in lines[street].text):
        return None
    last = street
    for line in lines[street + 1 : street + 1 + PLACES_MAX]:
        text = line.text
        if is_lone_postcode(text) and last > street:
            return last + 1
        places = len(text.split()) <= PLACE_WORDS_MAX and not any(c.isdigit() or c in ":€$£%" for c in text)
        if not places and not leads(text):
            break
        last += 1
    last += _ends_with_postcode(lines, last)
    return last if last > street else None


def _leads_city(lines: Sequence[PaperLine], street: int) -> bool:
    """Does the street stand under the city, as in Hungary: name, city, street?"""
    if not 1 < street < len(lines) or not leads(lines[street].text) or not is_city(lines[street - 1].text):
        return False
    over = [line.text for line in lines[1 : street - 1]]
    alone = not is_inline(lines[street - 1].text) and not is_city(lines[street].text)
    return alone and not any(leads(text) for text in over)


def _start(lines: Sequence[PaperLine], end: int) -> int:
    """The first line of the address: the highest street over its end, with at most four lines between them."""
    above = range(max(0, end - 5), end)
    streets = [i for i in above if (not is_city(lines[i].text) or counts_house(lines, i)) and leads(lines[i].text)]
    # A company's name may look like a street ("Studio 54"): of several the first line of a block is the name.
    streets = [i for i in streets if i > 0 or opens_with_way(lines[i].text) or not any(k > 0 for k in streets)]
    start = streets[0] if streets else end
    while start > 1 and _is_unit(lines[start - 1].text):  # "Apt 12, building B" over the street
        start -= 1
    if start == 1 and unit_in(lines[0].text)[0] and lines[0].text.rstrip().endswith(","):
        return 0  # "Apartment 17, The Granary,"
    if start == end >= 2 and not any(c.city for c in city_lines(lines[end].text)):
        return 1  # a postcode alone in its line, as in Britain: all between it and the name is the address
    return start


def _is_unit(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def leads(text: str) -> bool:
    """Does a line open an address: with a street, or a post box?"""
    units, rest = unit_in(text)
    return (street_in(text) and not (units and not rest)) or is_post_box(text)
