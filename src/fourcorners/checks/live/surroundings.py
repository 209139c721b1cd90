"""A sign that a picture was brought nearer, and no face: what lies around the face has grown as much as the face has.

A room stays where it is when somebody comes closer. The paper around a printed face comes along.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.movements import Curves
from fourcorners.checks.live.signs import Sign
from fourcorners.vision.clips import FaceSeen, FrameSeen, Track

__all__ = ["surroundings_signs"]

PLACES = (33, 263, 1, 61, 291, 152, 10)
"""Landmarks by which the face is carried back to where and how large it was: eyes, nose, mouth, chin, forehead."""

Plane = NDArray[np.float64]


def surroundings_signs(track: Track, curves: Curves) -> list[Sign]:
    """A sign when the surroundings of the near face are those of the far one, once the face is carried back.

    Value and limit are a correlation.
    """
    limits = limits_for("live", "surroundings")
    frames = [frame for frame in track.frames if frame.face is not None]
    far, near = np.flatnonzero(curves.near < limits["far_max"]), np.flatnonzero(curves.near > limits["near_min"])
    if not len(far) or len(near) < limits["frames_min"]:
        return []
    alike = list(_likeness(frames[int(far[0])], [frames[int(i)] for i in near], track.size))
    if len(alike) < limits["frames_min"]:
        return []
    typical = float(np.median(alike))
    if typical <= limits["alike_max"]:
        return []
    return [Sign("face_flat", float(curves.times[near[0]]), typical, limits["alike_max"])]


def _likeness(far: FrameSeen, near: list[FrameSeen], size: tuple[int, int]) -> Iterator[float]:
    """Correlation of the thumbnails in a ring about the face; none where too little of it is seen, or it is plain."""
    limits = limits_for("live", "surroundings")
    if far.face is None:
        return
    ring = _ring(far.face, size, far.thumbnail.shape[0])
    for frame in near:
        if frame.face is None:
            continue
        carried = _carried(far.face, frame, size)
        both = ring & np.isfinite(carried)
        there, here = far.thumbnail[both], carried[both]
        if both.sum() < limits["pixels_min"] or min(there.std(), here.std()) < limits["levels_min"]:
            continue
        yield float(np.corrcoef(there, here)[0, 1])


def _ring(face: FaceSeen, size: tuple[int, int], side: int) -> NDArray[np.bool_]:
    """Pixels of the thumbnail beside and above the face: below it are the shoulders, which come along."""
    limits = limits_for("live", "surroundings")
    axes = [(np.arange(side) + 0.5) * length / side for length in size]
    x, y = np.meshgrid(*axes)
    centre, extent = face.box.mean(axis=0), np.maximum(np.ptp(face.box, axis=0), 1.0)
    away = np.hypot((x - centre[0]) / extent[0], (y - centre[1]) / extent[1]) * 2
    level = y < centre[1] + limits["below_most"] * extent[1]
    return np.asarray((away > limits["ring"][0]) & (away < limits["ring"][1]) & level, dtype=np.bool_)


def _carried(far: FaceSeen, near: FrameSeen, size: tuple[int, int]) -> Plane:
    """The thumbnail of `near`, moved and shrunk so that its face lies on that of `far`; NaN where it has nothing."""
    side = near.thumbnail.shape[0]
    if near.face is None:
        return np.full((side, side), np.nan)
    found, _ = cv2.estimateAffinePartial2D(far.points[list(PLACES), :2], near.face.points[list(PLACES), :2])
    if found is None:
        return np.full((side, side), np.nan)
    to_pixels = np.diag([size[0] / side, size[1] / side, 1.0]) @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    to_near = np.linalg.inv(to_pixels) @ np.vstack([found, [0, 0, 1]]) @ to_pixels
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    grey = near.thumbnail.astype(np.float32)
    return np.asarray(
        cv2.warpAffine(grey, to_near[:2], (side, side), flags=flags, borderValue=(float("nan"),)), dtype=np.float64
    )
