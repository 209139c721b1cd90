"""Which way up a page is: faces vote."""

import numpy as np

from fourcorners.vision.faces import find_faces
from fourcorners.vision.page import Page, turned

__all__ = ["upright"]


def upright(page: Page) -> Page:
    """The page turned by quarter turns so that what it shows stands upright."""
    scores = [
        max((f.score for f in find_faces(np.ascontiguousarray(np.rot90(page.pixels, k)))), default=0.0)
        for k in range(4)
    ]
    return turned(page, int(np.argmax(scores)))
