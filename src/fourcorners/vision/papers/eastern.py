"""The holder's address by the words that parts of towns have in Asia and Arabia, where nothing else shows it."""

import re
from collections.abc import Sequence

from fourcorners.formats.addresses import is_eastern
from fourcorners.formats.dates import find_dates
from fourcorners.vision.papers.blocks import is_contact
from fourcorners.vision.papers.chains import stands_under
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import find_label
from fourcorners.vision.papers.letter import honoured
from fourcorners.vision.papers.line import PaperLine, on_one_row
from fourcorners.vision.papers.postcodes_alone import is_lone_postcode
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.words import words_of

__all__ = ["eastern_address", "is_eastern_town"]

LINES_MAX = 5
WIDE_MAX = 90
"""A line of more characters is a sentence."""

LABELLED = re.compile(r": |：")
EASTERN_ROW = re.compile(r"[\u3040-\u9fff]{1,6}\s+[\d-]+$")
"""A row of a table that begins with a label in signs: a number behind a space, and no word for a house or a flat."""


def eastern_address(lines: Sequence[PaperLine], issuer: str) -> tuple[PaperLine, ...]:
    """The address by the words that parts of towns have in Asia and Arabia, with lines over and under it.

    Of several that which a person's name or a postcode stands beside; not that of the issuer, which follows its name.
    """
    found: list[tuple[PaperLine, list[PaperLine]]] = []
    for line in lines:
        if not is_eastern(line.text) or is_contact(line.text) or len(line.text) > WIDE_MAX or _labels(line):
            continue
        near = [o for o in lines if o is not line and (stands_under(o, line) or stands_under(line, o))]
        known = "" if is_eastern_town(issuer) else folded(issuer)
        if known and (known.strip() in folded(line.text) or any(folded(o.text) == known for o in near)):
            continue
        found.append((line, near))
    if not found:
        return ()
    line, _ = max(found, key=lambda f: (_is_address_alone(f[0].text), _is_posted(f), bool(f[1]), -f[0].box[1]))
    over = [o for o in lines if stands_under(line, o) and is_lone_postcode(o.text)]
    under = [o for o in _going_on(line, lines) if is_eastern(o.text) or _goes_on(o.text)]
    return (*over[:1], line, *under)


def is_eastern_town(issuer: str) -> bool:
    """Is the issuer a town or a district, whose name stands in the addresses of all who live there: "藤沢市"?"""
    return issuer.endswith(words_of("places", "town_ends"))


def _is_posted(found: tuple[PaperLine, Sequence[PaperLine]]) -> bool:
    """Does a postcode stand alone over or under an address?"""
    return any(is_lone_postcode(o.text) for o in found[1])


def _going_on(first: PaperLine, lines: Sequence[PaperLine]) -> list[PaperLine]:
    """Lines under one, each close below the other and flush with it, up to one with a label of its own or a day."""
    found: list[PaperLine] = []
    last = first
    for line in lines:
        if len(found) + 1 == LINES_MAX:
            break
        if not stands_under(last, line):
            continue
        if _labels(line) or any(on_one_row(o, line) and o.box[2] <= line.box[0] and _labels(o) for o in lines):
            break
        if (
            is_contact(line.text)
            or honoured(line.text)
            or find_dates(line.text)
            or LABELLED.search(line.text)
            or any(_captions_row(o, line) for o in lines)
            or EASTERN_ROW.match(line.text)
        ):
            break
        found.append(line)
        last = line
    return found


def _captions_row(o: PaperLine, line: PaperLine) -> bool:
    """Does a caption of a few signs stand before a line that is no name of a place?"""
    away = o.box[0] - line.box[2] if is_right_to_left(line.text) else line.box[0] - o.box[2]
    return on_one_row(o, line) and 0 <= away < 8 * line.height and not is_eastern(line.text)


def _labels(line: PaperLine) -> bool:
    return any((label := find_label(line, g)) and label.alone for g in ("names", "addresses", "blocks", "issuers"))


def _goes_on(text: str) -> bool:
    """May a line under an Eastern address be its end: a building, a flat, a postcode, a city or country?"""
    return len(text) < WIDE_MAX / 2 and not any(c in ":：£$€" for c in text)


def _is_address_alone(text: str) -> bool:
    return any(c.isdigit() for c in text)
