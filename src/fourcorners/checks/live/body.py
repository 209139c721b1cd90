"""Signs that what moves is no head: it is squeezed as a sheet is when turned, or keeps its shape on coming closer.

Under a distant camera a rigid body is seen through two rows of a rotation (Tomasi and Kanade 1992): the 2x3 matrix that
takes its points in space to the picture has two equal singular values, whichever way it turns. A sheet that is turned
narrows by the cosine of the angle; with the depth that a face is believed to have, no rotation explains that. A bent
sheet looks a little more like a head, but narrows far more than a head that is turned as little as its features tell.
"""

import numpy as np
from numpy.typing import NDArray

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.movements import Curves
from fourcorners.checks.live.signs import Sign
from fourcorners.kit.geometry import Points
from fourcorners.vision.clips import FaceSeen, Track

__all__ = ["body_signs", "narrowing", "squeeze"]

RIGID = (
    *(33, 133, 362, 263, 70, 105, 107, 336, 334, 300, 50, 280, 205, 425, 117, 346, 61, 291),
    *(187, 411, 101, 330, 1, 4, 5, 195, 6, 168, 2, 48, 278, 10, 151, 9),
)
"""Landmarks that expressions move little: corners of the eyes and the mouth, brows, cheeks, nose, forehead."""

Space = NDArray[np.float64]


def body_signs(track: Track, curves: Curves) -> list[Sign]:
    """Signs of a flat or bent picture in the place of a head."""
    faces = [face for frame in track.frames if (face := frame.face) is not None]
    limits = limits_for("live", "flat")
    at_rest = (np.abs(curves.yaw) < limits["rest_deg"]) & (np.abs(curves.pitch) < limits["rest_deg"])
    at_rest &= np.abs(curves.near - 1) < limits["rest_growth"]
    if at_rest.sum() < limits["frames_min"]:
        return []
    shapes = [_upright(face) for face in faces]
    neutral = np.mean([s for s, rest in zip(shapes, at_rest, strict=True) if rest], axis=0)
    ratios = np.array([squeeze(neutral, shape[:, :2]) for shape in shapes])
    far = curves.near < limits["near_max"]  # near the lens perspective changes the shape of anything
    narrow = _narrow(curves, neutral, shapes, far)
    # half of a head that is turned far lies hidden, and its landmarks are guessed; a sheet never looks turned so far
    seen = far & (np.abs(curves.yaw) < limits["squeeze_turn_deg_max"])
    return [*_squeezed(curves.times[seen], ratios[seen]), *narrow][:1]


def squeeze(neutral: Space, seen: Points) -> float:
    """How much shorter one axis of a body looks than the other, 1 for one that only turned.

    `neutral` (n, 3) is its shape in space, `seen` (n, 2) how it looks now.
    """
    camera = np.linalg.lstsq(neutral - neutral.mean(axis=0), seen - seen.mean(axis=0), rcond=None)[0].T
    longer, shorter = np.linalg.svd(camera, compute_uv=False)
    return float(shorter / max(longer, 1e-9))


def narrowing(neutral: Space, seen: Points, turn_deg: float) -> float:
    """How much narrower a face has become, by what its turn to a side explains: 1 for a flat thing that turned so far.

    `neutral` (n, 2 or 3) is its shape looking ahead, `seen` (n, 2) now. A sheet whose features tell a third of its turn
    comes to 9.
    """
    flat = neutral[:, :2] - neutral[:, :2].mean(axis=0)
    carried = np.linalg.lstsq(flat, seen - seen.mean(axis=0), rcond=None)[0]
    across, down = (float(np.hypot(*row)) for row in carried)
    return (1 - (across / max(down, 1e-9)) ** 2) / max(float(np.sin(np.radians(turn_deg))) ** 2, 1e-9)


def _narrow(curves: Curves, neutral: Space, shapes: list[Space], far: NDArray[np.bool_]) -> list[Sign]:
    """The typical narrowing while the face looks turned to a side."""
    limits = limits_for("live", "flat")
    aside = far & (np.abs(curves.yaw) >= limits["turn_deg_min"]) & (np.abs(curves.pitch) < limits["level_deg_max"])
    turned = np.flatnonzero(aside)
    if len(turned) < limits["frames_min"]:
        return []
    values = [narrowing(neutral, shapes[i][:, :2], float(curves.yaw[i])) for i in turned]
    typical, most = float(np.median(values)), limits["narrowing_max"]
    return [Sign("face_flat", float(curves.times[turned[0]]), typical, most)] if typical > most else []


def _squeezed(times: NDArray[np.float64], ratios: NDArray[np.float64]) -> list[Sign]:
    """The lowest ratio that holds for a few frames."""
    limits = limits_for("live", "flat")
    count = limits["frames_min"]
    if len(ratios) < count:
        return []
    held = np.lib.stride_tricks.sliding_window_view(ratios, count).max(axis=1)
    lowest = int(held.argmin())
    if held[lowest] >= limits["squeeze_min"]:
        return []
    return [Sign("face_flat", float(times[lowest]), float(held[lowest]), limits["squeeze_min"])]


def _upright(face: FaceSeen) -> Space:
    """The rigid landmarks with the eyes level, in eye spans."""
    points = face.points.astype(np.float64)
    dx, dy = points[263, :2] - points[33, :2]
    length = float(np.hypot(dx, dy)) or 1.0
    turn = np.array([[dx, dy], [-dy, dx]]) / length
    rigid = points[list(RIGID)]
    level = np.column_stack([rigid[:, :2] @ turn.T, rigid[:, 2]])
    return np.asarray((level - level.mean(axis=0)) / face.eye_span_px)
