"""The holder's name behind a label, whole or known by its main word, or before the words for its part in a contract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from fourcorners.formats.addresses import street_in, unit_in
from fourcorners.vision.papers.blocks import is_caption, is_contact
from fourcorners.vision.papers.captions import heads_row
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.fields import PaperField, joined
from fourcorners.vision.papers.labels import (
    COLON,
    Label,
    before_next_label,
    beside_or_below,
    find_label,
    heads_name,
    inner_labels,
)
from fourcorners.vision.papers.letter import looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.parties import is_other_partys
from fourcorners.vision.papers.ranking import same_words

__all__ = ["could_be_name", "is_label", "labelled_name"]

NAME_CHARACTERS_MAX = 70
LABELS_MAX = 60
"""So many labels of names are looked at; where there are more, they head the rows of a table."""

COUNTED_BEHIND = re.compile(r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){2,5}) [^\W\d_]{2,6}\.? \d{3}")
"""A name, and behind it in the same line what another number is of: "ANNA MARIA LIMA CBO 724440"."""

NUMBERED, NUMBERED_MAX = re.compile(r"\d"), 8.0
"""A label with a number is that of one of several, which stand at most so many line heights below."""


def labelled_name(lines: Sequence[PaperLine], issuer: str) -> PaperField | None:
    """The name behind the first label that has one which is not the issuer's; of several numbered ones all."""
    for line, label in islice(_name_labels(lines), LABELS_MAX):
        values = [before_next_label(label.value)] if label.value else beside_or_below(line, lines)
        for value in sorted(map(_before_details, values), key=lambda o: not looks_like_person(o.text.replace(",", ""))):
            if is_caption(value.text) or heads_row(value, lines):
                continue
            if could_be_name(value.text) and not same_words(value.text, issuer) and not is_label(value):
                more = [o for o in _same_label(line, label, lines) if could_be_name(o.text)]
                return replace(joined((value, *more), 0.85, " & "), value=" & ".join(o.text for o in (value, *more)))
    return _headed_name(lines, issuer)


def _name_labels(lines: Sequence[PaperLine]) -> Iterator[tuple[PaperLine, Label]]:
    """The labels of names, those at the start of lines first, without those under a heading for the other party."""
    whole = ((line, find_label(line, "names")) for line in lines)
    inner = ((line, label) for line in lines for label in inner_labels(line, "names"))
    for line, label in (*whole, *inner):
        if label is not None and label.alone and not is_other_partys(line, lines):
            yield line, label


def _same_label(line: PaperLine, label: Label, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    """The values behind the same label, with another number, in the lines under one: "Tenant (2): ..."."""
    if label.value is None or not NUMBERED.search(line.text[: len(line.text) - len(label.value.text)]):
        return
    for other in lines:
        if other.page == line.page and 0 < other.middle - line.middle < NUMBERED_MAX * line.height:
            found = find_label(other, "names")
            if found is not None and found.words == label.words and found.value is not None:
                yield _before_details(before_next_label(found.value))


def _headed_name(lines: Sequence[PaperLine], issuer: str) -> PaperField | None:
    """A person's name behind a label that is known by its main word alone: "Name of the connection's user: Ann Lee"."""
    headed = (line for line in lines if heads_name(COLON.split(line.text, 1)[0]))
    for line in islice(headed, LABELS_MAX):
        colon = COLON.search(line.text)
        behind = part(line, colon.end(), len(line.text)) if colon and line.text[colon.end() :].strip() else None
        for value in map(_before_details, [behind] if behind else beside_or_below(line, lines)):
            person = looks_like_person(untitled(value.text)) and not same_words(value.text, issuer)
            other = street_in(value.text) or has_suffix(value.text) or is_label(value) or heads_row(value, lines)
            if person and not other:
                return PaperField(value.text, round(0.8 * value.confidence, 3), (value,))
    return None


def _before_details(value: PaperLine) -> PaperLine:
    """A name without what follows a comma with numbers: the day of birth, the address."""
    value = part(value, len(value.text) - len(value.text.lstrip(" :：")), len(value.text))
    if found := COUNTED_BEHIND.match(value.text):
        return part(value, 0, found.end("name"))
    name, comma, rest = value.text.partition(",")
    detailed = comma and any(c.isdigit() for c in rest) and len(name.split()) > 1
    return part(value, 0, len(name)) if detailed and not any(c.isdigit() for c in name) else value


def is_label(line: PaperLine) -> bool:
    """A label and nothing more: "Herr" may stand before a name as well, and is part of its line then."""
    labels = [find_label(line, group) for group in ("names", "blocks", "addresses")]
    return any(label is not None and label.alone for label in labels)


def could_be_name(text: str) -> bool:
    """Is a text short, of letters, and no contact, so that it may be a name?"""
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    counted = digits > 0 and bool(unit_in(text)[0])  # "Apartment 17, The Granary"
    fits = letters >= 2 and digits <= 0.2 * letters and len(text) <= NAME_CHARACTERS_MAX
    return fits and not counted and not is_contact(text)
