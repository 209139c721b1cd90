"""Addresses in the cells of a form, a certificate or a table: behind a label, over lines, and over cells."""

import re
from collections.abc import Iterator, Sequence

from fourcorners.formats.addresses import parse_address, street_in
from fourcorners.vision.papers.blocks import is_contact
from fourcorners.vision.papers.labels import beside_or_below, find_label
from fourcorners.vision.papers.line import PaperLine

__all__ = ["form_address"]

PARTS = ("postcode", "city", "region")
PARTS_BELOW = 8.0
"""Cells with parts of an address stand at most so many line heights below its street."""

ROW_MAX = 20.0
"""Cells of one row stand at most so many line heights apart."""

WRAPPED_GAP_MAX = 0.9
WRAPPED_MAX = 2
"""A value goes on in at most so many lines below it, at most so many of its heights apart."""


LABEL = re.compile(r"[^:]{5,30}: |[^：]{2,12}：")  # "No: 14" is none
"""A line that starts with some label, of whatever it may be."""


def form_address(lines: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """The pieces of the holder's address behind the first label for it that has one; empty without one."""
    for line in lines:
        label = find_label(line, "addresses")
        if label is None or not label.alone:
            continue
        for value in [label.value] if label.value else beside_or_below(line, lines):
            pieces = (value, *_rest(value, line, lines))
            text = ", ".join(piece.text for piece in pieces)
            street = any(street_in(part) for part in text.split(","))
            level = abs(value.middle - line.middle) < 0.6 * line.height  # beside its label: it needs no city
            if (parse_address(text).is_whole or (street and level)) and _is_free(value):
                return pieces
    return ()


def _rest(value: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    """What belongs to an address besides its first line: the lines it goes on in, and cells with its parts."""
    above = value
    for _ in range(WRAPPED_MAX):
        below = _wrapped(above, value, label, lines)
        if below is None:
            break
        yield below
        above = below
    if parse_address(value.text).is_whole:
        return
    for kind in PARTS:
        cell = next((c for c in _cells(kind, value, lines)), None)
        if cell is not None:
            yield cell


def _wrapped(above: PaperLine, value: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The line that a value goes on in: close below it, flush with it or with its label, and no label itself."""
    edges = {value.box[0], label.box[0]} if label.box[2] >= value.box[2] - value.height else {value.box[0]}
    for line in lines:
        near = -0.4 < (line.box[1] - above.box[3]) / above.height < WRAPPED_GAP_MAX
        flush = any(abs(line.box[0] - edge) < 0.6 * line.height for edge in edges)
        alike = line.height < 1.15 * above.height  # no heading
        other = LABEL.match(line.text) is not None
        if (
            line.page == above.page
            and near
            and flush
            and alike
            and not other
            and line.middle > above.box[3]
            and _is_free(line)
        ):
            full = parse_address(", ".join((value.text, above.text))).is_whole
            goes_on = above.text.rstrip().endswith((",", "-")) or not full
            return line if goes_on and _is_alone(line, lines) and not find_label(line, "address_parts") else None
    return None


def _is_alone(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does nothing stand on a line's row, near it: no cell of another column, no label of its own?"""
    row = (
        o for o in lines if o is not line and o.page == line.page and abs(o.middle - line.middle) < 0.6 * line.height
    )
    return not any(max(o.box[0] - line.box[2], line.box[0] - o.box[2]) < ROW_MAX * line.height for o in row)


def _cells(kind: str, value: PaperLine, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    for line in lines:
        label = find_label(line, "address_parts")
        reach = -PARTS_BELOW * line.height < value.middle - line.middle < line.height
        if label is None or label.kind != kind or not label.alone or line.page != value.page or not reach:
            continue
        yield from [label.value] if label.value else beside_or_below(line, lines)[:1]


def _is_free(line: PaperLine) -> bool:
    """Is a line no label of a name or a block, and nobody's telephone?"""
    return not is_contact(line.text) and not find_label(line, "names") and not find_label(line, "blocks")
