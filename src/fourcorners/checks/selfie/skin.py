"""Where skin is expected on a face: cheeks, forehead and nose, without eyes, brows, mouth and the edge of the face."""

from fourcorners.vision.faces import FaceView
from fourcorners.vision.faces.view import Mask

__all__ = ["skin_area"]

RIGHT_CHEEK = (116, 117, 118, 119, 100, 126, 142, 36, 205, 187, 123)
LEFT_CHEEK = (345, 346, 347, 348, 329, 355, 371, 266, 425, 411, 352)
FOREHEAD = (109, 10, 338, 337, 151, 108)
NOSE = (168, 197, 5, 4, 275, 45, 51, 3, 196)
"""Mesh points around the areas."""


def skin_area(view: FaceView) -> Mask:
    """The pixels of `view` on which skin is expected (not: is seen; a mask or hat may lie there)."""
    return view.area(RIGHT_CHEEK) | view.area(LEFT_CHEEK) | view.area(FOREHEAD) | view.area(NOSE)
