"""Rows of a table, each with its caption at the left: an address ends where the next row tells something else."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fourcorners.vision.papers.chains import flush
from fourcorners.vision.papers.labels import beside, find_label, heads_address
from fourcorners.vision.papers.line import PaperLine, on_one_row
from fourcorners.vision.papers.right_to_left import is_right_to_left

__all__ = ["heads_row", "is_captioned", "parted_by_captions", "up_to_other_caption"]

CAPTION_WORDS_MAX = 5
APART_MAX = 25.0
"""A value stands at most so many line heights to the right of its caption."""

ROWS_APART_MAX = 2.6
"""Rows of one table stand at most so many line heights apart."""

ROWS_MIN = 2

BEFORE_MAX, BEFORE_WORDS_MAX = 16.0, 6
"""Words before a line on its row are a caption, known or not, at most so many line heights away."""

GROUPS = ("names", "addresses", "address_parts", "blocks")


def up_to_other_caption(chain: Sequence[PaperLine], lines: Sequence[PaperLine]) -> Sequence[PaperLine]:
    """A column of values up to the first one whose caption names no part of an address, once one did."""
    begun: PaperLine | None = None
    for i, value in enumerate(chain if len(chain) > 1 else ()):
        caption = _caption(value, lines)
        if caption is None:
            continue
        if _tells_address(caption):
            begun = begun or caption
        elif begun is not None and flush(begun, caption) and not _is_known(caption):
            return chain[:i]
    return chain


def parted_by_captions(
    chain: Sequence[PaperLine], lines: Sequence[PaperLine]
) -> Iterator[tuple[Sequence[PaperLine], bool]]:
    """A column of values in pieces, each from a row with a caption of its own, where two or more rows have one.

    Each with whether it is such a piece.
    """
    captions = [_caption(value, lines) for value in chain]
    marked = [c for c in captions if c is not None and c.text.rstrip().endswith((":", "："))]
    if len(marked) < ROWS_MIN or not all(flush(marked[0], c) for c in marked):
        yield chain, False
        return
    starts = [i for i, c in enumerate(captions) if c is not None and c in marked]
    for start, stop in pairwise([*([0] if starts[0] else []), *starts, len(chain)]):
        yield chain[start:stop], start in starts


def heads_row(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Is it a caption, whatever it says: does a number stand beside it, and beside a line flush over or under it?"""
    if (
        any(c.isdigit() for c in line.text)
        or len(line.text.split()) > CAPTION_WORDS_MAX
        or not _number_beside(line, lines)
    ):
        return False
    near = [
        o
        for o in lines
        if o.page == line.page
        and 0.5 * line.height < abs(o.middle - line.middle) < ROWS_APART_MAX * line.height
        and flush(line, o)
        and not any(c.isdigit() for c in o.text)
    ]
    return any(_number_beside(o, lines) for o in near)


def is_captioned(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Do words stand before a line on its row, as in a table, whether we know them as a label or not?"""
    return any(
        on_one_row(o, line)
        and 0 < line.box[0] - o.box[2] < BEFORE_MAX * line.height
        and len(o.text.split()) <= BEFORE_WORDS_MAX
        and not any(c.isdigit() for c in o.text)
        for o in lines
    )


def _number_beside(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Is the next text on its row, in the direction of the script, mostly of digits?"""
    value = beside(line, lines)
    if value is None:
        return False
    signs = [c for c in value.text if c.isalnum()]
    return 2 * sum(c.isdigit() for c in signs) >= len(signs) > 0


def _caption(value: PaperLine, lines: Sequence[PaperLine]) -> PaperLine | None:
    """The nearest line before a value on its row, where it is of a few words without a number."""
    leftward = is_right_to_left(value.text)

    def away(o: PaperLine) -> float:
        return o.box[0] - value.box[2] if leftward else value.box[0] - o.box[2]

    row = [o for o in lines if on_one_row(o, value) and -0.5 * value.height < away(o) < APART_MAX * value.height]
    nearest = min(row, key=away, default=None)
    if nearest is None or len(nearest.text.split()) > CAPTION_WORDS_MAX or any(c.isdigit() for c in nearest.text):
        return None
    return nearest


def _tells_address(caption: PaperLine) -> bool:
    label = find_label(caption, "addresses")
    return (label is not None and label.alone) or heads_address(caption.text)


def _is_known(caption: PaperLine) -> bool:
    return any((label := find_label(caption, group)) is not None and label.alone for group in GROUPS)
