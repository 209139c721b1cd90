"""Marks on a paper: of certified copies, of translations, of notaries, of drafts; and signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourcorners.vision.papers import Paper, PaperLine
from fourcorners.vision.papers.labels import table
from fourcorners.vision.papers.signed import PenStroke, longest_stroke, signed_in_file

from .words import PACKAGE, first_phrase, words_of

__all__ = ["Signature", "find_marks", "find_signature"]


@dataclass(frozen=True, slots=True)
class Signature:
    """How a paper is signed. `typed`: words say that it was signed electronically, which shows little by itself.

    `asked`: the line under or beside which somebody signs. `whole`: every page was looked at.
    """

    pen: PenStroke | None
    in_file: bool
    typed: PaperLine | None
    asked: PaperLine | None
    whole: bool


def find_marks(lines: Sequence[PaperLine]) -> Mapping[str, PaperLine]:
    """Marks by name, each with the first line that bears it."""
    found = {name: first_phrase(lines, phrases) for name, phrases in table("marks", PACKAGE).items()}
    return {name: line for name, line in found.items() if line is not None}


def find_signature(paper: Paper, print_confidence_min: float) -> Signature:
    """The signature by pen on any page read, or in the file, and whether a page asks for one."""
    whole = paper.pdf is None or paper.pdf.pages == len(paper.pages)
    return Signature(
        longest_stroke([paper], print_confidence_min, ruled=True),
        signed_in_file([paper]),
        first_phrase(paper.lines, words_of("signatures", "typed")),
        first_phrase(paper.lines, words_of("signatures", "asked")),
        whole,
    )
