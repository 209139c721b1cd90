"""Holders and directors where a paper lists them: in a table, in lines with percentages, in the boxes of a chart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fourcorners.vision.papers import PaperField, PaperLine
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import find_label
from fourcorners.vision.papers.line import part

from .words import PACKAGE, bare, words_of

__all__ = ["Listed", "Listing", "find_listed", "share_in"]

ROW = 0.6
"""Cells whose middles differ by less than this many heights stand in one row."""

GAP_MAX = 5.0
"""A table ends where no row follows within so many heights."""

PERCENT = re.compile(r"(?<![\d.,])(?:%\s?(?P<after>\d{1,3}(?:[.,]\d{1,6})?)|(?P<before>\d{1,3}(?:[.,]\d{1,6})?)\s?%)")
FRACTION = re.compile(r"(?<![\d/])(\d{1,6})\s?/\s?(\d{1,6})(?![\d/])")
PLAIN = re.compile(r"\d{1,3}(?:[.,]\d{1,6})?")
COUNT = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+|\d+")
NAME_MAX = 80
BELOW_MAX, BESIDE_MAX = 7.0, 40.0
"""Heights of a line within which a percentage belongs to the name over or before it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a list. `share` is a part of the whole, None where none is told; `of` the company it is held in."""

    name: PaperField
    share: Fraction | None = None
    share_field: PaperField | None = None
    role: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All of them, and the lines of the table that tells of them (none for a chart)."""

    people: tuple[Listed, ...] = ()
    rows: tuple[PaperLine, ...] = ()


def find_listed(lines: Sequence[PaperLine]) -> Listing:
    """The people and entities of every table; where there is no table, of lines and boxes with percentages."""
    people: list[Listed] = []
    rows: list[PaperLine] = []
    for head in _heads(lines):
        found = list(_table(head, lines))
        people += [listed for listed, _ in found]
        rows += [*head.values(), *(cell for _, cells in found for cell in cells)]
    if people:
        return Listing(_with_counted_shares(people), tuple(rows))
    return Listing(tuple(_beside_percentages(lines)))


def share_in(text: str, *, column: bool = False) -> Fraction | None:
    """A share that a text tells: "33,33 %", "%60", "1/3"; in a `column` of shares also "60"."""
    found = PERCENT.search(text)
    if found is not None:
        return _within(Fraction((found["after"] or found["before"]).replace(",", ".")) / 100)
    ratio = FRACTION.search(text)
    if ratio is not None and int(ratio[2]):
        return _within(Fraction(int(ratio[1]), int(ratio[2])))
    if column and (plain := PLAIN.fullmatch(text.strip())):
        return _within(Fraction(plain[0].replace(",", ".")) / 100)
    return None


def _within(share: Fraction) -> Fraction | None:
    return share if 0 <= share <= 1 else None


def _rows_of(lines: Sequence[PaperLine]) -> list[list[PaperLine]]:
    rows: list[list[PaperLine]] = []
    for line in sorted(lines, key=lambda o: (o.page, o.middle, o.box[0])):
        last = rows[-1][0] if rows else None
        if last is not None and last.page == line.page and abs(last.middle - line.middle) < ROW * last.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _heads(lines: Sequence[PaperLine]) -> Iterator[dict[str, PaperLine]]:
    """The heads of tables: a row whose cells name columns, one of them that of names."""
    for row in _rows_of(lines):
        named: dict[str, PaperLine] = {}
        for cell in row:
            kind = _column(cell)
            if kind:
                named.setdefault(kind if kind != "other" else f"other {len(named)}", cell)
        if "name" in named and len(named) >= 2:
            yield named


def _column(cell: PaperLine) -> str:
    if cell.text.strip().casefold() in ("%", "in %"):
        return "share"
    label = find_label(cell, "columns", PACKAGE)
    if label is None or label.kind == "end":
        return ""
    rest = "" if label.value is None else folded(label.value.text).strip()
    # "Anteil (in %)", "Nennbetrag in EUR": a unit behind it is no other label.
    return label.kind if len(rest) <= 8 else ""


def _table(head: Mapping[str, PaperLine], lines: Sequence[PaperLine]) -> Iterator[tuple[Listed, list[PaperLine]]]:
    first = head["name"]
    left, right = min(c.box[0] for c in head.values()), max(c.box[2] for c in head.values())
    under = [o for o in lines if o.page == first.page and o.middle > first.middle + 0.5 * first.height]
    last = first
    for row in _rows_of(under):
        if row[0].box[1] - last.box[3] > GAP_MAX * last.height:
            return
        if any(_is_end(cell) for cell in row):
            return
        placed: dict[str, PaperLine] = {}
        for cell in row:
            if cell.box[2] < left - 3 * cell.height or cell.box[0] > right + 8 * cell.height:
                continue
            placed.setdefault(min(head, key=lambda kind: _distance(cell, head[kind])), cell)
        last = row[0]
        name = placed.get("name")
        if name is None or not _could_be_name(name.text) or len(placed) < 2:
            continue
        yield _listed(placed), row


def _listed(placed: Mapping[str, PaperLine]) -> Listed:
    name = bare(placed["name"])
    share_cell = placed.get("share")
    share = share_in(share_cell.text, column=True) if share_cell else None
    count = placed.get("shares")
    return Listed(
        PaperField(name.text.strip(" ,;"), round(0.95 * name.confidence, 3), (name,)),
        share,
        _field(share_cell if share is not None else count),
        placed["role"].text if "role" in placed else "",
        placed["of"].text if "of" in placed else "",
    )


def _field(cell: PaperLine | None) -> PaperField | None:
    return None if cell is None else PaperField(cell.text, round(0.95 * cell.confidence, 3), (cell,))


def _with_counted_shares(people: Sequence[Listed]) -> tuple[Listed, ...]:
    """Where only numbers of shares are told, each one's part of their sum."""
    if any(p.share is not None for p in people):
        return tuple(people)
    counts = [COUNT.search(p.share_field.value) if p.share_field else None for p in people]
    if not counts or any(c is None for c in counts):
        return tuple(people)
    numbers = [int(re.sub(r"\D", "", c[0])) for c in counts if c is not None]
    total = sum(numbers)
    if total == 0:
        return tuple(people)
    return tuple(
        Listed(p.name, Fraction(n, total), p.share_field, p.role, p.of) for p, n in zip(people, numbers, strict=True)
    )


def _is_end(cell: PaperLine) -> bool:
    label = find_label(cell, "columns", PACKAGE)
    return label is not None and label.kind == "end"


def _distance(cell: PaperLine, head: PaperLine) -> float:
    """How far a cell stands from the head of a column, whichever way the column is set."""
    return min(
        abs(cell.box[0] - head.box[0]),
        abs(cell.box[2] - head.box[2]),
        abs(cell.box[0] + cell.box[2] - head.box[0] - head.box[2]) / 2,
    )


def _beside_percentages(lines: Sequence[PaperLine]) -> Iterator[Listed]:
    """A name before a percentage in one line, or the nearest name over or left of a percentage alone."""
    taken: list[PaperLine] = []
    for line in lines:
        found = PERCENT.search(line.text)
        if found is None:
            continue
        share = share_in(found[0])
        before = line.text[: found.start()].strip(" :–-—·(,")
        if share is None:
            continue
        where = part(line, *found.span())
        field = PaperField(found[0], round(0.9 * line.confidence, 3), (where,))
        if before:
            name = part(line, 0, line.text.index(before) + len(before))
            if _could_be_name(before) and len(before.split()) <= 8:
                yield Listed(PaperField(before, round(0.85 * line.confidence, 3), (bare(name),)), share, field)
            continue
        holder = _nearest_name(line, lines, taken)
        if holder is not None:
            taken.append(holder)
            yield Listed(PaperField(holder.text, round(0.85 * holder.confidence, 3), (holder,)), share, field)


def _nearest_name(line: PaperLine, lines: Sequence[PaperLine], taken: Sequence[PaperLine]) -> PaperLine | None:
    options: list[tuple[float, int, PaperLine]] = []
    for n, other in enumerate(lines):
        if other is line or other.page != line.page or other in taken or not _could_be_name(other.text):
            continue
        height = max(line.height, 1e-6)
        over = (line.box[1] - other.box[3]) / height
        overlap = other.box[0] - 2 * height < line.box[2] and line.box[0] < other.box[2] + 2 * height
        if -0.3 < over < BELOW_MAX and overlap:
            sideways = abs(line.box[0] + line.box[2] - other.box[0] - other.box[2]) / 2 / height
            options.append((over + 0.3 * sideways, n, other))
        elif abs(other.middle - line.middle) < ROW * height and 0 <= line.box[0] - other.box[2] < BESIDE_MAX * height:
            options.append(((line.box[0] - other.box[2]) / height * 0.1, n, other))
    return min(options, default=(0.0, 0, None))[2]


def _could_be_name(text: str) -> bool:
    letters, digits = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    if letters < 3 or digits > 0.3 * letters or len(text) > NAME_MAX or "%" in text or ":" in text:
        return False
    return folded(text).strip() not in words_of("names", "no_people")
