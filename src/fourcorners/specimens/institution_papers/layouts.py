"""How institutions' papers are laid out: forms of registers, letters, numbered paragraphs, tables, charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from reportlab.lib.colors import Color

from fourcorners.specimens.papers.layouts import MM, Sheet
from fourcorners.specimens.papers.typefaces import typeface

__all__ = ["PLANS", "TABLES", "Content", "signature_block", "write_prose"]

WIDTH_MM = 168.0


@dataclass(frozen=True, slots=True)
class Content:
    """What goes onto a page: `rows` of (field, label, value), `sentences`, heads and rows of a table by column."""

    title: str
    name: str
    rows: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    table: tuple[Mapping[str, str], ...]
    total: str
    dated: tuple[str, str]
    signature: str
    signer: str
    signed: bool
    marks: tuple[str, ...]
    places: Mapping[str, str]
    """Texts whose place is remembered, by field."""


Plan = Callable[[Sheet, Content, np.random.Generator], float]


def write_prose(sheet: Sheet, content: Content, x: float, y: float, width: float, size: float = 10) -> float:
    """Sentences as a paragraph; returns where the next line would stand."""
    for line in wrapped(sheet, " ".join(content.sentences), width, size):
        _text(sheet, content, x, y, line, size)
        y += size * 0.5
    return y


def write_filler(sheet: Sheet, lines: Sequence[str], x: float, y: float) -> float:
    """Further sentences in small print; returns where the next line would stand."""
    for sentence in lines:
        for line in wrapped(sheet, sentence, WIDTH_MM, 8.5):
            sheet.text(x, y, line, 8.5)
            y += 4.2
        y += 1.2
    return y


def wrapped(sheet: Sheet, text: str, width: float, size: float) -> list[str]:
    """A text as lines no wider than `width` mm."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and sheet.canvas.stringWidth(longer, typeface(sheet.family), size) / MM <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def signature_block(sheet: Sheet, content: Content, x: float, y: float, rng: np.random.Generator) -> None:
    """Date, a line to sign on, the signer's name; the pen where it is signed."""
    label, day = content.dated
    if day:
        sheet.text(x, y, f"{label}: {day}" if label else day, 10)
    if content.signature:
        sheet.band(x, y + 22, 60, 0.3, Color(0.2, 0.2, 0.2))
        sheet.text(x, y + 26, content.signature, 8)
        sheet.text(x, y + 31, content.signer, 9)
        if content.signed:
            sheet.sign(x + 2, y + 23, content.signer or content.name, rng)


def _text(sheet: Sheet, content: Content, x: float, y: float, said: str, size: float, bold: bool = False) -> None:
    field = next((f for f, value in content.places.items() if value and value == said), "")
    sheet.text(x, y, said, size, bold=bold, field="" if field in sheet.places else field)


def _head(sheet: Sheet, content: Content) -> float:
    sheet.text(20, 24, content.title, 16, bold=True)
    _text(sheet, content, 20, 33, content.name, 12, bold=True)
    return 46


def write_marks(sheet: Sheet, content: Content, rng: np.random.Generator) -> None:
    """Stamps of copies and translations at the foot."""
    for n, mark in enumerate(content.marks):
        sheet.text(float(rng.uniform(20, 90)), 270 + 5 * n, mark, 9, bold=True)


def _form(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """Label, colon, value."""
    y = _head(sheet, content)
    for _, label, value in content.rows:
        sheet.text(20, y, f"{label}:", 10, bold=True)
        _text(sheet, content, 75, y, value, 10)
        y += 7
    return y + 4


def _inline(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """Label and value in one line of text."""
    y = _head(sheet, content)
    for _, label, value in content.rows:
        sheet.text(20, y, f"{label}: {value}", 10)
        y += 6.5
    return y + 4


def _stacked(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """The label small over its value, in two columns."""
    y = _head(sheet, content)
    for n, (_, label, value) in enumerate(content.rows):
        x, row = (20, 112)[n % 2], y + 15 * (n // 2)
        sheet.text(x, row, label, 7.5)
        lines = wrapped(sheet, value, 82, 10)
        _text(sheet, content, x, row + 5, lines[0] if len(lines) > 1 else value, 10)
        for k, line in enumerate(lines[1:], 1):
            sheet.text(x, row + 5 + 4.6 * k, line, 10)
    return y + 15 * ((len(content.rows) + 1) // 2) + 4


def _letter(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """A letterhead, the title as the subject, the text below."""
    _text(sheet, content, 20, 20, content.name, 14, bold=True)
    sheet.text(20, 52, content.title, 13, bold=True)
    return write_prose(sheet, content, 20, 66, WIDTH_MM) + 8


def _deed(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """The title in the middle, numbered paragraphs."""
    sheet.middle(30, content.title, 17, bold=True)
    sheet.middle(40, content.name, 12, bold=True)
    y = 56.0
    for n, sentence in enumerate(content.sentences, 1):
        for k, line in enumerate(wrapped(sheet, sentence, WIDTH_MM - 10, 10)):
            if k == 0:
                sheet.text(20, y, f"{n}.", 10)
            _text(sheet, content, 29, y, line, 10)
            y += 5.4
        y += 2
    return y + 6


def _bare(sheet: Sheet, content: Content, rng: np.random.Generator) -> float:
    """The title and the text, nothing more: the name stands in a sentence only."""
    sheet.text(20, 30, content.title, 15, bold=True)
    return write_prose(sheet, content, 20, 44, float(rng.uniform(120, WIDTH_MM))) + 8


def _register(sheet: Sheet, content: Content, y: float, rng: np.random.Generator) -> float:
    """A table with a rule under its head."""
    left = _columns(len(content.heads), 20)
    heads = [content.heads[n] for n in rng.permutation(len(content.heads))] if rng.random() < 0.4 else content.heads
    for (_, head), x in zip(heads, left, strict=True):
        sheet.text(x, y, head, 9, bold=True)
    sheet.band(20, y + 1.6, WIDTH_MM, 0.3, Color(0, 0, 0))
    for row in content.table:
        y += 7
        for (column, _), x in zip(heads, left, strict=True):
            _text(sheet, content, x, y, row[column], 9.5)
    share = [x for (column, _), x in zip(heads, left, strict=True) if column == "share"]
    if content.total and share and share[0] != left[0]:
        y += 8
        sheet.text(left[0], y, content.total, 9.5, bold=True)
        if share:
            sheet.text(share[0], y, "100 %", 9.5, bold=True)
    return y + 12


def _chart(sheet: Sheet, content: Content, y: float, rng: np.random.Generator) -> float:
    """A box for each holder, the percentage in it or beside its line, lines down to the institution's box."""
    outside = rng.random() < 0.5
    count = len(content.table)
    width = min(58.0, (WIDTH_MM - 6 * (count - 1)) / count)
    gap = (WIDTH_MM - count * width) / max(1, count - 1) if count > 1 else 0
    for n, row in enumerate(content.table):
        x = 20 + n * (width + gap)
        sheet.frame(x, y, width, 18)
        size = _fitting(sheet, row["name"], width - 6, 9.5)
        _text(sheet, content, x + 3, y + 7, row["name"], size, bold=True)
        _text(sheet, content, x + 3 + (width / 2 if outside else 0), y + (26 if outside else 13), row["share"], 9)
        sheet.band(x + width / 2, y + 18, 0.3, 14, Color(0, 0, 0))
    sheet.band(20 + width / 2, y + 32, (count - 1) * (width + gap) + 0.3, 0.3, Color(0, 0, 0))
    sheet.band(104, y + 32, 0.3, 10, Color(0, 0, 0))
    sheet.frame(69, y + 42, 70, 16)
    sheet.text(73, y + 51, content.name, _fitting(sheet, content.name, 62, 10), bold=True)
    return y + 74


def _fitting(sheet: Sheet, text: str, width: float, size: float) -> float:
    wide = float(sheet.canvas.stringWidth(text, typeface(sheet.family, bold=True), size)) / MM
    return size if wide <= width else max(5.5, size * width / wide)


def _columns(count: int, left: float) -> list[float]:
    widths: Mapping[int, Sequence[float]] = {2: (0, 95), 3: (0, 80, 125), 4: (0, 62, 100, 135)}
    return [left + w for w in widths[count]]


PLANS: Mapping[str, Plan] = MappingProxyType(
    {"form": _form, "inline": _inline, "stacked": _stacked, "letter": _letter, "deed": _deed, "bare": _bare}
)
"""Layouts of fields and text. The first three are forms, the rest is prose."""

TABLES: Mapping[str, Callable[[Sheet, Content, float, np.random.Generator], float]] = MappingProxyType(
    {"register": _register, "chart": _chart}
)
