"""Whether a PDF's page shows what its text says."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from fourcorners.formats.names import plain
from fourcorners.vision.papers.fields import PaperField
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.paper import Paper
from fourcorners.vision.papers.picture_text import read_at

__all__ = ["Shown", "compare_shown"]

MARGIN = 0.12
"""Lines are cut this share of their height larger: a font's box may be tighter than its letters."""

LETTERS_MIN = 3
READABLE_SHARE_MIN = 0.8
ALIKE = str.maketrans("OQIL", "0011")
LINES_MAX = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the PDF beside what its page shows there; `likeness` 0..1 of the letters."""

    line: PaperLine
    text: str
    likeness: float


def compare_shown(paper: Paper, fields: Iterable[PaperField]) -> tuple[Shown, ...]:
    """The lines of some fields on the first page, each as drawn. Scripts that we cannot read are left out."""
    lines = list({line.box: line for f in fields for line in f.lines if line.page == 0}.values())
    known = [line for line in lines if _is_readable(line.text)][:LINES_MAX]
    texts = read_at(paper.drawn, [_larger(line) for line in known]) if known else ()
    return tuple(
        Shown(line, text, SequenceMatcher(None, _latin(line.text), _latin(text), autojunk=False).ratio())
        for line, (text, _) in zip(known, texts, strict=True)
    )


def _is_readable(text: str) -> bool:
    """Enough letters and digits, and hardly one of a script in which numbers among words are lost, too?"""
    known = len(_latin(text))
    return known >= LETTERS_MIN and known >= READABLE_SHARE_MIN * sum(c.isalnum() for c in text)


def _larger(line: PaperLine) -> tuple[float, float, float, float]:
    left, top, right, bottom = line.box
    more = MARGIN * line.height
    return left - 2 * more, top - more, right + 2 * more, bottom + more


def _latin(text: str) -> str:
    """The letters and digits, those that look alike as one: a reader that takes O for 0 has seen the same page."""
    return "".join(c for word in text.split() for c in plain(word) if c.isascii()).translate(ALIKE)
