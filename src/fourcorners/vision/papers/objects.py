"""What stands on the first page of a PDF, in the order in which it was written."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from fourcorners.vision.papers.line import Box
from fourcorners.vision.papers.paper import Paper
from fourcorners.vision.papers.pdf import PDFIUM, pdf_limits

__all__ = ["PageObject", "objects_of"]

LIGHT_MIN = 200
"""Grey level from which a patch may stand for paper."""


@dataclass(frozen=True, slots=True)
class PageObject:
    """`kind` is text, patch or picture; `box` in page pixels. Of text: what it says, its font with the tag of its
    subset ("ABCDEF+Roboto-Regular"), and the colour that fills it (red, green, blue)."""

    kind: str
    box: Box
    text: str = ""
    font: str = ""
    colour: tuple[int, int, int] = (0, 0, 0)


def objects_of(paper: Paper) -> list[PageObject]:
    """The objects of a PDF's first page that may have to do with an edit. Text that does not show is left out."""
    assert paper.pdf is not None  # noqa: S101 - the caller looked
    scale, height = float(pdf_limits()["pixels_per_point"]), paper.pages[0].size[1]
    found = []
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.pdf.data)
        try:
            page = document[0]
            text = page.get_textpage()
            for item in page.get_objects(max_depth=3):
                kind = _kind(item)
                if kind is None:
                    continue
                left, bottom, right, top = item.get_bounds()
                box = (left * scale, height - top * scale, right * scale, height - bottom * scale)
                if kind == "text":
                    said = text.get_text_bounded(left, bottom, right, top)
                    found.append(PageObject(kind, box, said, _font(item), _colour(item)))
                else:
                    found.append(PageObject(kind, box))
            text.close()
        finally:
            document.close()
    return found


def _font(item: pypdfium2.PdfObject) -> str:
    font = pdfium.FPDFTextObj_GetFont(item)
    name = ctypes.create_string_buffer(128)
    length = pdfium.FPDFFont_GetBaseFontName(font, name, 128) if font else 0
    return name.value.decode("utf-8", "replace") if 0 < length <= 128 else ""


def _colour(item: pypdfium2.PdfObject) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _kind(item: pypdfium2.PdfObject) -> str | None:
    if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
        shown = pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        return "text" if shown else None
    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return "picture"
    if item.type == pdfium.FPDF_PAGEOBJ_PATH and _is_light_fill(item):
        return "patch"
    return None


def _is_light_fill(item: pypdfium2.PdfObject) -> bool:
    """Is a path filled, opaquely, with a colour that may pass for paper?"""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= LIGHT_MIN and alpha.value > 250
