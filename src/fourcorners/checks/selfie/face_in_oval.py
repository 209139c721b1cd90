"""The whole face is inside the oval that the applicant was shown (IDP7)."""

import numpy as np

from fourcorners.checks.finding import Evidence, Fact, Finding, Mark, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Points
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "face_in_oval"
VERSION = 1
REASONS = ("face_outside_oval", "face_cut_off", "not_assessed_no_face")

POINTS = 64


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Share of the face's contour inside the oval (an ellipse in the middle of the frame, size as data)."""
    if frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    size = np.array([frame.picture.width, frame.picture.height], dtype=np.float64)
    width = min(limits["oval_width_share"] * size[0], size[1] * limits["oval_height_share_max"] / limits["oval_aspect"])
    radii = np.array([width, width * limits["oval_aspect"]]) / 2
    centre = size * [0.5, limits["oval_centre_y_share"]]
    contour = frame.mesh.oval
    inside = (((contour - centre) / radii) ** 2).sum(axis=1) <= 1.0
    outside_photo = ((contour < 0) | (contour > size - 1)).any(axis=1)
    angles = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    oval = centre + radii * np.column_stack([np.cos(angles), np.sin(angles)])
    evidence: list[Evidence] = [_line(oval, "oval"), _line(contour, "face"), _room(contour, size)]
    reason = "face_cut_off" if outside_photo.any() else "face_outside_oval"
    return judge(NAME, VERSION, float(inside.mean()), limits.scale(), reason, evidence)


def _room(contour: Points, size: Points) -> Fact:
    """How much of the frame's width or height is left on each side of the face."""
    low, high = contour.min(axis=0) / size, 1 - contour.max(axis=0) / size
    sides = {"left": low[0], "right": high[0], "above": low[1], "below": high[1]}
    return Fact("room around the face", tuple((side, f"{share:.0%}") for side, share in sides.items()))


def _line(points: Points, label: str) -> Mark:
    closed = np.vstack([points, points[:1]])
    return Mark("line", tuple((round(float(x), 1), round(float(y), 1)) for x, y in closed), label)
