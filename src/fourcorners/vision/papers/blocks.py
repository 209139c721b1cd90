"""Blocks of lines, and which of them is the holder's address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from fourcorners.formats.addresses import (
    care_of,
    is_post_box,
    parse_address,
    street_in,
    unit_in,
)
from fourcorners.vision.papers.captions import parted_by_captions, up_to_other_caption
from fourcorners.vision.papers.chains import chains_of, flush, has_value_beside, label_over
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.extent import address_span, leads
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.houses import counts_house, with_postcode
from fourcorners.vision.papers.kinds import is_title
from fourcorners.vision.papers.labels import COLON, Label, beside, find_label, heads_address, table
from fourcorners.vision.papers.letter import is_relation, looks_like_person, salutation_of, untitled
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.rows import (
    is_chapter,
    is_labelled_row,
    is_measured,
    is_sentence,
    tells_a_day,
    tells_thousands,
)
from fourcorners.vision.papers.towns import city_rank, is_city, is_inline
from fourcorners.vision.papers.window import is_remark, large_name
from fourcorners.vision.papers.words import one_of

__all__ = ["AddressBlock", "address_blocks", "is_caption", "is_contact", "lives_with"]

CERTAIN = 2
"""What `city_rank` says of a postcode that no other number looks like."""

LETTERS_MIN = 3
LABEL_WORDS_MIN = 3
"""Words of a label that needs no colon before a street: "Power supplied to 12 Main Road"."""

CONTACT_BELOW_MAX = 2
"""A telephone number and the like belong to an address when they stand at most so many lines below it."""

NUMBERED = re.compile(r"[^\d:]*(?:[^\W\d_]{4}|\))\s?[:：]\s*[\dA-Z./-]*\d[\dA-Z./-]*$")
"""A line with a number and, in a word of four letters or more, what it is of: an account's, not a house's."""

NEXT_SENTENCE = re.compile(r"(?<=\w{3})\.\s+(?=\w.*\d{6})")
"""A full stop after which a long number is told."""

NUMBER_OF = re.compile(rf"{one_of('numbers', 'customers')}\.?\s*[:：]", re.IGNORECASE)
"""What stands behind the word for a customer where a number follows, and no address: "Customer no: KF 60 2218"."""

LABELLED = re.compile(r"[^\W\d_][^\d:]{2,30}: ")


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
    parts = (parted for chain in chains_of(lines) for parted in parted_by_captions(chain, lines))
    for whole, captioned in ((piece, alone) for parted, alone in parts for piece in _before_labelled(parted)):
        chain = _up_to_row(whole, lines)
        if (over := large_name(chain, lines)) is not None:
            chain = [over, *chain]
        label = find_label(chain[0], "blocks")
        if label and label.value and NUMBER_OF.match(label.value.text.strip()):
            label = None
        body = list(chain)
        kind = ""
        to_whom = (
            label is not None and label.value is not None and is_contact(label.value.text)
        )  # "Deliver to  Phone: 04"
        if label and to_whom:
            kind, body = label.kind, list(chain[1:])
        elif label and (label.alone or (label.value and len(chain) > 1 and _is_value(label, chain[1]))):
            kind, body = label.kind, [*([_sentence(label.value)] if label.value else []), *chain[1:]]
        else:
            kind = label_over(chain[0], lines)
        if label and label.value is None and has_value_beside(chain[0], lines) and not _day_beside(label, chain, lines):
            kind = ""
        if body and (block := _block(body, kind, captioned=captioned)) is not None:
            yield replace(block, address=with_postcode(up_to_other_caption(block.address, lines), lines))


def _day_beside(label: Label, chain: Sequence[PaperLine], lines: Sequence[PaperLine]) -> bool:
    """Does what stands beside a label of the holder tell a day behind its own: "Billed to    Date: 1 May"?"""
    value = beside(chain[0], lines)
    return label.kind == "holder" and value is not None and ":" in value.text and tells_a_day(value.text)


def _is_value(label: Label, below: PaperLine) -> bool:
    """Does a label without a colon stand before its value: flush with the next line, or a street behind many words?"""
    return label.value is not None and (flush(label.value, below) or _leads_street(label))


def _leads_street(label: Label) -> bool:
    """Does a street with its number follow a label of many words?"""
    value = label.value.text if label.value else ""
    street = street_in(value.split(",")[0]) and any(c.isdigit() for c in value)
    return len(label.words.split()) >= LABEL_WORDS_MIN and street


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
        begun = any(is_city(o.text) or leads(o.text) or _is_told(o) for o in chain[:i])
        if label is None or not label.alone:  # where letters go, if that is a post box
            mailed = find_label(line, "blocks")
            label = mailed if mailed and mailed.value and is_post_box(mailed.value.text) else label
        if label is not None and label.alone and label.value is not None and begun:
            yield chain[:i]
            yield chain[i:]
            return
    yield chain


def _is_told(line: PaperLine) -> bool:
    """Does a street stand behind the label of an address?"""
    label = find_label(line, "addresses")
    return label is not None and label.alone and label.value is not None and leads(label.value.text)


def _is_over_window(chain: Sequence[PaperLine], i: int) -> bool:
    """Does a letter's address begin here, under lines of the sender's that tell a city themselves?"""
    person = looks_like_person(untitled(chain[i].text)) and not any(is_city(o.text) for o in chain[i : i + 2])
    over = [o.text for o in chain[:i]]
    told = any(is_inline(t) or (is_post_box(t) and any(c.isdigit() for c in t)) for t in over)
    return person and told and any(is_city(o.text) for o in chain[i + 2 : i + 6])


@lru_cache(maxsize=8192)
def is_contact(text: str) -> bool:
    """Does a line tell how to reach or identify somebody, or is it the label of what does?"""
    if folded(text).strip() in _contact_words():
        return True
    if "@" in text or "www." in text.casefold() or "://" in text:
        return True
    words = folded(text)
    if ":" not in text and city_rank(text) == CERTAIN:  # "MOBILE AL 36604" is a town
        return False
    return any(c.isdigit() or c == ":" for c in text) and any(holds(words, word) for word in _contact_words())


def _block(body: Sequence[PaperLine], kind: str, *, captioned: bool = False) -> AddressBlock | None:
    labels = [i for i, line in enumerate(body) if _is_bare_label(line)]
    if len(labels) > 1:
        return None  # the labels of a table, one below the other
    body = body[labels[0] + 1 :] if labels else body
    rows = [(line, _bare(line)) for line in body if not is_contact(line.text) and not is_caption(line.text)]
    lines = [line for line in _until_another_row(rows) if "**" not in line.text and not _is_account(line.text)]
    careful = next((line for line in lines if care_of(line.text) and not salutation_of(line.text)), None)  # "Sayın ..."
    span = address_span(lines, labelled=bool(kind), captioned=captioned)
    if span is None:
        return None
    start, end, letter = span.start, span.end, span.letter
    below = body.index(next(line for line in body if line.box[1] >= lines[end].box[1])) + 1
    contact = any(is_contact(line.text) for line in body[: below + CONTACT_BELOW_MAX])
    names = tuple(lines[:start] if letter else lines[max(0, start - 2) : start])
    names = tuple(
        _behind_label(n)
        for n in names
        if n is not careful and not _is_heading(n) and not is_relation(n.text) and not is_remark(n.text)
    )
    if len(names) > 1 and _is_apart(names[0].text) and looks_like_person(untitled(names[1].text)):
        names = names[1:]
    end += _is_end_of_letter(lines, end, letter=bool(names) and not kind)
    with_somebody = careful is not None and lives_with(careful.text) and any(looks_like_person(n.text) for n in names)
    address = tuple(line for line in lines[start : end + 1] if line is not careful)
    if with_somebody and careful is not None and lines.index(careful) <= end:
        address = (careful, *address)
    worded = any(sum(c.isalpha() for c in line.text) >= LETTERS_MIN for line in address)
    if not worded or (not kind and any(is_sentence(line.text) for line in address)):
        return None
    streets = [o for i, o in enumerate(address) if (not is_city(o.text) or counts_house(address, i)) and leads(o.text)]
    whole = bool(streets) or (letter and len(address) > 1) or any(is_inline(line.text) for line in address)
    known = bool(kind or parse_address(address[-1].text).country)
    if not whole and not known and not (len(address) > 1 and any(looks_like_person(untitled(n.text)) for n in names)):
        return None
    return AddressBlock(names, address, kind, careful, contact, whole)


def _behind_label(name: PaperLine) -> PaperLine:
    """A name without the words of a label before it: "For the account of Ann Lee"."""
    label = find_label(name, "names")
    long = label is not None and len(label.words.split()) >= LABEL_WORDS_MIN
    return label.value if long and label is not None and label.value is not None else name


def lives_with(text: str) -> bool:
    """Does a line say at whose home the person above lives: "c/o Berg"? It belongs to the address then."""
    return text.casefold().lstrip().startswith(("c/o", "c/-", "p/a"))


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
    label = find_label(line, "blocks")
    if label is not None and label.value is not None and label.kind in ("holder", "service") and _leads_street(label):
        return label.value
    colon = COLON.search(line.text)
    if colon and line.text[colon.end() :].strip() and heads_address(line.text[: colon.start()]):
        return part(line, colon.end(), len(line.text))
    return line


def _sentence(line: PaperLine) -> PaperLine:
    """A line without the sentence that follows an address in it: "Oak Lane 12, Ashby. Meter 735999100012"."""
    found = NEXT_SENTENCE.search(line.text)
    return part(line, 0, found.start()) if found and "," in line.text[: found.start()] else line


def _until_another_row(rows: Sequence[tuple[PaperLine, PaperLine]]) -> Iterator[PaperLine]:
    """Lines without those that tell a day or begin with a label; up to such a one behind street or city.

    `rows` are lines as they stand, each with what it is without a label of ours.
    """
    begun, labelled = False, 0
    for row, line in rows:
        other = (
            tells_a_day(line.text)
            or is_labelled_row(line.text)
            or is_chapter(line.text)
            or (is_measured(line.text) and city_rank(line.text) < CERTAIN)
            or tells_thousands(line.text)
        )
        ended = (
            labelled > 1 and not _is_labelled(row, line) and not is_city(line.text)
        )  # "District: ..." was the last row
        if begun and (other or ended):
            return
        if other:
            continue
        begun = begun or is_city(line.text) or leads(line.text)
        labelled = labelled + 1 if begun and _is_labelled(row, line) else 0
        yield line


def _is_labelled(row: PaperLine, bare: PaperLine) -> bool:
    return bare is not row or LABELLED.match(row.text) is not None


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
