"""Lines of scripts that run from right to left, put into the order in which they are read.

A PDF may hold their letters in any order: left to right as drawn, right to left, word by word. What counts is where
they stand. Numbers and Latin words among them run from left to right (the rules of annex 9 of Unicode, as far as papers
need them).
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from fourcorners.vision.papers.glyphs import BASELINE_EM, Glyph

__all__ = ["is_right_to_left", "right_to_left_lines"]

SPACE_EM = 0.2
"""A gap of this many heights is a space where the file has none: letters that are not joined stand apart, too."""

HINTED_EM, NEAR_EM = 0.09, 0.5
"""The same where the file names a space that it does not draw, so near."""

RIGHT, LEFT = ("R", "AL"), ("L", "EN", "AN")
INSIDE_NUMBER = ("CS", "ES", "ET")


def is_right_to_left(text: str) -> bool:
    """Does a text begin with a letter of such a script?"""
    return next((d in RIGHT for c in text if (d := unicodedata.bidirectional(c)) in (*RIGHT, "L")), False)


def right_to_left_lines(glyphs: Sequence[Glyph], column: float) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The lines with such letters, each in reading order; and all characters of other lines, in the order given.

    A gap of more than `column` heights parts two columns.
    """
    marks = sorted((g.baseline, g.height) for g in glyphs if unicodedata.bidirectional(g.character) in RIGHT)
    if not marks:
        return [], list(glyphs)
    inside = [_beside(g, marks) for g in glyphs]
    rows: list[list[Glyph]] = []
    here = [g for g, one in zip(glyphs, inside, strict=True) if one]
    for glyph in sorted(here, key=lambda g: g.baseline):
        height = max((g.height for g in rows[-1]), default=0.0) if rows else 0.0
        if rows and glyph.baseline - rows[-1][0].baseline < BASELINE_EM * max(height, glyph.height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [_in_reading_order(line) for row in rows for line in _columns(row, column) if _has_ink(line)]
    return lines, [g for g, one in zip(glyphs, inside, strict=True) if not one]


def _beside(glyph: Glyph, marks: Sequence[tuple[float, float]]) -> bool:
    """Does a letter of such a script stand on the line of a character? `marks`: baselines and heights, sorted."""
    at = bisect_left(marks, (glyph.baseline, 0.0))
    return any(abs(y - glyph.baseline) < BASELINE_EM * max(h, glyph.height) for y, h in marks[max(0, at - 1) : at + 1])


def _columns(row: Sequence[Glyph], column: float) -> list[list[Glyph]]:
    """The characters of a row from left to right, parted at wide gaps, with spaces where words stand apart.

    The place of a space that is not drawn is only about right: it lies in the widest gap near it.
    """
    drawn = sorted((g for g in row if g.right > g.left), key=lambda g: ((g.left + g.right) / 2, g.left))
    undrawn = [g.left for g in row if g.right <= g.left and g.character.isspace()]
    done: list[list[Glyph]] = []
    reach = 0.0
    for glyph in drawn:
        width = glyph.left - reach
        if not done or width >= column * max(glyph.height, done[-1][-1].height):
            done.append([glyph])
            reach = glyph.right
            continue
        last = done[-1][-1]
        spaced = any(reach - NEAR_EM * glyph.height < x < glyph.left + NEAR_EM * glyph.height for x in undrawn)
        apart = not glyph.character.isspace() and not last.character.isspace()
        if apart and width > (HINTED_EM if spaced else SPACE_EM) * glyph.height:
            middle = reach + width / 2
            done[-1].append(Glyph(" ", middle, glyph.top, middle, glyph.bottom, "", 0.0, middle, glyph.baseline))
        done[-1].append(glyph)
        reach = max(reach, glyph.right)
    return done


def _has_ink(line: Sequence[Glyph]) -> bool:
    return any(not g.character.isspace() for g in line)


def _in_reading_order(line: Sequence[Glyph]) -> list[Glyph]:
    """A line, given from left to right, as it is read: from the side from which most of its letters run."""
    classes = [unicodedata.bidirectional(g.character) for g in line]
    sides = _sides(classes)
    from_right = sum(c in RIGHT for c in classes) >= classes.count("L")
    runs = [
        (side, [g for _, g in pairs])
        for side, pairs in groupby(
            zip(_settled(sides, "R" if from_right else "L"), line, strict=True), key=lambda p: p[0]
        )
    ]
    ordered = reversed(runs) if from_right else runs
    return [g for side, run in ordered for g in (reversed(run) if side == "R" else run)]


def _sides(classes: Sequence[str]) -> list[str]:
    """`R`, `L`, or "" for what takes the side of its neighbours."""
    sides = []
    for i, name in enumerate(classes):
        around = classes[i - 1] if i else "", classes[i + 1] if i + 1 < len(classes) else ""
        number = name in INSIDE_NUMBER and all(n in ("EN", "AN") for n in around)
        sides.append("R" if name in RIGHT else "L" if name in LEFT or number else "")
    return sides


def _settled(sides: Sequence[str], base: str) -> list[str]:
    """Sides in which those without one have that of both neighbours, or that of the line."""
    done = list(sides)
    for i, side in enumerate(sides):
        if not side:
            before = next((s for s in reversed(sides[:i]) if s), base)
            after = next((s for s in sides[i + 1 :] if s), base)
            done[i] = before if before == after else base
    return done
