"""Which way up a page is: its lines of text vote, and where they do not agree its faces decide."""

import numpy as np

from fourcorners.vision.faces import find_faces
from fourcorners.vision.page import Page, turned
from fourcorners.vision.picture import Pixels, quarter_turned
from fourcorners.vision.text import text_votes

__all__ = ["upright"]

CLEAR_TEXT = 9.0
"""Log odds from which text alone decides: the votes of one line that is certain, or of several that are not."""

FACE_WEIGHT = 12.0
"""Log odds of a face that the detector is certain of. Faces stand upright on documents; those on their heads are rarely
found at all, but a hologram or an emblem may pass for one."""


def upright(page: Page, *, large_print: bool = False) -> Page:
    """The page turned by quarter turns so that its text and its portrait stand upright; as it was without either.

    `large_print`: it is an identity document's, whose longest lines tell soonest.
    """
    votes = np.array(text_votes(page.pixels, large_print=large_print))
    if votes.max() < CLEAR_TEXT:
        votes += [_face_vote(quarter_turned(page.pixels, k)) for k in range(4)]
    return turned(page, int(np.argmax(votes)))


def _face_vote(pixels: Pixels) -> float:
    """Log odds for a page that shows a face this way up; the surest of its faces counts."""
    level = [face.score for face in find_faces(pixels) if abs(face.angle) < np.pi / 4]
    return FACE_WEIGHT * max(level, default=0.0)
