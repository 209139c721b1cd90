"""The part of a photo that is searched for coverings: the face with hair, hat, neck."""

import numpy as np

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import Affine, square

__all__ = ["BELOW_EYES_UNITS", "SIDE_PX", "WINDOW_UNITS", "window_at"]

SIDE_PX = 150
WINDOW_UNITS = 3.75
"""Side of the window by the distance between the eyes."""

BELOW_EYES_UNITS = 0.35
"""How far the middle of the window lies below that of the eyes."""


def window_at(eyes: Points) -> Affine:
    """The map from pixels of the window to those of the photo, for the right and the left eye (2, 2) in the photo."""
    dx, dy = eyes[1] - eyes[0]
    unit, angle = max(float(np.hypot(dx, dy)), 1e-3), float(np.arctan2(dy, dx))
    centre = eyes.mean(axis=0) + BELOW_EYES_UNITS * unit * np.array([-np.sin(angle), np.cos(angle)])
    return square(centre, WINDOW_UNITS * unit, angle, SIDE_PX)
