"""What was measured in the frames of a clip: small numbers, no pixels but a thumbnail."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Points
from fourcorners.vision.faces import Embedding, Pose

__all__ = ["FaceSeen", "FrameSeen", "PortraitSeen", "Track"]


@dataclass(frozen=True, slots=True, eq=False)
class FaceSeen:
    """The face that is followed, in one frame.

    `points` (468, 3) are frame pixels, depth in the same unit. `openness` is that of both eyes' lids (mean). `light` is
    the median L* of the face, `burnt` the share of it that is burnt out, `light_around` the median L* beside it.
    """

    points: Points
    presence: float
    pose: Pose
    openness: float
    light: float
    burnt: float
    light_around: float

    @property
    def box(self) -> Points:
        """[[left, top], [right, bottom]] of all points."""
        return np.array([self.points[:, :2].min(axis=0), self.points[:, :2].max(axis=0)])

    @property
    def eye_span_px(self) -> float:
        """Distance in space between the eyes' outer corners: it grows as the face comes nearer, not as it turns."""
        return float(np.linalg.norm(self.points[33] - self.points[263]))


@dataclass(frozen=True, slots=True, eq=False)
class FrameSeen:
    """One frame at `at_s` seconds. `faces` is None where the whole frame was not searched.

    `thumbnail` is the frame in grey levels, THUMBNAIL_SIDE squared; `change` the mean difference, in levels, of the
    face's pixels from those at the same place a frame before (None for the first, and where there is no face): the
    noise of a camera alone makes it one or more. `grain` (GRAIN_SIDE squared,) is what changed since that frame at
    points all over, but for what a movement of the camera explains; None for the first frame. `nearness` is one over
    the face's distance in eye spans by its perspective (see nearness), None where it is no nearer than it was at first.
    """

    at_s: float
    face: FaceSeen | None
    faces: int | None
    thumbnail: NDArray[np.float32]
    change: float | None = None
    grain: NDArray[np.float16] | None = None
    nearness: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PortraitSeen:
    """A closer look at a frame in which the face looks ahead: who it is, what covers it (log odds by name), the
    log odds that it is a picture of a picture, and how like a display's the texture about the face is (0..1)."""

    at_s: float
    embedding: Embedding
    coverings: Mapping[str, float]
    recapture: float
    display: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A whole clip as it was seen. `size` is (width, height) of the frames looked at; `editors` the clip's own."""

    frames: tuple[FrameSeen, ...]
    portraits: tuple[PortraitSeen, ...]
    size: tuple[int, int]
    editors: tuple[str, ...] = ()

    @property
    def length_s(self) -> float:
        """From the first frame to the last."""
        return self.frames[-1].at_s - self.frames[0].at_s if self.frames else 0.0
