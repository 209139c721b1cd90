"""Lines that run on below each other, as those of an address do, and the label that stands over them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from fourcorners.formats.addresses import city_lines, is_eastern, street_in
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import Label, beside, find_label, table
from fourcorners.vision.papers.letter import is_salutation, looks_like_person, salutation_of, untitled
from fourcorners.vision.papers.line import PaperLine, on_one_row
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.towns import is_inline
from fourcorners.vision.papers.words import one_of, signs_of

__all__ = ["chains_of", "flush", "has_value_beside", "is_sender_line", "label_over", "stands_under"]

GAP_MAX = 0.95
"""Lines of one block stand at most so many of their heights apart."""

WIDER_GAP_MIN = 0.45
"""A gap wider than the usual one of its chain by this parts it."""

STEP_MIN = 0.45
"""The middle of a line lies at least so many of its heights below that of the one above: slanted lines overlap."""

LABEL_GAP_MAX = 1.8
"""The same, between a label's own line and the line below its value."""

SMALLER_MAX = 1.25
"""A whole address in one line, set smaller than what is below it by this much, is the sender's."""

ANNOUNCED_MAX = 3.0
"""A sentence announces an address that stands at most so many line heights below it."""

LINES_MAX = 9

SIGNS = signs_of("numbers", "currency_signs")
AMOUNT = re.compile(
    rf"[-+]?\s*(?:[{SIGNS}]|[A-Z]{{2,3}}|{one_of('numbers', 'currency_words_before')})?"
    r"\s*[-+]?\d[\d .,'’]*[.,]\d{2}\s*-?\s*"
    rf"(?:[{SIGNS}]|[A-Z]{{2,3}}|{one_of('numbers', 'currency_words_behind')})?|[{SIGNS}]\s?\d[\d.,]*"
)
"""An amount of money in a cell of its own: with two decimals, or the sign of a currency."""

LEVEL_MAX = 0.25
ROWS_APART_MAX = 4.0
"""What stands on a row with an amount is a cell of a table when another does, flush and so many heights apart."""

COLUMNS_APART_MIN, WORDS_MIN = 3.0, 5
"""What stands so many line heights left of words, of more letters than a unit, is no part of their row."""

BETWEEN_PARTS = re.compile(r"\s[-–—·•|]\s|\s?[·•|]\s?")


def chains_of(lines: Sequence[PaperLine]) -> Iterator[list[PaperLine]]:
    """Lines that run on below each other, parted where an empty line stood."""
    for chain in _chains(lines):
        yield from _parted(chain)


def _chains(lines: Sequence[PaperLine]) -> list[list[PaperLine]]:
    """Lines that run on below each other, flush left (or centred) and alike in height. A label starts a new chain."""
    chains: list[list[PaperLine]] = []
    rows = _with_amount_beside(lines)
    for line in sorted(lines, key=lambda o: (o.page, o.box[1], o.box[0])):
        home = None
        if id(line) in rows:  # what is paid for stands in a table, and is nobody's address
            continue
        label = find_label(line, "blocks")
        if not (label and (label.value is None or (label.alone and looks_like_person(untitled(label.value.text))))):
            begins = bool(salutation_of(line.text)) or is_salutation(line.text)  # nothing above belongs to a person
            fitting = [c for c in chains if len(c) < LINES_MAX and _runs_on(c[-1], line)]
            fitting = [c for c in fitting if not begins or is_salutation(c[-1].text) or salutation_of(c[-1].text)]
            home = min(fitting, key=lambda c: line.box[1] - c[-1].box[3], default=None)
        if home is None:
            chains.append([line])
        else:
            home.append(line)
    return chains


def _with_amount_beside(lines: Sequence[PaperLine]) -> set[int]:
    """The lines, by `id`, of a column on whose rows amounts of money stand further right."""
    rows = sorted(lines, key=_row)  # a page may be crowded: only what is near in height is compared
    amounts = [line for line in rows if AMOUNT.fullmatch(line.text)]
    cells = [line for line in rows if any(_is_level(a, line) for a in _near(line, amounts, LEVEL_MAX))]
    cells = [line for line in cells if not _stands_apart(line, _near(line, rows, LEVEL_MAX))]
    return {id(c) for c in cells if any(o is not c and _in_column(c, o) for o in _near(c, cells, ROWS_APART_MAX))}


def _stands_apart(line: PaperLine, row: Sequence[PaperLine]) -> bool:
    """Does what the amount belongs to stand further right, past a wide gap: a letter's window beside a summary?"""
    right = [o for o in row if o.box[0] > line.box[2]]
    words = [o for o in right if not AMOUNT.fullmatch(o.text)]
    summary = len(right) == 2 and len(words) == 1 and len(words[0].text) > WORDS_MIN and words[0].text[0].isalpha()
    return summary and words[0].box[0] - line.box[2] > COLUMNS_APART_MIN * line.height


def _row(line: PaperLine) -> tuple[int, float]:
    return line.page, line.middle


def _near(line: PaperLine, rows: Sequence[PaperLine], heights: float) -> Sequence[PaperLine]:
    """Of lines sorted by `_row` those whose middle lies at most so many heights of a line above or below its own."""
    reach = heights * line.height
    first = bisect_left(rows, (line.page, line.middle - reach), key=_row)
    return rows[first : bisect_right(rows, (line.page, line.middle + reach), key=_row)]


def _in_column(cell: PaperLine, other: PaperLine) -> bool:
    near = cell.page == other.page and abs(cell.middle - other.middle) < ROWS_APART_MAX * cell.height
    return near and flush(cell, other)


def _is_level(amount: PaperLine, line: PaperLine) -> bool:
    right = amount.page == line.page and amount is not line and amount.box[0] > line.box[2]
    return right and abs(amount.middle - line.middle) < LEVEL_MAX * min(amount.height, line.height)


def _parted(chain: Sequence[PaperLine]) -> Iterator[list[PaperLine]]:
    """A chain in two or more where a gap is plainly wider than the others: an empty line stood there."""
    gaps = [(low.box[1] - top.box[3]) / max(min(top.height, low.height), 1e-6) for top, low in pairwise(chain)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    piece = list(chain[:1])
    for line, gap in zip(chain[1:], gaps, strict=True):
        if len(gaps) > 2 and gap > usual + WIDER_GAP_MIN and not find_label(piece[-1], "blocks"):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _runs_on(above: PaperLine, below: PaperLine) -> bool:
    if above.page != below.page or is_sender_line(above.text) or is_sender_line(below.text):
        return False
    height = max(min(above.height, below.height), 1e-6)
    if SMALLER_MAX * above.height < below.height and "," in above.text and is_inline(above.text):
        return False  # the sender's name and address in small type over an envelope's window
    centred = abs((above.box[0] + above.box[2]) - (below.box[0] + below.box[2])) / 2 < 0.6 * height
    label = find_label(above, "blocks")
    named = bool(label and label.value and flush(label.value, below))
    aligned = flush(above, below) or named
    gap = (below.box[1] - above.box[3]) / height
    near = gap < (LABEL_GAP_MAX if named else GAP_MAX) and below.middle - above.middle > STEP_MIN * height
    return near and (aligned or centred) and max(above.height, below.height) < 1.45 * height


@lru_cache(maxsize=8192)
def is_sender_line(text: str) -> bool:
    """Is it the small line over an envelope's window: a company and its address, parted by dashes or dots?"""
    return len(BETWEEN_PARTS.findall(text)) >= 2 and any(found.city for found in city_lines(text))


def flush(above: PaperLine, below: PaperLine) -> bool:
    """Do two lines begin at the same place?"""
    side = 2 if is_right_to_left(above.text) or is_right_to_left(below.text) else 0
    return abs(above.box[side] - below.box[side]) < 0.9 * min(above.height, below.height)


def stands_under(above: PaperLine, below: PaperLine) -> bool:
    """Is one line the next under another, flush with it?"""
    height = max(min(above.height, below.height), 1e-6)
    near = -0.6 < (below.box[1] - above.box[3]) / height < GAP_MAX and below.middle > above.middle
    return above.page == below.page and near and flush(above, below)


def label_over(line: PaperLine, lines: Sequence[PaperLine]) -> str:
    """What the label over or beside the first line of a block says."""
    best: tuple[float, Label] | None = None
    for other in lines:
        if other is line or other.page != line.page:
            continue
        gap = (line.box[1] - other.box[3]) / max(line.height, 1e-6)
        over = -0.5 < gap < 2.6 and abs(other.box[0] - line.box[0]) < 2.0 * line.height
        left = on_one_row(other, line) and 0 < line.box[0] - other.box[2] < 12 * line.height
        if (over or left) and (label := find_label(other, "blocks")) and label.value is None:
            between = _stands_between(other, line, lines, labels_only=label.kind != "sender")
            if over and (between or has_value_beside(other, lines)):
                continue
            distance = gap if over else 0.5
            if best is None or distance < best[0]:
                best = distance, label
    return best[1].kind if best else "holder" if _is_announced(line, lines) else ""


def has_value_beside(label: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does an address stand beside a label, so that what is below it is another row?"""
    value = beside(label, lines)
    return value is not None and (is_eastern(value.text) or is_inline(value.text) or street_in(value.text))


def _stands_between(label: PaperLine, block: PaperLine, lines: Sequence[PaperLine], *, labels_only: bool) -> bool:
    """Does another line, or another label, stand between a label and a block, over the block?"""
    return any(
        o.page == block.page
        and label.middle + 0.5 * label.height < o.middle < block.middle - 0.5 * block.height
        and o.box[0] < block.box[2]
        and o.box[2] > block.box[0]
        and not (labels_only and not _is_other_label(o))
        for o in lines
    )


def _is_other_label(line: PaperLine) -> bool:
    return any((label := find_label(line, group)) is not None and label.alone for group in ("names", "addresses"))


def _is_announced(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does the sentence that ends over a block say that somebody lives there: "her home address is:"?"""
    over = [o for o in lines if o.page == line.page and 0 < line.box[1] - o.box[3] < ANNOUNCED_MAX * line.height]
    nearest = max(over, key=lambda o: o.box[3], default=None)
    if nearest is None or not nearest.text.rstrip().endswith((":", "：")):
        return False
    words = folded(nearest.text)
    return any(words.endswith(f" {folded(phrase).strip()} ") for phrase in table("prose")["homes"])
