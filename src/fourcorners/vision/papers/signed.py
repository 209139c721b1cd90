"""A signature on a paper: by pen, on whichever page, or in the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.kit.geometry import Quad
from fourcorners.vision.legibility.signature import find_stroke
from fourcorners.vision.papers.line import quad_of
from fourcorners.vision.papers.paper import Paper

__all__ = ["PenStroke", "longest_stroke", "signed_in_file"]


@dataclass(frozen=True, slots=True, eq=False)
class PenStroke:
    """`length` in page lengths, its box (4, 2) in pixels of the file's picture or page; `page` counts from 1."""

    length: float
    quad: Quad
    page: int


def longest_stroke(papers: Sequence[Paper], print_confidence_min: float, *, ruled: bool = False) -> PenStroke | None:
    """The longest stroke of a pen on any page read; on `ruled` pages the lines of tables and charts do not count.

    `print_confidence_min`: what is read less surely is no print.
    """
    best: PenStroke | None = None
    number = 0
    for paper in papers:
        for page in paper.pages:
            number += 1
            # A signature read as letters is read with little confidence, and is not print.
            printed = [quad_of(line.box) for line in page.lines if line.confidence >= print_confidence_min]
            stroke = find_stroke(paper.page_pixels(page), [], printed, ruled=ruled)
            if stroke is not None and (best is None or stroke.length > best.length):
                (left, top), (right, bottom) = stroke.quad.min(axis=0), stroke.quad.max(axis=0)
                corners = page.place((float(left), float(top), float(right), float(bottom)))
                best = PenStroke(stroke.length, corners, number)
    return best


def signed_in_file(papers: Sequence[Paper]) -> bool:
    """Does a file hold a digital signature? Nobody has checked it."""
    return any(paper.pdf is not None and paper.pdf.signatures for paper in papers)
