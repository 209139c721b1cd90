"""What was read off documents as one page: each field's place drawn and numbered in the picture, and what disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fourcorners.checks.finding import Mark
from fourcorners.formats.agreement import COMPARED, fields_agree
from fourcorners.kit.geometry import Quad
from fourcorners.verdict.catalogue import text
from fourcorners.verdict.report.drawing import Shape, quarter_turns, shapes, turned_mark
from fourcorners.verdict.report.images import data_uri
from fourcorners.verdict.report.template import fill
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import ReadField
from fourcorners.vision.mrz import MrzReading
from fourcorners.vision.picture import Pixels

__all__ = ["ReadingView", "render_readings", "view_reading"]

SURE_MIN = 0.9
"""Confidence from which the checks take a value for certain."""

MARGIN = 0.05
"""Surroundings of the document that are shown, as a share of its longer side."""

PICTURE_SIDE_MAX_PX = 1800
LABEL_ZOOM = 0.6

TONES = {"different": "fail", "doubtful": "unsure", "same": "pass"}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One value of a field, and who gives it. `numbers` are those of its boxes; `confidence` 0..1 is the best one."""

    numbers: tuple[int, ...]
    title: str
    value: str
    sources: tuple[str, ...]
    confidence: float
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One document in plain values: its picture upright, boxes by tone, rows of the table, the zone."""

    file: str
    kind: str
    country: str
    uri: str
    width: int
    height: int
    boxes: tuple[tuple[str, tuple[Shape, ...]], ...]
    rows: tuple[ReadRow, ...]
    zone: tuple[str, ...]
    zone_notes: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]


def render_readings(views: Sequence[ReadingView], today: str, locale: str = "en") -> str:
    """One self-contained page for any number of documents. Raises LocaleUnknown."""
    return fill("reading.html.j2", locale, title=text("report", "reading", locale), today=today, views=views)


def view_reading(file: str, frame: DocumentFrame, locale: str = "en") -> ReadingView:
    """What the page shows of the document in `frame`, which came from `file`. Raises LocaleUnknown."""
    window = _window(frame)
    rows: list[ReadRow] = []
    marks: dict[str, list[Mark]] = {tone: [] for tone in TONES.values()}
    count = 0
    for name, entries in frame.reading.fields.items():
        for value in dict.fromkeys(entry.value for entry in entries):
            givers = [entry for entry in entries if entry.value == value]
            status, note = _status(givers[0], entries)
            placed = [entry.quad for entry in givers if entry.quad is not None]
            numbers = tuple(range(count + 1, count + 1 + len(placed)))
            count += len(placed)
            marks[TONES[status]] += [window.mark(quad, str(n)) for n, quad in zip(numbers, placed, strict=True)]
            sources = tuple(text("sources", entry.source, locale) for entry in givers)
            confidence = max(entry.confidence for entry in givers)
            rows.append(ReadRow(numbers, text("fields", name, locale), value, sources, confidence, status, note))
    return ReadingView(
        file=file,
        kind=text("kinds", frame.reading.kind, locale),
        country=frame.reading.country or "",
        uri=data_uri(window.pixels, PICTURE_SIDE_MAX_PX),
        width=window.pixels.shape[1],
        height=window.pixels.shape[0],
        boxes=tuple((tone, tuple(_shapes(here, window))) for tone, here in marks.items() if here),
        rows=tuple(rows),
        zone=() if frame.mrz is None else tuple(frame.mrz.lines),
        zone_notes=() if frame.mrz is None else _zone_notes(frame.mrz, locale),
        unread=tuple(text("scripts", script, locale) for script in frame.reading.unread_scripts),
        foreign=tuple((text("scripts", line.script, locale), line.text) for line in frame.reading.foreign_lines),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The part of the photo around the document, upright; `left` and `top` are where it lies in the turned photo."""

    pixels: Pixels
    left: int
    top: int
    turns: int
    size: tuple[int, int]

    def mark(self, quad: Quad, label: str) -> Mark:
        """A quad of the photo in pixels of this window."""
        turned = turned_mark(Mark("quad", tuple((float(x), float(y)) for x, y in quad), label), self.turns, *self.size)
        return replace(turned, points=tuple((x - self.left, y - self.top) for x, y in turned.points))


def _window(frame: DocumentFrame) -> Window:
    turns = quarter_turns(frame.page.quad)
    photo = frame.picture.pixels
    size = (photo.shape[1], photo.shape[0])
    upright = np.rot90(photo, turns)
    whole = Window(upright, 0, 0, turns, size)
    corners = np.array(whole.mark(frame.page.quad, "").points)
    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = MARGIN * float((high - low).max())
    left, top = (int(v) for v in np.maximum(low - margin, 0))
    right, bottom = (int(v) for v in np.minimum(high + margin, [upright.shape[1], upright.shape[0]]))
    return Window(upright[top:bottom, left:right], left, top, turns, size)


def _shapes(marks: Sequence[Mark], window: Window) -> list[Shape]:
    return shapes(marks, window.pixels.shape[1], window.pixels.shape[0], LABEL_ZOOM)


def _status(entry: ReadField, entries: Sequence[ReadField]) -> tuple[str, str]:
    """Does an entry contradict a more trusted source, or was it read without certainty? And what sets them apart."""
    for other in entries[: entries.index(entry)] if entry.name in COMPARED else ():
        agreement = fields_agree(entry.name, entry.value, other.value)
        if agreement.outcome == "different":
            return "different", ", ".join(agreement.reasons)
    return ("same" if entry.confidence >= SURE_MIN else "doubtful"), ""


def _zone_notes(zone: MrzReading, locale: str) -> tuple[tuple[str, str], ...]:
    """(tone, words): whether its check digits agree, and whether the reader is sure."""
    digits = ("pass", "digits_agree") if zone.check_digits_agree else ("fail", "digits_differ")
    sure = ("pass", "zone_sure") if zone.sure else ("unsure", "zone_not_sure")
    return tuple((tone, text("report", key, locale)) for tone, key in (digits, sure))
