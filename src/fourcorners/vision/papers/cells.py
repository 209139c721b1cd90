"""Addresses behind labels: in the cells of forms, certificates and tables, and in rows that begin with a label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from fourcorners.formats.addresses import country_of, is_eastern, is_region, parse_address, street_in, unit_in
from fourcorners.vision.papers.blocks import AddressBlock, is_contact
from fourcorners.vision.papers.captions import heads_row
from fourcorners.vision.papers.chains import AMOUNT
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.houses import opens_with_way
from fourcorners.vision.papers.labels import (
    COLON,
    Label,
    before_next_label,
    beside,
    beside_or_below,
    find_label,
    heads_address,
    inner_labels,
    table,
)
from fourcorners.vision.papers.letter import is_relation, looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine, on_one_row, part
from fourcorners.vision.papers.parties import is_other_partys
from fourcorners.vision.papers.prose import is_in_pieces
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.rows import is_counted, tells_a_day
from fourcorners.vision.papers.towns import is_city, is_inline

__all__ = ["cell_addresses"]

LINES_BELOW_MAX = 4
"""A value goes on in at most so many lines below its first."""

GAP = (-0.6, 0.95)
"""Between two lines of one value, in heights."""

CLOSE_MAX, WRAPPED_MAX, PLACE_WORDS_MAX = 0.3, 0.18, 4
TALLER_MAX = 1.2
"""The next line of a value is at most so many times as high; a heading is higher."""

CELLS_APART = 20.0
"""Cells of one row stand at most so many line heights apart."""

SHORT_MAX = 6
"""Letters of a word for a part of a town that is written short: "г.", "mun."."""

REGION_WORDS_MAX = 3
LINES_ABOVE_MAX = 2
"""A value begins in at most so many lines over that beside its label."""

OFFICES, NAME_OVER_MAX = ("REGISTERED ADDRESS",), 12.0
"""Labels of a company's seat, which are the holder's below the label of a name, at most so many line heights above."""

REMARK = re.compile(r"\(|(?<=\w{3})\.\s+(?=[^\W\d_]{4})")
"""Where a remark or the next sentence may begin behind a whole address."""

BETWEEN = re.compile(r"\s[-–—·•|]\s|[·•|,;:]\s?")
"""What parts the pieces of a line at the foot of a letter."""

PARTS = ("postcode", "city", "region")
PARTS_BELOW = 8.0
"""Cells with parts of an address stand at most so many line heights below its street."""

TOLD_ROW = re.compile(r"[^:\d]{3,30}: |[^：\d]{2,12}：|[\u3040-\u9fff]{1,6}\s+[\d-]+$")
"""A row that begins with some label, of whatever it may be. In signs a space may stand between it and its number."""


def cell_addresses(lines: Sequence[PaperLine]) -> Iterator[AddressBlock]:
    """An address for each label that has one, with the lines and cells in which it goes on, from the top down."""
    for line, label in _labels(lines):
        for value in map(_bare, [label.value] if label.value else beside_or_below(line, lines)):
            if is_contact(value.text) or tells_a_day(value.text) or _is_labelled(value) or value.text.endswith(":"):
                continue
            person = None if heads_row(value, lines) else _person(value, line, lines)
            if person is not None:
                value, person = person, value
            while is_relation(value.text) and (below := next(_below(value, line, lines), None)) is not None:
                value = below
            pieces = (*_above(value, line, lines), value, *_below(value, line, lines))
            if not is_city(value.text) and (city := _city_beside(value, lines)) is not None:
                pieces = (*pieces, city)
            if not parse_address(_text(pieces)).is_whole and not is_eastern(value.text):
                pieces = (*pieces, *_parts(value, lines))
            if _is_place(pieces, label, line):
                kind = label.kind if label.kind == "service" else "holder"
                yield AddressBlock(
                    (person,) if person else (), pieces, kind, None, contact=False, whole=True, kind="cell"
                )
                break


def _labels(lines: Sequence[PaperLine]) -> Iterator[tuple[PaperLine, Label]]:
    """The labels of addresses, those inside a line among them, without those under a heading for the other party."""
    for line in lines:
        inner = (label for label in inner_labels(line, "addresses") if not _names_company(line, label))
        known = [_label(line), *inner, _customers(line, lines)]
        for label in known:
            if label is not None and not is_other_partys(line, lines):
                yield line, label


def _names_company(line: PaperLine, label: Label) -> bool:
    """Does a company's name stand before a label inside a line, or a word for its seat, as at the foot of a letter?"""
    before = line.text.partition(label.value.text)[0] if label.value else ""
    pieces = [piece for piece in BETWEEN.split(before) if piece.strip()]
    seats = (word if word.isascii() else folded(word).strip() for word in table("address_heads")["others"])
    seat = bool(pieces) and any(holds(folded(pieces[-1]), word) for word in seats)
    return seat or any(has_suffix(piece) for piece in pieces)


def _customers(line: PaperLine, lines: Sequence[PaperLine]) -> Label | None:
    """The label of a customer beside which an address stands instead of a name."""
    label = find_label(line, "blocks")
    if label is not None and label.words in OFFICES and _follows_a_name(line, lines):
        return replace(label, kind="holder")
    if label is None or label.kind != "holder" or label.value is not None:
        return None
    value = beside(line, lines)
    street = value is not None and "," in value.text and street_in(value.text.split(",")[0])
    return label if street else None


def _follows_a_name(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does the label of the holder's name stand over a label, in the same column?"""
    over = (o for o in lines if o.page == line.page and 0 < line.middle - o.middle < NAME_OVER_MAX * line.height)
    return any(abs(_edge(o) - _edge(line)) < 0.5 * line.height and find_label(o, "names") is not None for o in over)


def _tells_place(label: Label) -> bool:
    """Does an address follow a label without a colon: a label of two words, or one of a customer?"""
    value = label.value.text if label.value else ""
    named = label.kind in ("holder", "service") and (len(label.words.split()) > 1 or is_inline(value))
    return (
        named
        and "," in value
        and ":" not in value
        and (is_inline(value) or street_in(value.split(",")[0]) or _are_short(value))
    )


def _are_short(text: str) -> bool:
    """Are they short names of parts of a town between commas, the first behind its word: "г. Караганда, р-н ..."?"""
    first = text.split(",")[0].split()
    return len(first) > 1 and len(first[0]) < SHORT_MAX and first[0].endswith(".")


def _bare(value: PaperLine) -> PaperLine:
    """A value without a colon that stands before it, and without a remark in brackets behind the whole address."""
    value = _up_to_region(before_next_label(value))
    start = len(value.text) - len(value.text.lstrip(" :："))
    end = len(value.text)
    for found in REMARK.finditer(value.text):
        whole = parse_address(value.text[start : found.start()])
        if whole.is_whole and whole.postcode:
            end = found.start()
            break
    bare = part(value, start, end)
    if start == 0 or is_right_to_left(value.text):
        return bare
    return replace(bare, box=(value.box[0], *bare.box[1:]), places=())  # its next lines are flush with the colon


def _label(line: PaperLine) -> Label | None:
    """The label of an address, or of a place that is served or let, alone in its line or parted from a value."""
    known = [find_label(line, "addresses"), find_label(line, "blocks")]
    fitting = [x for x in known if x is not None and x.alone and (x is known[0] or x.kind == "service")]
    if fitting:
        return max(fitting, key=lambda x: len(x.words))
    before = next((x for x in known if x is not None and x.value is not None and _tells_place(x)), None)
    if before is not None or any(x is not None and x.alone for x in known):
        return before
    colon = COLON.search(line.text)
    if not heads_address(line.text[: colon.start()] if colon else line.text):
        return None
    value = part(line, colon.end(), len(line.text)) if colon and line.text[colon.end() :].strip() else None
    return Label("holder", line.text, value, alone=True)


def _person(value: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The line below a value that is a person's name and not the address, which follows; None where it is none."""
    if not looks_like_person(untitled(value.text)) or street_in(value.text):
        return None
    return next(_below(value, label, lines), None)


def _is_place(pieces: Sequence[PaperLine], label: Label, where: PaperLine) -> bool:
    """Is it an address? A street alone is one beside its label, behind a label of two words, or on several lines."""
    text = _text(pieces)
    if parse_address(text).is_whole or is_eastern(text):
        return True
    level = label.value is not None or on_one_row(pieces[0], where)
    certain = level or len(label.words.split()) > 1 or len(pieces) > 1
    street = any(street_in(part) for part in text.split(","))
    named = label.value is not None and len(pieces) == 1 and (_are_places(text) or opens_with_way(text))
    named = named or is_in_pieces(text)
    return named or (certain and (street or ("," in text and any(unit_in(part)[0] for part in text.split(",")))))


def _are_places(text: str) -> bool:
    """Are they names of places between commas, and nothing else: "Baneshwor-10, Kathmandu"?"""
    pieces = [piece.split() for piece in text.split(",")]
    return len(pieces) > 1 and all(0 < len(p) <= PLACE_WORDS_MAX and p[0][:1].isupper() for p in pieces)


def _below(value: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    """The lines that a value goes on in: each close below the one above, flush with the value or with its label."""
    over = label.box[2] >= value.box[2] - value.height  # the label stands over its value, or before it in one line
    edges = {_edge(value), _edge(label)} if over else {_edge(value)}
    found = [value]
    for _ in range(LINES_BELOW_MAX):
        line = next((o for o in lines if _runs_on(found[-1], o, edges)), None)
        if line is None or not _goes_on(found, line, label, lines):
            return
        level = on_one_row(value, label)
        apart = level and abs(_edge(line) - _edge(value)) > 0.7 * line.height
        if apart and not _wraps(found, line.text):
            return
        found.append(_up_to_region(line))
        yield found[-1]


def _above(value: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> list[PaperLine]:
    """The lines over that beside a label which its value begins with: the label stands at half their height."""
    found: list[PaperLine] = []
    first = value
    while on_one_row(value, label) and len(found) < LINES_ABOVE_MAX:
        others = [o for o in lines if o is not label]
        over = next((o for o in others if _is_close_over(o, first) and _is_alone(o, others)), None)
        other = over is None or is_contact(over.text) or tells_a_day(over.text) or _is_labelled(over)
        if over is None or other or (looks_like_person(untitled(over.text)) and "," not in over.text):
            break
        if parse_address(over.text).is_whole:
            break
        found.insert(0, over)
        first = over
    return found


def _is_close_over(line: PaperLine, first: PaperLine) -> bool:
    """Does a line stand over another, flush and so close as only the lines of one value are?"""
    gap = first.box[1] - line.box[3]
    near = line.page == first.page and -0.3 * first.height < gap < CLOSE_MAX * first.height
    alike = max(line.height, first.height) < TALLER_MAX * min(line.height, first.height)
    return near and alike and abs(_edge(line) - _edge(first)) < 0.3 * first.height and line.middle < first.box[1]


def _wraps(found: Sequence[PaperLine], text: str) -> bool:
    """Is a line under a label the rest of the value beside it, and not the next row, by a comma or what it is?"""
    place = is_city(text) or is_region(text) or is_eastern(text) or country_of(text.rsplit(",", 1)[-1]) is not None
    return place or found[-1].text.rstrip().endswith((",", "-"))


def _runs_on(above: PaperLine, line: PaperLine, edges: set[float]) -> bool:
    gap = (line.box[1] - above.box[3]) / above.height
    near = GAP[0] < gap < GAP[1] and line.middle > above.box[3] and line.height < TALLER_MAX * above.height
    return line.page == above.page and near and any(abs(_edge(line) - edge) < 0.7 * line.height for edge in edges)


def _goes_on(found: Sequence[PaperLine], line: PaperLine, label: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Is the next line part of the address? After a whole one only its end is: a region, a country, a second half."""
    text = line.text
    other = is_contact(text) or tells_a_day(text) or TOLD_ROW.match(text) or AMOUNT.fullmatch(text) or is_counted(text)
    if other or _is_labelled(line) or find_label(line, "address_parts"):
        return False
    if not _is_alone(line, [o for o in lines if o is not label and not _wraps_label(label, o)]):
        return False
    broken = found[-1].text.rstrip().endswith((",", "-"))
    end = is_region(text) or country_of(text.rsplit(",", 1)[-1]) is not None
    if is_eastern(_text(found)):
        return broken or end or is_eastern(text) or any(c.isdigit() for c in text)
    return broken or end or is_eastern(text) or not parse_address(_text(found)).is_whole or _is_close(found[-1], line)


def _up_to_region(line: PaperLine) -> PaperLine:
    """A line without the caption of another column that stands too near behind a region: "Kerala Bill Month: ..."."""
    start = line.text.rfind(",", 0, max(line.text.find(":"), 0)) + 1
    words = list(re.finditer(r"\S+", line.text[start:])) if ":" in line.text else []
    ends = (start + w.end() for w in words[:REGION_WORDS_MAX])
    return part(line, 0, next((end for end in ends if is_region(line.text[start:end])), len(line.text)))


def _wraps_label(label: PaperLine, line: PaperLine) -> bool:
    """Is a line the second one of a label that found no room: flush under it, and closer than rows are?"""
    gap = line.box[1] - label.box[3]
    return line.page == label.page and abs(_edge(line) - _edge(label)) < 2 and -2 <= gap < WRAPPED_MAX * label.height


def _is_close(above: PaperLine, line: PaperLine) -> bool:
    """Is it the next line of the same value, of words that may be places, closer than rows of a table are?"""
    words = line.text.split()
    places = len(words) <= PLACE_WORDS_MAX and line.text.replace(" ", "").replace("-", "").replace("'", "").isalpha()
    return places and words[0][:1].isupper() and line.box[1] - above.box[3] < CLOSE_MAX * line.height


def _is_alone(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does nothing stand near it on its row before it: no label of its own?"""
    leftward = is_right_to_left(line.text)
    row = [o for o in lines if on_one_row(o, line)]
    before = [o.box[0] - line.box[2] if leftward else line.box[0] - o.box[2] for o in row]
    return not any(-0.5 * line.height < gap < CELLS_APART * line.height for gap in before)


def _city_beside(value: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The next cell to the right of a street, where it is the city with its postcode."""
    cell = beside(value, lines)
    street = any(c.isdigit() for c in value.text) and street_in(value.text)
    if not street or cell is None or is_counted(cell.text):
        return None
    return cell if is_city(cell.text) and not is_inline(cell.text) else None


def _parts(value: PaperLine, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    """Postcode, city and region in cells of their own, beside or below the street."""
    for kind in PARTS:
        yield from islice(_cells(kind, value, lines), 1)


def _cells(kind: str, value: PaperLine, lines: Sequence[PaperLine]) -> Iterator[PaperLine]:
    for line in lines:
        label = find_label(line, "address_parts")
        reach = -PARTS_BELOW * line.height < value.middle - line.middle < line.height
        if label is None or label.kind != kind or not label.alone or line.page != value.page or not reach:
            continue
        yield from [label.value] if label.value else beside_or_below(line, lines)[:1]


def _is_labelled(line: PaperLine) -> bool:
    labels = (find_label(line, group) for group in ("names", "blocks", "addresses", "issuers"))
    return any(label is not None and label.alone for label in labels)


def _edge(line: PaperLine) -> float:
    return line.box[2] if is_right_to_left(line.text) else line.box[0]


def _text(pieces: Sequence[PaperLine]) -> str:
    return ", ".join(piece.text for piece in pieces)
