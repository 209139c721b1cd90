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
NAME_WORDS_MAX = 8
APART_MAX = 12.0
"""Heights of a line within which a percentage belongs to a name over or before it."""

BELOW, BEHIND = 3.0, 4.0
"""A name below a percentage counts as so many times as far, one behind it as so much farther."""


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
    """A name before a percentage in one line; of percentages alone, each with the name that stands nearest to it."""
    alone: list[tuple[PaperLine, Fraction]] = []
    for line in lines:
        found = PERCENT.search(line.text)
        share = share_in(found[0]) if found is not None else None
        if found is None or share is None:
            continue
        before = line.text[: found.start()].strip(" :–-—·(,")
        if not before:
            alone.append((part(line, *found.span()), share))
        elif _could_be_name(before) and len(before.split()) <= NAME_WORDS_MAX:
            name = part(line, 0, line.text.index(before) + len(before))
            field = PaperField(found[0], round(0.9 * line.confidence, 3), (part(line, *found.span()),))
            yield Listed(PaperField(before, round(0.85 * line.confidence, 3), (bare(name),)), share, field)
    for holder, where, share in _nearest_names(alone, lines):
        field = PaperField(where.text, round(0.9 * where.confidence, 3), (where,))
        yield Listed(PaperField(holder.text, round(0.85 * holder.confidence, 3), (holder,)), share, field)


def _nearest_names(
    alone: Sequence[tuple[PaperLine, Fraction]], lines: Sequence[PaperLine]
) -> list[tuple[PaperLine, PaperLine, Fraction]]:
    """Percentages with their names, nearest pairs first, each name and percentage once; in the order of the page."""
    names = [o for o in lines if _could_be_name(o.text) and len(o.text.split()) <= NAME_WORDS_MAX]
    pairs = sorted(
        (cost, n, k)
        for n, (where, _) in enumerate(alone)
        for k, name in enumerate(names)
        if name.page == where.page and (cost := _apart(where, name)) <= APART_MAX
    )
    taken: dict[int, int] = {}
    for _, n, k in pairs:
        if n not in taken and k not in taken.values():
            taken[n] = k
    return [(names[k], *alone[n]) for n, k in sorted(taken.items())]


def _apart(where: PaperLine, name: PaperLine) -> float:
    """How far a percentage stands from a name, in heights: names stand over it or before it, hardly ever below."""
    height = max(where.height, name.height, 1e-6)
    sideways = max(name.box[0] - where.box[2], where.box[0] - name.box[2], 0.0) / height
    over = max(where.box[1] - name.box[3], 0.0) / height
    below = max(name.box[1] - where.box[3], 0.0) / height
    behind = BEHIND if name.box[0] > where.box[2] else 0.0
    beside = 0.3 if over == below == 0.0 else 1.0  # in one row a wide gap parts a column, no more
    return over + BELOW * below + beside * sideways + behind


def _could_be_name(text: str) -> bool:
    letters, digits = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    if letters < 3 or digits > 0.3 * letters or len(text) > NAME_MAX or "%" in text or ":" in text:
        return False
    return folded(text).strip() not in words_of("names", "no_people")
