"""A file handed in as proof of address, with all that was measured in it, computed once, when first asked for."""

import hashlib
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np

from fourcorners.kit.geometry import Quad, quad_iou
from fourcorners.kit.lazy import lazy
from fourcorners.vision.decode import decode
from fourcorners.vision.decode.files import read_file
from fourcorners.vision.decode.refusals import FileEmpty, FileTooLarge, FileTypeMismatch
from fourcorners.vision.decode.signatures import suffix_types, type_of
from fourcorners.vision.orientation import upright
from fourcorners.vision.outline import Outline, find_outline
from fourcorners.vision.page import Page, rectify
from fourcorners.vision.papers.line import Box, PaperLine, quad_of
from fourcorners.vision.papers.pdf import ADDRESS, Extent, PdfFile, draw_page, open_pdf, pdf_limits
from fourcorners.vision.papers.picture_text import picture_lines
from fourcorners.vision.papers.reading import PaperReading, read_paper
from fourcorners.vision.papers.refusals import PdfEmpty
from fourcorners.vision.picture import Picture, Pixels

__all__ = ["Paper", "PaperPage", "Reader", "open_paper"]

PAGE_SIDE_MAX_PX = 1800
"""Longest side of a page cut from a photo: A4 at 155 dpi, where 7-point print is 15 px high."""

SHEET_SHARE = (0.15, 0.97)
"""An outline that holds less of the picture is a part of the page, such as a table; one that holds more is its edge."""

LINES_MIN = 4

PAPER_STEP_MIN = 14.0
"""Grey levels by which a table differs from the sheet on it. Less: the outline is a frame printed on the page."""

Reader = Callable[[tuple[PaperLine, ...], float], PaperReading]
"""Makes a reading of a paper's lines and the height of its first page in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class PaperPage:
    """A page: its lines, and its size (width, height) in pixels. `flat` is the page cut from a photo, else None.

    `unread` is the share 0..1 of the lines of a picture that could not be read.
    """

    number: int
    lines: tuple[PaperLine, ...]
    size: tuple[int, int]
    flat: Page | None = None
    unread: float = 0.0

    def place(self, box: Box) -> Quad:
        """A box of the page as a quad in pixels of the file's own picture or page."""
        return quad_of(box) if self.flat is None else self.flat.to_photo(quad_of(box))


class Paper:
    """A PDF or a picture of a page."""

    def __init__(
        self, name: str, sha256: str, size_bytes: int, source: PdfFile | Picture, read: Reader = read_paper
    ) -> None:
        """Use `open_paper`."""
        self.name, self.sha256, self.size_bytes, self._read = name, sha256, size_bytes, read
        self.pdf = source if isinstance(source, PdfFile) else None
        self.picture = source if isinstance(source, Picture) else None

    @property
    def format(self) -> str:
        """PDF, JPEG, PNG, ..."""
        return "PDF" if self.picture is None else self.picture.format

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of every file that the paper came in."""
        return (self.sha256,)

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the file says about the programs that made it."""
        source = self.pdf or self.picture
        return {} if source is None else source.metadata

    @lazy
    def outline(self) -> Outline | None:
        """The sheet's edges in a photo; None in a PDF, a scan or a screenshot, which show nothing but the page."""
        if self.picture is None:
            return None
        found = find_outline(self.picture.pixels)
        return found if found is not None and _is_sheet(self.picture.pixels, found.quad) else None

    @lazy
    def pages(self) -> tuple[PaperPage, ...]:
        """The pages that are read, each with its lines."""
        if self.pdf is not None:
            return tuple(self._pdf_page(number) for number in range(len(self.pdf.lines)))
        assert self.picture is not None  # noqa: S101 - one of the two is there
        pixels = self.picture.pixels
        h, w = pixels.shape[:2]
        whole: Quad = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5
        for quad in (whole,) if self.outline is None else (self.outline.quad, whole):
            flat = upright(rectify(pixels, quad, PAGE_SIDE_MAX_PX))
            lines, unread = picture_lines(flat.pixels)
            if len(lines) >= LINES_MIN:  # an outline without text in it was none
                break
        height, width = flat.pixels.shape[:2]
        return (PaperPage(0, lines, (width, height), flat, unread),)

    @lazy
    def drawn(self) -> Pixels:
        """The first page (h, w, 3) as a person sees it."""
        if self.pdf is not None:
            return draw_page(self.pdf, 0)
        flat = self.pages[0].flat
        assert flat is not None  # noqa: S101 - a picture has one
        return flat.pixels

    def page_pixels(self, page: PaperPage) -> Pixels:
        """A page (h, w, 3) as a person sees it, in the pixels of its lines' boxes."""
        if page.flat is not None:
            return page.flat.pixels
        assert self.pdf is not None  # noqa: S101 - only pages of pictures are flat
        return self.drawn if page.number == 0 else draw_page(self.pdf, page.number)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels, of what the places of the first page are told in."""
        if self.picture is None:
            return self.pages[0].size
        height, width = self.picture.pixels.shape[:2]
        return width, height

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """The lines of all pages read."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def has_text(self) -> bool:
        """Does its text stand in the file, rather than in a picture?"""
        return self.pdf is not None and _characters(self.pdf.lines[0]) >= pdf_limits()["text_characters_min"]

    @lazy
    def reading(self) -> PaperReading:
        """Kind and fields."""
        return self._read(self.lines, self.pages[0].size[1])

    def page_number(self, page: int) -> int:
        """The page of the file, from 1, of a page read, from 0: long files are not read whole."""
        return (self.pdf.numbers[page] if self.pdf is not None else page) + 1

    def read_by(self, read: Reader) -> "Paper":
        """The same paper, with fields made by another reader; what was measured is kept."""
        other = copy(self)
        other._read = read  # noqa: SLF001 - its own class
        other.__dict__.pop("reading", None)
        return other

    def _pdf_page(self, number: int) -> PaperPage:
        assert self.pdf is not None  # noqa: S101 - only called for one
        lines, size, unread = self.pdf.lines[number], self.pdf.sizes[number], 0.0
        if self.pdf.numbers[number] in self.pdf.drawn and _characters(lines) < pdf_limits()["text_characters_min"]:
            lines, unread = picture_lines(self.drawn if number == 0 else draw_page(self.pdf, number), number)
        return PaperPage(number, lines, size, unread=unread)


def open_paper(
    source: bytes | str | Path, name: str | None = None, extent: Extent = ADDRESS, read: Reader = read_paper
) -> Paper:
    """Open a PDF or a picture (a path, or the bytes of one called `name`).

    `extent` says how many of its pages are read, `read` makes fields of their lines.

    Raises PictureRefused or, for a PDF, PaperRefused as well; their subclasses name the causes.
    """
    if not isinstance(source, bytes):
        name = PurePath(source).name if name is None else name
        source = read_file(source, _check_bytes)
    name = name or ""
    if not source:
        raise FileEmpty("The file is empty.")
    _check_bytes(len(source))
    digest = hashlib.sha256(source).hexdigest()
    if type_of(source) != "PDF":
        return Paper(name, digest, len(source), decode(source, name=name, bytes_max=extent.picture_bytes_max), read)
    expected = suffix_types(PurePath(name).suffix[1:])
    if expected and "PDF" not in expected:
        raise FileTypeMismatch(f"The file is called {' or '.join(sorted(expected))} but is PDF.", type="PDF")
    file = open_pdf(source, extent)
    paper = Paper(name, digest, len(source), file, read)
    if not any(file.lines) and float(np.ptp(paper.drawn)) < 8:
        raise PdfEmpty("Nothing is on the pages of the PDF.")
    return paper


def _check_bytes(size: int) -> None:
    limit = int(pdf_limits()["file_bytes_max"])
    if size > limit:
        raise FileTooLarge(f"The file has more than {limit // 1_000_000} MB.", size_bytes=size, limit_bytes=limit)


def _characters(lines: tuple[PaperLine, ...]) -> int:
    return sum(len(line.text) for line in lines)


def _is_sheet(pixels: Pixels, quad: Quad) -> bool:
    """Is the outline the edge of a sheet on something else, and not a frame or the page's own edge?"""
    h, w = pixels.shape[:2]
    whole = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64)
    share = quad_iou(np.asarray(quad, dtype=np.float64), whole)
    if not SHEET_SHARE[0] < share < SHEET_SHARE[1]:
        return False
    centre = quad.mean(axis=0)
    inside: list[np.ndarray] = []
    outside: list[np.ndarray] = []
    for a, b in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        for t in np.linspace(0.08, 0.92, 15):
            edge = a + t * (b - a)
            for store, scale in ((inside, 0.965), (outside, 1.035)):
                x, y = np.round(centre + scale * (edge - centre)).astype(int)
                if 0 <= x < w and 0 <= y < h:
                    store.append(pixels[y, x].astype(np.float64))
    if len(outside) < 8:
        return False
    return bool(np.abs(np.median(inside, axis=0) - np.median(outside, axis=0)).max() >= PAPER_STEP_MIN)
