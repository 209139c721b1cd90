"""The text that stands in a page of a PDF, as lines with places and fonts."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from fourcorners.vision.papers.glyphs import Glyph, gap, on_one_line, without_echoes
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.right_to_left import right_to_left_lines

__all__ = ["text_lines"]

SPACE_EM = 0.12
"""A gap of this many text heights is a space; letter spacing stays below."""

WIDE_SPACE_EM = 0.18
"""The same between two Chinese, Japanese or Korean signs, which may be set apart to fill a line."""

COLUMN_EM = 1.25
"""A wider gap parts two columns."""

FULL_EM, ABOVE_EM, BELOW_EM = 0.95, 0.93, 0.27
"""A box less high than the first holds one letter's ink, not its font's height: it is made so high, in ems."""

AT_LINE_END = (0x02, 0xAD)
"""What stands for a hyphen at the end of a line."""

LEVEL_RAD = 0.02
FINE = 1_000_000
"""Steps of the device space that pdfium is asked in: it answers in whole numbers."""


def text_lines(
    page: pypdfium2.PdfPage, number: int, pixels_per_point: float, characters_max: int
) -> tuple[PaperLine, ...]:
    """Lines of a page, top to bottom, then left to right; text that is invisible or not level is left out.

    Boxes are in pixels of the page drawn upright at `pixels_per_point`.
    """
    glyphs = without_echoes(list(_glyphs(page, pixels_per_point, characters_max)))
    turned, rest = right_to_left_lines(glyphs, COLUMN_EM)
    runs = [*turned, *_joined([run for run in _runs(rest) if run])]
    lines = [line for run in runs if (line := _line(run, number)) is not None]
    return tuple(sorted(lines, key=lambda line: (round(line.middle, 1), line.box[0])))


def _glyphs(page: pypdfium2.PdfPage, scale: float, characters_max: int) -> Iterator[Glyph]:
    text = page.get_textpage()
    (ax, ay), (bx, by), (cx, cy) = _to_page(page, scale).tolist()
    loose, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, tuple[str, float, bool]] = {}
    try:
        for i in range(min(text.count_chars(), characters_max)):
            code = pdfium.FPDFText_GetUnicode(text, i)
            if code in (0, 10, 13, 0xFFFE, 0xFFFF) or pdfium.FPDFText_IsGenerated(text, i) == 1:
                continue
            code = ord("-") if code in AT_LINE_END else code
            owner = pdfium.FPDFText_GetTextObject(text, i)
            key = ctypes.cast(owner, ctypes.c_void_p).value or 0
            if key not in fonts:
                fonts[key] = _font(text, i, owner)
            font, size, shown = fonts[key]
            if not shown:
                continue
            pdfium.FPDFText_GetLooseCharBox(text, i, loose)  # by the advance: gaps in it are gaps in the text
            x0, y0 = loose.left * ax + loose.top * bx + cx, loose.left * ay + loose.top * by + cy
            x1, y1 = loose.right * ax + loose.bottom * bx + cx, loose.right * ay + loose.bottom * by + cy
            pdfium.FPDFText_GetCharOrigin(text, i, x, y)
            origin, baseline = x.value * ax + y.value * bx + cx, x.value * ay + y.value * by + cy
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            em = size * float(np.hypot(matrix.c, matrix.d)) * scale
            box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            if 0 < box[3] - box[1] < FULL_EM * em:
                wide = origin + em if unicodedata.east_asian_width(chr(code)) in "WF" else 0.0
                box = min(box[0], origin), baseline - ABOVE_EM * em, max(box[2], wide), baseline + BELOW_EM * em
            yield Glyph(chr(code), *box, font, size, origin, baseline)
    finally:
        text.close()


def _to_page(page: pypdfium2.PdfPage, scale: float) -> np.ndarray:
    """The matrix (3, 2) from the page's own space to pixels of the page as drawn: crop and rotation included."""
    x, y = ctypes.c_int(), ctypes.c_int()
    width, height = page.get_size()
    rows = []
    for px, py in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        pdfium.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, px, py, x, y)
        rows.append((x.value / FINE * width * scale, y.value / FINE * height * scale))
    origin, along, up = (np.array(row) for row in rows)
    return np.vstack([(along - origin) / 1000, (up - origin) / 1000, origin])


def _font(text: pypdfium2.PdfTextPage, i: int, owner: object) -> tuple[str, float, bool]:
    """Name (without the prefix of a subset), size in points, and whether the text shows and is level."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, i, name, 128, flags)
    font = name.value.decode("utf-8", "replace") if 0 < length <= 128 else ""
    font = font[7:] if len(font) > 7 and font[6] == "+" else font
    angle = pdfium.FPDFText_GetCharAngle(text, i)
    level = min(abs(angle), abs(angle - 2 * np.pi)) < LEVEL_RAD
    shown = pdfium.FPDFTextObj_GetTextRenderMode(owner) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE if owner else True
    return font, float(pdfium.FPDFText_GetFontSize(text, i)), bool(level and shown)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that follow each other in the file and on the page."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    yield run


def _follows(a: Glyph, b: Glyph) -> bool:
    height = max(a.height, b.height, 1e-6)
    # A ligature's letters share one box: a character may begin where the one before it began.
    return on_one_line(a, b) and a.left - 0.2 * height < b.left and gap(a, b) < COLUMN_EM * height


def _joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs on one line without a wide gap between them, put together: bold text beside plain, words set one by one."""
    ordered = sorted(runs, key=lambda r: (round((r[0].top + r[0].bottom) / 2), r[0].left))
    done: list[list[Glyph]] = []
    for run in ordered:
        near = [d for d in done[-12:] if _follows(d[-1], run[0])]
        if near:
            near[-1].extend(run)
        else:
            done.append(list(run))
    return done


def _space(a: Glyph, b: Glyph) -> float:
    """The gap from which two characters are two words; wide signs may be set apart to fill a line."""
    both_wide = all(unicodedata.east_asian_width(g.character) in "WF" for g in (a, b))
    return (WIDE_SPACE_EM if both_wide else SPACE_EM) * b.height


def _line(run: Sequence[Glyph], page: int) -> PaperLine | None:
    characters: list[str] = []
    middles: list[float] = []
    for i, g in enumerate(run):
        if i and g.left - run[i - 1].right > _space(run[i - 1], g) and not g.character.isspace():
            characters.append(" ")
            middles.append((run[i - 1].right + g.left) / 2)
        characters.append(" " if g.character.isspace() else g.character)
        middles.append((g.left + g.right) / 2)
    kept = [i for i, c in enumerate(characters) if c != " " or (i and characters[i - 1] != " ")]
    while kept and characters[kept[-1]] == " ":
        kept.pop()
    while kept and characters[kept[0]] == " ":
        kept.pop(0)
    ink = [g for g in run if not g.character.isspace()]
    if not kept or not ink:
        return None
    left, right = min(g.left for g in ink), max(g.right for g in ink)
    box = (left, min(g.top for g in ink), right, max(g.bottom for g in ink))
    width = max(right - left, 1e-6)
    (font, size), _ = Counter((g.font, g.size) for g in ink).most_common(1)[0]
    places = tuple(min(max((middles[i] - left) / width, 0.0), 1.0) for i in kept)
    return PaperLine("".join(characters[i] for i in kept), box, 1.0, places, font, round(size, 2), page)
