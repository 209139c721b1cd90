"""Whose paper it is: the holder's name and address."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from fourcorners.formats.addresses import care_of, is_eastern
from fourcorners.vision.papers.blocks import AddressBlock, lives_with
from fourcorners.vision.papers.captions import is_captioned
from fourcorners.vision.papers.cells import cell_addresses
from fourcorners.vision.papers.chains import stands_under
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.eastern import eastern_address
from fourcorners.vision.papers.fields import PaperField, joined
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.labels import (
    beside,
    label_words,
)
from fourcorners.vision.papers.letter import (
    JOINED,
    JOINT,
    honoured,
    is_salutation,
    looks_like_person,
    salutation_of,
    share_family_name,
    untitled,
    without_titles,
)
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.named import could_be_name, is_label, labelled_name
from fourcorners.vision.papers.parties import Role, addressed_name
from fourcorners.vision.papers.postcodes_alone import is_lone_postcode
from fourcorners.vision.papers.prose import told_address, told_name
from fourcorners.vision.papers.ranking import choose_address, same_words
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.window import is_person, is_surname_first
from fourcorners.vision.papers.words import one_of

__all__ = [
    "address_candidates",
    "choose_holder",
    "holder_address",
    "holder_name",
    "without_forms_of_address",
]

CAPTION_HEIGHT_MAX = 0.93
PERSON_OVER_MAX = 5.0
"""A name stands at most so many line heights over an address that has its own label."""
TWO = 2
WRAPPED_MIN = 24
"""A name of fewer characters is not broken at the end of its line."""

GREETING_BELOW_MAX, GREETING_WORDS_MAX, SMALL_WORD = 16.0, 6, 5
"""A letter greets whom it is for at most so many line heights below the address, in so many words."""

PERSON_UNDER_MAX = 3.0
COLUMN_MAX = 4.5
"""A name over or under an address in a cell, in the same column, stands at most so many line heights away."""

OFFICE_GAP_MAX = 0.6
"""An office's name and address stand at most so many line heights under that of the authority that it belongs to."""

MONSIEUR = re.compile(r"M (?=[^\W\d_]\S+ \S)")
FRENCH = re.compile(rf" {one_of('names', 'french')} ")
"""Words of which one stands on any bill or statement in French."""


BROKEN = re.compile(r"(?<=\w)- (?=\w)")
"""A name that a line's end broke behind its hyphen."""


HEAD, LARGE = 0.4, 1.1
"""A name that nothing else shows stands in this share of the first page, so many times as high as most lines."""


CONFIDENCE = {"holder": 0.97, "service": 0.93, "shipping": 0.75, "": 0.8}
CONFIDENCE_APART = {"cell": 0.85, "told": 0.8, "eastern": 0.7}


def address_candidates(paper: Gathered) -> tuple[AddressBlock, ...]:
    """Every address on a paper that may be the holder's: blocks, those in cells, in a sentence, in Eastern words."""
    lines, issuer = paper.lines, paper.issuer
    named = labelled_name(lines, issuer)
    cells = (replace(c, names=_over_cell(c, lines, issuer, named)) if not c.names else c for c in cell_addresses(lines))
    found = [*paper.blocks, *cells]
    if (told := told_address(lines)) is not None:
        found.append(AddressBlock((), told[1], "", None, contact=False, whole=True, kind="told", told=told[0]))
    if parts := eastern_address(lines, issuer):
        found.append(AddressBlock((), parts, "", None, contact=False, whole=True, kind="eastern"))
    return tuple(found)


def _over_cell(
    cell: AddressBlock, lines: Sequence[PaperLine], issuer: str, named: PaperField | None
) -> tuple[PaperLine, ...]:
    """The issuer's name, or the one that a label gives, where it is the next name over or under a cell in a column."""
    first = cell.address[0]
    row = [o for o in lines if o.page == first.page and abs(o.middle - first.middle) < 0.4 * first.height]
    edges = [o.box[0] for o in row] + [o.box[2] for o in row]
    column = [
        o
        for o in lines
        if o.page == first.page
        and abs(o.middle - first.middle) < COLUMN_MAX * first.height
        and any(abs(side - edge) < 0.9 * first.height for side in (o.box[0], o.box[2]) for edge in edges)
    ]
    for line in sorted(column, key=lambda o: abs(o.middle - first.middle)):
        if named is not None and named.value in line.text:
            return named.lines
        if line.middle < first.middle and issuer and folded(line.text) == folded(issuer):
            return (line,)
    return ()


def choose_holder(found: Sequence[AddressBlock], paper: Gathered) -> AddressBlock | None:
    """The candidate that is most likely the holder's address; None where none is."""
    named = labelled_name(paper.lines, paper.issuer)
    name = named.value if named else _greeted(found, paper.lines)
    heads = [line for line in paper.lines if paper.issuer and folded(line.text) == folded(paper.issuer)]
    apart = [b for b in found if not any(_is_under(b, head) for head in heads)]
    return choose_address(apart, paper, name) or choose_address(found, paper, name)


def _greeted(found: Sequence[AddressBlock], lines: Sequence[PaperLine]) -> str:
    """The person over an address, one of whose names ends the greeting below, whatever its language; else ""."""
    for block in found:
        last = block.address[-1]
        name = block.names[-1].text if block.names else ""
        small = any(w.islower() and len(w) >= SMALL_WORD for w in name.split())  # a heading, and nobody's name
        words = set() if small else set(folded(name).split())
        for line in lines if words and block.kind == "block" else ():
            said = folded(line.text).split()
            below = line.page == last.page and 0 < line.middle - last.middle < GREETING_BELOW_MAX * last.height
            short = 1 < len(said) <= GREETING_WORDS_MAX and not any(c.isdigit() or c == ":" for c in line.text)
            flush = abs(line.box[0] - last.box[0]) < 2 * last.height
            if below and short and flush and said[-1] in words and said[0] not in words and len(said[-1]) > TWO:
                return name
    return ""


def _is_under(block: AddressBlock, head: PaperLine) -> bool:
    """Is a block the next thing under the issuer's name, flush with it: the office that sends the letter?"""
    first = min((*block.names, *block.address), key=lambda o: (o.page, o.box[1]))
    gap = first.box[1] - head.box[3]
    near = first.page == head.page and -0.3 * first.height < gap < OFFICE_GAP_MAX * first.height
    return near and block.kind == "block" and abs(first.box[0] - head.box[0]) < 0.5 * first.height and not block.label


def holder_address(block: AddressBlock | None, paper: Gathered) -> PaperField | None:
    """The chosen address as a field; over one in the order of Asia its postcode may stand alone."""
    if block is None:
        return None
    lines = block.address
    if block.kind != "told" and is_eastern(lines[0].text) and not any(is_lone_postcode(o.text) for o in lines):
        over = (o for o in paper.lines if stands_under(o, lines[0]) and is_lone_postcode(o.text))
        lines = (*islice(over, 1), *lines)
    sure = CONFIDENCE.get(block.label, 0.5) if block.kind == "block" else CONFIDENCE_APART[block.kind]
    field = joined(lines, sure * (1.0 if block.whole else 0.85))
    return replace(field, value=block.told) if block.told else field


def holder_name(chosen: AddressBlock | None, paper: Gathered) -> PaperField | None:
    """The name as it stands: over the chosen address, else behind a label, else over another block.

    Over an address told in a sentence stands the name over the letter's.
    """
    lines, issuer = paper.lines, paper.issuer
    told = chosen is not None and chosen.kind == "told"
    block = choose_holder(paper.blocks, paper) if told else chosen
    if block is not None and block.kind != "block" and not block.names:
        block = None
    role = _named_role(lines, paper.roles)
    if role is not None and (block is None or block.label != "holder"):
        return role
    labelled = labelled_name(lines, issuer) or role
    if block is not None and block.careful is not None and (name := _careful_name(block)):
        return PaperField(name, 0.9 * block.careful.confidence, (block.careful,))
    if block is not None and (names := [n for n in block.names if could_be_name(n.text)]):
        if block.label == "" and not any(_names_somebody(n.text) for n in names):
            person = labelled or _person_over(block.address[0], lines)  # what stands over it may be a label
            if person is not None:
                return person
        over = _over(names, CONFIDENCE.get(block.label, 0.5))
        if labelled is None and _is_caption_of(names, block) and (person := _person_over(block.address[0], lines)):
            return person
        if labelled is None or block.label in ("holder", "shipping") or same_words(over.value, labelled.value):
            return over
        if _is_caption_of(names, block):
            return labelled
        if block.label == "" and not same_words(labelled.value, issuer) and has_suffix(over.value):
            return labelled
        return over
    return labelled or _unlabelled_name(block, chosen, paper) or _large_person(paper)


def without_forms_of_address(name: PaperField, lines: Sequence[PaperLine]) -> PaperField:
    """A name without forms of address; a French "M" needs no full stop."""
    value = without_titles(BROKEN.sub("-", name.value))
    if MONSIEUR.match(value) and any(FRENCH.search(folded(line.text)) for line in lines):
        value = value[2:]
    if value == name.value:
        return name
    line = name.lines[0]
    lone = len(name.lines) == 1 and line.text.endswith(value)
    where = (part(line, len(line.text) - len(value), len(line.text)),) if lone else name.lines
    return replace(name, value=value, lines=where)


def _are_two(names: Sequence[PaperLine]) -> bool:
    """Are two lines two people: each behind a form of address, with one family name, or whole with room to spare?"""
    texts = [n.text.strip() for n in names]
    if (
        len(texts) != TWO
        or JOINT.search(" ".join(texts))
        or any(map(is_salutation, texts))
        or folded(texts[1]).split()[0] in JOINED
        or not all(looks_like_person(untitled(text)) for text in texts)
    ):
        return False
    return all(map(salutation_of, texts)) or share_family_name(*texts) or _are_whole(*names)


def _are_whole(one: PaperLine, other: PaperLine) -> bool:
    """Are two lines below each other whole names, the first of which did not end for want of room?"""
    whole = all(is_person(n.text) and not has_suffix(n.text) for n in (one, other))
    return whole and len(one.text) < WRAPPED_MIN


def _careful_name(block: AddressBlock) -> str | None:
    """The name behind "Attn", or behind "c/o" where no person stands above: who lives with somebody is named first."""
    assert block.careful is not None  # noqa: S101 - asked only where there is one
    living_with = lives_with(block.careful.text) and any(looks_like_person(n.text) for n in block.names)
    return None if living_with else care_of(block.careful.text)


def _unlabelled_name(block: AddressBlock | None, apart: AddressBlock | None, paper: Gathered) -> PaperField | None:
    """The name over the block, or an address `apart`, in its column, in a sentence, or over another block."""
    lines = paper.lines
    if block is not None and (person := _person_near(block.address, lines)):
        return person
    if block is None and apart is not None and (person := _person_over(apart.address[0], lines)):
        return person
    mates = [b for b in paper.blocks if b.names and b.label != "sender" and not b.contact and b is not block]
    mates = [b for b in mates if looks_like_person(untitled(b.names[-1].text))]
    mates = [b for b in mates if not same_words(b.names[0].text, paper.issuer)]
    if (told := told_name(lines) or addressed_name(lines)) is not None:
        whole = [b for b in mates if len(b.names) > 1 and any(told.text in n.text for n in b.names)]
        return _over(whole[0].names, 0.8) if whole else PaperField(told.text, round(0.8 * told.confidence, 3), (told,))
    return None if block is None or not mates else _over(mates[0].names, 0.75)


def _large_person(paper: Gathered) -> PaperField | None:
    """The one name alone in its row at the head of the first page, set larger than most lines, that no label says."""
    lines, issuer = paper.lines, paper.issuer
    usual = sorted(line.height for line in lines)[len(lines) // 2] if lines else 0.0
    for line in lines:
        large = line.page == 0 and line.middle < HEAD * paper.page_height and line.height > LARGE * usual
        if large and is_person(line.text) and not has_suffix(line.text) and not same_words(line.text, issuer):
            words = (w for w in folded(line.text).split() if len(w) > 2)
            if not any(w in label_words() for w in words) and beside(line, lines) is None:
                return PaperField(line.text, round(0.5 * line.confidence, 3), (line,))
    return None


def _over(names: Sequence[PaperLine], confidence: float) -> PaperField:
    """The lines over an address as one name, or as those of two people."""
    return joined(names, confidence, " & " if _are_two(names) else " ")


def _person_over(first: PaperLine, lines: Sequence[PaperLine]) -> PaperField | None:
    """The name of a person over the first line of an address in its column, with no more than two labels between."""
    side = 2 if is_right_to_left(first.text) else 0
    column = [
        o
        for o in lines
        if o.page == first.page
        and abs(o.box[side] - first.box[side]) < 1.5 * first.height
        and 0 < first.box[1] - o.box[1] < PERSON_OVER_MAX * first.height
    ]
    near = sorted(column, key=lambda o: -o.box[1])[:3]
    found = [o for o in near if looks_like_person(untitled(o.text)) and not is_label(o) and not has_suffix(o.text)]
    return PaperField(found[0].text, round(0.7 * found[0].confidence, 3), (found[0],)) if found else None


def _person_near(address: Sequence[PaperLine], lines: Sequence[PaperLine]) -> PaperField | None:
    """The name of a person over an address, or, in a table, in the row under it."""
    over = _person_over(address[0], lines)
    last = address[-1]
    if over is not None or not is_captioned(address[0], lines):
        return over
    under = [
        o
        for o in lines
        if o.page == last.page
        and abs(o.box[0] - last.box[0]) < 0.6 * last.height
        and 0 < o.box[1] - last.box[1] < PERSON_UNDER_MAX * last.height
        and looks_like_person(untitled(o.text))
        and is_captioned(o, lines)
    ]
    name = min(under, key=lambda o: o.box[1], default=None)
    return None if name is None else PaperField(name.text, round(0.65 * name.confidence, 3), (name,))


def _names_somebody(text: str) -> bool:
    """Is it plainly a name: a person's, one behind a form of address, or a company's?"""
    person = looks_like_person(untitled(text)) or is_surname_first(text)
    return person or bool(salutation_of(text)) or has_suffix(text)


def _is_caption_of(names: Sequence[PaperLine], block: AddressBlock) -> bool:
    """Is what stands over an address set smaller than it? A name is not: it is a label that we do not know."""
    if block.label in ("holder", "shipping") and all(looks_like_person(untitled(n.text)) for n in names):
        return False
    return max(n.height for n in names) < CAPTION_HEIGHT_MAX * block.address[0].height


def _named_role(lines: Sequence[PaperLine], roles: Sequence[Role]) -> PaperField | None:
    """The name before the holder's role in a contract, or before an honorific that follows names."""
    for line in lines:
        if found := honoured(line.text):
            name = part(line, *found)
            return PaperField(name.text, round(0.85 * line.confidence, 3), (name,))
    named = next((name for name, role in roles if role == "holder"), None)
    return None if named is None else PaperField(named.text, round(0.8 * named.confidence, 3), (named,))
