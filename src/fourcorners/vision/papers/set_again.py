"""A line that was taken out and set again, in a typeface that the page uses as well.

Nothing lies over it and no font is odd. But programs that change a page write what is new at its end (or at its start),
in black as black can be, with a subset of the font of its own: the line stands apart from those around it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourcorners.vision.papers.edit import Edit
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.objects import PageObject
from fourcorners.vision.papers.paper import Paper

__all__ = ["find_set_again"]

APART = 3
"""Texts that were written between a line and those of its block, from which it counts as written apart."""

NEAR = 2.4
"""Lines of one block stand at most so many of their heights apart."""

FOOT = 0.85
"""Share of the page's height below which its foot stands: what is written last of all, as a rule."""

TEXTS_MIN = 8
COLOUR_MIN = 6
"""Levels by which the colour of one line differs from all others in its block."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A line with its pieces of text: where they come in the order of all texts (from 0), and what they look like."""

    line: PaperLine
    first: int
    last: int
    tags: frozenset[str]
    colours: frozenset[tuple[int, int, int]]


def find_set_again(paper: Paper, objects: Sequence[PageObject]) -> Iterator[Edit]:
    """Lines of name, address and dates, and of further fields, that were written apart from the rest of the page."""
    texts = [o for o in objects if o.kind == "text" and o.text.strip()]
    if len(texts) < TEXTS_MIN:
        return
    reading = paper.reading
    own = [line for f in (reading.name, reading.address) if f for line in f.lines]
    single = [f.lines for f in (reading.issue_date, *reading.further.values()) if f is not None]
    height = paper.pages[0].size[1]
    block = [place for line in own if (place := _place(line, texts)) is not None]
    for place in block:
        mates = [m for m in block if m.line is not place.line and _is_near(m.line, place.line)]
        if mates and _apart(place, mates, len(texts)):
            yield Edit("set_apart", f"written apart from its block: {place.line.text[:60]}", place.line.box)
        elif not mates and _after_the_foot(place, texts, height):
            yield Edit("set_apart", f"written after the page's foot: {place.line.text[:60]}", place.line.box)
        yield from _look(place, mates, texts)
    for lines in single:
        for line in lines:
            alone = _place(line, texts)
            if alone is not None and _after_the_foot(alone, texts, height):
                yield Edit("set_apart", f"written after the page's foot: {line.text[:60]}", line.box)


def _place(line: PaperLine, texts: Sequence[PageObject]) -> _Place | None:
    found = [n for n, o in enumerate(texts) if line.page == 0 and _is_of(o, line)]
    if not found:
        return None
    tags = frozenset(texts[n].font for n in found)
    return _Place(line, found[0], found[-1], tags, frozenset(texts[n].colour for n in found))


def _is_of(text: PageObject, line: PaperLine) -> bool:
    """Does a text begin within a line's box, in its height?"""
    middle = (text.box[1] + text.box[3]) / 2
    return line.box[1] < middle < line.box[3] and line.box[0] - 2 <= text.box[0] < line.box[2]


def _is_near(a: PaperLine, b: PaperLine) -> bool:
    flush = abs(a.box[0] - b.box[0]) < a.height
    return a.page == b.page and flush and abs(a.middle - b.middle) < NEAR * max(a.height, b.height)


def _apart(place: _Place, mates: Sequence[_Place], count: int) -> bool:
    """Is a line the first or the last text of all, and are those around it not?"""
    last = place.first >= count - 1 and place.first - max(m.last for m in mates) > APART
    return last or (place.last == 0 and min(m.first for m in mates) > APART)


def _after_the_foot(place: _Place, texts: Sequence[PageObject], height: float) -> bool:
    """Is a line of the body the last text of all, behind the foot of the page?"""
    before = texts[place.first - 1].box if place.first else None
    in_body = place.line.middle < FOOT * height
    return in_body and before is not None and place.first == len(texts) - 1 and before[1] > FOOT * height


def _look(place: _Place, mates: Sequence[_Place], texts: Sequence[PageObject]) -> Iterator[Edit]:
    """A colour that no line of the block has; a subset of the same font that no other text uses."""
    if len(mates) > 1 and len(place.colours) == 1:
        (colour,) = place.colours
        others = {c for m in mates for c in m.colours}
        if len(others) == 1 and max(abs(a - b) for a, b in zip(colour, *others, strict=True)) >= COLOUR_MIN:
            yield Edit("odd_colour", f"another colour than its block: {place.line.text[:60]}", place.line.box)
    if len(place.tags) == 1 and place.first == place.last:
        (tag,) = place.tags
        used = sum(o.font == tag for o in texts)
        same = any(o.font != tag and _face(o.font) == _face(tag) for o in texts)
        if used == 1 and same and mates and all(tag not in m.tags for m in mates):
            yield Edit("odd_subset", f"{tag}: {place.line.text[:60]}", place.line.box)


def _face(font: str) -> str:
    """The font without the tag of its subset."""
    return font[7:] if len(font) > 7 and font[6] == "+" else font
