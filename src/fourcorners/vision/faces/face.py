"""A face that was found."""

from dataclasses import dataclass

import numpy as np

from fourcorners.kit.geometry import Points

__all__ = ["Face"]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face in pixels of the picture it was looked for in.

    `box` is [[left, top], [right, bottom]], about from the brows to the chin; parts may lie outside the picture.
    `points` (6, 2): right eye, left eye, nose tip, mouth, right and left ear, of the person: the right eye of an
    upright face lies on the left. `score` is the detector's, 0..1. `presence` is the landmark network's evidence, a
    logit: clear faces reach 30 to 60, covered or turned ones 5 to 30, what is no face stays below 3.
    """

    box: Points
    points: Points
    score: float
    presence: float

    @property
    def width(self) -> float:
        """Width of the box in pixels."""
        return float(self.box[1, 0] - self.box[0, 0])

    @property
    def height(self) -> float:
        """Height of the box in pixels."""
        return float(self.box[1, 1] - self.box[0, 1])

    @property
    def angle(self) -> float:
        """Direction of the line from the right to the left eye in radians, clockwise in the picture; 0 is upright."""
        dx, dy = self.points[1] - self.points[0]
        return float(np.arctan2(dy, dx))
