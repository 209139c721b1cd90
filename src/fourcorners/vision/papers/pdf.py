"""PDF files: refused when they hold more than pages, else opened."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from threading import Lock

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from fourcorners.kit.data import load_toml
from fourcorners.vision.decode.refusals import FileDamaged, FileTruncated
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.pdf_text import text_lines
from fourcorners.vision.papers.refusals import (
    PageTooLarge,
    PdfAttachment,
    PdfEmpty,
    PdfEncrypted,
    PdfScripted,
    PdfTooLong,
)
from fourcorners.vision.picture import Pixels

__all__ = [
    "ADDRESS",
    "INSTITUTION",
    "PDFIUM",
    "Extent",
    "PdfFile",
    "draw_page",
    "open_pdf",
    "pdf_limits",
    "revisions_of",
]

PDFIUM = Lock()
"""pdfium is not safe to use from two threads."""

ATTACHMENTS_NAMED_MAX = 20
PACKED_BYTES_MAX = 8_000_000

END_SEARCH_BYTES = 2048
"""PDF readers look for the end mark in the last kilobyte; some writers pad behind it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a paper is read: an entry of `extents` in limits.toml, which explains it."""

    pages_max: int
    first: int
    last: int
    pictures: int
    picture_bytes_max: int | None = None

    def pages(self, count: int) -> tuple[int, ...]:
        """The pages of `count`, from 0, whose text is read."""
        return tuple(n for n in range(count) if n < self.first or n >= count - self.last)

    def drawn(self, count: int) -> tuple[int, ...]:
        """Those of them that are read off as pictures where they hold no text."""
        read = self.pages(count)
        if len(read) <= self.pictures:
            return read
        ends = 1 if self.last else 0
        return (*read[: self.pictures - ends], *read[len(read) - ends :])


@dataclass(frozen=True, slots=True)
class PdfFile:
    """What is in a PDF. `lines` of each page read, `sizes` (width, height) in pixels of the pages drawn upright.

    `numbers` says which pages of the file these are, from 0, and `drawn` which may be read off as pictures.
    `metadata` holds Producer, Creator, CreationDate, ModDate and, as `XMP`, the words of the XMP packet.
    `signatures` counts the digital signatures in it; nobody has checked them.
    """

    data: bytes
    pages: int
    lines: tuple[tuple[PaperLine, ...], ...]
    sizes: tuple[tuple[int, int], ...]
    metadata: Mapping[str, str]
    signatures: int = 0
    numbers: tuple[int, ...] = ()
    drawn: tuple[int, ...] = ()


def pdf_limits() -> Mapping[str, int | float]:
    """The limits of limits.toml."""
    return load_toml("fourcorners.vision.papers", "limits.toml")


def _extent(name: str) -> Extent:
    return Extent(**load_toml("fourcorners.vision.papers", "limits.toml")["extents"][name])


ADDRESS = _extent("address")
INSTITUTION = _extent("institution")


def open_pdf(data: bytes, extent: Extent = ADDRESS) -> PdfFile:
    """Refuse or read the PDF in `data`.

    Raises FileTruncated, FileDamaged, PdfEncrypted, PdfScripted, PdfAttachment, PdfEmpty, PdfTooLong, PageTooLarge.
    """
    _check_names(data)
    limits = pdf_limits()
    with PDFIUM:
        document = _opened(data)
        try:
            count = len(document)
            if count == 0:
                raise PdfEmpty("The PDF has no page.")
            if count > extent.pages_max:
                raise PdfTooLong(
                    f"The PDF has more than {extent.pages_max} pages.", pages=count, limit_pages=extent.pages_max
                )
            _check_parts(document)
            lines, sizes, numbers = [], [], extent.pages(count)
            for place, number in enumerate(numbers):
                page = document[number]
                width, height = page.get_size()
                if not 0 < max(width, height) <= limits["page_side_pt_max"]:
                    raise PageTooLarge("A page of the PDF is larger than any paper.", page=number)
                scale = limits["pixels_per_point"]
                lines.append(text_lines(page, place, scale, int(limits["characters_max"])))
                sizes.append((round(width * scale), round(height * scale)))
                page.close()
            signed = max(0, pdfium.FPDF_GetSignatureCount(document))
            told = _metadata(document, data)
            return PdfFile(data, count, tuple(lines), tuple(sizes), told, signed, numbers, extent.drawn(count))
        except pypdfium2.PdfiumError as error:
            raise FileDamaged("A page of the PDF cannot be read.", cause=str(error)) from error
        finally:
            document.close()


def draw_page(file: PdfFile, place: int) -> Pixels:
    """One of the pages read (`place` counts them from 0) as a person sees it, (h, w, 3) RGB. Raises FileDamaged.

    At the scale of the lines' boxes.
    """
    with PDFIUM:
        document = _opened(file.data)
        try:
            bitmap = document[file.numbers[place]].render(
                scale=float(pdf_limits()["pixels_per_point"]), rev_byteorder=True
            )
            return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        except pypdfium2.PdfiumError as error:
            raise FileDamaged("A page of the PDF cannot be drawn.", cause=str(error)) from error
        finally:
            document.close()


def revisions_of(data: bytes) -> tuple[int, ...]:
    """Where each version of the file ends, the first first: a PDF that was changed and saved again has several.

    A linearised file ("fast web view") has an end mark behind its first page, which is no version.
    """
    ends = [found.end() for found in re.finditer(rb"startxref\s+(\d+)\s+%%EOF", data)]
    linearised = b"/Linearized" in data[:1024]
    return tuple(ends[1:] if linearised and len(ends) > 1 else ends)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise PdfEncrypted("The PDF is locked with a password.") from error
        if b"%%EOF" not in data[-END_SEARCH_BYTES:]:
            raise FileTruncated("The PDF ends before its end mark.") from error
        raise FileDamaged("The PDF cannot be opened.", cause=str(error)) from error


def _check_names(data: bytes) -> None:
    """Refuse a file whose objects, packed or not, name something that runs or hides."""
    if b"%%EOF" not in data[-END_SEARCH_BYTES:]:
        raise FileTruncated("The PDF ends before its end mark.")
    readable = _plain_names(data) + b"".join(_packed_objects(data))
    names = {n.decode("latin-1") for n in re.findall(rb"/([A-Za-z]{2,24})\b", readable)}
    table = load_toml("fourcorners.vision.papers", "limits.toml")["refused_names"]
    if found := sorted(names & set(table["scripted"])):
        raise PdfScripted("The PDF runs, sends or fetches something.", names=found)
    if found := sorted(names & set(table["attached"])):
        raise PdfAttachment("The PDF carries other files.", names=found)


def _plain_names(data: bytes) -> bytes:
    """The file without its streams, escapes in names (`/J#61vaScript`) written out."""
    bare = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), bare)


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """The contents of object streams (PDF 1.5), in which newer files keep their dictionaries."""
    left = PACKED_BYTES_MAX
    for found in re.finditer(rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n", data):
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() : found.end() + left], left)
        except zlib.error:
            continue  # not deflated, or damaged: pdfium will say
        yield unpacked
        left = max(1, left - len(unpacked))


def _check_parts(document: pypdfium2.PdfDocument) -> None:
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise PdfScripted("The PDF runs a script.", names=["JavaScript"])
    welcome = load_toml("fourcorners.vision.papers", "limits.toml")["invoice_data_names"]
    count = min(document.count_attachments(), ATTACHMENTS_NAMED_MAX)
    names = [document.get_attachment(i).get_name()[:80] for i in range(count)]
    if found := sorted(n for n in names if not any(fnmatch(n.casefold(), pattern) for pattern in welcome)):
        raise PdfAttachment("The PDF carries other files.", names=found)


def _xmp(data: bytes) -> re.Match[bytes] | None:
    """The document's own XMP packet, not one of a logo in it; None where the catalogue cannot be read as it stands."""
    catalogue = re.search(rb"/Type\s*/Catalog\b[^>]{0,2000}?/Metadata\s+(\d+)\s+0\s+R", data) or re.search(
        rb"/Metadata\s+(\d+)\s+0\s+R[^>]{0,2000}?/Type\s*/Catalog\b", data
    )
    at = re.search(rb"(?<!\d)" + catalogue[1] + rb"\s+0\s+obj\b", data) if catalogue else None
    return re.compile(rb"<x:xmpmeta.{0,65536}?</x:xmpmeta>", re.DOTALL).search(data, at.end()) if at else None


def _metadata(document: pypdfium2.PdfDocument, data: bytes) -> dict[str, str]:
    texts = {key: value[:200] for key, value in document.get_metadata_dict(skip_empty=True).items()}
    packet = _xmp(data)
    if packet:
        tools = re.findall(rb"(?:CreatorTool|Producer|softwareAgent)(?:>|=\")([^<\"]{1,200})", packet[0])
        texts["XMP"] = " ".join(tool.decode("utf-8", "replace") for tool in tools)[:400]
    return texts
