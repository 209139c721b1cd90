"""Dense landmarks of one face, and what follows from them: pose, eyes, mouth, contour."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.eyes import Eye, look_at_eye
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.mesh_network import crop_for_box, crop_for_points, landmarks
from fourcorners.vision.picture import Pixels

__all__ = ["FaceMesh", "Pose", "fit_mesh"]

OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""Points along the outline of the face, from the middle of the forehead clockwise in the picture."""

MIRROR_PAIRS = ((33, 263), (133, 362), (234, 454), (127, 356), (93, 323), (50, 280), (54, 284), (61, 291))
"""(right, left) points of the person: their differences point to the person's left."""

MIDLINE_PAIRS = ((10, 2), (151, 164), (9, 2))
"""(upper, lower) points on the midline above the mouth, which opens."""

NEUTRAL_PITCH_DEG = -2.0
"""Lean of the midline pairs of a face that looks straight ahead."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Turn of the head in degrees, all 0 when it faces the camera; signs as in ISO/IEC 29794-5 and 39794-5.

    `yaw` is positive when the person turns to their own left, `pitch` when they look down, `roll` when they tilt
    towards their own right shoulder.
    """

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, eq=False)
class FaceMesh:
    """468 landmarks of a face (Kartynnik et al. 2019, numbering as in MediaPipe's face mesh).

    `points` (468, 3) are photo pixels; depth in the same unit, nearer is smaller. `presence` is the network's
    evidence for a face, a logit. `right_eye` and `left_eye` are the person's.
    """

    points: Points
    presence: float
    right_eye: Eye
    left_eye: Eye

    @cached_property
    def oval(self) -> Points:
        """The outline of the face (36, 2), forehead to chin."""
        return self.points[list(OVAL), :2]

    @cached_property
    def box(self) -> Points:
        """[[left, top], [right, bottom]] of the outline."""
        return np.array([self.oval.min(axis=0), self.oval.max(axis=0)])

    @cached_property
    def eye_centres(self) -> Points:
        """Middles between the corners of the right and the left eye (2, 2)."""
        corners = self.points[[33, 133, 362, 263], :2]
        return np.array([corners[:2].mean(axis=0), corners[2:].mean(axis=0)])

    @property
    def inter_eye_px(self) -> float:
        """Distance between the eye centres in photo pixels (ISO/IEC 29794-5, inter-eye distance)."""
        return float(np.linalg.norm(self.eye_centres[1] - self.eye_centres[0]))

    @property
    def mouth_openness(self) -> float:
        """Gap between the lips by the width of the mouth; 0 is closed."""
        upper, lower, right, left = self.points[[13, 14, 78, 308], :2]
        return float(np.linalg.norm(upper - lower) / max(float(np.linalg.norm(left - right)), 1e-6))

    @property
    def eye_openness(self) -> float:
        """Gap between the lids by the width of the eye, of the more closed eye; 0.3 is open, under 0.15 closed."""
        return min(self.right_eye.openness, self.left_eye.openness)

    @cached_property
    def pose(self) -> Pose:
        """Turn of the head, from the directions of mirrored and midline points in space."""
        along = _direction(self.points, MIRROR_PAIRS)
        down = _direction(self.points, MIDLINE_PAIRS)
        down = down - along * float(along @ down)
        down /= max(float(np.linalg.norm(down)), 1e-9)
        x, y, z = -np.cross(along, down)  # where the face looks; the camera is at -z
        return Pose(
            yaw=float(np.degrees(np.arctan2(x, -z))),
            pitch=float(np.degrees(np.arcsin(np.clip(y, -1, 1)))) - NEUTRAL_PITCH_DEG,
            roll=float(np.degrees(np.arctan2(-along[1], along[0]))),
        )


def fit_mesh(pixels: Pixels, face: Face) -> FaceMesh:
    """Landmarks of `face` in the same RGB `pixels`; about 5 ms.

    Two passes: the first on the detector's box, the second on a crop that the first one's points place better.
    """
    first, _ = landmarks(pixels, crop_for_box(face.box, face.points))
    points, presence = landmarks(pixels, crop_for_points(first))
    right = look_at_eye(pixels, points[[33, 133], :2], mirrored=True)
    left = look_at_eye(pixels, points[[263, 362], :2], mirrored=False)
    return FaceMesh(points, presence, right, left)


def _direction(points: Points, pairs: tuple[tuple[int, int], ...]) -> NDArray[np.float64]:
    difference = sum((points[b] - points[a] for a, b in pairs), np.zeros(3))
    direction: NDArray[np.float64] = difference / max(float(np.linalg.norm(difference)), 1e-9)
    return direction
