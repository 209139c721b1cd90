"""Blocks of lines, and which of them is the holder's address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from fourcorners.formats.addresses import (
    care_of,
    city_lines,
    is_post_box,
    is_region,
    parse_address,
    street_in,
    unit_in,
)
from fourcorners.formats.dates import find_dates
from fourcorners.vision.papers.captions import up_to_other_caption
from fourcorners.vision.papers.chains import chains_of, flush, has_value_beside, label_over
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.houses import counts_house, is_bare_street, is_country, opens_with_way, with_postcode
from fourcorners.vision.papers.kinds import is_title
from fourcorners.vision.papers.labels import COLON, find_label, heads_address, table
from fourcorners.vision.papers.letter import below_person, is_relation, looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.rows import MONEY, is_labelled_row, is_measured, is_sentence, tells_a_day
from fourcorners.vision.papers.towns import city_rank, is_city, is_inline

__all__ = ["AddressBlock", "address_blocks", "has_suffix", "is_caption", "is_contact"]

CERTAIN = 2
"""What `city_rank` says of a postcode that no other number looks like."""

POSTCODE_MAX = 9
LETTERS_MIN = 3
LETTER_LINES_MAX = 6
LETTER_CHARACTERS_MAX = 48
"""An address below a person has at most so many lines, of so many characters; longer ones are prose."""

CONTACT_BELOW_MAX = 2
"""A telephone number and the like belong to an address when they stand at most so many lines below it."""

NUMBERED = re.compile(r"[^\d:]*(?:[^\W\d_]{4}|\))\s?[:：]\s*[\dA-Z./-]*\d[\dA-Z./-]*$")
"""A line with a number and, in a word of four letters or more, what it is of: an account's, not a house's."""

COUNTED = re.compile(r"(?i:\b(?:number|numero|número|nummer|nr|no|nº|n°)\b)\W*[\w-]*\d{4}")
"""What is counted by a number of four digits or more: a policy, an invoice."""

NEXT_SENTENCE = re.compile(r"(?<=\w{3})\.\s+(?=\w.*\d{6})")
"""A full stop after which a long number is told."""

WORDED_POSTCODE = re.compile(r"(?:C\.?P\.?|CAP|ZIP|PIN|PLZ|ΤΚ|Τ\.Κ\.)[ .:-]*\d{4,6}", re.IGNORECASE)
LONE_POSTCODE = re.compile(r"\d{4,6}")
LABELLED = re.compile(r"[^\W\d_][^\d:]{2,30}: ")
PLACES_MAX, PLACE_WORDS_MAX = 4, 5
"""Where there is no postcode beside the city, so many lines of so many words under the street are places."""


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """Lines that look like an address. `label` is what stands over it: holder, service, shipping, sender or "".

    `careful` names the person behind "c/o" or "Attn". `contact`: telephone, tax number and the like stand with it.
    `kind`: `block` of lines below each other, `cell` behind a label, `told` in a sentence (its words are in `told`),
    or `eastern`, by the words for parts of towns in Asia and Arabia.
    """

    names: tuple[PaperLine, ...]
    address: tuple[PaperLine, ...]
    label: str
    careful: PaperLine | None
    contact: bool
    whole: bool
    kind: str = "block"
    told: str = ""

    @property
    def text(self) -> str:
        """The address in one line."""
        return self.told or ", ".join(line.text.strip(" ,;") for line in self.address)

    @property
    def top(self) -> float:
        """Top of its first line."""
        return (self.names or self.address)[0].box[1]


def address_blocks(lines: Sequence[PaperLine]) -> Iterator[AddressBlock]:
    """Every block of lines on a page that holds an address."""
    for whole in (piece for chain in chains_of(lines) for piece in _before_labelled(chain)):
        chain = _up_to_row(whole, lines)
        label = find_label(chain[0], "blocks")
        body = list(chain)
        kind = ""
        to_whom = (
            label is not None and label.value is not None and is_contact(label.value.text)
        )  # "Deliver to  Phone: 04"
        if label and to_whom:
            kind, body = label.kind, list(chain[1:])
        elif label and (label.alone or (label.value and len(chain) > 1 and flush(label.value, chain[1]))):
            kind, body = label.kind, [*([_sentence(label.value)] if label.value else []), *chain[1:]]
        else:
            kind = label_over(chain[0], lines)
        if label and label.value is None and has_value_beside(chain[0], lines):
            kind = ""
        if body and (block := _block(body, kind)) is not None:
            yield replace(block, address=with_postcode(up_to_other_caption(block.address, lines), lines))


def _up_to_row(chain: Sequence[PaperLine], lines: Sequence[PaperLine]) -> Sequence[PaperLine]:
    """A chain up to a label that has its value beside it: what is below it is another row."""
    rows = (i for i, line in enumerate(chain) if i and _is_bare_label(line) and has_value_beside(line, lines))
    return chain[: next(rows, len(chain))]


def _before_labelled(chain: Sequence[PaperLine]) -> Iterator[Sequence[PaperLine]]:
    """A chain in two where a second address begins with its label: "PO Box 1 / Ashby / Service address: 4 Oak St"."""
    for i, line in enumerate(chain[1:], 1):
        if _is_over_window(chain, i):
            yield chain[:i]
            yield chain[i:]
            return
        label = find_label(line, "addresses")
        begun = any(is_city(o.text) or _leads(o.text) for o in chain[:i])
        if label is not None and label.alone and label.value is not None and begun:
            yield chain[:i]
            yield chain[i:]
            return
    yield chain


def _is_over_window(chain: Sequence[PaperLine], i: int) -> bool:
    """Does a letter's address begin here, under lines of the sender's that tell a city themselves?"""
    person = looks_like_person(untitled(chain[i].text)) and not any(is_city(o.text) for o in chain[i : i + 2])
    over = [o.text for o in chain[:i]]
    told = any(is_inline(t) or (is_post_box(t) and any(c.isdigit() for c in t)) for t in over)
    return person and told and any(is_city(o.text) for o in chain[i + 2 : i + 6])


@lru_cache(maxsize=8192)
def is_contact(text: str) -> bool:
    """Does a line tell how to reach or identify a company?"""
    if "@" in text or "www." in text.casefold() or "://" in text:
        return True
    words = folded(text)
    if ":" not in text and city_rank(text) == CERTAIN:  # "MOBILE AL 36604" is a town
        return False
    return any(c.isdigit() or c == ":" for c in text) and any(holds(words, word) for word in _contact_words())


def has_suffix(text: str) -> bool:
    """Does a name end like a company's, or hold a word that only companies have?"""
    words = folded(text.replace(".", ""))
    return any(words.endswith(f" {suffix} ") for suffix in _suffixes())


def _block(body: Sequence[PaperLine], kind: str) -> AddressBlock | None:
    labels = [i for i, line in enumerate(body) if _is_bare_label(line)]
    if len(labels) > 1:
        return None  # the labels of a table, one below the other
    body = body[labels[0] + 1 :] if labels else body
    rows = [(line, _bare(line)) for line in body if not is_contact(line.text) and not is_caption(line.text)]
    lines = [line for line in _until_another_row(rows) if "**" not in line.text and not _is_account(line.text)]
    careful = next((line for line in lines if care_of(line.text)), None)
    person = below_person(lines)
    end = _end(lines, labelled=bool(kind))
    if end is None and person is None and len(lines) > 2 and looks_like_person(lines[0].text):
        person = 1
    end = _end_below_person(lines, person) if end is None and person else end
    if end is None:
        return None
    below = body.index(next(line for line in body if line.box[1] >= lines[end].box[1])) + 1
    contact = any(is_contact(line.text) for line in body[: below + CONTACT_BELOW_MAX])
    letter = person is not None and person <= end
    start = person if person is not None and letter else _start(lines, end)
    if _leads_city(lines, end):
        start = min(start, end - 1)
    names = tuple(lines[:start] if letter else lines[max(0, start - 2) : start])
    names = tuple(n for n in names if n is not careful and not _is_heading(n) and not is_relation(n.text))
    if len(names) == 2 and _is_apart(names[0].text) and looks_like_person(untitled(names[1].text)):
        names = names[1:]
    end += _is_end_of_letter(lines, end, letter=bool(names) and not kind)
    address = tuple(line for line in lines[start : end + 1] if line is not careful)
    worded = any(sum(c.isalpha() for c in line.text) >= LETTERS_MIN for line in address)
    if not worded or (not kind and any(is_sentence(line.text) for line in address)):
        return None
    streets = [o for i, o in enumerate(address) if (not is_city(o.text) or counts_house(address, i)) and _leads(o.text)]
    whole = bool(streets) or (letter and len(address) > 1) or any(is_inline(line.text) for line in address)
    known = bool(kind or parse_address(address[-1].text).country)
    if not whole and not known and not (len(address) > 1 and any(looks_like_person(untitled(n.text)) for n in names)):
        return None
    return AddressBlock(names, address, kind, careful, contact, whole)


def _is_apart(text: str) -> bool:
    """Is what stands over a person's name no part of it: a place, or one word in small letters, which is a label?"""
    word = len(text.split()) == 1 and not text.isupper()
    return "," in text or any(c.isdigit() for c in text) or word or has_suffix(text)


def _is_end_of_letter(lines: Sequence[PaperLine], end: int, *, letter: bool) -> bool:
    """Does a block end with one line more, of one or two words in the capitals of the city: its district, a country?"""
    if not letter or end + 2 != len(lines) or not is_city(lines[end].text):
        return False
    city, text = lines[end].text, lines[end + 1].text
    words = text.split()
    return len(words) <= 2 and all(w.isalpha() and len(w) > 2 for w in words) and city.isupper() and text.isupper()


def _is_account(text: str) -> bool:
    return NUMBERED.match(text) is not None and not unit_in(text)[0]


def _is_bare_label(line: PaperLine) -> bool:
    labels = (find_label(line, group) for group in ("names", "addresses"))
    return any(label is not None and label.value is None for label in labels)


def _bare(line: PaperLine) -> PaperLine:
    """A line without "Name:" or "Address:" before its value."""
    for group in ("names", "addresses", "address_parts"):
        label = find_label(line, group)
        if label and label.alone and label.value:
            return label.value
    colon = COLON.search(line.text)
    if colon and line.text[colon.end() :].strip() and heads_address(line.text[: colon.start()]):
        return part(line, colon.end(), len(line.text))
    return line


def _sentence(line: PaperLine) -> PaperLine:
    """A line without the sentence that follows an address in it: "Oak Lane 12, Ashby. Meter 735999100012"."""
    found = NEXT_SENTENCE.search(line.text)
    return part(line, 0, found.start()) if found and "," in line.text[: found.start()] else line


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
    if streets and 0 < streets[0] < 3 and _leads(lines[streets[0]].text):
        return _end_without_postcode(lines, streets[0])
    return None


def _end_below_person(lines: Sequence[PaperLine], start: int) -> int | None:
    """The last line of an address that names no city that we know, below a person: short lines, one with a number."""
    end = start
    while end < len(lines) and end - start < LETTER_LINES_MAX and _is_letter_line(lines[end].text):
        end += 1
    numbered = any(c.isdigit() for line in lines[start:end] for c in line.text)
    end += _ends_with_postcode(lines, end - 1)
    return end - 1 if numbered and end - start >= 2 else None


def _is_letter_line(text: str) -> bool:
    if COUNTED.search(text) or (not any(c.isalpha() for c in text) and len(text) > POSTCODE_MAX):
        return False  # the number of an account
    return len(text) <= LETTER_CHARACTERS_MAX and not any(c in text for c in "€$£¥₹%:=") and not find_dates(text)


def _ends_with_postcode(lines: Sequence[PaperLine], last: int) -> bool:
    """Does the next line tell the postcode by its word: "CP 66220"?"""
    return last + 1 < len(lines) and WORDED_POSTCODE.fullmatch(lines[last + 1].text.strip()) is not None


def _end_without_postcode(lines: Sequence[PaperLine], street: int) -> int | None:
    """The last line under a street over which a person stands: a postcode alone in its line, or names of places."""
    if not looks_like_person(untitled(lines[street - 1].text)) or not any(c.isdigit() for c in lines[street].text):
        return None
    last = street
    for line in lines[street + 1 : street + 1 + PLACES_MAX]:
        text = line.text
        if LONE_POSTCODE.fullmatch(text) and last > street:
            return last + 1
        places = len(text.split()) <= PLACE_WORDS_MAX and not any(c.isdigit() or c in ":€$£%" for c in text)
        if not places and not _leads(text):
            break
        last += 1
    last += _ends_with_postcode(lines, last)
    return last if last > street else None


def _leads_city(lines: Sequence[PaperLine], street: int) -> bool:
    """Does the street stand under the city, as in Hungary: name, city, street?"""
    if not 1 < street < len(lines) or not _leads(lines[street].text) or not is_city(lines[street - 1].text):
        return False
    over = [line.text for line in lines[1 : street - 1]]
    alone = not is_inline(lines[street - 1].text) and not is_city(lines[street].text)
    return alone and not any(_leads(text) for text in over) and not is_contact(lines[street].text)


def _until_another_row(rows: Sequence[tuple[PaperLine, PaperLine]]) -> Iterator[PaperLine]:
    """Lines without those that tell a day or begin with a label; up to such a one behind street or city.

    `rows` are lines as they stand, each with what it is without a label of ours.
    """
    begun, labelled = False, 0
    for row, line in rows:
        other = (
            tells_a_day(line.text)
            or is_labelled_row(line.text)
            or (is_measured(line.text) and city_rank(line.text) < CERTAIN)
            or MONEY.search(line.text) is not None
        )
        ended = (
            labelled > 1 and not _is_labelled(row, line) and not is_city(line.text)
        )  # "District: ..." was the last row
        if begun and (other or ended):
            return
        if other:
            continue
        begun = begun or is_city(line.text) or _leads(line.text)
        labelled = labelled + 1 if begun and _is_labelled(row, line) else 0
        yield line


def _is_labelled(row: PaperLine, bare: PaperLine) -> bool:
    return bare is not row or LABELLED.match(row.text) is not None


def _start(lines: Sequence[PaperLine], end: int) -> int:
    """The first line of the address: the highest street over its end, with at most four lines between them."""
    above = range(max(0, end - 5), end)
    streets = [i for i in above if (not is_city(lines[i].text) or counts_house(lines, i)) and _leads(lines[i].text)]
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


def _leads(text: str) -> bool:
    units, rest = unit_in(text)
    return (street_in(text) and not (units and not rest)) or is_post_box(text)


@cache
def _captions() -> tuple[str, ...]:
    return tuple(f" {folded(c).strip()} " for c in table("contact")["captions"])


def is_caption(text: str) -> bool:
    """Is it what a form prints over or under a value that is no part of an address?"""
    words = folded(text)
    return words.startswith(_captions())


def _is_heading(line: PaperLine) -> bool:
    words = folded(line.text).strip()
    return (
        words.isdigit()
        or is_title(line.text)
        or line.text.rstrip().endswith((":", "："))
        or any(words == title for title in (*table("dates")["titles"], *table("salutations")["words"]))
    )


@cache
def _contact_words() -> tuple[str, ...]:
    return tuple(folded(word).strip() for word in table("contact")["words"])


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(folded(s.replace(".", "")).strip() for s in table("issuers")["suffixes"])
