"""Light falls evenly on both halves of the face (ISO/IEC 29794-5, illumination uniformity)."""

import numpy as np

from fourcorners.checks.finding import Finding, box, judge, not_assessed
from fourcorners.checks.limits import Limits
from fourcorners.checks.selfie.skin import skin_area
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "even_light"
VERSION = 1
REASONS = ("uneven_light", "not_assessed_no_face")


def check(frame: SelfieFrame, limits: Limits) -> Finding:
    """Difference of the median L* of the skin on the two sides of the line from forehead to chin."""
    if frame.view is None or frame.mesh is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    skin = skin_area(frame.view)
    top, chin = frame.view.points[10], frame.view.points[152]
    ys, xs = np.mgrid[0 : skin.shape[0], 0 : skin.shape[1]]
    side = (chin[0] - top[0]) * (ys - top[1]) - (chin[1] - top[1]) * (xs - top[0]) > 0
    lightness = frame.view.lab[..., 0]
    halves = [lightness[skin & side], lightness[skin & ~side]]
    if min(half.size for half in halves) < limits["pixels_min"]:
        return not_assessed(NAME, VERSION, "not_assessed_no_face")
    difference = abs(float(np.median(halves[0]) - np.median(halves[1])))
    return judge(NAME, VERSION, difference, limits.scale(), REASONS[0], [box(frame.mesh.box, "face")])
