"""Change a paper as forgers do: name, address or date becomes another."""

import ctypes
import io
import re
from dataclasses import replace

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfgen.canvas import Canvas

from fourcorners.specimens.papers.model import EDITED_FIELDS, EDITS, PaperSpecimen, PaperTruth, SpecimenError

__all__ = ["edit_paper", "edit_text"]

NAMES = ("Victor Lindqvist", "Nadia Ferrand", "Tobias Merkel", "Clara Osborne")


def edit_paper(paper: PaperSpecimen, how: str, *, seed: int, field: str = "name") -> PaperSpecimen:
    """The paper with another name, house number or year of issue, as one of EDITS says.

    `patch`: a white patch over the old text and new text on it; `overlay`: a picture with the new text over the old;
    `update`: a patch saved as a later version of the file; `font`: the text set again in another typeface, nothing left
    under it; `same_font`: the same in the typeface that it was set in; `hidden`: the text says the new one, the page
    still shows the old; `editor`: only the program that saved it tells. Raises SpecimenError for another word, and for
    a field that is not one of EDITED_FIELDS or that the paper has no place for.
    """
    if how not in EDITS:
        raise SpecimenError(f"There is no edit called {how}; there are {', '.join(EDITS)}.")
    if field not in EDITED_FIELDS or field not in paper.places:
        raise SpecimenError(f"The field {field} cannot be edited on this paper.")
    said, truth = _changed(paper, field, np.random.default_rng((seed, 62)))
    if how == "same_font" and field == "name":  # the file holds the letters of its own text, and hardly any other
        said = " ".join(reversed(paper.texts[field].split()))
        truth = replace(paper.truth, name=said)
    data = edit_text(paper.pdf, how, paper.places[field], paper.texts[field], said)
    if how == "editor":
        return replace(paper, pdf=data, truth=replace(paper.truth, edit=how))
    shown = paper.truth if how == "hidden" else truth
    return PaperSpecimen(data, replace(shown, edit=how), paper.places, paper.texts)


def edit_text(pdf: bytes, how: str, place: tuple[float, float, float], old: str, said: str) -> bytes:
    """The PDF with the text `old` at a place (x, y, size in points) changed into `said`, in one of EDITS."""
    x, y, size = place
    width = 0.62 * size * max(len(said), len(old))
    box = (x - 1, y - 0.25 * size, x + width, y + size)
    if how == "editor":
        return pdf.replace(b"Fourcorners specimens", b"Sejda 7 pdf editor 12")
    typeface = b"Times-Roman" if b"/Helvetica" in pdf else b"Helvetica"
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    if how == "same_font":
        _set_again(document, page, box, (x, y), said, size)
    elif how == "font":
        _remove_text(page, box)
    elif how == "overlay":
        _add_picture(document, page, box, said, size)
    elif how == "hidden":
        _remove_text(page, box)
        _add_picture(document, page, box, old, size)
    else:
        _add_patch(page, box)
    if how in ("patch", "update", "font", "hidden"):
        _add_text(document, page, x, y, said, size, typeface, first=how == "hidden")
    page.gen_content()
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_INCREMENTAL if how == "update" else pdfium.FPDF_NO_INCREMENTAL)
    document.close()
    return _fixed(out.getvalue())


def _changed(paper: PaperSpecimen, field: str, rng: np.random.Generator) -> tuple[str, PaperTruth]:
    """The new text, and the truth with it."""
    truth, old = paper.truth, paper.texts[field]
    if field == "name":
        name = str(rng.choice(NAMES))
        return name, replace(truth, name=name)
    if field == "address":
        number = str(rng.integers(200, 900))
        line = re.sub(r"\d+", number, old, count=1) if re.search(r"\d", old) else f"{old} {number}"
        return line, replace(truth, address=truth.address.replace(old.split(", ")[0], line.split(", ")[0], 1))
    year = truth.issue_date.year
    return old.replace(str(year), str(year - 1)), replace(truth, issue_date=truth.issue_date.replace(year=year - 1))


def _set_again(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    box: tuple[float, float, float, float],
    at: tuple[float, float],
    said: str,
    size: float,
) -> None:
    """Text taken out of a box and other text set at a place in the same font, as the last of the page."""
    left, bottom, _, top = box
    olds = [
        item
        for item in page.get_objects()
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT and _begins_in(item.get_bounds(), left, bottom, top)
    ]
    font = pdfium.FPDFTextObj_GetFont(olds[0])
    item = pdfium.FPDFPageObj_CreateTextObj(document, font, size)
    _write(item, said, *at)
    _remove_text(page, box)
    pdfium.FPDFPage_InsertObject(page, item)


def _begins_in(bounds: tuple[float, float, float, float], left: float, bottom: float, top: float) -> bool:
    return left - 2 <= bounds[0] <= left + 4 and bottom <= (bounds[1] + bounds[3]) / 2 <= top


def _write(item: object, said: str, x: float, y: float) -> None:
    encoded = ctypes.create_string_buffer((said + "\0").encode("utf-16-le"))
    pdfium.FPDFText_SetText(item, ctypes.cast(encoded, pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)


def _remove_text(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    for item in list(page.get_objects()):
        x0, y0, x1, y1 = item.get_bounds()
        inside = left - 2 <= x0 and x1 <= right + 80 and bottom <= (y0 + y1) / 2 <= top
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT and inside:
            page.remove_obj(item)


def _add_patch(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    patch = pdfium.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    pdfium.FPDFPageObj_SetFillColor(patch, 255, 255, 255, 255)
    pdfium.FPDFPath_SetDrawMode(patch, pdfium.FPDF_FILLMODE_WINDING, 0)
    pdfium.FPDFPage_InsertObject(page, patch)


def _add_text(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    x: float,
    y: float,
    said: str,
    size: float,
    typeface: bytes,
    *,
    first: bool,
) -> None:
    item = pdfium.FPDFPageObj_NewTextObj(document, typeface, size)
    _write(item, said, x, y)
    if first:
        pdfium.FPDFPage_InsertObjectAtIndex(page, item, 0)
    else:
        pdfium.FPDFPage_InsertObject(page, item)


def _add_picture(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    box: tuple[float, float, float, float],
    said: str,
    size: float,
) -> None:
    """A picture of a line of text on white, laid over a box."""
    left, bottom, right, top = box
    slip = io.BytesIO()
    canvas = Canvas(slip, pagesize=(right - left, top - bottom), invariant=1)
    canvas.setFont("Helvetica", size)
    canvas.drawString(1, 0.25 * size, "".join(c if ord(c) < 256 else "?" for c in said))
    canvas.save()
    drawn = pypdfium2.PdfDocument(slip.getvalue())[0].render(scale=4)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(drawn)
    image.set_matrix(pypdfium2.PdfMatrix().scale(right - left, top - bottom).translate(left, bottom))
    page.insert_obj(image)


def _fixed(data: bytes) -> bytes:
    """The file with an identifier that does not change from run to run: as many bytes as before."""
    return re.sub(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]", lambda m: _zeros(m[0]), data)


def _zeros(identifier: bytes) -> bytes:
    return re.sub(rb"(?<=<)[0-9A-Fa-f]+(?=>)", lambda m: b"0" * len(m[0]), identifier)
