"""What is known about where the document lies."""

from dataclasses import dataclass

import cv2
import numpy as np

from fourcorners.kit.geometry import Points, Quad

__all__ = ["Outline"]

AGAINST = 0.03
"""Of the document's longest side: what comes so near lies against it, or under it."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The document's four sides as a quad.

    `quad` (4, 2) holds the crossings of the four side lines in photo pixels (pixel centres at whole numbers), clockwise
    in the photo, from any start corner; a rounded or folded corner lies inside its crossing, and a crossing may lie
    outside the photo. `confidence` is 0..1. `corner_visible[i]` is false where corner i is outside the frame, covered,
    folded, punched or cut off, `corner_whole[i]` the chance 0..1 that it is not, judged where it is inside the frame.
    `other_documents` counts what looks like a further document at first sight, without the opposite page of an open
    booklet; `beside` (quads in photo pixels) are these, that page, and what a second look adds: printed matter looks
    like documents too.
    """

    quad: Quad
    confidence: float
    corner_visible: tuple[bool, bool, bool, bool]
    other_documents: int
    corner_whole: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    beside: tuple[Quad, ...] = ()

    def touches(self, other: Quad) -> bool:
        """Whether a corner, or the middle of a side, of another quad is on the document or next to it."""
        points: Points = np.concatenate([other, (other + np.roll(other, 1, axis=0)) / 2])
        longest = float(np.linalg.norm(self.quad - np.roll(self.quad, 1, axis=0), axis=1).max())
        mine = self.quad.astype(np.float32)
        inward = max(cv2.pointPolygonTest(mine, (float(x), float(y)), True) for x, y in points)
        return inward > -AGAINST * longest
