"""Characters of a PDF as they stand on its page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Glyph", "gap", "on_one_line", "without_echoes"]

BASELINE_EM = 0.35
"""Characters whose baselines differ by less than this many heights stand on one line."""

ECHO_REACH = 6
"""An echo follows its cluster within so many characters."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box in page pixels, font, size (points), and where the file sets it (pixels)."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    font: str
    size: float
    origin: float
    baseline: float

    @property
    def height(self) -> float:
        """Height of the box in pixels; 0 for a space that the file does not draw."""
        return self.bottom - self.top


def gap(a: Glyph, b: Glyph) -> float:
    """Pixels from the end of one character to the beginning of the next to its right."""
    return b.left - a.right


def on_one_line(a: Glyph, b: Glyph) -> bool:
    """Do two characters stand on one line?"""
    return abs(a.baseline - b.baseline) < BASELINE_EM * max(a.height, b.height, 1e-6)


def without_echoes(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Characters without those that the file says twice.

    Where a letter is drawn with its marks apart ("\u0e1f\u0e49": a letter, a tone), some programs say the whole cluster
    at the letter and again at each mark. A cluster is what stands at one origin; its echo lies over it.
    """
    clusters: list[list[Glyph]] = []
    for glyph in glyphs:
        if clusters and (glyph.origin, glyph.baseline) == (clusters[-1][0].origin, clusters[-1][0].baseline):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    kept: list[list[Glyph]] = []
    for cluster in clusters:
        if not any(_echoes(earlier, cluster) for earlier in kept[-ECHO_REACH:]):
            kept.append(cluster)
    return [glyph for cluster in kept for glyph in cluster]


def _echoes(a: Sequence[Glyph], b: Sequence[Glyph]) -> bool:
    said = [g.character for g in b]
    marked = len(said) > 1 and any(unicodedata.category(c) == "Mn" for c in said)
    return marked and said == [g.character for g in a] and on_one_line(a[0], b[0]) and b[0].left < a[-1].right
