"""The form before it is filled in: headers, titles, emblems, tables; all but the print beneath and the labels."""

import numpy as np

from fourcorners.specimens.canvas import Canvas
from fourcorners.specimens.designs import Design, Layout, title_words
from fourcorners.specimens.emblem import draw_emblem
from fourcorners.specimens.model import DocumentKind, box_quad

__all__ = ["decorate"]

BADGE_GOLD = (250, 220, 60)
WATERMARK_OPACITY = 0.28
LIGHT_TITLE, DARK_TITLE = (250, 250, 250), (24, 24, 30)
"""Titles on a header of the design's own colour."""


def decorate(canvas: Canvas, design: Design, layout: Layout) -> None:
    """Print what every document of a design carries."""
    _grounds(canvas, design, layout)
    _titles(canvas, design, layout)
    if "chip" in layout:
        _chip(canvas, layout["chip"])
    if "table" in layout:
        _table(canvas, design, layout["table"])
    if "note" in layout:
        x, y, em = layout["note"]
        note = f"If found, please return to any police station. {design.state_names[0]}"
        canvas.text(note, (x, y), design.fonts["label"], em, design.label_colour, max_width_mm=_room(canvas, x))


def _grounds(canvas: Canvas, design: Design, layout: Layout) -> None:
    """What lies under the words: header, panel, magnetic stripe, large emblem."""
    if "header" in layout:
        canvas.fill(box_quad(*layout["header"]), design.header_colour or design.title_colour)
    if "panel" in layout:
        canvas.fill(box_quad(*layout["panel"]), design.paper[0], 0.6)
    if "stripe" in layout:
        canvas.fill(box_quad(*layout["stripe"]), (28, 26, 28))
    if "watermark" in layout:
        x, y, radius = layout["watermark"]
        draw_emblem(canvas, design.emblem, (x, y), radius, design.inks[0], WATERMARK_OPACITY)


def _titles(canvas: Canvas, design: Design, layout: Layout) -> None:
    colour = design.title_colour
    if "header" in layout and design.header_colour is None:
        colour = LIGHT_TITLE if sum(colour) < 3 * 128 else DARK_TITLE
    if "emblem" in layout:
        x, y, radius = layout["emblem"]
        draw_emblem(canvas, design.emblem, (x, y), radius, colour, layout.get("emblem_opacity", 0.85))
    if "badge" in layout:
        x, y, width, height = layout["badge"]
        canvas.fill(box_quad(x, y, width, height), colour)
        at = x + width / 2, y + height * 0.68
        gold = BADGE_GOLD if sum(colour) < 3 * 128 else DARK_TITLE
        canvas.text(design.state, at, design.fonts["title"], height * 0.5, gold, align="centre")
    if "title" in layout:
        x, y, em = layout["title"]
        room = _title_room(canvas, layout, x)
        canvas.text(design.state_names[0], (x, y), design.fonts["title"], em, colour, max_width_mm=room)
    if "subtitle" in layout:
        x, y, em = layout["subtitle"]
        words = [title_words(design), *design.state_names[1:]]
        text = "  ".join(words[:1] if design.kind is DocumentKind.PASSPORT else words)
        room = _title_room(canvas, layout, x)
        canvas.text(text, (x, y), design.fonts["label"], em, colour, max_width_mm=room)


def _title_room(canvas: Canvas, layout: Layout, x_mm: float) -> float:
    """How wide a title may be that starts at x: up to an emblem or to the next title on its line."""
    ends = [x_mm + _room(canvas, x_mm)]
    if "emblem" in layout and "emblem_opacity" not in layout and layout["emblem"][0] > x_mm:
        ends.append(layout["emblem"][0] - layout["emblem"][2] - 1)
    if "subtitle" in layout and layout["subtitle"][0] > x_mm and abs(layout["subtitle"][1] - layout["title"][1]) < 2:
        ends.append(layout["subtitle"][0] - 2)
    return min(ends) - x_mm


def _room(canvas: Canvas, x_mm: float) -> float:
    return canvas.width / canvas.px_per_mm - x_mm - 3


def _chip(canvas: Canvas, box: list[float]) -> None:
    x, y, width, height = box
    canvas.fill(box_quad(x, y, width, height), (206, 178, 104))
    across = [np.array([[x, y + height * r], [x + width, y + height * r]]) for r in (0.33, 0.66)]
    down = [np.array([[x + width * r, y], [x + width * r, y + height]]) for r in (0.34, 0.66)]
    canvas.lines([*across, *down], (130, 104, 50), 0.2)


def _table(canvas: Canvas, design: Design, box: list[float]) -> None:
    """The table of vehicle categories."""
    x, y, width, height = box
    rows = ["AM", "A1", "A2", "A", "B1", "B", "C1", "C"]
    step = height / len(rows)
    edges = [np.array([[x, y + step * n], [x + width, y + step * n]]) for n in range(len(rows) + 1)]
    edges += [np.array([[x + width * r, y], [x + width * r, y + height]]) for r in (0, 0.16, 0.44, 0.72, 1)]
    canvas.lines(edges, design.label_colour, 0.1)
    for n, name in enumerate(rows):
        canvas.text(name, (x + 1, y + step * (n + 0.78)), design.fonts["value"], step * 0.75, design.value_colour)
