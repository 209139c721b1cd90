"""Layouts of the evaluation half alone: a tinted label column, a certificate in the middle of the page, a page of a
register with cells, a memorandum in two columns; a grid of holders, a chart that stands on its side."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from reportlab.lib.colors import Color

from fourcorners.specimens.institution_papers.layouts import Content, Plan, wrapped, write_prose
from fourcorners.specimens.papers.layouts import Sheet

__all__ = ["APART_FORMS", "APART_PROSE", "APART_TABLES"]

GREY = Color(0.9, 0.9, 0.93)
INK = Color(0.15, 0.15, 0.2)


def _place(sheet: Sheet, content: Content, x: float, y: float, said: str, size: float, bold: bool = False) -> None:
    field = next((f for f, value in content.places.items() if value == said and f not in sheet.places), "")
    sheet.text(x, y, said, size, bold=bold, field=field)


def _tinted(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """Labels in a tinted column on the left, values beside it, the title in a band."""
    sheet.band(0, 0, 210, 16, Color(0.75, 0.82, 0.9))
    sheet.text(20, 11, content.title, 14, bold=True)
    y = 34.0
    sheet.band(18, y - 6, 58, 8.5 * len(content.rows) + 3, GREY)
    for _, label, value in content.rows:
        sheet.text(21, y, label, 9)
        lines = wrapped(sheet, value, 112, 9.5)
        _place(sheet, content, 80, y, lines[0] if len(lines) > 1 else value, 9.5, bold=True)
        for k, line in enumerate(lines[1:], 1):
            sheet.text(80, y + 4.3 * k, line, 9.5, bold=True)
        y += 8.5
    return y + 6


def _cells(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """A frame with a cell a row: label and value below each other, ruled."""
    sheet.middle(20, content.title, 15, bold=True)
    y = 32.0
    for _, label, value in content.rows:
        sheet.frame(20, y, 170, 12)
        sheet.text(23, y + 4.2, label, 7)
        _place(sheet, content, 23, y + 9.4, value, 9.5)
        y += 12
    return y + 10


def _centred(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """A certificate: everything in the middle, in a double frame."""
    sheet.frame(10, 10, 190, 277)
    sheet.frame(12, 12, 186, 273)
    sheet.middle(45, content.title, 19, bold=True)
    y = 68.0
    for sentence in content.sentences:
        for line in wrapped(sheet, sentence, 140, 11):
            sheet.middle(y, line, 11)
            y += 6
        y += 2
    return y + 8


def _memorandum(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """The name small on top, the title in capitals, the text in a narrow column with wide margins."""
    sheet.text(130, 16, content.name, 8)
    sheet.text(32, 40, content.title.upper() if content.title.isascii() else content.title, 13, bold=True)
    sheet.band(32, 43, 146, 0.4, INK)
    return write_prose(sheet, content, 32, 56, 146, 10.5) + 8


def _grid(sheet: Sheet, content: Content, y: float, rng: np.random.Generator) -> float:
    """A grid of cells, the share before the name."""
    order = sorted(range(len(content.heads)), key=lambda n: (content.heads[n][0] == "name", n))
    order = order if len(order) > 2 else [1, 0]
    widths = [30.0] * (len(order) - 1) + [170 - 30.0 * (len(order) - 1)]
    for row in (dict(content.heads), *content.table):
        x = 20.0
        for n, width in zip(order, widths, strict=True):
            key = content.heads[n][0]
            sheet.frame(x, y - 5, width, 8)
            if row is content.table[0] or row in content.table:
                _place(sheet, content, x + 2, y, row[key], 9)
            else:
                sheet.text(x + 2, y, row[key], 7.5, bold=True)
            x += width
        y += 8
    return y + 8


def _sideways(sheet: Sheet, content: Content, y: float, rng: np.random.Generator) -> float:
    """The institution on the right, its holders below each other on the left, percentages on the lines."""
    count = len(content.table)
    for n, row in enumerate(content.table):
        top = y + 24 * n
        sheet.frame(20, top, 70, 15)
        _place(sheet, content, 23, top + 9, row["name"], 9 if len(row["name"]) < 34 else 7)
        sheet.band(90, top + 7.5, 32, 0.3, INK)
        _place(sheet, content, 98, top + 6, row["share"], 8.5)
    middle = y + 24 * (count - 1) / 2
    sheet.band(122, y + 7.5, 0.3, 24 * (count - 1) + 0.3, INK)
    sheet.band(122, middle + 7.5, 8, 0.3, INK)
    sheet.frame(130, middle, 62, 15)
    sheet.text(133, middle + 9, content.name, 9 if len(content.name) < 30 else 6.5, bold=True)
    return y + 24 * count + 10


APART_FORMS: Mapping[str, Plan] = MappingProxyType({"tinted": _tinted, "cells": _cells})
APART_PROSE: Mapping[str, Plan] = MappingProxyType({"centred": _centred, "memorandum": _memorandum})
APART_TABLES: Mapping[str, Callable[[Sheet, Content, float, np.random.Generator], float]] = MappingProxyType(
    {"grid": _grid, "sideways": _sideways}
)
