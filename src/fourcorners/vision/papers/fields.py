"""What was read of a paper: a value, and the lines that it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fourcorners.vision.papers.line import PaperLine, around
from fourcorners.vision.papers.words import words_of

__all__ = ["PaperField", "joined"]

PREFIXES = words_of("places", "thai_prefixes")
"""Words that are joined to the name of a place, though a line ends between them."""


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field of a paper: `value` with its `confidence` 0..1 and the `lines` that it was read from."""

    value: str
    confidence: float
    lines: tuple[PaperLine, ...]

    @property
    def page(self) -> int:
        """The page that it stands on, from 0."""
        return self.lines[0].page

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Around its lines, in page pixels."""
        return around([line.box for line in self.lines if line.page == self.page])


def joined(lines: Sequence[PaperLine], confidence: float, between: str = ", ") -> PaperField:
    """One field from several lines, one below the other, with `between` where a line ends."""
    pieces = [line.text.strip(" ,;") for line in lines]
    value = pieces[0] + "".join(
        piece if before.endswith(PREFIXES) else between + piece for before, piece in pairwise(pieces)
    )
    return PaperField(value, round(confidence * min(line.confidence for line in lines), 3), tuple(lines))
